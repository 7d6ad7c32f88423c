"""A screen of its own for one program: Xvfb, a window manager, a mouse and a keyboard."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import numpy
from PIL import Image

# So tall that both pages of a form are shown one below the other, as wide as the window.
WIDTH, HEIGHT = 900, 2660

# Every window fills the screen and has no frame, so that a page has the same place in every run; dialogues keep their size.
OPENBOX = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew></focus>
  <applications>
    <application type="normal"><decor>no</decor><maximized>yes</maximized></application>
    <application type="dialog"><decor>no</decor><position force="yes"><x>0</x><y>0</y></position></application>
  </applications>
</openbox_config>
"""


class Screen:
    """A virtual screen. Use it in a `with` statement: everything that was started on it ends with it."""

    def __init__(self, languages="en_GB.UTF-8"):
        self.home = Path(tempfile.mkdtemp(prefix="viewers-"))
        self.started = []
        self.environment = {
            **os.environ,
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_DATA_HOME": str(self.home / ".local/share"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "XDG_RUNTIME_DIR": str(self.home / "run"),
            # Settings are files of this folder, not of a service.
            "GSETTINGS_BACKEND": "keyfile",
            "NO_AT_BRIDGE": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "QT_QPA_PLATFORM": "xcb",
            "LC_ALL": "C.UTF-8",
            "LANG": languages,
        }
        self.environment.pop("WAYLAND_DISPLAY", None)
        (self.home / "run").mkdir(mode=0o700)

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _start(self):
        read, write = os.pipe()
        # The server chooses a free number and writes it to the pipe.
        server = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-dpi", "96"]
        self.start(server, pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as pipe:
            self.environment["DISPLAY"] = ":" + pipe.readline().strip()
        config = self.home / "openbox.xml"
        config.write_text(OPENBOX, encoding="utf-8")
        self.start(["openbox", "--config-file", config])
        bus = subprocess.run(
            ["dbus-daemon", "--session", "--fork", "--print-address=1", "--print-pid=1"],
            env=self.environment, stdout=subprocess.PIPE, text=True, check=True,
        )
        self.environment["DBUS_SESSION_BUS_ADDRESS"], pid = bus.stdout.split()
        self.bus = int(pid)

    def __exit__(self, *_):
        for process in reversed(self.started):
            end(process)
        if hasattr(self, "bus"):
            try:
                os.kill(self.bus, signal.SIGTERM)
            except ProcessLookupError:
                pass
        shutil.rmtree(self.home, ignore_errors=True)

    def start(self, command, **options):
        """Starts a program of this screen, and returns its process."""
        with open(self.home / "log", "ab") as log:
            process = subprocess.Popen(
                [str(part) for part in command], env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, **options,
            )
        self.started.append(process)
        return process

    def stop(self, process):
        """Ends a program."""
        end(process)
        self.started.remove(process)

    def xdotool(self, *args):
        """Runs xdotool, and returns what it prints."""
        command = ["xdotool", *[str(arg) for arg in args]]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=60)
        return done.stdout

    def title(self):
        """The title of the window that has the keyboard."""
        return self.xdotool("getactivewindow", "getwindowname").strip()

    def window(self):
        """The place and size of the window that has the keyboard: left, top, width, height."""
        lines = self.xdotool("getactivewindow", "getwindowgeometry", "--shell").split()
        sizes = dict(line.split("=") for line in lines)
        return tuple(int(sizes[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))

    def click(self, x, y, times=1, button=1):
        """Clicks at a place."""
        self.xdotool("mousemove", round(x), round(y))
        time.sleep(0.15)
        for _ in range(times):
            self.xdotool("click", button)
        time.sleep(0.35)

    def draw(self, start, end_point):
        """Draws a line with the mouse."""
        self.xdotool("mousemove", *[round(number) for number in start], "mousedown", 1)
        for part in range(1, 9):
            place = [round(a + (b - a) * part / 8) for a, b in zip(start, end_point, strict=True)]
            self.xdotool("mousemove", *place)
        self.xdotool("mouseup", 1)
        time.sleep(0.5)

    def keys(self, *names):
        """Presses keys, one after the other."""
        for name in names:
            self.xdotool("key", "--clearmodifiers", name)
            time.sleep(0.15)

    def press(self, text):
        """Types a text by keys."""
        for at, line in enumerate(text.split("\n")):
            self.keys(*["Return"] * (at > 0))
            self.xdotool("type", "--delay", "40", line)
        time.sleep(0.2)

    def type(self, text):
        """Types a text: letters that every keyboard has by keys, others from the clipboard, as they come from an input method."""
        if text.isascii():
            self.press(text)
        else:
            self.clip(text)
            self.keys("ctrl+v")
            time.sleep(0.3)

    def clip(self, text):
        """Puts a text on the clipboard."""
        command = ["xclip", "-selection", "clipboard"]
        subprocess.run(command, env=self.environment, input=text.encode(), stdout=subprocess.DEVNULL, check=True, timeout=20)

    def picture(self):
        """What is on the screen."""
        # Through a file, because ImageMagick has no pipe for this format on every system.
        path = self.home / "screen.png"
        subprocess.run(["import", "-window", "root", path], env=self.environment, check=True, timeout=60, capture_output=True)
        return Image.open(path).convert("RGB")

    def settled(self, seconds=20.0):
        """Waits until the screen no longer changes, and returns the last picture."""
        end_time, before = time.monotonic() + seconds, None
        while True:
            now = self.picture()
            if before is not None and now.tobytes() == before.tobytes() or time.monotonic() > end_time:
                return now
            before = now
            time.sleep(0.4)


def end(process):
    """Ends a process and those that it has started."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        try:
            os.killpg(process.pid, sign)
            process.wait(timeout=5)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def wait(condition, seconds=30.0, what="a program"):
    """Waits until a condition holds, and returns its value."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        value = condition()
        if value:
            return value
        time.sleep(0.3)
    raise TimeoutError(f"waited {seconds:.0f} s for {what}")


def pages(picture, ratio):
    """The white sheets on a picture, from top to bottom: left, top and points to pixels. `ratio`: height to width of a sheet."""
    white = (numpy.asarray(picture.convert("RGB")) == 255).all(axis=2)
    left, right = longest(white.mean(axis=0) > 0.4)
    # The margin of a sheet is blank, so it shows where sheets begin and end.
    margin = white[:, left + 4 : left + 12].all(axis=1)
    height = (right - left) * ratio
    return [(left, top, (right - left)) for top, bottom in runs(margin) if bottom - top > 0.9 * height]


def runs(line):
    """The runs of true values."""
    edges = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], line.astype(int), [0]))))
    return list(zip(edges[::2], edges[1::2], strict=True))


def longest(line):
    """The longest run of true values, across gaps of 30: a rule may cross a column."""
    joined = []
    for start, stop in runs(line):
        if joined and start - joined[-1][1] < 30:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    if not joined:
        raise LookupError("no sheet is on the screen")
    return max(joined, key=lambda run: run[1] - run[0])
