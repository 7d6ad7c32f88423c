#!/usr/bin/env python3
"""An importer of diaries: text files with a title, answers, items and scores.

It hands each as an Open Scale Definition, so that scalewright recognises and proves the scores.
"""

import base64
import json
import re
import sys

DESCRIPTION = {
    "protocol": 1,
    "kind": "import",
    "name": "diary",
    "version": "1.0.0",
    "summary": "diaries in plain text",
    "features": ["serve"],
    "formats": [{"what": "a diary", "endings": ["txt", "diary"], "contains": ["diary: ", "answers: "]}],
    "options": [{"name": "scores", "summary": "whether scores are read", "type": "switch", "default": "yes"}],
}
ITEM = re.compile(r"(\w+)\. (.+)")
SCORE = re.compile(r"(\w+) = (sum|mean)\(([\w, -]+)\)")


def note(number, line):
    """A line that is left out."""
    return {"code": "line", "severity": "error", "message": f"`{line[:80]}` is left out", "at": f"line {number}"}


def score(how, names):
    """A score of the items that `names` lists; a minus sign reverses one."""
    keys = {name.strip().lstrip("-"): -1 if name.strip().startswith("-") else 1 for name in names.split(",")}
    return {"method": f"{how}_coded", "items": keys}


def read(text, with_scores):
    """The definition of a diary, and notes on the lines that it lacks."""
    info, words, items, scores, notes = {"code": "diary"}, {}, [], {}, []
    for number, line in enumerate(text.splitlines(), 1):
        key, _, value = line.partition(": ")
        if key == "diary":
            info |= {"name": value, "code": "-".join(re.findall("[a-z0-9]+", value.lower()))}
        elif key == "answers":
            words |= {f"answer_{index}": label.strip() for index, label in enumerate(value.split("|"))}
        elif key == "licence":
            info["license"] = value
        elif found := ITEM.fullmatch(line):
            items.append({"id": found[1], "type": "likert", "text_key": found[1]})
            words[found[1]] = found[2]
        elif (found := SCORE.fullmatch(line)) and with_scores:
            scores[found[1]] = score(found[2], found[3])
        elif line.strip():
            notes.append(note(number, line))
    labels = [key for key in words if key.startswith("answer_")]
    likert = {"points": len(labels), "min": 0, "max": len(labels) - 1, "labels": labels}
    definition = {"scale_info": info, "likert_options": likert, "items": items, "scoring": scores}
    return {"definition": definition, "translations": {"en": words}}, notes


def answer(request):
    """The answer to a request to import."""
    try:
        text = base64.b64decode(request["base64"]).decode("utf-8-sig")
    except UnicodeDecodeError:
        return {"protocol": 1, "refusal": {"message": "the file is not UTF-8", "help": ["save it as UTF-8"]}}
    definition, notes = read(text, request["options"]["scores"])
    if not definition["definition"]["items"]:
        return {"protocol": 1, "refusal": {"message": "the file has no item"}}
    return {"protocol": 1, "form": {"path": "diary.osd", "text": json.dumps(definition)}, "notes": notes}


sys.stdin.reconfigure(encoding="utf-8")
for request in map(json.loads, sys.stdin):
    print(json.dumps(DESCRIPTION if request["request"] == "describe" else answer(request)), flush=True)
