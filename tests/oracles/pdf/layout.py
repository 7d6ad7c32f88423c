"""Checks the layout of fillable forms, and that they can be filled in.

    python layout.py form.pdf ...

The forms are exported with `--set pdf.fillable=yes`, so that the position of every answer is known. Prints one line for
each file. The exit code is 1 if any file fails.

- Every word is inside the margins of its page, and no two words overlap.
- Every field is on the page, no two overlap, all fields of an item are on one page, and the respondent is on every page.
- pypdf can fill every field and read it back, and there is no JavaScript.
- The filled form is as correct, accessible and archivable as the empty one.
"""

import logging
import os
import sys
import tempfile
from html.parser import HTMLParser

import pypdf
from check import conformance, run, structure

MARGIN = 40  # points; the margins of text are 51
OVERLAP = 0.25  # of the height and width of the smaller box, because boxes of words are higher than their ink

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns that fontTools is not installed


class Words(HTMLParser):
    """Parses the output of pdftotext into pages: (width, height, boxes of words)."""

    def __init__(self):
        super().__init__()
        self.pages = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "page":
            self.pages.append((float(attrs["width"]), float(attrs["height"]), []))
        if tag == "word":
            self.pages[-1][2].append(tuple(float(attrs[side]) for side in ("xmin", "ymin", "xmax", "ymax")))


def collide(one, other):
    """Whether two boxes overlap by more than OVERLAP."""
    for low, high in ((0, 2), (1, 3)):
        shared = min(one[high], other[high]) - max(one[low], other[low])
        if shared <= OVERLAP * min(one[high] - one[low], other[high] - other[low]):
            return False
    return True


def collisions(boxes):
    """The number of pairs of boxes that collide, found by sweeping down the page."""
    open_boxes, count = [], 0
    for box in sorted(boxes, key=lambda box: box[1]):
        open_boxes = [other for other in open_boxes if other[3] > box[1]]
        count += sum(collide(box, other) for other in open_boxes)
        open_boxes.append(box)
    return count


def words(path):
    """Words that are outside the margins or overlap."""
    parser = Words()
    parser.feed(run("pdftotext", "-bbox", path, "-")[1])
    wrong = [] if parser.pages and any(page[2] for page in parser.pages) else ["no words"]
    for number, (width, height, boxes) in enumerate(parser.pages, 1):
        outside = sum(b[0] < MARGIN or b[2] > width - MARGIN or b[1] < 15 or b[3] > height - 15 for b in boxes)
        if outside:
            wrong.append(f"page {number}: {outside} words outside the margins")
        if collisions(boxes):
            wrong.append(f"page {number}: {collisions(boxes)} words overlap")
    return wrong


def name_of(widget):
    """The name of the item that a widget answers."""
    holder = widget["/Parent"].get_object() if "/Parent" in widget else widget
    return str(holder["/T"]).split("___")[0]


def places(reader):
    """Fields that are off the page, overlap, or are on another page than others of the same item."""
    wrong, pages = [], {}
    for number, page in enumerate(reader.pages, 1):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        boxes = []
        for widget in (annotation.get_object() for annotation in page.get("/Annots", [])):
            box = tuple(float(side) for side in widget["/Rect"])
            boxes.append(box)
            pages.setdefault(name_of(widget), set()).add(number)
            if box[0] < MARGIN or box[2] > width - MARGIN or box[1] < 15 or box[3] > height - 15:
                wrong.append(f"page {number}: `{name_of(widget)}` has a field outside the margins")
        if collisions(boxes):
            wrong.append(f"page {number}: {collisions(boxes)} fields overlap")
    # The head of every page has the respondent.
    everywhere = set(range(1, len(reader.pages) + 1))
    if pages.pop("scalewright-respondent", None) != everywhere:
        wrong.append("a page has no field for the respondent")
    wrong += [f"`{name}` has fields on several pages" for name, on in pages.items() if len(on) > 1]
    return wrong if pages else wrong + ["no fields"]


def answer(field):
    """A value to fill in."""
    if field["/FT"] == "/Btn":
        return next(state for state in field["/_States_"] if state != "/Off")
    return "12"


def filled(reader, target):
    """Fills every field, writes another file, and returns the fields that cannot be read back."""
    answers = {name: answer(field) for name, field in reader.get_fields().items()}
    writer = pypdf.PdfWriter(clone_from=reader)
    for page in writer.pages:
        writer.update_page_form_field_values(page, answers, auto_regenerate=False)
    writer.write(target)
    back = pypdf.PdfReader(target).get_fields()
    return [f"`{name}` was not filled" for name, value in answers.items() if str(back[name].get("/V")) != value]


def check(path):
    """Prints one line about a file. Returns whether it is correct."""
    reader = pypdf.PdfReader(path)
    wrong = words(path) + places(reader)
    with open(path, "rb") as file:
        if b"/JavaScript" in file.read():
            wrong.append("JavaScript")
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, "filled.pdf")
        wrong += filled(reader, target)
        wrong += [f"filled: {what}" for what in structure(target) + conformance(target)]
    print(f"{path}: {'; '.join(wrong) if wrong else 'ok'}")
    return not wrong


if __name__ == "__main__":
    sys.exit(0 if all([check(path) for path in sys.argv[1:]]) else 1)
