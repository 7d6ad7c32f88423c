"""BIDS: the phenotype files of all codebooks in one data set, by the validator of the standard."""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile


def joined(one, instrument):
    """The answers and scores of an instrument side by side, as a table for the folder `phenotype`."""
    answers, scores = one.tables[f"{instrument}-answers"], one.tables.get(f"{instrument}-scores")
    rows = [["participant_id", *answers.header[1:]]] + answers.rows
    if scores is not None:
        rows = [row + more[1:] for row, more in zip(rows, [scores.header] + scores.rows)]
    cell = lambda text: text.replace("\t", " ").replace("\n", " ").replace("\r", " ") or "n/a"
    return "".join("\t".join(map(cell, row)) + "\n" for row in rows)


def issues(sets):
    """The errors of a data set with all tables, by the name of the table."""
    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "phenotype").mkdir()
    names, people = {}, set()
    for at, one in enumerate(sets):
        for number, instrument in enumerate(one.instruments()):
            name = f"p{at}x{number}"
            names[name] = (one, instrument)
            (folder / f"phenotype/{name}.tsv").write_text(joined(one, instrument))
            sidecar = one.folder.glob(f"{instrument}.*.phenotype.json")
            shutil.copy(next(iter(sidecar)), folder / f"phenotype/{name}.json")
            people |= set(one.tables[f"{instrument}-answers"].column(one.tables[f"{instrument}-answers"].header[0]))
    description = {"Name": "a", "BIDSVersion": "1.10.0", "DatasetType": "raw", "License": "CC0", "Authors": ["a b"]}
    (folder / "dataset_description.json").write_text(json.dumps(description))
    (folder / "README.md").write_text("Tables that codebooks of scalewright describe.\n" * 10)
    (folder / "participants.tsv").write_text("participant_id\n" + "".join(f"{who}\n" for who in sorted(people)))
    for who in people:
        beh = folder / who / "beh"
        beh.mkdir(parents=True)
        (beh / f"{who}_task-rest_beh.tsv").write_text("trial\n1\n")
        (beh / f"{who}_task-rest_beh.json").write_text(json.dumps({"TaskName": "rest", "trial": {"Description": "a"}}))
    validator = pathlib.Path(sys.executable).parent / "bids-validator-deno"
    run = subprocess.run([validator, folder, "--json"], capture_output=True, text=True)
    found = {}
    for issue in json.loads(run.stdout)["issues"]["issues"]:
        # A column without a description is only a warning.
        if issue["severity"] != "error" and not issue["location"].startswith("/phenotype/"):
            continue
        where = pathlib.Path(issue["location"]).stem
        text = f"{issue['code']} {issue.get('subCode')} {issue.get('issueMessage')}"
        found.setdefault(where, []).append(text)
    return names, found


def problems(sets):
    names, found = issues(sets)
    return [f"{names[at][0].folder if at in names else at}: bids: {text}" for at, texts in found.items() for text in texts[:3]]


def unfound(sets):
    names, found = issues(sets)
    missed = []
    for name, (one, instrument) in names.items():
        for table in (f"{instrument}-answers", f"{instrument}-scores"):
            column, wrong = one.wrong.get(table, (None, None))
            if column and not any(column in text for text in found.get(name, [])):
                missed.append(f"{one.folder}: bids: did not find {column} = {wrong}: {found.get(name)}")
    return missed
