#!/usr/bin/env bash
# fhirpathrs 0.1.5: `answer.value` finds a valueInteger or valueBoolean, but not a valueCoding; and a function of one value
# returns nothing for a path with one value, unless it is called within `select`.
#
# Run by hand, never in CI. Installs one pinned package into a temporary folder. Status 0: the defect persists; 1: changed.
# Correct results are ['2'], 3 and 3. Workaround: name answers `value`, and write `select($this.toDecimal())`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install -q --disable-pip-version-check fhirpathrs==0.1.5
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from fhirpathrs import evaluate

response = {
    'resourceType': 'QuestionnaireResponse',
    'status': 'completed',
    'item': [
        {'linkId': 'a', 'answer': [{'valueCoding': {'code': '2'}}]},
        {'linkId': 'b', 'answer': [{'valueInteger': 3}]},
    ],
}
paths = [
    "item.where(linkId = 'a').answer.value.code",
    "item.where(linkId = 'b').answer.value",
    "item.where(linkId = 'b').answer.value.toDecimal()",
    "item.where(linkId = 'b').answer.value.select($this.toDecimal())",
]
found = [evaluate(path, response) for path in paths]
print(f'fhirpathrs {version("fhirpathrs")}')
for path, values in zip(paths, found):
    print(f'  {path}: {values}')
expected = [[], [3], None, [3.0]]
sys.exit(0 if [f or None for f in found] == [e or None for e in expected] else 1)
PYTHON
