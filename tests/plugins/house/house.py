#!/usr/bin/env python3
"""A lint plug-in for scalewright: the rules of an invented house.

A fix may change no word that respondents read, and no score. So only the description, which authors read, gets one.
"""

import json
import sys

LONGEST = 120  # characters of a stem
DESCRIPTION = {
    "protocol": 1,
    "kind": "lint",
    "name": "house",
    "version": "1.0.0",
    "summary": "the rules of an invented house",
    "features": ["serve"],
    "lints": [
        {
            "name": "long-stem",
            "summary": f"a stem has more than {LONGEST} characters",
            "explain": "Long stems are read twice, or not at all. Divide the item, or move what is common to a lead-in.",
            "level": "warning",
        },
        {
            "name": "end-of-stem",
            "summary": "a stem does not end with a full stop or a question mark",
            "explain": "The house prints whole sentences. Allow it for stems that continue a lead-in.",
            "level": "hint",
        },
        {
            "name": "end-of-description",
            "summary": "the description does not end with a full stop",
            "explain": "The house prints descriptions in its catalogue, as whole sentences.",
            "level": "hint",
        },
    ],
}


def findings(request):
    instrument = request["instrument"]
    # Withheld words are not in the definition, so nobody can correct them there.
    own = [words for words in request["wordings"] if words["language"] == instrument["language"]]
    stems = own[0]["items"] if own and instrument["rights"]["wording"] == "included" else {}
    for item in instrument["items"]:
        if item["id"] in stems:
            yield from of_stem(item, stems[item["id"]]["stem"])
    description = instrument.get("description", "").rstrip()
    if description and description[-1] not in ".!?":
        change = {"do": "replace", "at": "/description", "with": description + "."}
        yield {
            "code": "end-of-description",
            "message": "the description ends without a full stop",
            "at": "/description",
            "fix": {"message": "add a full stop", "changes": [change]},
        }


def of_stem(item, stem):
    place = {"at": item["at"] + "/stem", "about": item["id"]}
    if len(stem) > LONGEST:
        message = f"the stem of `{item['id']}` has {len(stem)} characters"
        yield {"code": "long-stem", "message": message, "help": [f"write at most {LONGEST} characters"], **place}
    if stem.rstrip()[-1:] not in (".", "?", "!", "…"):
        yield {"code": "end-of-stem", "message": f"the stem of `{item['id']}` ends without a full stop", **place}


sys.stdin.reconfigure(encoding="utf-8")
for line in sys.stdin:
    request = json.loads(line)
    answer = {"protocol": 1, "findings": list(findings(request))} if request["request"] == "lint" else DESCRIPTION
    print(json.dumps(answer), flush=True)
