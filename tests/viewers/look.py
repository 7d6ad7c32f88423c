"""What is seen in the boxes of a form: in the pictures of a program, and as three engines draw it."""

import sys
from pathlib import Path

import numpy

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "oracles/pdf"))
import viewers as oracle  # noqa: E402  (the engines of the tests draw here too)

from form import A4  # noqa: E402

# So much darker is a pixel on which something was drawn, and at least so many of them.
DARKER, FEWEST = 60, 8


def of_engine(draw):
    """The pages of a file as an engine draws them, each with its scale."""
    return lambda path: [(picture, picture.width / A4[0]) for picture in draw(path)]


ENGINES = {
    "poppler": of_engine(oracle.drawn_by_poppler),
    "PDFium": of_engine(oracle.drawn_by_pdfium),
    "MuPDF": of_engine(oracle.drawn_by_mupdf),
}


def marked(boxes, before, after):
    """For each box, the place of what is new in it, from 0 at its left side to 1 at its right one; None if nothing is."""
    found = {}
    for box in boxes:
        dark = drawn(box, before, after)
        centre = None if dark is None else numpy.flatnonzero(dark).mean() / len(dark)
        found[box.name, box.state, box.page] = centre if centre is None else round(float(centre), 2)
    return found


def drawn(box, before, after):
    """Which columns of a box something new is drawn in; None if nothing is."""
    old, new = (crop(pages[box.page], box) for pages in (before, after))
    rows, columns = min(old.shape[0], new.shape[0]), min(old.shape[1], new.shape[1])
    dark = old[:rows, :columns] - new[:rows, :columns] > DARKER
    return dark.any(axis=0) if dark.sum() >= FEWEST else None


def longer_word(box, before, after):
    """Of two words in a box, the side of the longer one: `left` or `right`; None if two cannot be seen."""
    dark = drawn(box, before, after)
    if dark is None:
        return None
    inked = numpy.flatnonzero(dark)
    gaps = numpy.diff(inked)
    if gaps.max() < 3:
        return None
    at = int(gaps.argmax())
    return "left" if inked[at] - inked[0] > inked[-1] - inked[at + 1] else "right"


def crop(page, box):
    """The inside of a box, as numbers from 0, black, to 255."""
    picture, scale = page
    sides = (box.left * scale + 1, box.top * scale + 1, box.right * scale - 1, box.bottom * scale - 1)
    return numpy.asarray(picture.convert("L").crop(tuple(round(side) for side in sides))).astype(int)


def summary(found):
    """The same with names that JSON can write: the boxes that something is in."""
    names = {}
    for (name, state, page), centre in found.items():
        if centre is not None:
            label = name if state is None else f"{name}={state}"
            names[f"{label} on page {page + 1}"] = centre
    return names
