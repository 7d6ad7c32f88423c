"""run.py ENGINE JOBS.json

Runs the methods and conditions of ODM files on answers. ENGINE is `openedc`, `r` or `pspp`.

JOBS.json: [{"form": path of an ODM file, "rows": path of answers, "results": path to write, "oid": the form in a study of
several forms, or null}]. The answers are a list of objects: the answer to each item by its id, null if it is not answered. For each of them, the results have `values` by the
names of items (null if there is none), and `shown`: whether an item is collected, for items with a condition.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile

from lxml import etree

HERE = os.path.dirname(os.path.abspath(__file__))
# The first column of the answers; no item has this name.
FIRST = "row.1"
MODULES = os.path.join(HERE, "..", "..", "..", "target", "oracles", "odm")


def name(element):
    return etree.QName(element).localname


class Form:
    """The items of a form: those that are entered, and those that are computed."""

    def __init__(self, job):
        root = etree.parse(job["form"]).getroot()
        all = [element for element in root.iter() if isinstance(element.tag, str)]

        def named(kind):
            return [element for element in all if name(element) == kind]

        def by_oid(kind):
            return {element.get("OID"): element for element in named(kind)}

        items, conditions, methods = by_oid("ItemDef"), by_oid("ConditionDef"), by_oid("MethodDef")
        lists = {
            oid: [entry.get("CodedValue") for entry in own if name(entry) == "CodeListItem"]
            for oid, own in by_oid("CodeList").items()
        }
        self.event = named("StudyEventDef")[0].get("OID")
        groups = named("ItemGroupDef")
        forms = named("FormDef") or [group for group in groups if group.get("Type") == "Form"]
        if job["oid"] is None:
            assert len(forms) == 1, job["form"]
        else:
            forms = [form for form in forms if form.get("OID") == job["oid"]]
        self.form = forms[0].get("OID")
        own = {child.get("ItemGroupOID") for child in forms[0] if name(child) == "ItemGroupRef"}
        groups = [group for group in groups if group.get("OID") in own]
        self.fields = []
        for group in groups:
            for reference in (child for child in group if name(child) == "ItemRef"):
                own = items[reference.get("ItemOID")]
                codes = [child.get("CodeListOID") for child in own if name(child) == "CodeListRef"]
                condition = conditions.get(reference.get("CollectionExceptionConditionOID"))
                method = methods.get(reference.get("MethodOID"))
                self.fields.append({
                    "oid": own.get("OID"), "id": own.get("Name"), "group": group.get("OID"),
                    "type": own.get("DataType"), "codes": lists[codes[0]] if codes else None,
                    "condition": expressions(condition), "method": expressions(method),
                })

    def computed(self):
        return [field for field in self.fields if field["method"]]

    def conditional(self):
        return [field for field in self.fields if field["condition"]]

    def entered(self):
        return [field for field in self.fields if not field["method"]]


def expressions(element):
    """The expressions by language, in their order."""
    found = {}
    for child in element if element is not None else ():
        if name(child) == "FormalExpression":
            found[child.get("Context")] = "".join(child.itertext())
    return found


def read_rows(job):
    with open(job["rows"], encoding="utf-8") as file:
        return json.load(file)


def text_of(value):
    return str(int(value)) if value == int(value) else repr(value)


def clock(minutes):
    return f"{int(minutes) // 60:02}:{int(minutes) % 60:02}"


def openedc(jobs, folder):
    listed = []
    for job in jobs:
        form = Form(job)
        # It reads the first expression, whatever its language.
        fields = [
            {**field, "condition": next(iter(field["condition"].values()), None),
             "method": next(iter(field["method"].values()), None)}
            for field in form.fields
        ]
        types = {field["id"]: field["type"] for field in fields}
        rows = [
            {id: clock(value) if types.get(id) == "time" else text_of(value)
             for id, value in row.items() if value is not None}
            for row in read_rows(job)
        ]
        about = {"event": form.event, "form": form.form, "fields": fields}
        listed.append({"form": about, "rows": rows, "results": job["results"]})
    path = os.path.join(folder, "jobs.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(listed, file)
    subprocess.run(["node", os.path.join(HERE, "openedc.mjs"), MODULES, path], check=True)


def table(path, form, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        ids = [field["id"] for field in form.entered()]
        # A row with one empty cell would be quoted, so there is another one.
        writer.writerow([FIRST, *ids])
        for at, row in enumerate(rows):
            cells = [row.get(id) for id in ids]
            writer.writerow([at, *("" if cell is None else text_of(cell) for cell in cells)])
    return ids


def results(job, columns, conditions):
    """Writes results from columns of texts. A condition is 1 if the item is not collected."""
    count = len(read_rows(job))
    values = [{name: cells[at] or None for name, cells in columns.items()} for at in range(count)]
    shown = [{name: cells[at] != "1" for name, cells in conditions.items()} for at in range(count)]
    with open(job["results"], "w", encoding="utf-8") as file:
        json.dump([{"values": a, "shown": b} for a, b in zip(values, shown)], file)


R = """
out <- function(path, answers, columns) {
  cells <- lapply(columns, function(code) {
    value <- eval(parse(text = code, keep.source = FALSE, encoding = "UTF-8"), list(answers = answers), baseenv())
    stopifnot(length(value) == nrow(answers))
    if (is.logical(value)) value <- as.integer(value)
    if (is.numeric(value)) value <- ifelse(is.na(value), "", format(value, digits = 17, trim = TRUE, scientific = FALSE))
    ifelse(is.na(value), "", enc2utf8(value))
  })
  write.csv(as.data.frame(cells, optional = TRUE), path, row.names = FALSE, fileEncoding = "UTF-8")
}
for (job in strsplit(readLines(file("jobs.txt", encoding = "UTF-8")), "\\t")) {
  answers <- read.csv(job[1], check.names = FALSE, colClasses = "numeric")
  paths <- readLines(job[2])
  codes <- lapply(paths, function(path) paste(readLines(path, encoding = "UTF-8"), collapse = "\\n"))
  names(codes) <- paste0("c", seq_along(codes))
  out(job[3], answers, codes)
}
"""


def r(jobs, folder):
    lines, read = [], []
    for at, job in enumerate(jobs):
        form, rows = Form(job), read_rows(job)
        answers, paths, result = (os.path.join(folder, f"{at}.{end}") for end in ("csv", "txt", "out.csv"))
        table(answers, form, rows)
        codes = [("", field["id"], field["method"]["R"]) for field in form.computed()]
        codes += [("shown", field["id"], field["condition"]["R"]) for field in form.conditional()]
        if not codes:
            results(job, {}, {})
            continue
        names = []
        for index, (_, _, code) in enumerate(codes):
            names.append(os.path.join(folder, f"{at}-{index}.R"))
            with open(names[-1], "w", encoding="utf-8", newline="") as file:
                file.write(code + "\n")
        with open(paths, "w") as file:
            file.write("".join(f"{name}\n" for name in names))
        lines.append("\t".join((answers, paths, result)) + "\n")
        read.append((job, codes, result))
    with open(os.path.join(folder, "jobs.txt"), "w") as file:
        file.writelines(lines)
    with open(os.path.join(folder, "run.R"), "w") as file:
        file.write(R)
    subprocess.run(["Rscript", "--vanilla", "run.R"], cwd=folder, check=True)
    for job, codes, result in read:
        write(job, codes, result)


def write(job, codes, result):
    with open(result, encoding="utf-8-sig", newline="") as file:
        cells = list(csv.reader(file))[1:]
    columns, conditions = {}, {}
    for index, (kind, name, _) in enumerate(codes):
        own = [row[index].rstrip(" ") for row in cells]
        (conditions if kind else columns)[name] = own
    results(job, columns, conditions)


def pspp(jobs, folder):
    for at, job in enumerate(jobs):
        form, rows = Form(job), read_rows(job)
        answers, syntax, result = (os.path.join(folder, f"{at}.{end}") for end in ("csv", "sps", "out.csv"))
        ids = table(answers, form, rows)
        codes = [("", field["id"], field["method"]["SPSS"]) for field in form.computed() if "SPSS" in field["method"]]
        codes += [
            ("shown", field["id"], field["condition"]["SPSS"])
            for field in form.conditional() if "SPSS" in field["condition"]
        ]
        if not codes:
            results(job, {}, {})
            continue
        lines = [
            "SET MXWARNS=1000000 MXERRS=1000000 DECIMAL=DOT.",
            f"GET DATA /TYPE=TXT /FILE='{answers}' /ENCODING='UTF-8'",
            " /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /DELIMITERS=',' /QUALIFIER='\"' /VARIABLES=",
            *(f" {id} F20.0" for id in [FIRST, *ids]), ".",
        ]
        kept = []
        for index, (kind, name, code) in enumerate(codes):
            lines.append(code)
            if kind:
                lines += [f"COMPUTE @c.{index} = do_not_collect.", "EXECUTE."]
            kept.append(f"@c.{index}" if kind else name)
        lines += [
            "EXECUTE.",
            f"SAVE TRANSLATE /OUTFILE='{result}' /TYPE=CSV /FIELDNAMES /CELLS=VALUES /REPLACE",
            f" /KEEP={' '.join(kept)}.", "",
        ]
        with open(syntax, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        command = ["pspp", "--syntax-encoding=UTF-8", "-o", os.path.join(folder, "list.txt"), "-O", "format=txt"]
        done = subprocess.run(command + ["--error-file=-", syntax], capture_output=True, text=True, cwd=folder)
        problems = [line for line in (done.stdout + done.stderr).splitlines() if "error:" in line or "warning:" in line]
        if problems or done.returncode != 0 or not os.path.exists(result):
            sys.exit(f"{job['form']}: {'; '.join(problems[:3])} {done.stderr[-500:]}")
        write(job, codes, result)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        with open(sys.argv[2], encoding="utf-8") as file:
            {"openedc": openedc, "r": r, "pspp": pspp}[sys.argv[1]](json.load(file), folder)
