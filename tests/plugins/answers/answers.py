"""An importer that answers what the file says."""
import base64
import json
import sys

DESCRIPTION = {"kind": "import", "name": "answers", "version": "1.0", "summary": "answers what the file says",
               "features": ["serve"], "formats": [{"what": "an answer", "endings": ["txt"]}]}
for request in map(json.loads, sys.stdin):
    described = request["request"] == "describe"
    answer = DESCRIPTION if described else json.loads(base64.b64decode(request["base64"]))
    print(json.dumps({"protocol": 1} | answer), flush=True)
