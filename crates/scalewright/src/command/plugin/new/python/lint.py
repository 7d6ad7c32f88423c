#!/usr/bin/env python3
"""A lint plug-in for scalewright: `scalewright check INSTRUMENT --lints example-name`.

scalewright writes one request per line to standard input, and reads one answer per line from standard output. The first
request asks what the plug-in is; the others have an instrument. Print messages for yourself to standard error.
"""

import json
import sys

LONGEST = 120  # characters of a stem

DESCRIPTION = {
    "protocol": 1,
    "kind": "lint",
    "name": "example-name",
    "version": "0.1.0",
    "summary": "rules of our house",
    # "serve" means: it answers several requests, so it is started only once.
    "features": ["serve"],
    "lints": [
        # The name states the defect. `scalewright.toml` sets another level under [lints.example-name].
        {"name": "long-stem", "summary": f"a stem has more than {LONGEST} characters", "level": "warning"},
    ],
}


def lint(request):
    findings = []
    # The words of each language, the source language first. There are none if nobody has supplied them.
    words = request["wordings"][0]["items"] if request["wordings"] else {}
    for item in request["instrument"]["items"]:
        stem = words[item["id"]]["stem"] if words else ""
        if len(stem) > LONGEST:
            findings.append({
                "code": "long-stem",
                "message": f"the stem of `{item['id']}` has {len(stem)} characters",
                # The place is a JSON pointer into the definition; scalewright shows its line.
                "at": item["at"],
                # An [[allow]] in the definition can name the item.
                "about": item["id"],
                "help": [f"write at most {LONGEST} characters"],
            })
    return {"protocol": 1, "findings": findings}


def answer(request):
    if request["request"] == "describe":
        return DESCRIPTION
    return lint(request)


sys.stdin.reconfigure(encoding="utf-8")
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
