"""Reads and writes files of SPSS and Stata with pyreadstat, which builds on the C library ReadStat.

    files.py write FOLDER       writes the same respondents in many ways, and table.json with their cells
    files.py read FILE...       prints each file as JSON: columns with labels, rows of cells

Exit status: 0 if it worked, 2 if not."""

import datetime
import json
import pathlib
import sys

import pandas
import pyreadstat

LABELS = {0: "never", 1: "rarely", 2: "sometimes", 3: "often", 4: "always", 98: "do not know", 99: "refused"}
ITEMS = ["q1", "q2", "q3", "q4", "q5"]
# None is a blank, 98 and 99 are reasons
ANSWERS = [
    [0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [1, 1, 1, 1, 1], [0, None, 2, 98, 4],
    [3, 3, 99, 3, 3], [2, 2, 2, 2, None], [None] * 5, [99, 98, None, 1, 0],
]
TEXTS = ["", "é", "ein Wort", "x" * 255, "y" * 256, "z" * 511 + "ü", "a b ", "w" * 2000]
NUMBERS = [0.5, -1.25, 1e300, None, 151, 152, -99, 0.1 + 0.2]
DAYS = [datetime.date(2026, 1, 2) + datetime.timedelta(days=day) for day in range(8)]
DAYS[3] = None


def table():
    rows = {"id": [f"{number:03}" for number in range(7, 15)]}
    rows |= {item: [row[at] for row in ANSWERS] for at, item in enumerate(ITEMS)}
    rows |= {"note": TEXTS, "share": NUMBERS, "day": DAYS}
    return pandas.DataFrame(rows)


def write(folder):
    folder = pathlib.Path(folder)
    frame = table()
    for item in ITEMS:
        frame[item] = frame[item].astype("float64")
    frame["share"] = frame["share"].astype("float64")
    labels = {item: LABELS for item in ITEMS}
    about = {"variable_value_labels": labels, "column_labels": {"q1": "Statement 1.", "share": "Anteil, größer"}}
    discrete = {item: [98, 99] for item in ITEMS}
    span = {item: [{"lo": 98, "hi": 99}] for item in ITEMS}
    both = {item: [{"lo": 99, "hi": 1000}, 98] for item in ITEMS}
    for name, more in {
        "plain.sav": {"missing_ranges": discrete},
        "packed.sav": {"missing_ranges": span, "row_compress": True},
        "zlib.zsav": {"missing_ranges": both, "compress": True},
    }.items():
        pyreadstat.write_sav(frame, folder / name, **about, **more)
    # Stata has letters for missing values
    stata = frame.copy()
    reasons = {98: "a", 99: "b"}
    for item in ITEMS:
        stata[item] = [reasons.get(value, value) if value == value else None for value in frame[item]]
    letters = {"a": "do not know", "b": "refused"}
    stata_labels = {item: {k: v for k, v in LABELS.items() if k < 98} | letters for item in ITEMS}
    for version in (8, 10, 12, 13, 14, 15):
        # only the newer versions have texts of more than 244 bytes
        shown = stata if version >= 13 else stata.assign(note=[text[:200] for text in TEXTS])
        pyreadstat.write_dta(
            shown, folder / f"stata-{version}.dta", version=version, variable_value_labels=stata_labels,
            missing_user_values={item: ["a", "b"] for item in ITEMS})
    # Labels and declared missing values that disagree with the definition, or decide over the codes.
    backwards = {4: "never", 3: "rarely", 2: "sometimes", 1: "often", 0: "always"}
    short = frame[["id", *ITEMS]]
    plain = short.where(short.isin([98, 99]) == False)  # noqa: E712
    for name, labels, missing in [
        ("backwards.sav", {item: backwards for item in ITEMS}, {}),
        ("strangers.sav", {item: {0: "nie", 4: "immer"} for item in ITEMS}, {}),
        ("contested.sav", {item: LABELS for item in ITEMS}, {"q2": [4]}),
        ("undeclared.sav", {item: LABELS for item in ITEMS}, None),
    ]:
        given = short if missing is None else plain
        pyreadstat.write_sav(given, folder / name, variable_value_labels=labels, missing_ranges=missing or {})
    # pandas numbers categories by the alphabet: always, never, often, rarely, sometimes
    words = plain.copy()
    for item in ITEMS:
        words[item] = words[item].map(LABELS).astype("category")
    words.to_stata(folder / "alphabet.dta", write_index=False)
    # Names in capitals, and two names that differ only by them.
    plain.rename(columns=str.upper).pipe(pyreadstat.write_sav, folder / "capitals.sav")
    twice = plain.assign(Q1=1.0)
    pyreadstat.write_sav(twice, folder / "twice.sav")
    cells = {
        "answers": ANSWERS, "notes": TEXTS, "numbers": NUMBERS,
        "days": [day.isoformat() if day else None for day in DAYS],
    }
    (folder / "table.json").write_text(json.dumps(cells), encoding="utf-8")


def plain(value):
    """A cell as JSON has it. Missing cells are null."""
    if value is None or value != value:
        return None
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


def read(name):
    reader = pyreadstat.read_dta if name.endswith(".dta") else pyreadstat.read_sav
    frame, meta = reader(name)
    columns = [{"name": column, "label": label} for column, label in zip(meta.column_names, meta.column_labels)]
    labels = {
        column: {str(plain(value)): label for value, label in values.items()}
        for column, values in meta.variable_value_labels.items()
    }
    rows = [[plain(value) for value in row] for row in frame.astype(object).itertuples(index=False)]
    return {"columns": columns, "labels": labels, "rows": rows, "encoding": meta.file_encoding}


def main(arguments):
    match arguments:
        case ["write", folder]:
            write(folder)
        case ["read", *names] if names:
            print(json.dumps([read(name) for name in names], ensure_ascii=False))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
