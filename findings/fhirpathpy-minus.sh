#!/usr/bin/env bash
# fhirpathpy 2.2.4: a minus before a variable negates the variable itself, for every expression that follows.
#
# Run by hand, never in CI. Installs one pinned package into a temporary folder. Status 0: the defect persists; 1: changed.
# Correct results are `[-2]`, then `[2]`: an expression must not change the variables that it is given. Workaround:
# `0 - %x`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install -q --disable-pip-version-check fhirpathpy==2.2.4
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import fhirpathpy

given = {'x': [2]}
negated = fhirpathpy.evaluate({}, '-%x', given)
after = fhirpathpy.evaluate({}, '%x', given)
print(f'fhirpathpy {version("fhirpathpy")}: -%x is {negated}, and then %x is {after} (it was [2])')
sys.exit(0 if (negated, after) == ([-2], [-2]) else 1)
PYTHON
