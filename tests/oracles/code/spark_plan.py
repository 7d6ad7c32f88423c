"""Scores a partitioned table in Spark with exported code, in the way of a cluster: spark_plan.py JOB.json

The job names the exported `query` and `module`, the `answers` as CSV, the `scores` that must come out, and a `folder`
for files. The answers become a table of Parquet with a folder for each year and site. Asserts for both ways that all
scores are right, that each row remains in its partition, and that the physical plan neither shuffles nor sorts rows nor
gives them to Python. Ends with status 1 and the reason otherwise.
"""

import csv
import importlib.util
import json
import os
import sys

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

YEARS, SITES = (2019, 2020), ("north", "south", "west")
WORKERS = 4
# Whatever moves rows between partitions, orders them, or evaluates them in Python.
FORBIDDEN = ("Exchange", "Sort", "Python", "InPandas", "InArrow", "Window", "Aggregate")
OPTIONS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    # Each file is a partition of its own.
    "spark.sql.files.maxPartitionBytes": "4096",
    "spark.sql.files.openCostInBytes": "4096",
}


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(rows, folder):
    """Writes the answers, with a file for each year and site."""
    items = [name for name in rows[0] if name != "respondent"]
    places = [(year, site) for year in YEARS for site in SITES]
    for at, (year, site) in enumerate(places):
        part = rows[at :: len(places)]
        columns = {"respondent": pa.array([row["respondent"] for row in part])}
        for item in items:
            columns[item] = pa.array([float(row[item]) if row[item] else None for row in part], pa.float64())
        path = os.path.join(folder, f"year={year}", f"site={site}")
        os.makedirs(path)
        pq.write_table(pa.table(columns), os.path.join(path, "part.parquet"))
    return len(places)


def same(found, expected):
    """Whether a value of Spark is the text of a cell."""
    if found is None or expected == "":
        return found is None and expected == ""
    if isinstance(found, bool):
        return expected == ("yes" if found else "no")
    if isinstance(found, str):
        return expected == found
    return abs(found - float(expected)) <= 1e-9 * max(1.0, abs(float(expected)))


def check(way, answers, result, expected):
    plan = result._jdf.queryExecution().executedPlan().toString()
    for word in FORBIDDEN:
        assert word not in plan, f"{way}: the plan contains {word}:\n{plan}"
    placed = F.spark_partition_id().alias("_place")
    before = {row["respondent"]: row["_place"] for row in answers.select("respondent", placed).collect()}
    rows = result.select("*", placed).collect()
    assert len(set(before.values())) > 1, "the table is one partition"
    assert len(rows) == len(expected), f"{way}: {len(rows)} rows instead of {len(expected)}"
    for row in rows:
        name = row["respondent"]
        assert row["_place"] == before[name], f"{way}: {name} moved to another partition"
        assert (row["year"], row["site"]) in [(year, site) for year in YEARS for site in SITES], f"{way}: {row}"
        for column, cell in expected[name].items():
            assert same(row[column], cell), f"{way}: {column} of {name} is {row[column]!r} instead of {cell!r}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["JDK_JAVA_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    table = os.path.join(job["folder"], "answers")
    write_table(read(job["answers"]), table)
    expected = {row["respondent"]: row for row in read(job["scores"])}
    builder = SparkSession.builder.master(f"local[{WORKERS}]").appName("plan")
    for name, value in {**OPTIONS, "spark.local.dir": job["folder"]}.items():
        builder = builder.config(name, value)
    spark = builder.config("spark.sql.warehouse.dir", job["folder"]).getOrCreate()
    try:
        answers = spark.read.parquet(table)
        answers.createOrReplaceTempView("answers")
        with open(job["query"], encoding="utf-8") as file:
            query = file.read()
        check("SQL", answers, spark.sql(query.rstrip().removesuffix(";")), expected)
        found = importlib.util.spec_from_file_location("exported", job["module"])
        module = importlib.util.module_from_spec(found)
        found.loader.exec_module(module)
        check("PySpark", answers, module.scores(answers), expected)
    finally:
        spark.stop()


try:
    main()
except AssertionError as error:
    sys.exit(str(error))
