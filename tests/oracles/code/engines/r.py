"""R: the emitted file defines `score_ID(data)`. The script r.R runs all jobs in one process."""

import csv
import os
import subprocess
import tempfile

import jobs

SCRIPT = os.path.join(os.path.dirname(__file__), "r.R")


def run(listed, failed):
    with tempfile.TemporaryDirectory() as folder:
        # Base R reads no JSON.
        table = os.path.join(folder, "jobs.csv")
        with open(table, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["code", "answers", "result", "error", "name", "test", "from", "to"])
            for at, job in enumerate(listed):
                result = os.path.join(folder, str(at))
                id = job.id.replace("-", "_")
                functions = [f"score_{id}", f"test_{id}" if job.self_test else ""]
                names = ["\t".join(part) for part in (job.names.keys(), job.names.values())]
                writer.writerow([job.code, job.answers, f"{result}.csv", f"{result}.txt", *functions, *names])
        done = subprocess.run(["Rscript", "--vanilla", SCRIPT, table], capture_output=True, text=True)
        if done.returncode != 0:
            raise jobs.Unavailable(done.stderr)
        for at, job in enumerate(listed):
            try:
                read(job, os.path.join(folder, str(at)))
            except Exception as error:
                failed(job, error)


def read(job, result):
    if os.path.exists(f"{result}.txt"):
        with open(f"{result}.txt", encoding="utf-8") as file:
            raise jobs.Failed(file.read().strip())
    with open(f"{result}.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    respondents = jobs.answers(job).respondents
    if [row[0] for row in rows[1:]] != respondents:
        raise jobs.Failed("the function changes the respondents or their order")
    jobs.write_texts(job, respondents, rows)
