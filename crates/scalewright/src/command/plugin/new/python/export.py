#!/usr/bin/env python3
"""An exporter for scalewright: `scalewright export INSTRUMENT --to example-name --out out`.

scalewright writes one request per line to standard input, and reads one answer per line from standard output. The first
request asks what the plug-in is; the others have an instrument. Print messages for yourself to standard error.
"""

import csv
import io
import json
import sys

DESCRIPTION = {
    "protocol": 1,
    "kind": "export",
    "name": "example-name",
    "version": "0.1.0",
    "summary": "a table of the items and the scores",
    # "serve" means: it answers several requests, so it is started only once.
    "features": ["serve"],
    "files": [{"name": "<id>.<language>.csv", "what": "a row for each item and each score"}],
}


def export(request):
    instrument, wording = request["instrument"], request["wording"]
    rows = [["id", "text"]]
    for item in instrument["items"]:
        rows.append([item["id"], wording["items"][item["id"]]["stem"]])
    for score in request["scores"]["scores"]:
        if score["published"]:
            # How the score is computed, in words. Never compute it in another way.
            rows.append([score["scale"], score["formula"]])
    text = io.StringIO()
    # The module quotes each cell that needs it. Joining cells with commas would not.
    csv.writer(text, lineterminator="\n").writerows(rows)
    path = f"{instrument['id']}.{wording['language']}.csv"
    return {"protocol": 1, "files": [{"path": path, "text": text.getvalue()}]}


def answer(request):
    if request["request"] == "describe":
        return DESCRIPTION
    return export(request)


sys.stdin.reconfigure(encoding="utf-8")
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
