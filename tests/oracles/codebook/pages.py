"""The formats for people: each must show the same, whatever the words contain."""

import copy
import csv
import io

import lxml.html
import openpyxl
from markdown_it import MarkdownIt


def text(element):
    """The text of an element, with its line breaks."""
    element = copy.deepcopy(element)
    element.tail = None
    for line in element.iter("br"):
        line.tail = "\n" + (line.tail or "")
    return squeezed(element.text_content())


def squeezed(text):
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def tables(page):
    return [[[text(cell) for cell in row.iter("th", "td")] for row in table.iter("tr")] for table in page.iter("table")]


def headings(page):
    return [(element.tag, text(element)) for element in page.iter("h1", "h2", "h3", "h4", "h5")]


def accessible(page):
    """What every reader needs: a language, one title, levels in order, and headers of rows and columns."""
    found = []
    if not page.get("lang") or page.get("dir") not in ("ltr", "rtl"):
        found.append("no language")
    levels = [int(tag[1]) for tag, _ in headings(page)]
    if levels.count(1) != 1 or any(after > before + 1 for before, after in zip(levels, levels[1:])):
        found.append(f"levels of headings: {levels}")
    if any(cell.get("scope") not in ("row", "col") for cell in page.iter("th")):
        found.append("a header without a scope")
    if any(row[0].tag != "th" for row in page.iter("tr")):
        found.append("a row without a header")
    if any(element.get(name) for element in page.iter() for name in ("src", "href", "onclick")):
        found.append("something is loaded or linked")
    if set(element.tag for element in page.iter("script", "iframe", "img", "link", "b", "i")):
        found.append("an element that words made")
    return found


def problems(one):
    page = lxml.html.fromstring(one.file(".codebook.html").read_bytes())
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    source = one.file(".codebook.md").read_text(encoding="utf-8")
    shown = lxml.html.fromstring(f"<main>{markdown.render(source)}</main>")
    found = accessible(page)
    for name, read in (("tables", tables), ("headings", headings)):
        expected, own = read(page), read(shown)
        if expected != own:
            differ = [pair for pair in zip(expected, own) if pair[0] != pair[1]]
            found.append(f"{name} of Markdown differ from HTML: {str(differ[:1])[:1500]}")
    return found + rows(one)


def rows(one):
    """CSV and the workbook have a row for each column of the data, with the same words."""
    with open(one.file(".codebook.csv"), newline="", encoding="utf-8") as file:
        all_rows = list(csv.reader(io.StringIO(file.read(), newline="")))
    found = []
    header, lines = all_rows[0], [row for row in all_rows[1:] if row[2] != "instrument"]
    columns = [name for one_table in expected(one) for name in one_table]
    if [row[1] for row in lines] != columns:
        found.append(f"the rows of CSV are {[row[1] for row in lines]}, the columns of the data {columns}")
    book = openpyxl.load_workbook(one.file(".codebook.xlsx"))
    sheet = [[cell or "" for cell in row] for row in book["variables"].iter_rows(values_only=True)]
    # The workbook leaves out columns that have no content, and the apostrophes.
    used = [at for at in range(len(header)) if any(row[at] for row in lines)]
    plain = lambda cell: cell.replace("\r", "").removeprefix("'")
    same = [[plain(row[at]) for at in used] for row in [header] + lines]
    if [[plain(cell) for cell in row] for row in sheet] != same:
        found.append("the sheet differs from CSV")
    run = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
    risky = [cell for row in all_rows for cell in row if cell.startswith(run) and not is_number(cell)]
    return found + [f"a spreadsheet would run {cell[:60]!r}" for cell in risky[:2]]


def is_number(cell):
    try:
        float(cell)
        return True
    except ValueError:
        return False


def expected(one):
    """The columns of the data in the order of a codebook."""
    for instrument in sorted(one.instruments(), key=order(one)):
        answers = one.tables[f"{instrument}-answers"].header
        scores = one.tables.get(f"{instrument}-scores")
        yield answers
        yield scores.header[1:] if scores else []


def order(one):
    with open(one.file(".codebook.csv"), newline="", encoding="utf-8") as file:
        ids = [row[0] for row in csv.reader(file)]
    return ids.index
