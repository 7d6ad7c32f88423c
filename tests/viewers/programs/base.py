"""What all programs have in common: a person clicks into a box, types, and saves."""

import shutil
import subprocess
import time

from form import A4
from screen import pages, wait

# How wide and high a sheet is.
RATIO = A4[1] / A4[0]


class Program:
    """A program that fills in forms, on a screen. Drivers change what differs."""

    # What the book calls it, the package of Debian, and the engine that draws.
    title = package = engine = ""
    # Whether Tab leads from box to box at all.
    has_tab = True
    # Whether letters can be typed that the keyboard of western Europe lacks.
    types_letters = True

    def __init__(self, screen):
        self.screen = screen
        self.process = None
        self.path = None
        self.sheets = []

    # ---- what a driver supplies
    def settings(self):
        """Writes settings of the program, before it is started first."""

    def command(self, path):
        """The command that opens a file."""
        raise NotImplementedError

    def save(self, out):
        """Saves what is open as `out`."""
        raise NotImplementedError

    # ---- what a driver may change
    def open(self, path):
        """Opens a file so that its sheets are on the screen."""
        self.path, self.sheets = path, []
        self.process = self.screen.start(self.command(path))
        wait(self.ready, 40, f"{self.title} to show the form")
        self.settle()

    def settle(self):
        """Waits until bars have appeared and the sheets no longer move."""
        before = None
        while not self.sheets or before != self.sheets:
            time.sleep(1)
            self.screen.settled()
            before, self.sheets = self.sheets, self.ready()

    def ready(self):
        """The sheets on the screen."""
        try:
            return pages(self.screen.picture(), RATIO)
        except LookupError:
            return []

    def close(self):
        """Ends the program, whatever it asks."""
        self.screen.stop(self.process)
        time.sleep(0.5)

    def spot(self, page, x, y):
        """The pixel of a point of a page."""
        left, top, width = self.sheets[page]
        scale = width / A4[0]
        return left + x * scale, top + y * scale

    def show(self, page):
        """Brings a page to the screen. Most programs show both at once."""

    def point(self, place):
        """Clicks at the middle of a box."""
        self.show(place.page)
        self.screen.click(*self.spot(place.page, (place.left + place.right) / 2, (place.top + place.bottom) / 2))

    def fill(self, place, text):
        """Clicks into a box and types; what was there is replaced."""
        self.point(place)
        self.screen.keys("ctrl+a")
        self.screen.type(text)
        self.leave(place.page)

    def follow(self, place, texts):
        """Types into a box, then presses Tab and types the next text, as someone does who uses the keyboard."""
        self.point(place)
        for at, text in enumerate(texts):
            if at:
                self.screen.keys("Tab")
            self.screen.type(text)
        self.leave(place.page)

    def leave(self, page):
        """Clicks at the margin, so that what was typed is taken over."""
        self.screen.click(*self.spot(page, 20, 380))

    def look(self, page):
        """The picture of a page, as wide as `A4` in pixels times the scale, and the scale."""
        self.show(page)
        self.screen.xdotool("mousemove", 2, 2)
        picture = self.screen.settled()
        left, top, width = self.sheets[page]
        box = (int(left), int(top), int(left + width), int(top + width * RATIO))
        return picture.crop(box), width / A4[0]

    @classmethod
    def version(cls):
        """The version of the package."""
        asked = ["dpkg-query", "-W", "-f", "${Version}", cls.package]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()

    # Whether the driver can write a note, and print to a file.
    has_note = has_print = True

    def note(self, x, y, text):
        """Writes a note at a place of the first page."""
        raise NotImplementedError

    def print_to(self, out):
        """Prints to a PDF file."""
        raise NotImplementedError

    # ---- for drivers
    def save_by_dialogue(self, out, keys="ctrl+s"):
        """Presses the keys of the command, and names the file in the dialogue that follows."""
        was = self.screen.title()
        self.screen.keys(keys)
        self.name_file(was, out)

    def name_file(self, was, out):
        """Names the file in the dialogue that follows the window with the title `was`."""
        wait(lambda: self.screen.title() != was, 20, f"the dialogue of {self.title}")
        time.sleep(0.7)
        self.screen.keys("ctrl+a")
        self.screen.type(str(out))
        time.sleep(0.4)
        self.accept()
        self.written(out)

    def accept(self):
        """Presses the button of a dialogue."""
        self.screen.keys("Return")

    def save_here(self, out, keys="ctrl+s"):
        """Saves into the open file, and copies it to `out`."""
        before = self.path.read_bytes()
        self.screen.keys(keys)
        wait(lambda: self.path.exists() and self.path.read_bytes() != before, 40, f"{self.title} to save")
        self.written(self.path)
        shutil.copyfile(self.path, out)

    def new_file(self, out):
        """Moves the file that a program has printed into its home to `out`."""
        found = wait(lambda: list(self.screen.home.glob("*.pdf")), 40, f"{self.title} to print")[0]
        self.written(found)
        shutil.move(found, out)

    def written(self, out):
        """Waits until a file is complete."""
        wait(lambda: out.exists() and out.read_bytes().rstrip().endswith(b"%%EOF"), 40, f"{out.name} to be written")
        time.sleep(0.5)
