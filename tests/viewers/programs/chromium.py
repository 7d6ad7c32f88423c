"""Chromium, which shows PDF files with PDFium."""

import os
import time

from .base import Program


class Chromium(Program):
    """Chromium."""

    title, package, engine = "Chromium", "chromium", "PDFium"

    def command(self, path):
        options = ["--no-first-run", "--no-default-browser-check", "--disable-gpu", "--password-store=basic"]
        options += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        if os.getuid() == 0:
            # Its sandbox refuses to work for root, as in a container.
            options.append("--no-sandbox")
        profile = f"--user-data-dir={self.screen.home / 'profile'}"
        return ["chromium", *options, profile, f"file://{path}#view=FitH&toolbar=1&navpanes=0"]

    def note(self, x, y, text):
        # It has a pen only, in the bar above the sheets.
        self.screen.click(558, self.sheets[0][1] - 32)
        time.sleep(2)
        left, top = self.spot(0, x, y)
        self.screen.draw((left, top), (left + 60, top + 30))

    def print_to(self, out):
        was = self.screen.title()
        self.screen.keys("ctrl+p")
        time.sleep(6)
        self.screen.keys("Return")
        self.name_file(was, out)

    def save(self, out):
        self.save_by_dialogue(out)

    def accept(self):
        # The key does nothing here, so the button in the lower right corner is clicked.
        left, top, width, height = self.screen.window()
        self.screen.click(left + width - 45, top + height - 22)
