"""Writes the answers of the same 200 respondents in many formats, by the programs that people have.

    everywhere.py texts FOLDER      what platforms and spreadsheet programs write as text
    everywhere.py tables FOLDER     workbooks and columnar files, by openpyxl, pandas, polars and LibreOffice
    everywhere.py statistics FOLDER files of SPSS and Stata, by pyreadstat

Blank answers are blank in every format. Prints the names of the files.
"""

import csv
import gzip
import io
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path

ITEMS = ["q1", "q2", "q3", "q4", "q5"]
LABELS = ["never", "rarely", "sometimes", "often", "always"]


def rows():
    """The id and the answers of each respondent; None is a blank."""
    chance = random.Random(200)
    for number in range(200):
        yield f"{number:04}", [None if chance.random() < 0.12 else chance.randrange(5) for _ in ITEMS]


ROWS = list(rows())


def text(head, body, delimiter=",", before=()):
    """A table as text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows([*before, head, *([("" if cell is None else cell) for cell in row] for row in body)])
    return out.getvalue()


def wide(*more):
    """Rows with an id, further cells, and the answers."""
    return [[name, *more, *answers] for name, answers in ROWS]


def qualtrics():
    """Three rows of headers: names, wording, identifiers."""
    head = ["ResponseId", "Finished", *ITEMS]
    words = ["Response ID", "Finished", *(f"Statement {at}, with a comma." for at in range(1, 6))]
    ids = [json.dumps({"ImportId": name}) for name in ["_recordId", "finished", *(f"QID{at}" for at in range(1, 6))]]
    return text(head, [words, ids, *wide(1)])


def texts(folder):
    """Formats of text."""
    plain = text(["id", *ITEMS], wide())
    long = [[name, item, answer] for name, answers in ROWS for item, answer in zip(ITEMS, answers)]
    labels = [[name, *("" if answer is None else LABELS[answer] for answer in answers)] for name, answers in ROWS]
    objects = [{"id": name, **dict(zip(ITEMS, answers))} for name, answers in ROWS]
    bids = [[name, *("n/a" if answer is None else answer for answer in answers)] for name, answers in ROWS]
    yield "plain.csv", plain
    yield "semicolons.csv", text(["id", *ITEMS], wide(), ";")
    yield "tabs.tsv", text(["id", *ITEMS], wide(), "\t")
    yield "list.json", json.dumps(objects)
    yield "lines.jsonl", "".join(json.dumps(one) + "\n" for one in objects)
    yield "redcap.csv", text(["record_id", "redcap_event_name", *ITEMS, "stat5_complete"], [[*row, 2] for row in wide("baseline_arm_1")])
    yield "qualtrics.csv", qualtrics()
    yield "odk.csv", text(["SubmissionDate", "KEY", *(f"page-{item}" for item in ITEMS)], [["2026-11-29", f"uuid:{name}", *answers] for name, answers in ROWS])
    yield "bids.tsv", text(["participant_id", *ITEMS], bids, "\t")
    yield "long.csv", text(["id", "item", "resp"], long)
    yield "labels.csv", text(["id", *ITEMS], labels)
    yield "packed.csv.gz", gzip.compress(plain.encode(), mtime=0)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("answers.csv", plain)
    yield "archive.zip", archive.getvalue()


def tables(folder):
    """Workbooks and columnar files."""
    import openpyxl
    import pandas
    import polars

    book = openpyxl.Workbook()
    book.active.append(["id", *ITEMS])
    for row in wide():
        book.active.append(row)
    book.save(folder / "openpyxl.xlsx")
    for ending in ("ods", "xls"):
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", ending, "--outdir", folder, folder / "openpyxl.xlsx"]
        subprocess.run(command, check=True, capture_output=True)
    columns = {"id": [name for name, _ in ROWS]}
    columns |= {item: [answers[at] for _, answers in ROWS] for at, item in enumerate(ITEMS)}
    frame = pandas.DataFrame({name: pandas.array(cells, dtype="Int64" if name != "id" else "string") for name, cells in columns.items()})
    frame.to_parquet(folder / "pandas.parquet")
    polars.DataFrame(columns).write_ipc(folder / "polars.arrow")
    return [(name, None) for name in ("openpyxl.xlsx", "openpyxl.ods", "openpyxl.xls", "pandas.parquet", "polars.arrow")]


def statistics(folder):
    """Files of SPSS and Stata, with labels."""
    import pandas
    import pyreadstat

    frame = pandas.DataFrame({"id": [name for name, _ in ROWS]})
    for at, item in enumerate(ITEMS):
        frame[item] = pandas.array([answers[at] for _, answers in ROWS], dtype="float64")
    labels = {item: dict(enumerate(LABELS)) for item in ITEMS}
    pyreadstat.write_sav(frame, folder / "spss.sav", variable_value_labels=labels)
    pyreadstat.write_sav(frame, folder / "spss.zsav", variable_value_labels=labels, compress=True)
    integers = frame.astype({item: "Int32" for item in ITEMS})
    pyreadstat.write_dta(integers, folder / "stata.dta", variable_value_labels=labels, version=15)
    pyreadstat.write_dta(integers, folder / "old-stata.dta", variable_value_labels=labels, version=10)
    return [(name, None) for name in ("spss.sav", "spss.zsav", "stata.dta", "old-stata.dta")]


def main(kind, folder):
    """Writes the files of a kind."""
    folder = Path(folder).resolve()
    for name, content in {"texts": texts, "tables": tables, "statistics": statistics}[kind](folder):
        if content is not None:
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        print(name)


if __name__ == "__main__":
    main(*sys.argv[1:])
