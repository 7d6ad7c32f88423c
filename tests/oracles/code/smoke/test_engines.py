"""The runners give the scores of the smallest exports, and report jobs that fail: test_engines.py [ENGINE...]"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time

import openpyxl

HERE = os.path.dirname(os.path.abspath(__file__))
RUN = os.path.join(HERE, "..", "run.py")
# The files that an engine runs.
FILES = {
    "duckdb": ["sums.sql"],
    "libreoffice": ["sums.xlsx"],
    "node": ["sums.mjs"],
    "pandas": ["frames.py"],
    "plain": ["plain.py"],
    "polars": ["frames.py"],
    "postgres": ["sums.sql"],
    "pspp": ["sums.sps"],
    "r": ["sums.R"],
    "spark": ["spark.sql", "spark.py"],
    "sqlite": ["sums.sql"],
}
# The engines whose runners run no self-test.
UNTESTED = {"libreoffice", "pspp"}
KINDS = {"total": "number", "third": "number", "total_band": "label", "group": "word"}
KINDS |= {"total_answered": "count", "invalid_answers": "count", "total_prorated": "truth", "high": "truth"}


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def same(ours, theirs):
    try:
        return abs(float(ours) - float(theirs)) <= 1e-15
    except ValueError:
        return ours == theirs


def workbook(path):
    """The smallest workbook: three rows that score what is typed, so that the answers need two copies."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Answers"
    sheet.append(["A test"])
    scores = book.create_sheet("Scores")
    scores.append(["respondent", *(name for name in KINDS)])
    sheet.append(["respondent", "a", "b", "weight"])
    for row in (3, 4, 5):
        a, b, weight = (f"Answers!{letter}{row}" for letter in "BCD")
        at = row - 1
        known = f"AND(ISNUMBER({a}),ISNUMBER({b}))"
        formulas = {
            "respondent": f'=IF(Answers!A{row}="","",Answers!A{row})',
            "total": f'=IF({known},{a}+{b},"")',
            "third": f'=IF(AND({known},ISNUMBER({weight})),{a}*{weight}/3+{b}*{weight}/3,"")',
            "total_band": f'=IF({known},IF(B{at}>=4,"high","low, ""mäßig"""),"")',
            "group": f'=IF({known},IF(B{at}>=4,"many","few"),"")',
            "total_answered": f"=COUNT({a},{b})",
            "invalid_answers": f"=0*ROW({a})",
            "total_prorated": f'=IF({known},FALSE(),"")',
            "high": f'=IF({known},B{at}>=4,"")',
        }
        scores.append([formulas[cell.value] for cell in scores[1]])
    book.save(path)


def test(engine, folder):
    expected = table(os.path.join(HERE, "expected.csv"))
    columns = [{"name": name, "kind": KINDS[name]} for name in expected[0][1:]]
    ways = [(file, ansi) for file in FILES[engine] for ansi in ([True, False] if engine == "spark" else [True])]
    jobs = []
    for at, (file, ansi) in enumerate(ways):
        code = os.path.join(HERE, file)
        if file.endswith(".xlsx"):
            code = os.path.join(folder, file)
            workbook(code)
        scores = os.path.join(folder, f"{engine}{at}.csv")
        job = {"name": f"{file} {ansi}", "code": code, "scores": scores, "id": "small-sums", "columns": columns}
        jobs.append(job | {"answers": os.path.join(HERE, "answers.csv"), "ansi": ansi, "self_test": engine not in UNTESTED})
    lacks = {"name": "lacks", "scores": os.path.join(folder, "lacks.csv")}
    lacks["columns"] = [*columns, {"name": "no_such_score", "kind": "number"}]
    path = os.path.join(folder, f"{engine}.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump([jobs[0] | lacks, *jobs], file)
    done = subprocess.run([sys.executable, RUN, engine, path], capture_output=True, text=True)
    assert done.returncode == 1, f"status {done.returncode}: {done.stderr}"
    failures = done.stderr.splitlines()
    assert len(failures) == 1 and failures[0].startswith("lacks: ") and "no_such_score" in failures[0], done.stderr
    assert not os.path.exists(lacks["scores"]), "the scores of a job that fails are not written"
    for job in jobs:
        found = table(job["scores"])
        assert found[0] == expected[0] and len(found) == len(expected), f"{job['name']}: {found}"
        for ours, theirs in zip(expected[1:], found[1:]):
            for name, *pair in zip(expected[0], ours, theirs):
                assert same(*pair), f"{job['name']}: `{name}` of {ours[0]} is {pair[1]}, not {pair[0]}"


for engine in sys.argv[1:] or FILES:
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            test(engine, folder)
        except AssertionError as error:
            sys.exit(f"{engine}: {error}")
    print(f"{engine}: ok, {time.monotonic() - start:.1f} s", flush=True)
