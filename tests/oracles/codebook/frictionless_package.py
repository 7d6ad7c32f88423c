"""Frictionless: the package and its tables, by the library's own validation."""

import json
import shutil

import frictionless


def fields(one, name):
    package = json.loads(one.file(".datapackage.json").read_text())
    found = [r for r in package["resources"] if r["name"] == name]
    return found[0]["schema"]["fields"]


def errors(one):
    folder = one.written()
    shutil.copy(one.file(".datapackage.json"), folder / "datapackage.json")
    report = frictionless.validate(str(folder / "datapackage.json"))
    found = [("", str(error)) for error in report.errors]
    for task in report.tasks:
        found += [(task.name, error.message) for error in task.errors]
    return found


def problems(one):
    found = [f"{table}: {message}" for table, message in errors(one)]
    package = json.loads(one.file(".datapackage.json").read_text())
    described = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    tables = {name: table.header for name, table in one.tables.items()}
    if described != tables:
        found.append(f"{described} describes {tables}")
    return found


def finds(one):
    found = errors(one)
    return all(
        any(table == name and wrong in message for name, message in found)
        for table, (_, wrong) in one.wrong.items()
    )
