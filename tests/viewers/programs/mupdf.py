"""MuPDF's own viewer, which shows one page at a time and asks for text in a box in the middle of its window."""

import time

from .base import Program

# Where it draws its buttons, on a screen of this size: Okay below a box of several lines, and the name and Save of a file.
OKAY = (540, 1041)
NAME = (394, 68)
SAVE = (869, 68)


class Mupdf(Program):
    """The viewer `mupdf`."""

    title, package, engine = "MuPDF", "mupdf", "MuPDF"
    types_letters = has_tab = has_note = has_print = False
    shown = 0

    def command(self, path):
        self.shown = 0
        return ["mupdf-gl", path]

    def ready(self):
        # As wide as the window; before, the sheet is partly outside.
        self.screen.keys("W")
        return super().ready() * 2

    def show(self, page):
        if page != self.shown:
            self.screen.keys("period" if page > self.shown else "comma")
            self.shown = page
            time.sleep(0.7)

    def fill(self, place, text):
        self.point(place)
        time.sleep(0.5)
        self.replace(text)
        if "\n" in text:
            self.screen.click(*OKAY)
        else:
            self.screen.keys("Return")
        time.sleep(0.5)

    def replace(self, text):
        """Types in place of what is there. Control and A selects nothing here."""
        self.screen.keys("End", "ctrl+u")
        self.screen.press(text)

    def save(self, out):
        # In the folder of the open file.
        self.screen.keys("S")
        time.sleep(1)
        self.screen.click(*NAME)
        self.replace(out.name)
        self.screen.click(*SAVE)
        self.written(out)
