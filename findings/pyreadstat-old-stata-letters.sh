#!/usr/bin/env bash
# pyreadstat 1.3.7: files of Stata 12 and 13 get the bytes of UTF-8, although these formats have no UTF-8, so letters change.
#
# Run by hand, never in CI. Installs pinned packages into a temporary folder. Status 0: the behaviour persists; 1: changed.
# `write_dta(version=12)` writes format 115 and `version=13` format 117. Texts in both are in Windows-1252: Stata has UTF-8
# only from format 118 on. The text `é` is written as the two bytes of UTF-8, without a warning. pandas and pyreadstat itself
# read it back as `Ã©`; the same file in version 14 is read right. A reader of answers must not expect that labels with
# accents survive these two versions.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyreadstat==1.3.7 pandas==2.3.3
venv/bin/python - <<'PYTHON'
import sys

import pandas
import pyreadstat

seen = {}
for version in (12, 13, 14):
    pyreadstat.write_dta(pandas.DataFrame({"note": ["é"]}), "note.dta", version=version)
    with open("note.dta", "rb") as file:
        is_utf8 = b"\xc3\xa9" in file.read()
    seen[version] = (is_utf8, pandas.read_stata("note.dta").note[0], pyreadstat.read_dta("note.dta")[0].note[0])
    print(version, *seen[version])
changed = (True, "Ã©", "Ã©")
sys.exit(seen != {12: changed, 13: changed, 14: (True, "é", "é")})
PYTHON
echo "as described: pyreadstat 1.3.7 writes UTF-8 into formats of Stata that have no UTF-8"
