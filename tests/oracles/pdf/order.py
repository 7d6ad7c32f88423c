"""Reads in which order a keyboard goes through the fields of forms, engine by engine.

    python order.py form.pdf ...

Prints JSON: for each file, by engine, the names of the fields in order. Buttons of the same item are named once.

structure  the tree by which a screen reader reads
poppler    the order in which poppler finds the fields of a page, which Okular goes through
pdfium     the fields that have the focus after each press of Tab
pdfjs      the order of the elements that pdf.js makes, in Chromium
"""

import functools
import http.server
import itertools
import json
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

HERE = Path(__file__).parent
SYSTEM_PYTHON = "/usr/bin/python3"
NODE = Path("target/oracles/viewers")
TAB = 9
# Seconds for Chromium.
LIMIT = 240
# More presses of Tab than any page has fields.
MOST = 2_000


def item(name):
    """The item of a field; a check box is named by its item and value."""
    return name.split("___")[0]


def once(names):
    """Each run of equal names as one."""
    return [name for name, _ in itertools.groupby(item(name) for name in names)]


def structure(path):
    """By the tree of the document."""

    def walk(element, depth=0):
        if isinstance(element, pikepdf.Array):
            for kid in element:
                yield from walk(kid, depth + 1)
        elif isinstance(element, pikepdf.Dictionary) and depth < 200:
            if element.get("/Type") == "/OBJR" and element.Obj.get("/Subtype") == "/Widget":
                widget = element.Obj
                yield str((widget if "/T" in widget else widget.Parent).T)
            elif "/K" in element:
                yield from walk(element.K, depth + 1)

    with pikepdf.open(path) as pdf:
        return list(walk(pdf.Root.StructTreeRoot))


def poppler(path):
    """By the list of poppler."""
    script = """
import sys, gi
gi.require_version("Poppler", "0.18")
from gi.repository import Gio, Poppler
document = Poppler.Document.new_from_file(Gio.File.new_for_path(sys.argv[1]).get_uri(), None)
for number in range(document.get_n_pages()):
    # poppler-glib puts each field before those that it has found.
    for mapping in reversed(document.get_page(number).get_form_field_mapping()):
        print(mapping.field.get_name())
"""
    done = subprocess.run([SYSTEM_PYTHON, "-c", script, path], capture_output=True, text=True, check=True)
    return done.stdout.split()


def name_of(form, annotation):
    """The name of the field of an annotation in PDFium."""
    size = pdfium.FPDFAnnot_GetFormFieldName(form, annotation, None, 0)
    buffer = (pdfium.FPDF_WCHAR * (size // 2))()
    pdfium.FPDFAnnot_GetFormFieldName(form, annotation, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def by_pdfium(path):
    """By pressing Tab."""
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    form, names = document.formenv.raw, []
    for number in range(len(document)):
        page = document[number]
        for _ in range(MOST):
            if not pdfium.FORM_OnKeyDown(form, page.raw, TAB, 0):
                break
            index, annotation = pdfium.c_int(), pdfium.FPDF_ANNOTATION()
            pdfium.FORM_GetFocusedAnnot(form, index, annotation)
            if not annotation or index.value != number:
                break
            names.append(name_of(form, annotation))
            pdfium.FPDFPage_CloseAnnot(annotation)
        pdfium.FORM_ForceToKillFocus(form)
    return names


class Server(http.server.SimpleHTTPRequestHandler):
    """Serves the forms and the files of pdf.js to Chromium, and takes its answer."""

    extensions_map = {".mjs": "text/javascript", ".html": "text/html", ".pdf": "application/pdf", "": "application/octet-stream"}
    answers = queue.Queue()

    def do_POST(self):
        self.answers.put(self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8"))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def by_pdfjs(paths):
    """By the elements of pages in Chromium, for several files."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        folder = Path(folder)
        (folder / "pdfjs").symlink_to((NODE / "node_modules/pdfjs-dist").resolve())
        (folder / "order.html").write_bytes((HERE / "viewers/order.html").read_bytes())
        for number, path in enumerate(paths):
            (folder / f"{number}.pdf").write_bytes(Path(path).read_bytes())
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Server, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = f"http://127.0.0.1:{server.server_port}/order.html?count={len(paths)}"
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile", page]
        browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            return json.loads(Server.answers.get(timeout=LIMIT))
        finally:
            browser.terminate()
            browser.wait()
            server.shutdown()


def main(paths):
    """Prints the orders of all files."""
    answers = {}
    for path, in_pdfjs in zip(paths, by_pdfjs(paths), strict=True):
        orders = {"structure": structure(path), "poppler": poppler(path), "pdfium": by_pdfium(path), "pdfjs": in_pdfjs}
        answers[path] = {engine: once(names) for engine, names in orders.items()}
    print(json.dumps(answers, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
