"""Fills in forms with the engines of PDF viewers, saves them twice, and looks at what other engines draw.

    python viewers.py JOBS.json

JOBS.json is a list of {"engine", "form", "out", "answers"}. The engine is mupdf, pdfium, poppler, pdfjs, pdflib, pypdf or
pikepdf; the answers are named by field: the value to mark for buttons, a text for lines. A job may ask for more:

look   every other of the engines mupdf, pdfium and poppler draws the filled form, and each answer must change the picture
       in the box of its field; "marks" for buttons only
keep   the filled form must conform to PDF/UA-1 and PDF/A-3a as far as the blank form does
back   the buttons of these items are pressed again, with pdfium

Prints what is wrong, one line each, and then the number of forms.
"""

import functools
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2
import pypdfium2.raw as pdfium
from check import conformance
from fill import with_pikepdf, with_pypdf
from PIL import Image, ImageChops

HERE = Path(__file__).parent
# The engine that other programs of the system run: its bindings belong to the Python of the system.
SYSTEM_PYTHON = "/usr/bin/python3"
# Node packages are installed here by tests/oracles/setup.
NODE = Path("target/oracles/viewers")
# Dots per inch of the pictures.
DPI = 96


def widgets(path):
    """The widgets of a form: name, state (None for texts), page and rectangle."""
    found = []
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages):
            for annotation in page.get("/Annots", []):
                if annotation.get("/Subtype") != "/Widget":
                    continue
                field = annotation if "/T" in annotation else annotation.Parent
                kind = annotation.get("/FT", field.get("/FT"))
                states = [key[1:] for key in annotation.AP.N.keys() if key != "/Off"] if kind == "/Btn" else [None]
                rect = [float(side) for side in annotation.Rect]
                found.append((str(field.T), states[0], number, rect))
    return found


def wanted(job):
    """The widgets that the answers are about, each with its text (None for a mark)."""
    return [
        (name, state, page, rect, job["answers"][name] if state is None else None)
        for name, state, page, rect in widgets(job["form"])
        if name in job["answers"] and state in (None, job["answers"][name])
    ]


def with_mupdf(job, source, out):
    """With MuPDF, by its interface for widgets."""
    document = pymupdf.open(source)
    for page in document:
        for widget in page.widgets():
            answer = job["answers"].get(widget.field_name)
            if answer is None:
                continue
            if widget.field_type == pymupdf.PDF_WIDGET_TYPE_TEXT:
                widget.field_value = answer
            elif widget.on_state() == answer:
                widget.field_value = True
            else:
                continue
            widget.update()
    document.save(out)


def with_pdfium(job, source, out):
    """With PDFium, by a mouse and a keyboard. A second click takes a choice back."""
    document = pypdfium2.PdfDocument(source)
    document.init_forms()
    pages = [document[number] for number in range(len(document))]
    first = source == job["form"]
    for name, state, number, (left, bottom, right, top), answer in wanted(job):
        if state is not None and not first and name not in job.get("back", []):
            continue
        page, x, y = pages[number], (left + right) / 2, (bottom + top) / 2
        form = document.formenv.raw
        pdfium.FORM_OnMouseMove(form, page.raw, 0, x, y)
        pdfium.FORM_OnLButtonDown(form, page.raw, 0, x, y)
        pdfium.FORM_OnLButtonUp(form, page.raw, 0, x, y)
        if state is None:
            units = (answer + "\0").encode("utf-16-le")
            text = (pdfium.FPDF_WCHAR * (len(units) // 2)).from_buffer_copy(units)
            pdfium.FORM_SelectAllText(form, page.raw)
            pdfium.FORM_ReplaceSelection(form, page.raw, text)
        pdfium.FORM_ForceToKillFocus(form)
    document.save(out)


def with_poppler(job, source, out):
    """With poppler, by the interface that Evince and Atril use."""
    data = {"form": str(Path(source).resolve()), "out": str(Path(out).resolve()), "wanted": wanted(job)}
    done = subprocess.run([SYSTEM_PYTHON, HERE / "poppler.py"], input=json.dumps(data), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)


def with_node(job, source, out):
    """With pdf.js or pdf-lib."""
    data = {**job, "form": str(Path(source).resolve()), "out": str(Path(out).resolve()), "modules": str(NODE.resolve())}
    done = subprocess.run(["node", HERE / "viewers.mjs"], input=json.dumps(data), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)


def with_python(fill):
    """With a library that fills in fields by name."""
    return lambda job, source, out: fill({**job, "form": str(source), "out": str(out)})


ENGINES = {
    "mupdf": with_mupdf,
    "pdfium": with_pdfium,
    "poppler": with_poppler,
    "pdfjs": with_node,
    "pdflib": with_node,
    "pypdf": with_python(with_pypdf),
    "pikepdf": with_python(with_pikepdf),
}


def drawn_by_mupdf(path):
    """The pages as pictures."""
    document = pymupdf.open(path)
    for page in document:
        pixels = page.get_pixmap(dpi=DPI, annots=True)
        yield Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples).convert("L")


def drawn_by_pdfium(path):
    """The pages as pictures."""
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    for number in range(len(document)):
        yield document[number].render(scale=DPI / 72, may_draw_forms=True).to_pil().convert("L")


def drawn_by_poppler(path):
    """The pages as pictures."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", path, f"{folder}/p"], check=True)
        for picture in sorted(Path(folder).iterdir()):
            yield Image.open(picture).convert("L").copy()


# MuPDF draws the marks of check boxes again, in ZapfDingbats with the encoding of Windows, which has no names for them. Where
# the system has this font, poppler then draws nothing.
WITHOUT_MARKS = ("mupdf", "poppler")

DRAWN = {"mupdf": drawn_by_mupdf, "pdfium": drawn_by_pdfium, "poppler": drawn_by_poppler}


@functools.lru_cache(maxsize=3)
def blank_pages(engine, form):
    """The pages of a blank form, which several engines fill in one after the other."""
    return list(DRAWN[engine](form))


def unseen(job):
    """The answers that an engine does not show, although another one has written them."""
    for engine, drawn in DRAWN.items():
        if engine == job["engine"]:
            continue
        blank, filled = blank_pages(engine, job["form"]), list(drawn(job["out"]))
        for name, state, number, (left, bottom, right, top), _ in wanted(job):
            if state is None and job["look"] == "marks":
                continue
            if (job["engine"], engine) == WITHOUT_MARKS and state is not None and "___" in name:
                continue
            height = blank[number].height
            scale = DPI / 72
            box = (int(left * scale), height - int(top * scale), int(right * scale) + 1, height - int(bottom * scale) + 1)
            changed = ImageChops.difference(blank[number].crop(box), filled[number].crop(box))
            dark = sum(changed.histogram()[60:])
            if dark < 8:
                what = "" if state is None else f" {state}"
                yield f"{job['engine']}, {Path(job['form']).name}: {engine} does not show `{name}`{what}"


@functools.lru_cache(maxsize=8)
def violations(path):
    """The violated rules of both standards, without the numbers of objects, which programs change."""
    return frozenset(re.sub(r"object \d+ \d+", "object", problem) for problem in conformance(path))


def main(path):
    """Runs every job."""
    with open(path, encoding="utf-8") as file:
        jobs = json.load(file)
    for job in jobs:
        fill = ENGINES[job["engine"]]
        once = job["out"] + ".once.pdf"
        fill(job, job["form"], once)
        # Saved again: the second time, every answer is there already.
        fill(job, once, job["out"])
        Path(once).unlink()
        if job.get("look"):
            for problem in unseen(job):
                print(problem)
        if job.get("keep"):
            for problem in sorted(violations(job["out"]) - violations(job["form"])):
                print(f"{job['engine']}, {Path(job['form']).name}: {problem}")
    print(f"{len(jobs)} forms filled in")


if __name__ == "__main__":
    main(sys.argv[1])
