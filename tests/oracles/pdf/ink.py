"""Finds print under the places to type in, as three engines draw them.

    python ink.py form.pdf ...

The forms are exported with `--set pdf.fillable=yes`. A text field of a blank form must be blank: what is typed would otherwise
lie over a stem, a rule or the words of an option. Prints one line for each file. The exit code is 1 if any file fails.
"""

import sys

from viewers import DPI, DRAWN, widgets

# The sides of a field may touch a rule or a frame, which is not under the letters; in points.
EDGE = 1.0
# Darker than this is print, from 0 to 255. Stripes of tables are lighter.
DARK = 200


def covered(path):
    """The text fields with print under them, by engine."""
    fields = [(name, page, rect) for name, state, page, rect in widgets(path) if state is None]
    scale = DPI / 72
    for engine, drawn in DRAWN.items():
        pages = list(drawn(path))
        for name, page, (left, bottom, right, top) in fields:
            height = pages[page].height
            sides = (left + EDGE, height / scale - top + EDGE, right - EDGE, height / scale - bottom - EDGE)
            box = pages[page].crop(tuple(round(side * scale) for side in sides))
            dark = sum(box.histogram()[:DARK])
            if dark:
                yield f"{engine}: print under `{name}` on page {page + 1} ({dark} pixels)"


def check(path):
    """Prints one line about a file. Returns whether it is correct."""
    wrong = list(covered(path))
    print(f"{path}: {'; '.join(wrong) if wrong else 'ok'}")
    return not wrong


if __name__ == "__main__":
    sys.exit(0 if all([check(path) for path in sys.argv[1:]]) else 1)
