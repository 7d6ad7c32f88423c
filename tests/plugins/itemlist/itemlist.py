#!/usr/bin/env python3
"""An exporter for scalewright: an item list as CSV, with a row for each item, each option and each score.

The formulas are those of scalewright's own scoring program, in words: the item list computes nothing itself.
"""

import csv
import io
import json
import sys

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
DESCRIPTION = {
    "protocol": 1,
    "kind": "export",
    "name": "itemlist",
    "version": "1.0.0",
    "summary": "an item list as CSV: items, options, and the formula of each score",
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
    "files": [{"name": "<id>.<language>.itemlist.csv", "what": "a row for each item, option and score"}],
    "losses": [
        {"keys": ["scales[].bands"], "what": "the list of bands of `{id}`", "because": "an item list has no rows for it"},
        {"keys": ["scales", "flags", "norms"], "what": "the score `{id}`", "because": "its key is only recalled",
         "when": "if its key may not be published"},
    ],
}


def rows(request):
    wording = request["wording"]
    yield ["row", "id", "value", "text", "rule"]
    kinds = {scale["id"]: scale["kind"] for scale in request["instrument"]["response_scales"]}
    for item in request["instrument"]["items"]:
        asked = item["ask_if"]["text"] if "ask_if" in item else ""
        yield ["item", item["id"], kinds[item["response"]], wording["items"][item["id"]]["stem"], asked]
        for option in wording["response_scales"][item["response"]]["options"]:
            yield ["option", item["id"], option["value"], option["label"], ""]
    for score in request["scores"]["scores"]:
        if score["published"] and request["options"]["scores"]:
            title, reach = wording["scales"][score["scale"]]["title"], score["range"]["any"]
            yield ["score", score["scale"], f"{reach['low']} to {reach['high']}", title, score["formula"]]


def losses(request):
    for scale in request["instrument"]["scales"]:
        if scale["bands"]:
            yield {"at": scale["at"], "what": f"the list of bands of `{scale['id']}`", "because": "an item list has no rows for it"}
    for score in request["scores"]["scores"]:
        if not score["published"]:
            yield {"at": score["at"], "what": f"the score `{score['scale']}`", "because": score["withheld_because"]}


def export(request):
    text, delimiter = io.StringIO(), DELIMITERS[request["options"]["delimiter"]]
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows(request))  # it quotes where it must
    path = f"{request['instrument']['id']}.{request['wording']['language']}.itemlist.csv"
    return {"protocol": 1, "files": [{"path": path, "text": text.getvalue()}], "losses": list(losses(request))}


sys.stdin.reconfigure(encoding="utf-8")
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(DESCRIPTION if request["request"] == "describe" else export(request)), flush=True)
