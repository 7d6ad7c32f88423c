"""Makes the font of text typed into form fields: the letters of Latin, Greek and Cyrillic of Noto Sans.

    pip install fonttools==4.60.1
    python field.py

Writes four files, three of them compressed as they stand in a PDF:

FieldSans.ttf.zlib      the font
FieldSans.gids.zlib     the glyph of each character code, two bytes each
FieldSans.unicode.zlib  the CMap from codes to Unicode; a code is the code point itself
FieldSans.widths        a line for each run of codes: the first code, then the widths, in thousandths of the size
"""

import zlib
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
# Latin with its extensions, Greek, Cyrillic, extended Greek and Latin, punctuation, currencies, and single signs.
BLOCKS = [(0x20, 0x24F), (0x370, 0x52F), (0x1E00, 0x1FFF), (0x2010, 0x203F), (0x20A0, 0x20BF)]
SIGNS = [0x2116, 0x2122, 0x2212]
# Tabs and ends of lines, as blanks. For a code that the font lacks, poppler embeds a font of the system, of a megabyte, and does
# so for each end of a line in a text of several lines, although it draws none.
BLANKS = range(0x09, 0x0E)


def wanted(point):
    """Whether the font of fields has a character."""
    return point in SIGNS or any(first <= point <= last for first, last in BLOCKS)


def smaller(path):
    """The font with only the wanted characters, and without what a viewer does not use for typed text."""
    font = TTFont(path, recalcTimestamp=False)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "DSIG", "name", "OS/2", "post"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[point for point in font.getBestCmap() if wanted(point)])
    subsetter.subset(font)
    return font


def runs(points):
    """The first and the last point of each run within the same 256."""
    start = before = None
    for point in [*points, None]:
        if before is not None and (point is None or point != before + 1 or point % 256 == 0):
            yield start, before
            start = None
        start = point if start is None else start
        before = point


def cmap(points):
    """The CMap from codes to Unicode."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    all_runs = list(runs(points))
    for at in range(0, len(all_runs), 100):
        part = all_runs[at : at + 100]
        lines.append(f"{len(part)} beginbfrange")
        lines += [f"<{first:04X}> <{last:04X}> <{first:04X}>" for first, last in part]
        lines.append("endbfrange")
    return "\n".join([*lines, "endcmap CMapName currentdict /CMap defineresource pop end end", ""])


def main():
    """Writes the four files."""
    font = smaller(HERE / "NotoSans-Regular.ttf")
    path = HERE / "FieldSans.ttf"
    font.save(path)
    glyphs = {point: font.getGlyphID(name) for point, name in font.getBestCmap().items()}
    glyphs |= dict.fromkeys(BLANKS, glyphs[0x20])
    points = sorted(glyphs)
    gids = b"".join(glyphs.get(point, 0).to_bytes(2, "big") for point in range(points[-1] + 1))
    put = {"ttf": path.read_bytes(), "gids": gids, "unicode": cmap(points).encode()}
    path.unlink()
    for name, content in put.items():
        (HERE / f"FieldSans.{name}.zlib").write_bytes(zlib.compress(content, 9))
    metrics, order, size = font["hmtx"], font.getGlyphOrder(), font["head"].unitsPerEm
    width = {point: round(metrics[order[glyph]][0] * 1000 / size) for point, glyph in glyphs.items()}
    lines = [" ".join(str(n) for n in [first, *(width[point] for point in range(first, last + 1))]) for first, last in runs(points)]
    (HERE / "FieldSans.widths").write_text("\n".join(lines) + "\n")


main()
