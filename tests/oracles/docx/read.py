"""Reads Word documents as a program for screen readers does: read.py FORM.docx... prints a JSON object for each.

Standard library only. It fails if a part is missing or not well-formed, if a relation leads nowhere, or if the elements of a
paragraph, a table or a field are not in the order of ISO/IEC 29500, which Word insists on.
"""

import json
import posixpath
import sys
import xml.etree.ElementTree as ET
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
ORDER = {
    "pPr": ["pStyle", "keepNext", "keepLines", "pBdr", "tabs", "bidi", "spacing", "ind", "jc", "outlineLvl"],
    "tblPr": ["tblStyle", "bidiVisual", "tblW", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption"],
    "tcPr": ["tcW", "vAlign"],
    "sdtPr": ["alias", "tag", "showingPlcHdr", "date", "text", "checkbox"],
    "rPr": ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "rtl", "lang"],
    "sectPr": ["footerReference", "pgSz", "pgMar", "bidi"],
}


def plain(tag):
    return tag.rsplit("}", 1)[-1]


def in_order(root):
    for element in root.iter():
        order = ORDER.get(plain(element.tag))
        names = [plain(child.tag) for child in element]
        if order is None:
            continue
        places = [order.index(name) for name in names]
        assert places == sorted(places), f"{plain(element.tag)}: {names}"


def relations(package, part):
    folder, name = posixpath.split(part)
    names = posixpath.join(folder, "_rels", f"{name}.rels")
    found = {}
    for relation in ET.fromstring(package.read(names)).iter(f"{R}Relationship"):
        target = posixpath.normpath(posixpath.join(folder, relation.get("Target")))
        assert target in package.namelist(), f"{names} leads to {target}"
        found[relation.get("Id")] = (plain(relation.get("Type").replace("/", "}")), target)
    return found


def text(element):
    """The text of a paragraph or of a cell. Paragraphs are separated."""
    words = []
    for part in element.iter():
        if part.tag == f"{W}t":
            words.append(part.text or "")
        elif part.tag == f"{W}br":
            words.append("\n")
        elif part.tag == f"{W}p" and words:
            words.append("\n")
    return "".join(words)


def fields(root):
    for field in root.iter(f"{W}sdt"):
        about = field.find(f"{W}sdtPr")
        kind = next(plain(child.tag) for child in about if plain(child.tag) in ("text", "date", "checkbox"))
        value = {name: about.find(f"{W}{name}").get(f"{W}val") for name in ("alias", "tag")}
        assert all(0 < len(text) <= 64 for text in value.values()), value
        yield {"kind": kind, "name": value["alias"], "tag": value["tag"]}


def tables(root):
    for table in root.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        widths = len(table.find(f"{W}tblGrid").findall(f"{W}gridCol"))
        assert all(len(row.findall(f"{W}tc")) == widths for row in rows), "a row has another number of cells"
        is_header = rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        yield {"header": is_header, "rows": [[text(cell) for cell in row.findall(f"{W}tc")] for row in rows]}


def read(path):
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        parts = {name: ET.fromstring(package.read(name)) for name in package.namelist()}
        known = {part.get("PartName") for part in parts["[Content_Types].xml"].iter(f"{TYPES}Override")}
        assert all(name[1:] in parts for name in known), known
        relations(package, "")
        related = relations(package, "word/document.xml")
        root, styles = parts["word/document.xml"], parts["word/styles.xml"]
        used = {style.get(f"{W}val") for style in root.iter(f"{W}pStyle")}
        assert used <= {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}, used
        for part in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
            in_order(parts[part])
        definitions = [target for kind, target in related.values() if kind == "customXml"]
        return {
            "title": parts["docProps/core.xml"].findtext("{http://purl.org/dc/elements/1.1/}title"),
            "language": styles.find(f".//{W}lang").get(f"{W}val"),
            "rightToLeft": root.find(f".//{W}sectPr/{W}bidi") is not None,
            "paragraphs": [text(paragraph) for paragraph in root.iter(f"{W}p")],
            "headings": [
                text(p) for p in root.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle").get(f"{W}val").startswith(("Title", "Heading"))
            ],
            "fields": list(fields(root)),
            "tables": list(tables(root)),
            "definition": parts[definitions[0]].text if definitions else None,
        }


print(json.dumps([read(path) for path in sys.argv[1:]], ensure_ascii=False))
