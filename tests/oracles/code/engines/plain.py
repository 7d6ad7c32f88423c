"""Plain Python: the emitted module defines `score(answers)` for one respondent."""

import jobs


def one(job):
    answers = jobs.answers(job)
    emitted = jobs.module(job)
    if job.self_test:
        emitted.self_test()
    score = emitted.score
    scored = [score(record) for record in answers.records()]
    columns = jobs.columns_of(job, scored)
    jobs.write(job, answers.respondents, columns)


run = jobs.each(one)
