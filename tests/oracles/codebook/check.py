"""Checks codebooks of every format against the data that they describe.

    target/oracles/codebook/bin/python tests/oracles/codebook/check.py JOBS.json

JOBS.json is a list of folders. Each contains the files of one codebook, named as `scalewright export` names them, and
for each instrument `<id>-answers.csv`, and `<id>-scores.csv` as `scalewright score` wrote it. The data must be valid.
Then one value of each table is replaced by one that is not allowed, which every validator must find. Prints how many
values were checked; every problem goes to standard error, with status 1.
"""

import json
import pathlib
import sys
import tempfile

import bids
import data
import ddi
import frictionless_package
import pages
import psych_ds


def main(path):
    folders = [pathlib.Path(folder) for folder in json.loads(pathlib.Path(path).read_text())]
    sets = [data.DataSet(folder) for folder in folders]
    problems, checked = [], 0
    for one in sets:
        for what in (frictionless_package, psych_ds, ddi, pages):
            found = what.problems(one)
            problems += [f"{one.folder}: {what.__name__}: {problem}" for problem in found]
        checked += one.count()
    problems += bids.problems(sets)
    broken = [one.broken() for one in sets]
    for one in broken:
        for what in (frictionless_package, psych_ds, ddi):
            if one.is_broken and not what.finds(one):
                problems.append(f"{one.folder}: {what.__name__}: did not find {one.wrong}")
    problems += bids.unfound(broken)
    for problem in problems[:60]:
        print(problem, file=sys.stderr)
    print(checked)
    return 1 if problems else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        sys.exit(main(sys.argv[1]))
