"""DuckDB, in memory."""

import contextlib

import duckdb
import jobs

from engines import tables


def one(job):
    answers = jobs.answers(job)
    with contextlib.closing(duckdb.connect()) as connection:
        connection.register("arrow", tables.arrow(answers))
        connection.execute("CREATE TABLE answers AS SELECT * FROM arrow")
        found = connection.execute(jobs.query(job))
        names = [column[0] for column in found.description]
        rows = found.fetchall()
        test = jobs.test_query(job)
        if test is not None:
            jobs.no_rows(connection.execute(test).fetchall())
        jobs.write_rows(job, answers.respondents, names, rows)


run = jobs.each(one)
