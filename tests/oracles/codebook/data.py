"""The data that a codebook describes: for each instrument a table of answers and a table of scores."""

import copy
import csv
import pathlib
import tempfile


class Table:
    def __init__(self, path):
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        self.name, self.header, self.rows = path.stem, rows[0], rows[1:]

    def column(self, name):
        at = self.header.index(name)
        return [row[at] for row in self.rows]

    def write(self, path, separator=",", blank=""):
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, delimiter=separator, lineterminator="\n")
            writer.writerow(self.header)
            writer.writerows([[cell or blank for cell in row] for row in self.rows])


class DataSet:
    """A folder with a codebook and its tables."""

    def __init__(self, folder):
        self.folder = folder
        paths = sorted(folder.glob("*-answers.csv")) + sorted(folder.glob("*-scores.csv"))
        self.tables = {path.stem: Table(path) for path in paths}
        self.is_broken, self.wrong = False, {}

    def file(self, ending):
        found = [path for path in self.folder.glob("*" + ending)]
        assert len(found) == 1, f"{self.folder}: {ending}: {found}"
        return found[0]

    def instruments(self):
        return [name.removesuffix("-answers") for name in self.tables if name.endswith("-answers")]

    def count(self):
        return sum(len(table.header) * len(table.rows) for table in self.tables.values())

    def written(self):
        """A new folder with the tables."""
        folder = pathlib.Path(tempfile.mkdtemp())
        for name, table in self.tables.items():
            table.write(folder / f"{name}.csv")
        return folder

    def broken(self):
        """A copy in which one value of each table is not allowed, if the codebook limits any."""
        import frictionless_package

        other = copy.deepcopy(self)
        for name, table in other.tables.items():
            for field in frictionless_package.fields(self, name):
                limits = field.get("constraints", {})
                if "enum" in limits:
                    wrong = {"integer": "987654", "string": "no such value"}[field["type"]]
                elif "maximum" in limits:
                    wrong = str(limits["maximum"] + 1)
                else:
                    continue
                other.rows_of(name)[0][table.header.index(field["name"])] = wrong
                other.wrong[name] = (field["name"], wrong)
                break
        other.is_broken = bool(other.wrong)
        return other

    def rows_of(self, name):
        return self.tables[name].rows
