"""Runs exported SQL in DuckDB from Parquet to Parquet: b_duckdb_code.py CODE ANSWERS SCORES.

The result has the columns `id` and the four scores, like those of the other programs.
"""
import sys

import duckdb

from common import SCALES

code, source, target = sys.argv[1:4]
with open(code, encoding="utf-8") as file:
    query = file.read()
connection = duckdb.connect()
connection.read_parquet(source).create_view("answers")
columns = ", ".join(["id", *SCALES, "total"])
# The semicolon ends the query, so that comments before and in it remain.
query = query.rstrip().removesuffix(";")
connection.execute(f"COPY (SELECT {columns} FROM ({query})) TO '{target}' (FORMAT parquet)")
