"""What the engines with data frames share: the emitted module defines `scores(frame)`."""

import jobs


def scored(job, frame, respondents):
    """Calls the emitted function, which must leave the frame unchanged and keep the rows and their order."""
    before = list(frame.columns)
    emitted = jobs.module(job)
    if job.self_test:
        emitted.self_test(type(frame))
    result = emitted.scores(frame)
    if type(result) is not type(frame):
        raise jobs.Failed(f"the function returns {type(result)}, not {type(frame)}")
    if list(frame.columns) != before:
        raise jobs.Failed("the function changes the frame that it is given")
    if list(result[jobs.RESPONDENT]) != respondents:
        raise jobs.Failed("the function changes the respondents or their order")
    return result
