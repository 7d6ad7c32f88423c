"""pandas, with the types that its reader of CSV gives."""

import jobs
import pandas

from engines import frames


def one(job):
    texts = {jobs.RESPONDENT: str}
    # Only empty cells are missing: a respondent may be called `NA`.
    frame = pandas.read_csv(job.answers, dtype=texts, keep_default_na=False, na_values=[""])
    frame = frame.rename(columns=job.names)
    respondents = list(frame[jobs.RESPONDENT])
    result = frames.scored(job, frame, respondents)
    columns = {}
    for column in result.columns:
        values = result[column]
        columns[column] = [None if missing else value for value, missing in zip(values, values.isna())]
    jobs.write(job, respondents, columns)


run = jobs.each(one)
