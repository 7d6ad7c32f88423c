"""Firefox, which shows PDF files with pdf.js."""

import time

from .base import Program

SETTINGS = """user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("browser.startup.page", 0);
user_pref("browser.tabs.inTitlebar", 0);
user_pref("browser.toolbars.bookmarks.visibility", "never");
user_pref("browser.preonboarding.enabled", false);
user_pref("termsofuse.bypassNotification", true);
user_pref("app.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("browser.download.useDownloadDir", false);
user_pref("browser.warnOnQuit", false);
user_pref("pdfjs.defaultZoomValue", "page-width");
user_pref("pdfjs.sidebarViewOnLoad", 0);
user_pref("pdfjs.viewOnLoad", 1);
user_pref("browser.sessionstore.resume_from_crash", false);
user_pref("sidebar.visibility", "hide-sidebar");
"""


class Firefox(Program):
    """Firefox."""

    title, package, engine = "Firefox", "firefox-esr", "pdf.js"

    def settings(self):
        folder = self.screen.home / "profile"
        folder.mkdir()
        (folder / "user.js").write_text(SETTINGS, encoding="utf-8")

    def command(self, path):
        return ["firefox-esr", "--no-remote", "--profile", self.screen.home / "profile", f"file://{path}"]

    def save(self, out):
        self.save_by_dialogue(out)

    def note(self, x, y, text):
        # The button for words, in the bar above the sheets.
        self.screen.click(728, 101)
        time.sleep(1)
        self.screen.click(*self.spot(0, x, y))
        time.sleep(1)
        self.screen.press(text)
        self.leave(0)

    def print_to(self, out):
        was = self.screen.title()
        self.screen.keys("ctrl+p")
        time.sleep(6)
        self.screen.keys("Return")
        self.name_file(was, out)
