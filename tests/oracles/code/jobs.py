"""The jobs of all engines: files of answers, files of scores, and the failures."""

import csv
import importlib.util
import json
import math
import numbers
import sys
import traceback
from dataclasses import dataclass, field
from decimal import Decimal

RESPONDENT = "respondent"
# In SQL, a line that begins like this ends the query; what follows tests it.
SELF_TEST = "-- self-test"


class Failed(Exception):
    """A job failed, for a reason that needs no traceback."""


class Unavailable(Exception):
    """The engine is not installed, or does not start."""


@dataclass
class Column:
    """A column of the scores: its name, its kind, and its name in the emitted code."""

    name: str
    kind: str
    own: str


@dataclass
class Job:
    """A run of one emitted file on one file of answers."""

    name: str
    code: str
    answers: str
    scores: str
    id: str
    columns: list
    # The names that the emitted code uses where it cannot use ours, by ours.
    names: dict = field(default_factory=dict)
    # Options of Spark.
    ansi: bool = True
    codegen: bool = True
    # Whether the self-test of the emitted file is run too.
    self_test: bool = False

    def own(self, name):
        return self.names.get(name, name)

    def text(self):
        with open(self.code, encoding="utf-8") as file:
            return file.read()


@dataclass
class Answers:
    """A file of answers: the names of its columns as the emitted code knows them, and its cells by column."""

    respondents: list
    # Values are int in columns of whole numbers, float in other columns of numbers, else str; None if missing.
    columns: dict

    def kind(self, name):
        """The type of the values of a column. A column without values counts as whole numbers."""
        return next((type(value) for value in self.columns[name] if value is not None), int)

    def records(self):
        """The answers of each respondent by column."""
        return [dict(zip(self.columns, row)) for row in zip(*self.columns.values())] or [{} for _ in self.respondents]


def listed(path):
    """The jobs of a file."""
    with open(path, encoding="utf-8") as file:
        found = json.load(file)
    for one in found:
        names = one.get("names", {})
        columns = [Column(c["name"], c["kind"], names.get(c["name"], c["name"])) for c in one["columns"]]
        keys = ("name", "code", "answers", "scores", "id")
        options = {key: one[key] for key in ("ansi", "codegen", "self_test") if key in one}
        yield Job(*(one[key] for key in keys), columns, names, **options)


def run_all(run, path):
    """Runs all jobs by `run`, which takes the list and a function that records a failure. Returns the exit status."""
    failures = []

    def failed(job, reason):
        failures.append(job.name)
        if isinstance(reason, Exception) and not isinstance(reason, Failed):
            where = traceback.extract_tb(reason.__traceback__)
            line = f" (line {where[-1].lineno} of {where[-1].filename})" if where else ""
            reason = f"{type(reason).__name__}: {reason}{line}"
        # Spark's messages have hundreds of lines.
        print(f"{job.name}: {str(reason)[:2000]}", file=sys.stderr, flush=True)

    run(list(listed(path)), failed)
    return 1 if failures else 0


def each(one):
    """A `run` that gives the jobs to `one`, in order."""

    def run(jobs, failed):
        for job in jobs:
            try:
                one(job)
            except Exception as error:
                failed(job, error)

    return run


# ---- answers


def typed(cells):
    """The values of a column: whole numbers if all are, else numbers if all are, else texts."""
    for kind in (int, float):
        # Python alone takes `1_0` as a number.
        if any("_" in cell for cell in cells):
            break
        try:
            return [None if cell == "" else kind(cell) for cell in cells]
        except ValueError:
            continue
    return [None if cell == "" else cell for cell in cells]


def answers(job):
    """Reads the answers of a job."""
    with open(job.answers, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    for row in rows:
        if len(row) != len(header):
            raise Failed(f"a row of the answers has {len(row)} cells, not {len(header)}")
    columns = dict(zip(header, ([row[at] for row in rows] for at in range(len(header)))))
    respondents = columns.pop(RESPONDENT)
    return Answers(respondents, {job.own(name): typed(cells) for name, cells in columns.items()})


# ---- scores


def number(value):
    """A number with 17 significant digits, which is the same number when it is read back."""
    return format(value, ".17g")


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


def cell(kind, value):
    """A value of the engine as a cell of the scores. Fails if it is not of the kind."""
    if value is None:
        return ""
    if kind in ("word", "label"):
        if isinstance(value, str):
            return quoted(value)
    elif kind == "truth":
        # SQLite has no truth values, and numpy has its own.
        if type(value).__name__ in ("bool", "bool_") or (isinstance(value, numbers.Real) and value in (0, 1)):
            return "true" if value else "false"
    elif isinstance(value, (numbers.Real, Decimal)) and type(value).__name__ not in ("bool", "bool_"):
        if kind == "number":
            return number(value)
        if kind == "count" and math.isfinite(value) and value == int(value):
            return str(int(value))
    raise Failed(f"{value!r} of type {type(value).__name__} is not a {kind}")


def parsed(kind, text):
    """A cell of a CSV file that an engine wrote as a value. An empty cell is missing."""
    if text == "":
        return None
    if kind in ("word", "label"):
        return text
    if kind == "truth" and text in ("true", "t", "TRUE", "false", "f", "FALSE"):
        return text[0] in "tT"
    try:
        return float(text)
    except ValueError:
        raise Failed(f"`{text}` is not a {kind}") from None


def columns_of(job, records):
    """The columns of the scores of each respondent."""
    for column in job.columns:
        if any(column.own not in record for record in records):
            raise Failed(f"the function returns no `{column.own}`")
    return {column.own: [record[column.own] for record in records] for column in job.columns}


def write(job, respondents, columns):
    """Writes the scores: lists of values, by the names of the emitted code."""
    for column in job.columns:
        if column.own not in columns:
            raise Failed(f"the column `{column.own}` is missing; the scores have {', '.join(map(str, columns))}")
    lists = [columns[column.own] for column in job.columns]
    for column, values in zip(job.columns, lists):
        if len(values) != len(respondents):
            raise Failed(f"`{column.own}` has {len(values)} values for {len(respondents)} respondents")
    with open(job.scores, "w", encoding="utf-8", newline="") as file:
        names = [RESPONDENT] + [column.name for column in job.columns]
        file.write(",".join(map(quoted, names)) + "\n")
        for respondent, *values in zip(respondents, *lists):
            file.write(quoted(respondent))
            for column, value in zip(job.columns, values):
                try:
                    file.write("," + cell(column.kind, value))
                except Failed as reason:
                    raise Failed(f"`{column.name}` of respondent {respondent}: {reason}") from None
            file.write("\n")


def write_rows(job, respondents, names, rows):
    """Writes the scores of a result with one row for each respondent, in any order."""
    names = list(names)
    if RESPONDENT not in names:
        raise Failed(f"the result has no column `{RESPONDENT}`, only {', '.join(names)}")
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise Failed(f"the result has several columns `{min(repeated)}`")
    at = names.index(RESPONDENT)
    by_respondent = {row[at]: row for row in rows}
    if len(by_respondent) != len(rows) or set(by_respondent) != set(respondents):
        raise Failed(f"the result has {len(rows)} rows; one is needed for each of {len(respondents)} respondents")
    ordered = [by_respondent[respondent] for respondent in respondents]
    write(job, respondents, {name: [row[i] for row in ordered] for i, name in enumerate(names)})


def write_texts(job, respondents, rows):
    """Writes the scores of a CSV file that an engine wrote: its rows, the names first."""
    names, *rows = rows
    kinds = {column.own: column.kind for column in job.columns}
    kinds = [kinds.get(name, "word") for name in names]
    values = [[parsed(*pair) for pair in zip(kinds, row)] for row in rows]
    write_rows(job, respondents, names, values)


# ---- emitted code


def module(job):
    """Imports an emitted Python module from its file."""
    spec = importlib.util.spec_from_file_location(f"emitted_{job.id.replace('-', '_')}", job.code)
    found = importlib.util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(found)
    finally:
        sys.dont_write_bytecode = before
    return found


def query(job):
    """The query of an emitted SQL file, without its semicolon and self-test."""
    return _queries(job)[0]


def test_query(job):
    """The query that tests an emitted SQL file and returns no row, if the job asks for the test."""
    if not job.self_test:
        return None
    queries = _queries(job)
    if len(queries) == 1:
        raise Failed("the file has no self-test")
    return queries[1]


def no_self_test(job):
    """Fails if the job asks for a self-test: the runner runs none."""
    if job.self_test:
        raise Failed("this engine runs no self-test")


def no_rows(rows):
    """Fails if a self-test returns rows."""
    if rows:
        raise Failed(f"the self-test returns {len(rows)} rows, first {rows[0]}")


def _queries(job):
    parts = [[]]
    for line in job.text().splitlines():
        if line.startswith(SELF_TEST) and len(parts) == 1:
            parts.append([])
        parts[-1].append(line)
    texts = ["\n".join(lines).rstrip() for lines in parts]
    for text in texts:
        if not text.endswith(";"):
            raise Failed(f"a query does not end with a semicolon before the line `{SELF_TEST}` or the end of the file")
    return [text[:-1] for text in texts]


def name(text, quote='"'):
    """A name quoted for SQL."""
    return quote + text.replace(quote, quote * 2) + quote
