"""qpdfview, a viewer without a desktop."""

import time
from dataclasses import replace

from .base import Program

SETTINGS = """[documentView]
continuousMode=true
scaleMode=1
layoutMode=0

[mainWindow]
autoRefresh=false
"""


class Qpdfview(Program):
    """qpdfview."""

    title, package, engine = "qpdfview", "qpdfview", "poppler"
    # It prints to printers only.
    has_note = has_print = False

    def settings(self):
        folder = self.screen.home / ".config/qpdfview"
        folder.mkdir(parents=True)
        (folder / "qpdfview.conf").write_text(SETTINGS, encoding="utf-8")

    def command(self, path):
        return ["qpdfview", path]

    def point(self, place):
        if place.state is None:
            super().point(place)
            return
        # The first click shows the fields of the page, the second one marks; together, they would be a double click. A
        # button is drawn at the left of its box, and only there a click counts.
        self.leave(place.page)
        left_part = replace(place, right=place.left + 0.6 * (place.right - place.left))
        super().point(left_part)
        time.sleep(0.6)
        super().point(left_part)

    def save(self, out):
        self.save_here(out)
