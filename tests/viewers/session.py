"""One form in one program: filled in, saved, opened again, changed, saved again. Records what came of it."""

import json
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import form
import look
from screen import Screen

ROOT = Path(__file__).resolve().parents[2]
DEFINITION = ROOT / "tests/fixtures/viewers/evening-notes"

# What is typed into the text field on the first page, by the language of the form: its script, beside the Latin name. The first
# word of Arabic and Hebrew is much longer than the second one, so that pictures show which one is at the right.
TEXTS = {"en": "Їжак Ωάλ Łő", "ar": "مستشفيات من", "he": "משפחות לי", "ja": "日本語の本"}
# What is typed instead where such letters cannot be typed.
LATIN = "Grün"
NAME = "Müller 7"
LINES = "one\ntwo"

# Texts typed by clicking into each box.
TYPED = {
    "scalewright-respondent": NAME,
    "scalewright-date": "2026-11-29",
    "en_6": "7.5",
    "en_7": "30",
    "en_8": "21:05",
    "en_9": "2026-11-28",
}
# Buttons, in the order of the clicks. The first choice is changed, the second one taken back, one box unmarked.
CLICKS = [
    ("en_2", "0"), ("en_1", "-1"), ("en_1", "1"),
    ("en_5___1", "1"), ("en_5___2", "2"), ("en_5___3", "3"), ("en_5___2", "2"),
    ("en_2", "0"), ("en_3", "1"),
]
# What is read back, beside the texts.
READ = {"en_1": "1", "en_2": "", "en_3": "1", "en_5": "1;3", "en_6": "7.5", "en_7": "30", "en_8": "21:05", "en_9": "2026-11-28"}
# What is typed when the form is open again.
CHANGED = ("en_7", "31")
# Boxes that follow each other, for Tab: the name and the date, then four on the lower half of the page.
ORDER = [
    [("scalewright-respondent", NAME), ("scalewright-date", "2026-11-29")],
    [("en_6", "7.5"), ("en_7", "30"), ("en_8", "21:05"), ("en_9", "2026-11-28")],
]


def read(program, path):
    """What `scalewright read` reads from a form: (answers, message)."""
    command = [program, "read", "--instrument", DEFINITION, path, "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    lines = [line for line in done.stderr.splitlines() if line.startswith(("error", "warning"))]
    report = "; ".join(lines).replace(f"{path}", path.name)
    if done.returncode != 0 or not done.stdout.strip():
        return None, report
    row = json.loads(done.stdout.splitlines()[0])
    return {key: as_text(value) for key, value in row.items() if key != "form"}, report


def as_text(value):
    """A cell as text; 7.0 and 7 are the same answer."""
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def differences(found, expected):
    """The answers that are not those that were given: `id: given -> read`."""
    if found is None:
        return ["not read"]
    return [f"{key}: {value!r} -> {found.get(key, '')!r}" for key, value in expected.items() if found.get(key, "") != value]


def text_of(language, kind):
    """What is typed as text."""
    return TEXTS[language] if kind.types_letters else LATIN


def expected(language, kind, changed=False):
    """What must be read."""
    answers = {"respondent": NAME, "date": "2026-11-29", **READ, "en_4": text_of(language, kind), "en_10": LINES}
    return {**answers, CHANGED[0]: CHANGED[1]} if changed else answers


def whole(kind, blank, language, scalewright, shots):
    """Fills in a form, saves it, opens it again, changes it and saves it again. Returns what was seen."""
    boxes = form.places(blank)
    at = {(box.name, box.state): box for box in reversed(boxes)}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        once, twice = folder / "once.pdf", folder / "twice.pdf"
        with opened(kind, blank, folder / "form.pdf") as program:
            before = [program.look(page) for page in (0, 1)]
            fill(program, at, language)
            during = [program.look(page) for page in (0, 1)]
            program.save(once)
        with opened(kind, once, folder / "again.pdf") as program:
            after = [program.look(page) for page in (0, 1)]
            program.fill(at[CHANGED[0], None], CHANGED[1])
            program.save(twice)
        keep(shots, kind, language, during, after, once)
        first, report = read(scalewright, once)
        second, report_twice = read(scalewright, twice)
        pictures = {"itself": (before, after)}
        pictures |= {engine: (draw(blank), draw(once)) for engine, draw in look.ENGINES.items()}
        shown = {engine: look.marked(boxes, *both) for engine, both in pictures.items()}
        words = {engine: look.longer_word(at["en_4", None], *both) for engine, both in pictures.items()}
        return {
            "wrong": differences(first, expected(language, kind)),
            "message": report,
            "wrong-twice": differences(second, expected(language, kind, changed=True)),
            "message-twice": report_twice,
            "appended": once.read_bytes().startswith(blank.read_bytes()),
            "growth": once.stat().st_size - blank.stat().st_size,
            "growth-twice": twice.stat().st_size - once.stat().st_size,
            "shown": {engine: look.summary(found) for engine, found in shown.items()},
            "longer-word": words if language in ("ar", "he") else {},
            "while-filling": look.summary(look.marked(boxes, before, during)),
        }


@contextmanager
def opened(kind, source, path):
    """A program that shows a copy of a file, on a screen of its own: programs remember what they had open."""
    with Screen() as screen:
        program = kind(screen)
        program.settings()
        shutil.copyfile(source, path)
        program.open(path)
        try:
            yield program
        except Exception:
            screen.picture().save(Path(tempfile.gettempdir()) / f"viewers-{program.package}.png")
            raise
        program.close()


def fill(program, at, language):
    """Answers every item, with second thoughts."""
    for name, text in {**TYPED, "en_4": text_of(language, program)}.items():
        program.fill(at[name, None], text)
    for name, state in CLICKS:
        program.point(at[name, state])
    program.leave(0)
    program.fill(at["en_10", None], LINES)


def keep(shots, program, language, during, after, once):
    """Keeps the pictures for people, and the saved form."""
    shots.mkdir(parents=True, exist_ok=True)
    for page in (0, 1):
        during[page][0].save(shots / f"{program.package}-{language}-{page + 1}.png")
        after[page][0].save(shots / f"{program.package}-{language}-{page + 1}-again.png")
    shutil.copyfile(once, shots / f"{program.package}-{language}.pdf")


def order(kind, blank):
    """Types along Tab, and returns what is not where it belongs, one text for each box: `id: value`."""
    boxes = {box.name: box for box in reversed(form.places(blank))}
    wrong = []
    for chain in ORDER:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out.pdf"
            with opened(kind, blank, Path(folder) / "form.pdf") as program:
                program.follow(boxes[chain[0][0]], [text for _, text in chain])
                program.save(out)
            found = form.values(out)
        wrong += [f"{name}: {found.get(name) or ''!r}" for name, text in chain if found.get(name) != text]
    return wrong


def noted(kind, blank, scalewright):
    """Writes a note on a form, and returns what `scalewright read` reports."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "noted.pdf"
        with opened(kind, blank, Path(folder) / "form.pdf") as program:
            program.note(300, 740, "I am not sure")
            program.save(out)
        return read(scalewright, out)[1]


def printed(kind, blank, scalewright):
    """Prints a form with an answer to a file, and returns what `scalewright read` reports."""
    box = next(box for box in form.places(blank) if box.name == "en_6")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "printed.pdf"
        with opened(kind, blank, Path(folder) / "form.pdf") as program:
            program.fill(box, "7.5")
            program.print_to(out)
        return read(scalewright, out)[1]
