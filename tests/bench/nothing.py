#!/usr/bin/env python3
"""An exporter that does nothing but answer, for `cargo xtask bench plugins`: the cost of the protocol alone."""

import json
import sys

DESCRIPTION = {
    "protocol": 1,
    "kind": "export",
    "name": "nothing",
    "version": "1.0.0",
    "summary": "an empty file",
    "features": ["serve"],
    "files": [{"name": "<id>.nothing.txt", "what": "an empty file"}],
}

for line in sys.stdin:
    request = json.loads(line)
    if request["request"] == "describe":
        answer = DESCRIPTION
    else:
        path = request["instrument"]["id"] + ".nothing.txt"
        answer = {"protocol": 1, "files": [{"path": path, "text": ""}]}
    print(json.dumps(answer), flush=True)
