"""Runs an exported module on a lazy frame of polars, from Parquet to Parquet: b_polars_code.py CODE ANSWERS SCORES."""
import importlib.util
import sys

import polars as pl

from common import SCALES

code, source, target = sys.argv[1:4]
found = importlib.util.spec_from_file_location("code", code)
module = importlib.util.module_from_spec(found)
found.loader.exec_module(module)
scored = module.scores(pl.scan_parquet(source))
scored.select("id", *SCALES, "total").sink_parquet(target)
