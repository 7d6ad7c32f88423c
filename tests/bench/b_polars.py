"""Computes the scores of alliance36 with idiomatic polars: b_polars.py ANSWERS SCORES."""
import sys

import polars as pl

from common import NEED, REVERSED, SCALES

source, target = sys.argv[1:3]
frame = pl.scan_parquet(source) if source.endswith("parquet") else pl.scan_csv(source)


def keyed(item):
    answer = pl.col(f"q{item}").cast(pl.Int16)
    return 8 - answer if item in REVERSED else answer


def score(name, items):
    answers = [keyed(item) for item in items]
    count = pl.sum_horizontal([answer.is_not_null().cast(pl.UInt8) for answer in answers])
    mean = pl.sum_horizontal(answers).cast(pl.Float64) / count
    return pl.when(count >= NEED).then(mean).alias(name)


scores = [score(name, items) for name, items in SCALES.items()]
frame = frame.select(pl.col("id"), *scores)
frame = frame.with_columns(((pl.col("task") + pl.col("bond") + pl.col("goal")) / 3).alias("total"))
if target.endswith("parquet"):
    frame.sink_parquet(target)
else:
    frame.sink_csv(target)
