"""Prints the colours on the first page of a PDF that are not greys, and the alternative text of its first figure.

usage: house.py FILE
"""

import re
import sys

import pypdf

FILL_OR_STROKE = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG|sc|SC|scn|SCN)\b")


def colours(page):
    """The colours of text and lines. A logo has its own content stream, so its colours are not included."""
    found = set()
    for channels in FILL_OR_STROKE.findall(page.get_contents().get_data()):
        channels = [round(float(channel) * 255) for channel in channels]
        if len(set(channels)) > 1:
            found.add("#%02x%02x%02x" % tuple(channels))
    return sorted(found)


def figures(node):
    """The alternative texts of figures, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from figures(child)
    elif isinstance(node, dict):
        if node.get("/S") == "/Figure":
            yield str(node.get("/Alt"))
        if "/K" in node:
            yield from figures(node["/K"])


reader = pypdf.PdfReader(sys.argv[1])
tree = reader.trailer["/Root"]["/StructTreeRoot"]
print(", ".join(colours(reader.pages[0])) + "; " + next(figures(tree), "no figure"))
