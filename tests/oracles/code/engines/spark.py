"""Apache Spark in local mode with two workers: SQL (a file `*.sql`) and PySpark (a file `*.py` with `scores(df)`).

A job with `"ansi": false` runs outside ANSI mode.
"""

import os
import sys
import tempfile

import jobs
import pyarrow.parquet
from pyspark.sql import SparkSession

from engines import tables

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
    # Spark reads Parquet much faster than it takes Python's rows.
    pyarrow.parquet.write_table(tables.arrow(answers), path)
    spark.conf.set("spark.sql.ansi.enabled", "true" if job.ansi else "false")
    frame = spark.read.parquet(path)
    if job.code.endswith(".py"):
        result = jobs.module(job).scores(frame)
    else:
        frame.createOrReplaceTempView("answers")
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
