"""Apache Spark in local mode with two workers: SQL (a file `*.sql`) and PySpark (a file `*.py` with `scores(df)`).

A job with `"ansi": false` runs outside ANSI mode, one with `"codegen": false` without Java code made from the query: that
takes two thirds of the time.
"""

import os
import sys
import tempfile

import jobs
import pyarrow.parquet
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from engines import tables

# Jobs are small, so that a compiler that optimizes thoroughly takes more time than it saves: half of all.
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
OPTIONS = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    # No port is open to others.
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.showConsoleProgress": "false",
}


def session(folder):
    """Starts Spark, whose many messages go to a file: standard error has the failures of jobs."""
    os.environ["JDK_JAVA_OPTIONS"] = JAVA
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    sys.stderr.flush()
    own = os.dup(2)
    with open(os.path.join(folder, "log"), "w+", encoding="utf-8") as log:
        os.dup2(log.fileno(), 2)
        try:
            return started(folder)
        except Exception as error:
            log.seek(0)
            raise jobs.Unavailable(f"Spark does not start: {error}\n{log.read()[-2000:]}") from error
        finally:
            os.dup2(own, 2)
            os.close(own)


def started(folder):
    builder = SparkSession.builder.master("local[2]").appName("scores")
    for name, value in OPTIONS.items():
        builder = builder.config(name, value)
    return builder.config("spark.sql.warehouse.dir", folder).config("spark.local.dir", folder).getOrCreate()


def one(spark, job, path):
    answers = jobs.answers(job)
    table = tables.arrow(answers)
    # Spark reads Parquet much faster than it takes Python's rows, and faster still if it need not look for the schema.
    pyarrow.parquet.write_table(table, path)
    spark.conf.set("spark.sql.ansi.enabled", job.ansi)
    spark.conf.set("spark.sql.codegen.wholeStage", job.codegen)
    spark.conf.set("spark.sql.codegen.factoryMode", "FALLBACK" if job.codegen else "NO_CODEGEN")
    frame = spark.read.schema(from_arrow_schema(table.schema)).parquet(path)
    if job.code.endswith(".py"):
        emitted = jobs.module(job)
        if job.self_test:
            emitted.self_test(spark)
        result = emitted.scores(frame)
    else:
        frame.createOrReplaceTempView("answers")
        test = jobs.test_query(job)
        if test is not None:
            jobs.no_rows(spark.sql(test).collect())
        result = spark.sql(jobs.query(job))
    rows = [tuple(row) for row in result.collect()]
    jobs.write_rows(job, answers.respondents, result.columns, rows)


def run(listed, failed):
    with tempfile.TemporaryDirectory() as folder:
        spark = session(folder)
        try:
            for at, job in enumerate(listed):
                try:
                    one(spark, job, os.path.join(folder, f"{at}.parquet"))
                except Exception as error:
                    failed(job, error)
        finally:
            spark.stop()
