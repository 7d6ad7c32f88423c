"""Reads ReproSchema files with the models of the reproschema package, without a network.

python check.py LIST

LIST is a file with a folder on each line. Each folder contains the files of one export. A file is valid if its model accepts
it, its `@id` is its name, and the files that it names are there. In a folder whose files were renamed to `form.…`,
the part of a name after the language counts.
"""

import json
import sys
from pathlib import Path

from reproschema.models.utils import identify_model_class


def plain(value):
    """The value with the keys of the models."""
    if isinstance(value, list):
        return [plain(part) for part in value]
    if not isinstance(value, dict):
        return value
    names = {"@id": "id", "@type": "category"}
    return {names.get(key, key): plain(part) for key, part in value.items() if key != "@context"}


def references(data):
    """The names of files in an object."""
    if isinstance(data.get("responseOptions"), str):
        yield data["responseOptions"]
    ui = data.get("ui", {})
    yield from ui.get("order", [])
    abouts = [each["isAbout"] for each in ui.get("addProperties", [])]
    assert abouts == ui.get("order", []), "the properties are in another order"
    yield from abouts


def check(folder):
    """Checks the files of a folder, and returns how many there are."""
    files = {file.name: file for file in folder.glob("*.jsonld")}
    for name, file in files.items():
        renamed = name.startswith("form.")
        own = (lambda name: "form." + name.split(".", 2)[2]) if renamed else (lambda name: name)
        data = json.loads(file.read_text(encoding="utf-8"))
        model = identify_model_class(data["@type"])
        read = model(**plain(data))
        assert own(data["@id"]) == name, f"{file}: {data['@id']}"
        for other in references(data):
            assert own(other) in files, f"{file}: {other} does not exist"
        # A model must not change a value, for example an integer to a text.
        again = json.loads(read.model_dump_json(exclude_unset=True))
        assert again == plain(data), f"{file}: {again}"
    return len(files)


folders = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
print(sum(check(Path(folder)) for folder in folders))
