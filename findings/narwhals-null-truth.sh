#!/usr/bin/env bash
# narwhals 2.29.0 on pandas 3.1.1: a missing truth value becomes False; on polars 2.1.0 the same code keeps it missing.
#
# Run by hand, never in CI. Installs pinned packages into a temporary folder. Status 0: the defect persists; 1: changed.
# `when(score >= 10).then(True).otherwise(when(score < 10).then(False).otherwise(lit(None, Boolean)))` is the usual way to
# write a flag that is missing where the score is. Correct for the scores 12, missing, 7: True, missing, False. With pandas
# the missing score is flagged as False, without a warning. Workaround: write the flag as 1.0, 0.0 and a missing number,
# and convert it to the pandas type `boolean` at the end.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check narwhals==2.29.0 pandas==3.1.1 polars==2.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import narwhals as nw
import pandas
import polars


def flags(library):
    frame = nw.from_native(library.DataFrame({"score": [12.0, None, 7.0]}))
    score = nw.col("score")
    low = nw.when(score < 10).then(nw.lit(False)).otherwise(nw.lit(None, nw.Boolean))
    return frame.select(flag=nw.when(score >= 10).then(nw.lit(True)).otherwise(low))["flag"].to_list()


found = {library.__name__: flags(library) for library in (pandas, polars)}
print(f"narwhals {nw.__version__}: {found} (correct: True, missing, False)")
raise SystemExit(found != {"pandas": [True, False, False], "polars": [True, None, False]})
PYTHON
