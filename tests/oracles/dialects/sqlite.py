"""Computes expressions in SQLite for tables of answers: sqlite.py JOBS.json

JOBS.json is a list of objects with `name`, `columns`, `rows` and `expressions`. For each, the expressions are computed
for a table whose columns have no type, and for one whose columns are texts, as SQLite imports CSV files. Prints a list
with two lists of rows for each job.
"""

import json
import sqlite3
import sys


def cell(value):
    return None if value is None else repr(value).removesuffix(".0")


def computed(job, kind):
    connection = sqlite3.connect(":memory:")
    columns = ", ".join(f'"{name}" {kind}' for name in job["columns"])
    # The order of the rows is that of the key.
    connection.execute(f"CREATE TABLE answers (_key INTEGER PRIMARY KEY, {columns})")
    places = ", ".join("?" for _ in job["columns"])
    rows = [[cell(value) for value in row] for row in job["rows"]] if kind else job["rows"]
    names = ", ".join(f'"{name}"' for name in job["columns"])
    connection.executemany(f"INSERT INTO answers ({names}) VALUES ({places})", rows)
    results = []
    for code in job["expressions"]:
        try:
            found = connection.execute(f"SELECT {code} FROM answers ORDER BY _key").fetchall()
        except sqlite3.Error as error:
            sys.exit(f"{job['name']}: {error}: {code[:2000]}")
        results.append([value for (value,) in found])
    return results


with open(sys.argv[1], encoding="utf-8") as file:
    jobs = json.load(file)
json.dump([[computed(job, kind) for kind in ("", "TEXT")] for job in jobs], sys.stdout)
