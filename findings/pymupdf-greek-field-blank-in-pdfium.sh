#!/usr/bin/env bash
# PyMuPDF 1.26.6 and pypdfium2: Greek or Cyrillic typed into a form with PyMuPDF is not there when PDFium draws the page.
#
# Run by hand, never in CI. Installs pinned packages into a temporary folder. Status 0: the behaviour persists; 1: changed.
# PyMuPDF draws a text field whose value has only Greek or only Cyrillic letters with a font called Helvetica that it does
# not embed, under an encoding of its own for these letters. PDFium, the engine of Chromium, then draws nothing; the value
# itself is right. The same with Latin letters is drawn. A reader of forms must take the value, not the drawing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pymupdf==1.26.6 pypdfium2==5.0.0 pikepdf==10.17.0 pillow==12.0.0
venv/bin/python - <<'PYTHON'
import sys

import pikepdf
import pymupdf
import pypdfium2
from PIL import Image


def dark(engine_draws):
    """How many dark points a drawing has."""
    return sum(1 for value in engine_draws.convert("L").tobytes() if value < 128)


def typed(text):
    """Types a text into a field, and returns the value, the font, and the dark points by PDFium and by MuPDF."""
    document = pymupdf.open()
    page = document.new_page(width=200, height=60)
    field = pymupdf.Widget()
    field.field_name, field.field_type = "answer", pymupdf.PDF_WIDGET_TYPE_TEXT
    field.rect, field.text_fontsize = pymupdf.Rect(10, 10, 190, 40), 18
    page.add_widget(field)
    field = next(page.widgets())
    field.field_value = text
    field.update()
    document.save("typed.pdf")
    with pikepdf.open("typed.pdf") as pdf:
        widget = pdf.pages[0].Annots[0]
        fonts = [f"{font.BaseFont}{'' if '/FontDescriptor' in font else ', not embedded'}"
                 for font in widget.AP.N.Resources.Font.values()]
        value = str(widget.V)
    drawn = pypdfium2.PdfDocument("typed.pdf")
    drawn.init_forms()
    by_pdfium = dark(drawn[0].render(scale=2).to_pil())
    pixels = pymupdf.open("typed.pdf")[0].get_pixmap(matrix=pymupdf.Matrix(2, 2))
    by_mupdf = dark(Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples))
    return value, fonts, by_pdfium, by_mupdf


print("PyMuPDF", pymupdf.VersionBind, "PDFium", pypdfium2.PDFIUM_INFO)
results = {text: typed(text) for text in ("Latin", "αβγδε", "привет")}
for text, (value, fonts, by_pdfium, by_mupdf) in results.items():
    print(f"{text}: value {value!r}, fonts {fonts}, dark points by PDFium {by_pdfium}, by MuPDF {by_mupdf}")
latin = results.pop("Latin")
is_usual = latin[2] > 0 and latin[3] > 0
is_lost = all(value == text and by_pdfium == 0 and by_mupdf > 0
              for text, (value, _, by_pdfium, by_mupdf) in results.items())
sys.exit(0 if is_usual and is_lost else 1)
PYTHON
