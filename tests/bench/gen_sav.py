"""Writes the answers of STEM.parquet as STEM.sav, as SPSS compresses them: gen_sav.py STEM."""
import sys

import pandas as pd
import pyreadstat

frame = pd.read_parquet(sys.argv[1] + ".parquet").astype("float64")
frame["id"] = frame["id"].astype(int).astype(str)
pyreadstat.write_sav(frame, sys.argv[1] + ".sav", row_compress=True)
