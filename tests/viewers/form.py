"""The fields of a form: where they are, and what is in them."""

from dataclasses import dataclass

import pikepdf

# The width and height of the sheets.
A4 = (595.2756, 841.8898)


@dataclass(frozen=True)
class Place:
    """The box of a field, or of one button of it, in points from the upper left corner of a page."""

    name: str
    state: str | None
    page: int
    left: float
    top: float
    right: float
    bottom: float


def places(path):
    """The boxes of a form, page by page."""
    found = []
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages):
            height = float(page.MediaBox[3])
            for widget in page.get("/Annots", []):
                if widget.get("/Subtype") != "/Widget":
                    continue
                field = widget if "/T" in widget else widget.Parent
                left, bottom, right, top = (float(side) for side in widget.Rect)
                state = on_state(widget) if widget.get("/FT", field.get("/FT")) == "/Btn" else None
                found.append(Place(str(field.T), state, number, left, height - top, right, height - bottom))
    return found


def on_state(widget):
    """The state of a button that is marked."""
    return next(key[1:] for key in widget.AP.N.keys() if key != "/Off")


def values(path):
    """What is in each field: a text, or the state of a button."""
    with pikepdf.open(path) as pdf:
        found = {}
        for field in pdf.Root.AcroForm.Fields:
            # A program may write the value to one of the boxes instead of the field.
            value = next((one["/V"] for one in [field, *field.get("/Kids", [])] if "/V" in one), None)
            text = None if value is None else str(value)
            found[str(field.T)] = text.removeprefix("/") if text and field.get("/FT") == "/Btn" else text
        return found


def annotations(path):
    """The kinds of the annotations that are no fields, and the names of the fonts, for a look at what a program added."""
    with pikepdf.open(path) as pdf:
        kinds = [str(one.get("/Subtype")) for page in pdf.pages for one in page.get("/Annots", [])]
        return sorted(kind for kind in kinds if kind not in ("/Widget", "/Popup"))
