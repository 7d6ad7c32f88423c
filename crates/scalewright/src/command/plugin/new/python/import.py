#!/usr/bin/env python3
"""An importer for scalewright: a text file with one statement per line becomes a definition.

scalewright writes one request per line to standard input, and reads one answer per line from standard output. The first
request asks what the plug-in is; the others have a file. Print messages for yourself to standard error.
"""

import base64
import json
import sys

DESCRIPTION = {
    "protocol": 1,
    "kind": "import",
    "name": "example-name",
    "version": "0.1.0",
    "summary": "statements, one per line",
    "features": ["serve"],
    "formats": [{"what": "a text file with one statement per line", "endings": ["txt"]}],
}

HEAD = """format = 1
id = "imported"
title = "Imported statements"
version = "0.1.0"
status = "development"
language = "en"
rights = { holder = "TODO: who owns the words", licence = "TODO", wording = "included" }
administration = { respondent = "self" }
response-scales.agreement.options = [{ value = 0, label = "No" }, { value = 1, label = "Yes" }]
"""


def read(request):
    try:
        text = base64.b64decode(request["base64"]).decode("utf-8-sig")
    except UnicodeDecodeError:
        return {"protocol": 1, "refusal": {"message": "the file is not UTF-8", "help": ["save it as UTF-8"]}}
    stems = ["".join(c for c in line if c.isprintable()).strip() for line in text.splitlines()]
    stems = [stem for stem in stems if stem]
    if not stems:
        return {"protocol": 1, "refusal": {"message": "the file has no statement"}}
    definition = HEAD
    for number, stem in enumerate(stems, 1):
        # A text of JSON is a text of TOML, if no character is written as \u and two surrogates.
        stem = json.dumps(stem, ensure_ascii=False)
        definition += f'\n[[items]]\nid = "i{number}"\nresponse = "agreement"\nstem = {stem}\n'
    return {"protocol": 1, "files": [{"path": "instrument.toml", "text": definition}]}


sys.stdin.reconfigure(encoding="utf-8")
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(DESCRIPTION if request["request"] == "describe" else read(request)), flush=True)
