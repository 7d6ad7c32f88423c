"""Answers as Arrow tables, whose whole numbers have 32 bits where they fit, as a study's database would have them."""

import jobs
import pyarrow

LARGEST = 2**31 - 1


def type_of(answers, name):
    """The type of a column."""
    kind = answers.kind(name)
    if kind is not int:
        return {float: pyarrow.float64(), str: pyarrow.string()}[kind]
    fits = all(value is None or -LARGEST <= value <= LARGEST for value in answers.columns[name])
    return pyarrow.int32() if fits else pyarrow.int64()


def arrow(answers):
    """The table of answers, the respondents first."""
    columns = {jobs.RESPONDENT: pyarrow.array(answers.respondents, pyarrow.string())}
    for name, values in answers.columns.items():
        columns[name] = pyarrow.array(values, type_of(answers, name))
    return pyarrow.table(columns)
