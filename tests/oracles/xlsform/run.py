"""Answers XLSForms in an engine, and writes what the engine would send.

    python run.py ENGINE JOBS.json

ENGINE is `validate`, `javarosa`, `enketo` or `webforms`. JOBS.json is a list of objects: `form`, the workbook; `folder`,
in which files are written; `answers`, a CSV file with a column for each item; `columns`, the names of the values that are
read. The values are written to FOLDER/scores.csv: the answers as they would be sent, and the columns. Messages go to
stderr; status 1 if a form is refused or an engine fails.
"""

import csv
import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree as tree

import pyxform
from pyxform.xls2xform import convert

HERE = pathlib.Path(__file__).parent
INSTALLED = pathlib.Path(sys.prefix).parent
JAR = pathlib.Path(pyxform.__file__).parent / "validators/odk_validate/bin/ODK_Validate.jar"
XFORM = "{http://www.w3.org/2002/xforms}"


class Form:
    """A converted form: the paths, types and choices of its questions by their names."""

    def __init__(self, job):
        self.folder = pathlib.Path(job["folder"])
        self.xml = convert(job["form"]).xform
        (self.folder / "form.xml").write_text(self.xml, encoding="utf-8")
        root = tree.fromstring(self.xml)
        binds = [bind for bind in root.iter(f"{XFORM}bind")]
        self.paths = {bind.get("nodeset").rsplit("/", 1)[1]: bind.get("nodeset") for bind in binds}
        self.types = {bind.get("nodeset"): bind.get("type") for bind in binds}
        lists = {}
        for instance in root.iter(f"{XFORM}instance"):
            if instance.get("id"):
                lists[instance.get("id")] = {name.text for name in instance.iter(f"{XFORM}name")}
        self.choices, self.ranges = {}, {}
        for kind in ("select1", "select"):
            for select in root.iter(XFORM + kind):
                itemset = select.find(f"{XFORM}itemset")
                name = itemset.get("nodeset").split("'")[1]
                self.choices[select.get("ref")] = lists[name]
        for one in root.iter(f"{XFORM}range"):
            self.ranges[one.get("ref")] = (float(one.get("start")), float(one.get("end")))

    def enterable(self, path, text):
        """The answer as a respondent can enter it; empty if no respondent can."""
        if text == "":
            return ""
        if self.types.get(path) == "date":
            return day(text)
        number = float(text)
        plain = str(int(number)) if number == int(number) else text
        if path in self.choices:
            return plain if plain in self.choices[path] else ""
        if path in self.ranges:
            low, high = self.ranges[path]
            return plain if low <= number <= high else ""
        if self.types[path] == "int":
            return plain if number == int(number) else ""
        return plain


def day(text):
    """A number of eight digits as a date; empty if there is no such day."""
    try:
        return datetime.datetime.strptime(text, "%Y%m%d").date().isoformat()
    except ValueError:
        return ""


def clock(text):
    """A number of minutes after midnight as a clock time."""
    minutes = float(text) if text else -1
    if minutes != int(minutes) or not 0 <= minutes < 1440:
        return ""
    return f"{int(minutes) // 60:02}:{int(minutes) % 60:02}"


def prepare(job):
    form = Form(job)
    with open(job["answers"], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    items, times = job["items"], set(job["times"])
    paths = [form.paths[item] for item in items]
    lines = ["\t".join(paths)]
    for row in rows:
        cells = [
            clock(row[item]) if item in times else form.enterable(path, row[item])
            for item, path in zip(items, paths)
        ]
        lines.append("\t".join(cells))
    (form.folder / "answers.tsv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    outputs = paths + [form.paths[name] for name in job["columns"]]
    (form.folder / "outputs.txt").write_text("".join(f"{path}\n" for path in outputs), encoding="utf-8")
    return form.folder


def collect(job, engine):
    folder = pathlib.Path(job["folder"])
    error = folder / f"{engine}.error"
    if error.exists():
        print(f"{job['name']}: {error.read_text()[:1000]}", file=sys.stderr)
        return False
    lines = (folder / f"{engine}.tsv").read_text(encoding="utf-8").split("\n")[:-1]
    with open(folder / "scores.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["respondent"] + job["items"] + job["columns"])
        writer.writerows([at, *line.split("\t")] for at, line in enumerate(lines))
    return True


def compiled():
    """The folder with the compiled program for JavaRosa."""
    folder, source = INSTALLED / "java", HERE / "Score.java"
    stamp = folder / "Score.java"
    if not stamp.exists() or stamp.read_bytes() != source.read_bytes():
        folder.mkdir(exist_ok=True)
        subprocess.run(["javac", "-cp", JAR, "-d", folder, source], check=True)
        shutil.copy(source, stamp)
    return folder


def command(engine, folders):
    if engine == "validate":
        return ["java", "-jar", JAR, *(folder / "form.xml" for folder in folders)]
    if engine == "javarosa":
        return ["java", "-Xss64m", "-cp", f"{JAR}:{compiled()}", "Score", *folders]
    return ["node", HERE / "browser.mjs", INSTALLED / "node", engine, *folders]


def main(engine, jobs):
    folders = [prepare(job) for job in jobs]
    done = subprocess.run(list(map(str, command(engine, folders))), capture_output=True, text=True)
    if engine == "validate":
        sys.stderr.write(done.stderr if done.returncode else "")
        return done.returncode
    if done.returncode:
        sys.stderr.write(done.stderr)
        return 1
    return 0 if all([collect(job, engine) for job in jobs]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))))
