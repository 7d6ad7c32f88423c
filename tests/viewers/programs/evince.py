"""Evince, the viewer of GNOME, and Atril, the one of MATE, which began as a copy of it."""

import time

from .base import Program

SETTINGS = """[{folder}/default]
continuous=true
dual-page=false
show-sidebar=false
sizing-mode='fit-width'
"""


class Evince(Program):
    """Evince."""

    title, package, engine = "Evince", "evince", "poppler"
    folder = "org/gnome/evince"

    def settings(self):
        folder = self.screen.home / ".config/glib-2.0/settings"
        folder.mkdir(parents=True)
        (folder / "keyfile").write_text(SETTINGS.format(folder=self.folder), encoding="utf-8")

    def command(self, path):
        return [self.package, path]

    def save(self, out):
        self.save_by_dialogue(out)

    def note(self, x, y, text):
        # The pencil in the bar of the window, and the first button below it.
        self.screen.click(153, 22)
        time.sleep(1)
        self.screen.click(49, 66)
        self.settle()
        self.screen.click(*self.spot(0, x, y))
        time.sleep(1)
        self.screen.press(text)

    def print_to(self, out):
        self.screen.keys("ctrl+p")
        time.sleep(3)
        # The first line of the list: Print to File.
        self.screen.click(90, 88)
        self.screen.keys("Return")
        self.new_file(out)


class Atril(Evince):
    """Atril."""

    title, package = "Atril", "atril"
    folder = "org/mate/atril"
    has_note = False
