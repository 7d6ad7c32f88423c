"""A lint that follows every rule: stems end with a full stop, a question mark or an ellipsis."""

import json
import sys

ENDS = (".", "?", "…", "؟")


def describe(request):
    lint = {"name": "end-of-stem", "summary": "a stem does not end like a sentence", "level": "warning"}
    return {
        "protocol": 1,
        "kind": "lint",
        "name": "house",
        "version": "1.0.0",
        "summary": "house rules",
        "features": ["serve"],
        "lints": [lint],
    }


def lint(request):
    words = request["wordings"][0]["items"]
    findings = [
        {"code": "end-of-stem", "message": f"the stem of `{item['id']}` has no end", "at": f"{item['at']}"}
        for item in request["instrument"]["items"]
        if item["id"] in words and not words[item["id"]]["stem"].endswith(ENDS)
    ]
    return {"protocol": 1, "findings": findings}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"describe": describe, "lint": lint}[request["request"]](request)), flush=True)
