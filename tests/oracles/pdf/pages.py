"""Checks printed pages without an eye: pages.py FORM.pdf...

Prints one line for each file. The exit code is 1 if any file fails.

- No letters overlap or are outside the margins (PDFium, which knows how large each is drawn).
- No invisible characters are in the text that poppler, PDFium and MuPDF extract, except marks of direction.
- All letters of a script are in one family, and no line is half italic (MuPDF).
- Closing punctuation of Japanese and Chinese begins no line, and opening punctuation ends none (MuPDF).
- No page is empty, and no heading, row of headers or box of a score is parted from what it belongs to.
- The structure tree keeps the rules of PDF/UA-1 that a machine can check (`tree.py`).
"""

import re
import sys
import unicodedata

import pymupdf
import pypdfium2
from check import run
from layout import MARGIN, collide
from tree import problems, score_boxes

INVISIBLE = {"\u200b", "\u2060", "\ufeff", "\ufffc", "\ufffd", "\u200c"}
SCRIPTS = ["ARABIC", "HEBREW", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "CYRILLIC", "GREEK", "LATIN", "THAI", "DEVANAGARI"]
NO_START = set("、。，．！？：；）］｝〕〉》」』】ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
NO_END = set("（［｛〔〈《「『【")


NEIGHBOURS = 6  # letters that are so near in a text may touch: accents, joined letters


def drawn(path):
    """The letters of each page as large as they are drawn: (left, top, right, bottom, place in the text, is Arabic)."""
    pdf = pypdfium2.PdfDocument(path)
    for page in pdf:
        text, height, boxes = page.get_textpage(), page.get_height(), []
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            if right - left > 0.1 and top - bottom > 0.1:
                letter = pypdfium2.raw.FPDFText_GetUnicode(text, at)
                boxes.append((left, height - top, right, height - bottom, at, 0x590 <= letter <= 0x8FF))
        yield page.get_width(), height, boxes
    pdf.close()


def are_neighbours(one, other):
    """Whether letters may touch: an accent and its letter, or Arabic letters of one line, which join."""
    level = abs(one[1] + one[3] - other[1] - other[3]) < 1.2 * max(one[3] - one[1], other[3] - other[1])
    return abs(one[4] - other[4]) <= NEIGHBOURS or (one[5] and other[5] and level)


def letters(path):
    """Letters of different words or lines that lie on each other, and letters outside the margins."""
    wrong = []
    for number, (width, height, boxes) in enumerate(drawn(path), 1):
        outside = sum(b[0] < MARGIN or b[2] > width - MARGIN or b[1] < 15 or b[3] > height - 15 for b in boxes)
        near, found = [], 0
        for box in sorted(boxes, key=lambda box: box[1]):
            near = [other for other in near if other[3] > box[1]]
            found += sum(not are_neighbours(box, other) and collide(box, other) for other in near)
            near.append(box)
        wrong += [f"page {number}: {found} letters overlap"] if found else []
        wrong += [f"page {number}: {outside} letters outside the margins"] if outside else []
    return wrong


def script(letter):
    """The script of a letter; `None` for digits and signs. The scripts of Japanese are one."""
    if not letter.isalpha():
        return None
    name = unicodedata.name(letter, "")
    found = next((script for script in SCRIPTS if name.startswith(script)), None)
    return "CJK" if found in ("HIRAGANA", "KATAKANA") else found


def family(font):
    return re.split(r"[-,]", font.split("+")[-1])[0]


def texts(path, document):
    """The text of a file by each engine."""
    yield "poppler", run("pdftotext", "-raw", path, "-")[1]
    yield "MuPDF", "\f".join(page.get_text() for page in document)
    pdf = pypdfium2.PdfDocument(path)
    yield "PDFium", "\f".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()


def invisible(path, document):
    """Characters that nobody sees, but that are copied, searched and heard."""
    wrong = []
    for engine, text in texts(path, document):
        found = {f"U+{ord(letter):04X}" for letter in INVISIBLE if letter in text}
        # PDFium writes the hyphen at the end of a line so; others write a soft hyphen there.
        if re.search("\u00ad[^\\s\u00ad]", text) and engine != "PDFium":
            found.add("U+00AD")
        wrong += [f"{engine}: {' '.join(sorted(found))} in the text"] if found else []
    return wrong


def lines(document):
    """The lines of a file, each with its page and its characters: (letter, font)."""
    for number, page in enumerate(document, 1):
        for block in page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]:
            for line in block.get("lines", []):
                yield number, [(char["c"], span["font"]) for span in line["spans"] for char in span["chars"]]


def faces(document):
    """Scripts in several families, and lines in which only some of the letters are italic."""
    wrong, used = [], {}
    for number, line in lines(document):
        seen = [(letter, font) for letter, font in line if not letter.isspace()]
        for letter, font in seen:
            if script(letter):
                used.setdefault(script(letter), set()).add(family(font))
        slanted = {("Italic" in font or "Oblique" in font) for letter, font in seen if script(letter)}
        digits = {("Italic" in font or "Oblique" in font) for letter, font in seen if letter.isdigit()}
        if len(slanted) > 1 or (slanted == {False} and True in digits):
            wrong.append(f"page {number}: a line is half italic: {''.join(letter for letter, _ in line)[:40]}")
    return wrong + [f"{name} is in {' and '.join(sorted(fonts))}" for name, fonts in used.items() if len(fonts) > 1]


def punctuation(document):
    """Lines that begin or end with a sign that must not be there."""
    wrong = []
    for number, line in lines(document):
        text = "".join(letter for letter, _ in line).strip()
        if text and len(text) > 1 and (text[0] in NO_START or text[-1] in NO_END):
            wrong.append(f"page {number}: a line begins or ends wrongly: {text[:20]}")
    return wrong


def empty(document):
    """Pages that have nothing but their head and foot."""
    wrong = []
    for number, page in enumerate(document, 1):
        height = page.rect.height
        body = [word for word in page.get_text("words") if word[3] > 60 and word[1] < height - 80]
        if not body:
            wrong.append(f"page {number} is empty")
    return wrong


def check(path):
    """Prints one line about a file. Returns whether it is correct."""
    with pymupdf.open(path) as document:
        wrong = letters(path) + invisible(path, document) + faces(document) + punctuation(document) + empty(document)
    wrong += problems(path)
    if path.endswith(".scoring.pdf"):
        wrong += score_boxes(path)
    print(f"{path}: {'; '.join(wrong) if wrong else 'ok'}")
    return not wrong


if __name__ == "__main__":
    sys.exit(0 if all([check(path) for path in sys.argv[1:]]) else 1)
