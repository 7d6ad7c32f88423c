"""An importer that answers one request."""
import json
import sys

request = json.loads(sys.stdin.read())
if request["request"] == "describe":
    answer = {"kind": "import", "name": "importer", "version": "1.0", "summary": "repeats the name"}
else:
    answer = {"files": [{"path": "instrument.toml", "text": request["name"]}]}
print(json.dumps({"protocol": 1} | answer))
