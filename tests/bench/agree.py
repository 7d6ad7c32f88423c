"""Asserts that tables contain the same scores: agree.py TOLERANCE TABLE TABLE..."""
import sys

import polars as pl

tolerance = float(sys.argv[1])


def read(path):
    table = pl.read_parquet(path) if path.endswith("parquet") else pl.read_csv(path)
    return table.with_columns(pl.col("id").cast(pl.Int64), pl.exclude("id").fill_nan(None))


first = read(sys.argv[2])
for path in sys.argv[3:]:
    other = read(path)
    assert first.columns == other.columns, f"{path}: columns {other.columns}, not {first.columns}"
    assert first["id"].equals(other["id"]), f"{path}: the respondents differ"
    for name in first.columns[1:]:
        one, two = first[name], other[name]
        assert one.is_null().equals(two.is_null()), f"{path}: {name} is missing in other rows"
        apart = (one - two).abs().max() or 0.0
        assert apart <= tolerance, f"{path}: {name} differs by {apart}"
