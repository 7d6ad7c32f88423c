"""Okular, the viewer of KDE."""

import time

from screen import WIDTH

from .base import Program

PART = """[General]
ShowLeftPanel=false
ShowEmbeddedContentMessages=true

[PageView]
ViewContinuous=true
ViewMode=Single
ViewColumns=1

[Zoom]
ZoomMode=1

[Core Performance]
MemoryLevel=Normal
"""


class Okular(Program):
    """Okular."""

    title, package, engine = "Okular", "okular", "poppler"

    def settings(self):
        folder = self.screen.home / ".config"
        folder.mkdir(exist_ok=True)
        (folder / "okularpartrc").write_text(PART, encoding="utf-8")

    def command(self, path):
        return ["okular", path]

    def open(self, path):
        super().open(path)
        # Without the side bar.
        self.screen.keys("F7")
        self.settle()
        # Fields can be filled in only after a button of a message, at the right edge, has been pressed: Show Forms.
        self.screen.click(WIDTH - 79, 120)
        self.settle()

    def save(self, out):
        self.save_here(out)

    def note(self, x, y, text):
        # The sixth of the quick annotations is a note in a window of its own.
        self.screen.keys("alt+6")
        self.screen.click(*self.spot(0, x, y))
        time.sleep(1)
        self.screen.press(text)

    def print_to(self, out):
        self.screen.keys("ctrl+p")
        time.sleep(3)
        self.screen.keys("Return")
        self.new_file(out)
