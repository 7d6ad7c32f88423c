"""An importer that answers any number of requests."""
import json
import os
import sys

for line in sys.stdin:
    request = json.loads(line)
    if request["request"] == "describe":
        answer = {"kind": "import", "name": "server", "version": "1.0", "summary": "repeats the name"}
        answer["features"] = ["serve"]
    else:
        text = f"{request['name']} {os.getpid()}"
        answer = {"files": [{"path": "instrument.toml", "text": text}]}
    print(json.dumps({"protocol": 1} | answer), flush=True)
