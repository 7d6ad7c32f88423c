"""Psych-DS: what its schema and schema.org say about `dataset_description.json`, and the data against it.

Its validator is in no package registry, so its rules are repeated here: the required fields, the type, properties of
schema.org only, an `@type` in every object, and variables and columns that match in both directions.
"""

import json

REQUIRED = {"@context", "@type", "name", "description", "variableMeasured"}
PROPERTIES = {
    "Dataset": REQUIRED | {"inLanguage", "measurementTechnique", "citation"},
    "PropertyValue": {
        "@type", "name", "alternateName", "description", "additionalType", "unitText", "minValue", "maxValue",
        "value", "valueReference",
    },
}


def description(one):
    return json.loads(one.file(".dataset_description.json").read_text())


def structure(value, where="the data set"):
    found = []
    if isinstance(value, list):
        for at, part in enumerate(value):
            found += structure(part, f"{where}[{at}]")
    elif isinstance(value, dict):
        kind = value.get("@type")
        for name, part in value.items():
            if name not in PROPERTIES.get(kind, ()):
                found.append(f"{where}: {kind} has no property {name}")
            if part in ("", None, [], {}):
                found.append(f"{where}: {name} is empty")
            found += structure(part, f"{where}.{name}")
    return found


def problems(one):
    dataset = description(one)
    found = structure(dataset)
    if not REQUIRED <= set(dataset) or dataset["@context"] != "https://schema.org/":
        found.append("a required field is missing")
    names = [variable["name"] for variable in dataset["variableMeasured"]]
    columns = {name for table in one.tables.values() for name in table.header}
    if len(names) != len(set(names)) or set(names) != columns:
        found.append(f"variables {set(names) ^ columns} or twice")
    return found + [f"{column} = {value}" for column, value in wrong(one)]


def wrong(one):
    """Values that the description of their variable does not allow."""
    found = []
    variables = {variable["name"]: variable for variable in description(one)["variableMeasured"]}
    for table in one.tables.values():
        for name in table.header:
            variable = variables[name]
            listed = {value["value"] for value in variable.get("valueReference", [])}
            for cell in table.column(name):
                if cell == "":
                    continue
                if listed and not is_listed(variable, cell, listed):
                    found.append((name, cell))
                elif not listed and not within(variable, cell):
                    found.append((name, cell))
    return found


def is_listed(variable, cell, listed):
    several = variable["additionalType"].startswith("several")
    return all(part in listed for part in (cell.split() if several else [cell]))


def within(variable, cell):
    kind = variable["additionalType"]
    if kind not in ("integer", "number"):
        return True
    number = int(cell) if kind == "integer" else float(cell)
    return variable.get("minValue", number) <= number <= variable.get("maxValue", number)


def finds(one):
    found = set()
    for column, value in one.wrong.values():
        try:
            found |= set(wrong(one))
        except ValueError:
            return True
        if (column, value) not in found:
            return False
    return True
