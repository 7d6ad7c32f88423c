"""Stata's language as its manual describes it. This runs no Stata: see `stata_subset`."""

import re

import jobs
from stata_subset import Stata, Stop

SELF_TEST = 'if "`mode\'" == "self-test"'
RENAMED = re.compile(r"^// The column (\w+) is named (\w+)\.$", re.MULTILINE)


def answered(answers):
    """The columns of the answers: numbers are doubles, a missing text is an empty one."""
    columns = {}
    for name, values in answers.columns.items():
        if answers.kind(name) is str:
            columns[name] = ["" if value is None else value for value in values]
        else:
            columns[name] = [None if value is None else float(value) for value in values]
    return columns


def run_file(job, columns, rows, *arguments):
    stata = Stata(columns, rows, arguments)
    try:
        stata.run(job.text())
    except Stop as error:
        raise jobs.Failed(str(error)) from error
    return stata


def text(value, kind):
    """A value as a cell of a CSV file."""
    if value is None or isinstance(value, str):
        return value or ""
    return {0: "false", 1: "true"}[value] if kind == "truth" else format(value, ".17g")


def one(job):
    answers = jobs.answers(job)
    columns = answered(answers)
    renamed = dict(RENAMED.findall(job.text()))
    if SELF_TEST in job.text() and run_file(job, columns, len(answers.respondents), "self-test").columns != columns:
        raise jobs.Failed("the self-test changes the data")
    stata = run_file(job, columns, len(answers.respondents))
    names = [column.own for column in job.columns]
    scores = [stata.columns[renamed.get(name, name)] for name in names]
    cells = zip(answers.respondents, *([text(value, column.kind) for value in values] for values, column in zip(scores, job.columns)))
    jobs.write_texts(job, answers.respondents, [[jobs.RESPONDENT, *names], *map(list, cells)])


run = jobs.each(one)
