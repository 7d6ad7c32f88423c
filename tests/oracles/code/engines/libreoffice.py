"""LibreOffice: types the answers into copies of the emitted workbook, and reads what its formulas give.

The answers belong below the row of the sheet `Answers` that names the respondent and the items. The scores are below
their names in the sheet `Scores`; the formulas of a respondent are as far below the names as the answers are. Answers
of more respondents than a workbook has rows of formulas go into several copies. One process converts all copies.
"""

import os
import subprocess
import tempfile

import jobs
import openpyxl

# The copies are many, and each argument of the command is a path.
AT_ONCE = 200
# Seconds for that many copies.
PATIENCE = 600


def places(book, title, names):
    """Where names are in a sheet: name -> (sheet, row, column), from the first row with the most of them."""
    if title not in book:
        raise jobs.Failed(f"the workbook has no sheet `{title}`")
    best = {}
    for row in book[title].iter_rows(max_row=10):
        found = {cell.value: (title, cell.row, cell.column) for cell in row if cell.value in names}
        if len(found) > len(best):
            best = found
    return best


def required(names, found):
    missing = set(names) - set(found)
    if missing:
        raise jobs.Failed(f"the workbook has no column `{min(missing)}`")


def is_formula(value):
    return isinstance(value, str) and value.startswith("=") or hasattr(value, "text")


def capacity(book, place):
    """The number of formulas below a name."""
    title, row, column = place
    sheet = book[title]
    below = (sheet.cell(at, column).value for at in range(row + 1, sheet.max_row + 1))
    return next((count for count, value in enumerate(below) if not is_formula(value)), sheet.max_row - row)


class Filled:
    """The copies of the workbook of one job."""

    def __init__(self, job, at, folder):
        jobs.no_self_test(job)
        self.job = job
        self.answers = jobs.answers(job)
        book = openpyxl.load_workbook(job.code)
        # Items that no score uses have no column.
        inputs = places(book, "Answers", {jobs.RESPONDENT, *self.answers.columns})
        required([jobs.RESPONDENT], inputs)
        self.scores = places(book, "Scores", {column.own for column in job.columns})
        required((column.own for column in job.columns), self.scores)
        self.rows = min(capacity(book, self.scores[column.own]) for column in job.columns)
        if self.rows == 0:
            raise jobs.Failed("a score has no formula below its name")
        self.copies = []
        columns = {jobs.RESPONDENT: self.answers.respondents, **self.answers.columns}
        for copy, start in enumerate(range(0, len(self.answers.respondents), self.rows)):
            for name, (title, row, column) in inputs.items():
                values = columns[name]
                for down in range(self.rows):
                    cell = book[title].cell(row + 1 + down, column)
                    cell.value = values[start + down] if start + down < len(values) else None
                    if isinstance(cell.value, str):
                        cell.data_type = "s"  # a text is typed as a text, also if it begins with `=`
            path = os.path.join(folder, f"{at}-{copy}.xlsx")
            book.save(path)
            self.copies.append(path)

    def read(self, results):
        """Writes the scores of the computed copies."""
        columns = {column.own: [] for column in self.job.columns}
        count = len(self.answers.respondents)
        for at, path in enumerate(self.copies):
            computed = os.path.join(results, os.path.basename(path))
            if not os.path.exists(computed):
                raise jobs.Failed("LibreOffice does not convert the workbook")
            book = openpyxl.load_workbook(computed, data_only=True, read_only=True)
            last = min(self.rows, count - at * self.rows)
            sheets = {}
            for name, (title, row, column) in self.scores.items():
                if title not in sheets:
                    rows = book[title].iter_rows(min_row=row + 1, max_row=row + last)
                    sheets[title] = [{cell.column: cell for cell in row if cell.value is not None} for row in rows]
                cells = [row.get(column) for row in sheets[title]]
                columns[name] += [value(cell) for cell in cells + [None] * (last - len(cells))]
            book.close()
        jobs.write(self.job, self.answers.respondents, columns)


def value(cell):
    """The value of a computed cell. A formula gives an empty text where there is no score."""
    if cell is None or cell.value == "":
        return None
    if cell.data_type == "e":
        raise jobs.Failed(f"the cell {cell.coordinate} has the error {cell.value}")
    return cell.value


def convert(paths, folder):
    """Computes workbooks, and saves them in the folder `results`."""
    results = os.path.join(folder, "results")
    # A profile of its own: the user's may be in use, and then nothing is converted.
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx", "--outdir", results]
    for start in range(0, len(paths), AT_ONCE):
        subprocess.run(
            command + paths[start:start + AT_ONCE], check=True, capture_output=True, timeout=PATIENCE, cwd=folder
        )
    return results


def run(listed, failed):
    with tempfile.TemporaryDirectory() as folder:
        filled = []
        for at, job in enumerate(listed):
            try:
                filled.append(Filled(job, at, folder))
            except Exception as error:
                failed(job, error)
        results = convert([path for one in filled for path in one.copies], folder)
        for one in filled:
            try:
                one.read(results)
            except Exception as error:
                failed(one.job, error)
