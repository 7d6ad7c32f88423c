"""Fills in forms with real programs, and stores what came of it in results.json.

    python run.py SCALEWRIGHT [VIEWER...] [--only PART,...]

SCALEWRIGHT is the program that makes the forms and reads them back. Without names, all viewers are used; with names, the results
of the others stay as they are. A part is filled, order, note, print, or one of these and a language: filled:ar. Pictures are kept
in target/viewers/.
"""

import json
import os
import subprocess
import sys
import tempfile
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import page
import session
from programs.chromium import Chromium
from programs.evince import Atril, Evince
from programs.firefox import Firefox
from programs.mupdf import Mupdf
from programs.okular import Okular
from programs.qpdfview import Qpdfview

VIEWERS = {"evince": Evince, "atril": Atril, "okular": Okular, "qpdfview": Qpdfview, "mupdf": Mupdf, "firefox": Firefox, "chromium": Chromium}
RESULTS = Path(__file__).parent / "results.json"
SHOTS = session.ROOT / "target/viewers"

# How many programs run at once, each on a screen of its own.
AT_ONCE = int(os.environ.get("VIEWERS_AT_ONCE", "2"))

# The languages in which the whole form is filled in, and those in which Tab is followed: one from left to right, one from right.
LANGUAGES = ("en", "ar", "he", "ja")
DIRECTIONS = ("en", "ar")


def export(scalewright, folder):
    """Makes the forms, and returns the one of each language."""
    options = ["--set", "pdf.fillable=yes", "--language", "all", "--fonts", "/usr/share/fonts", "--quiet"]
    command = [scalewright, "export", session.DEFINITION, "--to", "pdf", *options, "--out", folder]
    subprocess.run(command, check=True, cwd=session.ROOT)
    return {language: Path(folder) / f"evening-notes.{language}.pdf" for language in LANGUAGES}


def attempt(what, run):
    """Runs a session; once more if it fails, because a busy machine may be too slow for a dialogue."""
    for last in (False, True):
        try:
            return run()
        except Exception:
            if last:
                why = traceback.format_exc()
                print(f"{what}: {why}", file=sys.stderr)
                return {"failed": why.strip().splitlines()[-1]}
    return None


def jobs(name, kind, forms, scalewright):
    """The sessions of a viewer, each with its place in the results."""
    for language in LANGUAGES:
        yield (name, "filled", language), lambda language=language: session.whole(kind, forms[language], language, scalewright, SHOTS)
    if kind.has_note:
        yield (name, "note", "en"), lambda: session.noted(kind, forms["en"], scalewright)
    if kind.has_print:
        yield (name, "print", "en"), lambda: session.printed(kind, forms["en"], scalewright)
    if kind.has_tab:
        for language in DIRECTIONS:
            yield (name, "order", language), lambda language=language: session.order(kind, forms[language])


def about(kind):
    """What is known about a viewer before it is started."""
    return {
        "title": kind.title, "engine": kind.engine, "version": kind.version(), "types-letters": kind.types_letters,
        "filled": {}, "order": {}, "note": {}, "print": {},
    }


def recorded(viewer):
    """The sessions of a viewer that are stored."""
    return {what: viewer[what] for what in ("filled", "order", "note", "print") if what in viewer}


def main(scalewright, names, parts):
    """Runs the sessions of the named viewers, and stores the results."""
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        forms = export(scalewright, folder)
        waiting = []
        for name in names:
            kind = VIEWERS[name]
            results[name] = about(kind) | ({} if not parts else recorded(results.get(name, {})))
            for place, run in jobs(name, kind, forms, scalewright):
                if parts and place[1] not in parts and f"{place[1]}:{place[2]}" not in parts:
                    continue
                waiting.append((place, pool.submit(attempt, " ".join(place), run)))
        for (name, what, language), done in waiting:
            results[name][what][language] = done.result()
            print(f"{name} {what} {language}", flush=True)
    ordered = {name: results[name] for name in VIEWERS if name in results}
    RESULTS.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    page.write(ordered)


if __name__ == "__main__":
    words, parts = sys.argv[1:], []
    if "--only" in words[:-1]:
        at = words.index("--only")
        parts = words[at + 1].split(",")
        del words[at : at + 2]
    unknown = [name for name in words[1:] if name not in VIEWERS]
    if not words or unknown:
        sys.exit(f"unknown: {', '.join(unknown)}\n{__doc__}")
    main(words[0], words[1:] or list(VIEWERS), parts)
