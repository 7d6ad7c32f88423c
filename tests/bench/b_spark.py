"""Compares exported Spark SQL with a handwritten query: b_spark.py CODE SMALL ANSWERS FOLDER RUNS.

Both leave out answers that are not codes of the item. They run from Parquet to Parquet in one session of two workers, in
turns, after a run of each on the small file. Java compiles no method of more than 8,000 bytes, so Spark is told to split
longer ones. Prints the median seconds of processor time of the handwritten query, then of the exported one; all threads of
the session count.
"""
import os
import statistics
import sys

from pyspark.sql import SparkSession

from common import NEED, REVERSED, SCALES

code, small, answers, folder, runs = sys.argv[1:6]


def keyed(item):
    return f"8 - q{item}" if item in REVERSED else f"q{item}"


def handwritten():
    """A query in four layers, as one would write it: valid answers, sums and counts, means, and the total."""
    valid = ", ".join(f"CASE WHEN q{item} BETWEEN 1 AND 7 THEN q{item} END AS q{item}" for item in range(1, 37))
    sums, means = [], []
    for name, items in SCALES.items():
        total = " + ".join(f"COALESCE({keyed(item)}, 0)" for item in items)
        count = " + ".join(f"CAST(q{item} IS NOT NULL AS INT)" for item in items)
        sums.append(f"{total} AS {name}_sum, {count} AS {name}_count")
        means.append(f"CASE WHEN {name}_count >= {NEED} THEN {name}_sum / {name}_count END AS {name}")
    return (
        f"SELECT *, (task + bond + goal) / 3 AS total FROM (SELECT id, {', '.join(means)} FROM "
        f"(SELECT id, {', '.join(sums)} FROM (SELECT id, {valid} FROM answers)))"
    )


def exported():
    with open(code, encoding="utf-8") as file:
        query = file.read().rstrip().removesuffix(";")
    return f"SELECT id, {', '.join(SCALES)}, total FROM ({query}\n)"


def processor_time(java):
    """The processor time of the Java process, in seconds: its 14th and 15th field in /proc."""
    with open(f"/proc/{java}/stat", encoding="utf-8") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run(spark, query, source, target):
    java = spark.sparkContext._jvm.java.lang.ProcessHandle.current().pid()
    spark.read.parquet(source).createOrReplaceTempView("answers")
    start = processor_time(java)
    spark.sql(query).write.mode("overwrite").parquet(target)
    return processor_time(java) - start


def main():
    queries = {"handwritten": handwritten(), "exported": exported()}
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.codegen.hugeMethodLimit", "8000").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    costs = {name: [] for name in queries}
    for name, query in queries.items():
        run(spark, query, small, f"{folder}/{name}")
    for _ in range(int(runs)):
        for name, query in queries.items():
            costs[name].append(run(spark, query, answers, f"{folder}/{name}"))
    for name in queries:
        print(statistics.median(costs[name]))
    spark.stop()


main()
