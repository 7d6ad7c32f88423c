"""Writes the page of the book about viewers from results.json.

    python3 page.py           prints the page
    python3 page.py --write   writes it
"""

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs/src/export/viewers.md"

# The languages of the forms, and what is typed into them.
SCRIPTS = {"en": "Greek, Cyrillic", "he": "Hebrew", "ar": "Arabic", "ja": "Japanese"}

# The engines that draw a saved form, beside the viewer.
OTHERS = ("poppler", "PDFium", "MuPDF")

# The item that a choice is taken back of, and the text that is typed in other scripts.
TAKEN_BACK, TEXT = "en_2", "en_4"

# Fields by kind.
CHANGED, CHOICES, NUMBERS = ("en_1",), ("en_3", "en_5"), ("en_6", "en_7", "en_8", "en_9")
MARKS = ("en_1=1 on page 1", "en_3=1 on page 1", "en_5___1=1 on page 1", "en_5___3=3 on page 1")
LATER = "scalewright-respondent on page 2"

HEAD = """# Viewers that fill in forms

Forms to [fill in on a screen](pdf.md#to-fill-in-on-a-screen) are filled in by people, in programs that differ. `cargo xtask viewers` tests
them: on a virtual screen it opens a form with an item of every kind in each program, clicks into each box, types, marks, has second
thoughts, saves, opens the saved form again, changes an answer and saves again. Then `scalewright read` reads both files, and three
engines draw them. The command takes about half an hour, and is not part of continuous integration. It writes this page, and keeps
pictures in `target/viewers/`:

```sh
tests/viewers/setup              # Debian's packages, about 1 GB
cargo xtask viewers              # every viewer
cargo xtask viewers okular       # one of them; the results of the others stay
```

Each form is filled in four languages: English, Arabic, Hebrew and Japanese. Letters that a western keyboard lacks are
pasted.
"""

NOTES = """
- "Read back": the answers that were given, and nothing else, in all four languages.
- "Seen": something was drawn in the box of the answer, by the viewer itself after opening the form again, and by poppler, PDFium and MuPDF.
- A choice is exchanged by a click on another option. In qpdfview the new mark disappears with the next click elsewhere, on the screen and in
  the file; chosen once more, it stays.
- A choice is taken back by a second click on it. The form allows that; most viewers do not, so an item that was answered once cannot be left
  out any more. Offer an option such as "no answer" if that matters.
- "Drawn from right to left": of two words, the first one is at the right. Whatever is drawn, the value in the file is right, and is read.
- Tab: the texts are typed one after the other, with Tab between them: the name and the date, then four boxes below each other. A viewer
  without Tab asks for each text in a box of its own, or leaves the form.
- A viewer that appends keeps the form that was handed out inside the file. One that rewrites makes a new file.
- A note is written with the tool of the viewer for notes, words or ink, if it has one that can be used without a menu.
"""


def filled(viewer):
    """The forms that were filled in, by language."""
    return {language: seen for language, seen in viewer["filled"].items() if "failed" not in seen}


def wrong_items(seen, key="wrong"):
    """The answers that were read otherwise than given, without the choice that was taken back."""
    items = {line.split(": ")[0]: line for line in seen[key]}
    items.pop(TAKEN_BACK, None)
    return items


def yes_or(languages, missing):
    """`yes`, or the languages in which something is missing."""
    if not languages:
        return "–"
    if not missing:
        return "yes"
    return "no" if len(missing) == len(languages) else "not " + ", ".join(missing)


def all_of(names):
    """Whether these items were read back, in every language."""
    return lambda viewer: yes_or(filled(viewer), [lang for lang, seen in filled(viewer).items() if unread(seen, names)])


def unread(seen, names):
    """Whether one of these answers was not read, or the form was refused."""
    return "not read" in wrong_items(seen) or bool(set(names) & set(wrong_items(seen)))


def script(language):
    """Whether text in the script of a language was read back, and seen by whom."""

    def cell(viewer):
        seen = viewer["filled"].get(language, {"failed": ""})
        if "failed" in seen:
            return "–"
        if not viewer.get("types-letters", True):
            return "cannot be typed"
        box = f"{TEXT} on page 1"
        hidden = [name for name in ("itself", *OTHERS) if box not in seen["shown"][name]]
        read = "not read" if unread(seen, [TEXT]) else "read"
        return f"{read}, seen" if not hidden else f"{read}; not seen by {', '.join(hidden)}"

    return cell


def taken_back(viewer):
    """Whether a second click takes a choice back."""
    kept = [lang for lang, seen in filled(viewer).items() if any(line.startswith(f"{TAKEN_BACK}:") for line in seen["wrong"])]
    return yes_or(filled(viewer), kept)


def marks(viewer):
    """Who does not see the marks that are in the file."""
    hidden = set()
    for seen in filled(viewer).values():
        kept = [mark for mark in MARKS if not unread(seen, [mark[:4]])]
        hidden |= {name for name in ("itself", *OTHERS) for mark in kept if mark not in seen["shown"][name]}
    return "yes" if not hidden else "not by " + ", ".join(name for name in ("itself", *OTHERS) if name in hidden)


def later(where):
    """Whether the name is shown on the second page."""
    return lambda viewer: yes_or(filled(viewer), [lang for lang, seen in filled(viewer).items() if LATER not in where(seen)])


def twice(viewer):
    """Whether a form that was changed and saved again is read back, but for what was wrong before."""
    newly = {lang: set(wrong_items(seen, "wrong-twice")) - set(wrong_items(seen)) for lang, seen in filled(viewer).items()}
    return yes_or(filled(viewer), [lang for lang, items in newly.items() if items])


def saving(viewer):
    """How the viewer saves."""
    ways = {seen["appended"] for seen in filled(viewer).values()}
    return {frozenset([True]): "appends", frozenset([False]): "rewrites"}.get(frozenset(ways), "both")


def growth(language):
    """How much larger the form is, in kB."""

    def cell(viewer):
        seen = viewer["filled"].get(language, {"failed": ""})
        return "–" if "failed" in seen else f"{round(seen['growth'] / 1000):,}"

    return cell


def tab(language):
    """Whether Tab leads in the order of reading."""

    def cell(viewer):
        wrong = viewer["order"].get(language)
        if wrong is None:
            return "no Tab"
        if isinstance(wrong, dict):
            return "–"
        return "yes" if not wrong else "no"

    return cell


def at_the_right(viewer):
    """Whether Arabic and Hebrew are drawn in the right half of the box, by whom not."""
    box, wrong, found = f"{TEXT} on page 1", set(), False
    for language in ("ar", "he"):
        shown = viewer["filled"].get(language, {}).get("shown", {})
        for name, boxes in shown.items():
            found = found or box in boxes
            if boxes.get(box, 1) < 0.5:
                wrong.add(name)
    if not found:
        return "–"
    return "yes" if not wrong else "not in " + ", ".join(name for name in ("itself", *OTHERS) if name in wrong)


def leftward(viewer):
    """Whether the first of two words of Arabic and Hebrew is at the right; by whom it is not."""
    sides = {}
    for language in ("ar", "he"):
        for name, side in viewer["filled"].get(language, {}).get("longer-word", {}).items():
            if side is not None:
                sides.setdefault(name, set()).add(side)
    if not sides or not viewer.get("types-letters", True):
        return "–"
    wrong = [name for name in ("itself", *OTHERS) if "left" in sides.get(name, ())]
    return "yes" if not wrong else "not by " + ", ".join(wrong)


def reported(key, read_well):
    """Whether `read` reports a note, or refuses a print."""

    def cell(viewer):
        message = viewer.get(key, {}).get("en")
        if not isinstance(message, str):
            return "–"
        return read_well(message)

    return cell


def of_note(message):
    """What the note is called in the report, if there is a report."""
    found = re.search(r" has (.+?) on page", message)
    return f"yes, as {found[1].removeprefix('a ')}" if found else "no"


def of_print(message):
    """Whether a print is refused."""
    return "refused" if message.startswith("error") else "read as a form"


ROWS = [
    ("version of Debian's package", lambda viewer: viewer["version"]),
    ("engine", lambda viewer: viewer["engine"]),
    ("name and date read back", all_of(("respondent", "date"))),
    *((f"{letters} typed into a form in `{language}`", script(language)) for language, letters in SCRIPTS.items()),
    ("Arabic and Hebrew begin at the right", at_the_right),
    ("Arabic and Hebrew are drawn from right to left", leftward),
    ("several lines read back", all_of(("en_10",))),
    ("choices and boxes read back", all_of(CHOICES)),
    ("a choice can be exchanged for another", all_of(CHANGED)),
    ("a choice can be taken back", taken_back),
    ("numbers, visual analogue line, time, date read back", all_of(NUMBERS)),
    ("marks are seen", marks),
    ("changed, saved again, read back", twice),
    ("saving", saving),
    *((f"the form in `{language}` grows by, kB", growth(language)) for language in SCRIPTS),
    ("the name follows on page 2 while it is typed", later(lambda seen: seen["while-filling"])),
    ("... in the saved form, drawn by poppler", later(lambda seen: seen["shown"]["poppler"])),
    ("Tab follows the reading order, from left to right", tab("en")),
    ("... from right to left", tab("ar")),
    ("a note in the viewer is reported by `read`", reported("note", of_note)),
    ("a print to PDF", reported("print", of_print)),
]


def table(results):
    """The table: properties by viewers."""
    lines = ["| | " + " | ".join(viewer["title"] for viewer in results.values()) + " |", "|---" * (len(results) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(cell(viewer) for viewer in results.values()) + " |" for name, cell in ROWS]
    return "\n".join(lines) + "\n"


def messages(results):
    """What `read` reports about the forms, and what Tab does, where it is not what was meant."""
    lines = []
    for viewer in results.values():
        for language, seen in filled(viewer).items():
            items = wrong_items(seen)
            if items or seen["message"]:
                what = "; ".join([*items.values(), *([seen["message"]] if seen["message"] else [])])
                lines.append(f"- {viewer['title']}, `{language}`: {code(what)}")
        for language, wrong in viewer["order"].items():
            if isinstance(wrong, list) and wrong:
                lines.append(f"- {viewer['title']}, `{language}`, typed with Tab: {code('; '.join(wrong))}")
    head = "\n## What was read otherwise\n\nEach line has the answer that was given and what was read, or what is in the boxes after typing with Tab.\n\n"
    return head + "\n".join(lines) + "\n" if lines else ""


def code(text):
    """A text as code."""
    return f"`{text.replace('`', '')}`"


def page(results):
    """The whole page."""
    return HEAD + "\n" + table(results) + NOTES + messages(results)


def write(results):
    """Writes the page."""
    PAGE.write_text(page(results), encoding="utf-8")


if __name__ == "__main__":
    stored = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
    if "--write" in sys.argv:
        write(stored)
    else:
        sys.stdout.write(page(stored))
