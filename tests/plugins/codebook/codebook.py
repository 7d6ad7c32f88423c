#!/usr/bin/env python3
"""An exporter for scalewright: a codebook as CSV, with a row for each item, each option and each score.

The formulas are those of scalewright's own scoring program, in words: the codebook computes nothing itself.
"""

import csv
import io
import json
import sys

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
DESCRIPTION = {
    "protocol": 1,
    "kind": "export",
    "name": "codebook",
    "version": "1.0.0",
    "summary": "a codebook as CSV: items, options, and the formula of each score",
    "features": ["serve"],
    "options": [
        {
            "name": "delimiter",
            "summary": "the character between two cells",
            "type": "choice",
            "default": "comma",
            "values": [
                {"value": "comma", "meaning": "most programs read it"},
                {"value": "semicolon", "meaning": "spreadsheets expect it where a comma begins the decimals"},
                {"value": "tab", "meaning": "it can be pasted into a spreadsheet"},
            ],
        },
        {"name": "scores", "summary": "whether scores have rows", "type": "switch", "default": "yes"},
    ],
    "files": [{"name": "<id>.<language>.codebook.csv", "what": "a row for each item, option and score"}],
    "losses": [
        {"keys": ["scales[].bands"], "what": "the bands", "because": "a codebook has no rows for them"},
        {"keys": ["norms"], "what": "the norms", "because": "a codebook has no rows for them"},
    ],
}


def rows(request):
    instrument, wording = request["instrument"], request["wording"]
    yield ["row", "id", "value", "text", "rule"]
    for item, stem in zip(instrument["items"], wording["stems"]):
        scale, words = instrument["response_scales"][item["response"]], wording["responses"][item["response"]]
        asked = item["ask"]["text"] if item["ask"] else ""
        yield ["item", item["id"], scale["kind"], stem, asked]
        for option, label in zip(scale["options"], words["labels"]):
            yield ["option", item["id"], number(option["value"]), label, ""]
    if request["options"]["scores"]:
        for score in request["scores"]["scores"]:
            yield ["score", score["id"], score["range"], score["title"], score["text"]]


def number(value):
    """1.0 is written as 1."""
    return f"{value:g}" if value == int(value) else repr(value)


def export(request):
    text = io.StringIO()
    # The module quotes each cell that needs it.
    csv.writer(text, delimiter=DELIMITERS[request["options"]["delimiter"]], lineterminator="\n").writerows(rows(request))
    path = f"{request['instrument']['id']}.{request['wording']['language']}.codebook.csv"
    return {"protocol": 1, "files": [{"path": path, "text": text.getvalue()}], "losses": losses(request)}


sys.stdin.reconfigure(encoding="utf-8")
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(DESCRIPTION if request["request"] == "describe" else export(request)), flush=True)
