"""Computes the scores of alliance36 with idiomatic SQL on DuckDB: b_duckdb.py ANSWERS SCORES."""
import sys

import duckdb

from common import NEED, REVERSED, SCALES

source, target = sys.argv[1:3]


def keyed(item):
    return f"8 - q{item}" if item in REVERSED else f"q{item}"


def score(name, items):
    count = " + ".join(f"(q{item} IS NOT NULL)::INTEGER" for item in items)
    total = " + ".join(f"coalesce({keyed(item)}, 0)" for item in items)
    return f"CASE WHEN {count} >= {NEED} THEN ({total})::DOUBLE / ({count}) END AS {name}"


scores = ", ".join(score(name, items) for name, items in SCALES.items())
query = f"SELECT id, {scores}, (task + bond + goal) / 3 AS total FROM '{source}'"
duckdb.sql(f"COPY ({query}) TO '{target}'")
