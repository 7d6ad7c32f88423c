#!/usr/bin/env bash
# DuckDB 1.4.1 and 2.0.1: each `IN` list of five or more constants becomes a hash join, even in a `CASE` of the select list.
#
# Run by hand, never in CI. Installs pinned packages into a temporary folder. Status 0: the defect persists; 1: changed.
# A query that cleans the answers to 150 items with `CASE WHEN q IN (1, 2, 3, 4, 5) THEN q END` gets 150 joins, one on the
# other, and takes many times as long as the same query with `BETWEEN`. Lists of four constants stay comparisons, and so do
# five comparisons joined by `OR`. Workaround: BETWEEN and FLOOR for codes without gaps, lists of four for others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
for version in 1.4.1 2.0.1; do
    "$folder/venv/bin/pip" install --quiet "duckdb==$version"
    "$folder/venv/bin/python" - <<'PYTHON'
import time

import duckdb

connection = duckdb.connect()
columns = ", ".join(f"1 + i % 7 AS q{item}" for item in range(150))
connection.execute(f"CREATE TABLE answers AS SELECT {columns} FROM range(1000) AS r(i)")


def query(condition):
    cells = ", ".join(f"CASE WHEN {condition.format(q=f'q{item}')} THEN q{item} END" for item in range(150))
    return f"SELECT {cells} FROM answers"


def joins(condition):
    connection.execute("SET explain_output = 'physical_only'")
    plan = connection.execute("EXPLAIN " + query(condition)).fetchall()[0][1]
    return plan.upper().replace("_", " ").count("HASH JOIN")


def seconds(condition):
    start = time.process_time()
    found = connection.execute(query(condition)).fetchall()
    return time.process_time() - start, found


conditions = {
    "IN, 4 values": "{q} IN (1, 2, 3, 4)",
    "IN, 5 values": "{q} IN (1, 2, 3, 4, 5)",
    "OR, 5 values": "({q} = 1 OR {q} = 2 OR {q} = 3 OR {q} = 4 OR {q} = 5)",
    "BETWEEN": "{q} BETWEEN 1 AND 5",
}
found = {name: (joins(condition), *seconds(condition)) for name, condition in conditions.items()}
print("DuckDB", duckdb.__version__)
for name, (count, cost, _) in found.items():
    print(f"  {name}: {count} hash joins, {cost:.2f} s")
assert [count for count, _, _ in found.values()] == [0, 150, 0, 0], "the plans are others"
assert found["IN, 5 values"][2] == found["BETWEEN"][2], "the rows are others"
assert found["IN, 5 values"][1] > 3 * found["BETWEEN"][1], "the joins cost little"
PYTHON
done
