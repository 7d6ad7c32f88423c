"""polars. Its reader of CSV takes a column without answers as texts, so the types are given."""

import jobs
import polars

from engines import frames

TYPES = {int: polars.Int64, float: polars.Float64, str: polars.String}


def one(job):
    answers = jobs.answers(job)
    series = [polars.Series(jobs.RESPONDENT, answers.respondents, polars.String)]
    for name, values in answers.columns.items():
        series.append(polars.Series(name, values, TYPES[answers.kind(name)]))
    result = frames.scored(job, polars.DataFrame(series), answers.respondents)
    # NaN stays a number here: it is not a missing value in polars.
    jobs.write(job, answers.respondents, {column.name: column.to_list() for column in result})


run = jobs.each(one)
