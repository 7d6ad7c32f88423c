#!/usr/bin/env bash
# PyMuPDF 1.26.6: a check box that is ticked gets another mark than the form asks for, in a font that other engines misread.
#
# Run by hand, never in CI. Installs pinned packages into a temporary folder. Status 0: the behaviour persists; 1: changed.
# The form's own appearance is a cross, and its caption (`/MK /CA`) is `8`, a cross in ZapfDingbats. After `widget.update()`
# the appearance shows the character 3, a check mark in ZapfDingbats, but the font is declared with WinAnsiEncoding: engines
# that follow the encoding print the digit 3 in the box. A reader of forms must take the state, not the drawing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pymupdf==1.26.6 pikepdf==10.17.0
venv/bin/python - <<'PYTHON'
import sys

import pikepdf
import pymupdf
from pikepdf import Dictionary, Name, String

pdf = pikepdf.new()
page = pdf.add_blank_page(page_size=(200, 200))


def look(content):
    """An appearance of 20 by 20 points."""
    stream = pdf.make_stream(content)
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, [0, 0, 20, 20]
    return stream


box = pdf.make_indirect(Dictionary(
    Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("box"), Rect=[50, 50, 70, 70], F=4, P=page.obj,
    AP=Dictionary(N=Dictionary(Yes=look(b"2 2 m 18 18 l S 2 18 m 18 2 l S"), Off=look(b""))), AS=Name.Off,
    MK=Dictionary(CA=String("8")), DA=String("/ZaDb 0 Tf 0 g"),
))
page.Annots = pdf.make_indirect([box])
font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
pdf.Root.AcroForm = Dictionary(Fields=[box], DR=Dictionary(Font=Dictionary(ZaDb=font)))
pdf.save("form.pdf")

document = pymupdf.open("form.pdf")
first = document[0]
widget = next(first.widgets())
widget.field_value = True
widget.update()
document.save("ticked.pdf")

with pikepdf.open("ticked.pdf") as ticked:
    on = ticked.pages[0].Annots[0].AP.N.Yes
    shown = on.read_bytes()
    encoding = on.Resources.Font.ZaDb.get("/Encoding")
print(f"PyMuPDF {pymupdf.VersionBind}: draws {shown.split()!r} with encoding {encoding} (asked for: 8, no encoding)")
sys.exit(0 if b"(3)" in shown and encoding == "/WinAnsiEncoding" else 1)
PYTHON
