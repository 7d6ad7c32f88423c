"""SQLite: Python's own module."""

import contextlib
import sqlite3

import jobs

TYPES = {int: "INTEGER", float: "REAL", str: "TEXT"}


def one(job):
    answers = jobs.answers(job)
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        columns = "".join(f", {jobs.name(name)} {TYPES[answers.kind(name)]}" for name in answers.columns)
        connection.execute(f"CREATE TABLE answers (respondent TEXT{columns})")
        places = ", ?" * len(answers.columns)
        rows = zip(answers.respondents, *answers.columns.values())
        connection.executemany(f"INSERT INTO answers VALUES (?{places})", rows)
        found = connection.execute(jobs.query(job))
        names = [column[0] for column in found.description]
        rows = found.fetchall()
        test = jobs.test_query(job)
        if test is not None:
            jobs.no_rows(connection.execute(test).fetchall())
        jobs.write_rows(job, answers.respondents, names, rows)


run = jobs.each(one)
