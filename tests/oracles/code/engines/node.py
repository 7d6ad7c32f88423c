"""Node.js, which runs emitted ES modules in node.mjs. Answers and scores go through JSON, which keeps numbers."""

import json
import os
import subprocess

import jobs

SCRIPT = os.path.join(os.path.dirname(__file__), "node.mjs")


def run(listed, failed):
    ready = []
    for job in listed:
        try:
            ready.append((job, jobs.answers(job)))
        except Exception as error:
            failed(job, error)
    asked = [{"code": os.path.abspath(job.code), "test": job.self_test, "rows": answers.records()} for job, answers in ready]
    done = subprocess.run(["node", SCRIPT], input=json.dumps(asked), capture_output=True, text=True)
    if done.returncode != 0:
        raise jobs.Unavailable(done.stderr)
    for (job, answers), result in zip(ready, json.loads(done.stdout), strict=True):
        try:
            if "error" in result:
                raise jobs.Failed(result["error"])
            jobs.write(job, answers.respondents, jobs.columns_of(job, result["rows"]))
        except Exception as error:
            failed(job, error)
