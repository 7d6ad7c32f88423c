"""PSPP: a syntax of its own reads the answers, inserts the emitted syntax, and saves the scores as CSV."""

import csv
import os
import subprocess
import tempfile

import jobs

# In SPSS syntax, a line that begins like this ends the scoring; what follows tests it on other data.
SELF_TEST = "* self-test"


def literal(text):
    return '"' + text.replace('"', '""') + '"'


def syntax(job, answers, code, result):
    """The syntax around the emitted one."""

    def kind(name):
        values = answers.columns[name]
        if answers.kind(name) is not str:
            # The format says how a number is shown, not how it is read: without decimals, a point counts.
            return "F20.0"
        return f"A{max([1] + [len(value.encode()) for value in values if value is not None])}"

    width = max(1, *(len(respondent.encode()) for respondent in answers.respondents))
    variables = [f"{jobs.RESPONDENT} A{width}"] + [f"{name} {kind(name)}" for name in answers.columns]
    return "\n".join([
        # Otherwise it stops at the 101st warning, with status 0 and no result.
        "SET MXWARNS=1000000 MXERRS=1000000 DECIMAL=DOT.",
        f"GET DATA /TYPE=TXT /FILE={literal(os.path.abspath(job.answers))} /ENCODING='UTF-8'",
        """ /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /DELIMITERS=',' /QUALIFIER='"' /VARIABLES=""",
        *(f" {variable}" for variable in variables),
        ".",
        f"INSERT FILE={literal(code)} ENCODING='UTF-8'.",
        f"SAVE TRANSLATE /OUTFILE={literal(result)} /TYPE=CSV /FIELDNAMES /CELLS=VALUES /REPLACE.",
        "",
    ])


def one(job):
    jobs.no_self_test(job)
    answers = jobs.answers(job)
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: os.path.join(folder, name) for name in ("code.sps", "run.sps", "scores.csv")}
        lines = job.text().splitlines(keepends=True)
        ends = (at for at, line in enumerate(lines) if line.startswith(SELF_TEST))
        with open(paths["code.sps"], "w", encoding="utf-8") as file:
            file.writelines(lines[:next(ends, len(lines))])
        with open(paths["run.sps"], "w", encoding="utf-8") as file:
            file.write(syntax(job, answers, paths["code.sps"], paths["scores.csv"]))
        command = ["pspp", "--syntax-encoding=UTF-8", "-o", os.path.join(folder, "list.txt"), "-O", "format=txt"]
        done = subprocess.run(
            command + ["--error-file=-", paths["run.sps"]], capture_output=True, text=True, cwd=folder
        )
        # It also exits with status 0 after an error.
        problems = [line for line in (done.stdout + done.stderr).splitlines() if "error:" in line or "warning:" in line]
        if problems:
            raise jobs.Failed("; ".join(problems[:3]))
        if done.returncode != 0 or not os.path.exists(paths["scores.csv"]):
            raise jobs.Failed(f"no scores, status {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        with open(paths["scores.csv"], encoding="utf-8-sig", newline="") as file:
            rows = [[cell.rstrip(" ") for cell in row] for row in csv.reader(file)]
    jobs.write_texts(job, answers.respondents, rows)


run = jobs.each(one)
