"""Checks the structure tree of PDF files by the rules of PDF/UA-1 that a machine can check.

The rules are those of the Matterhorn Protocol 1.1; their numbers are in the messages. It is independent of Typst and of
page-validation: the tree and the content streams are read with pikepdf.
"""

import pikepdf

HEADINGS = ["/H1", "/H2", "/H3", "/H4", "/H5", "/H6"]
# What an element may be in, for the elements of which that matters.
PARENTS = {
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/TFoot": {"/Table"},
    "/LI": {"/L"},
    "/Lbl": {"/LI", "/Note", "/Reference", "/P", "/Link", "/TOCI"},
    "/LBody": {"/LI"},
}
PAINTS = set("Tj TJ ' \" f F f* B B* b b* s S sh Do EI".split())


class Element:
    """An element of the tree: its type, dictionary, parent, and its leaves in order: (page, mark) or (page, annotation)."""

    def __init__(self, kind, source, parent):
        self.kind, self.source, self.parent = kind, source, parent
        self.children, self.leaves = [], []


def key(thing):
    """What identifies an object of the file."""
    return thing.objgen if thing.is_indirect else id(thing)


class Tree:
    """The structure tree of a file, in reading order."""

    def __init__(self, pdf):
        self.pdf = pdf
        self.root = pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())
        self.roles = {str(name): str(role) for name, role in dict(self.root.get("/RoleMap", {})).items()}
        self.pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        self.elements, self.leaves = [], []
        self.top = Element("/Root", self.root, None)
        self.walk(self.root.get("/K"), self.top, None)

    def role(self, kind):
        """The standard type of an element."""
        seen = set()
        while kind in self.roles and kind not in seen:
            seen.add(kind)
            kind = self.roles[kind]
        return kind

    def leaf(self, owner, page, mark):
        entry = (self.pages.get(page.objgen) if page is not None else None, mark, owner)
        owner.leaves.append(entry)
        self.leaves.append(entry)

    def walk(self, node, owner, page):
        if isinstance(node, pikepdf.Array):
            for part in node:
                self.walk(part, owner, page)
        elif isinstance(node, int):
            self.leaf(owner, page, int(node))
        elif isinstance(node, pikepdf.Dictionary):
            page = node.get("/Pg", page)
            if node.get("/Type") == "/OBJR":
                self.leaf(owner, page, node.Obj.objgen)
            elif node.get("/Type") == "/MCR":
                self.leaf(owner, page, int(node.MCID))
            else:
                element = Element(self.role(str(node.get("/S"))), node, owner)
                owner.children.append(element)
                self.elements.append(element)
                self.walk(node.get("/K"), element, page)


def attributes(element):
    """The attributes of an element, whatever their owner."""
    given = element.source.get("/A", pikepdf.Array())
    found = {}
    for one in given if isinstance(given, pikepdf.Array) else [given]:
        if isinstance(one, pikepdf.Dictionary):
            found.update({str(name): value for name, value in one.items()})
    return found


def metadata(pdf):
    """What the file says about itself."""
    root, wrong = pdf.Root, []
    if not root.get("/MarkInfo", {}).get("/Marked"):
        wrong.append("06: not marked as tagged")
    if not str(root.get("/Lang", "")):
        wrong.append("11-006: no language")
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        wrong.append("07-002: the title is not displayed")
    with pdf.open_metadata() as facts:
        if not facts.get("dc:title"):
            wrong.append("06-003: no title")
        if str(facts.get("pdfuaid:part")) != "1":
            wrong.append("05-001: no mark of PDF/UA-1")
    return wrong


def roles(tree):
    """Types that are not standard, and standard types with another meaning."""
    standard = set(HEADINGS) | set(PARENTS) | {"/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/TOC"}
    standard |= {"/TOCI", "/Index", "/NonStruct", "/Private", "/P", "/H", "/L", "/Table", "/Span", "/Quote", "/Note", "/Form"}
    standard |= {"/Reference", "/BibEntry", "/Code", "/Link", "/Annot", "/Ruby", "/Warichu", "/Figure", "/Formula", "/RB", "/RT"}
    wrong = [f"02-003: {kind} has another meaning" for kind in tree.roles if kind in standard]
    unknown = {element.kind for element in tree.elements} - standard
    return wrong + [f"02-001: {kind} is no standard type" for kind in sorted(unknown)]


def headings(tree):
    """Levels begin with 1 and are not skipped, and no heading is empty."""
    wrong, last = [], 0
    found = [element for element in tree.elements if element.kind in HEADINGS]
    for element in found:
        level = int(element.kind[2:])
        if level > last + 1:
            wrong.append(f"14-003: heading {level} after {last}")
        last = level
        if not list(inside(element)):
            wrong.append("an empty heading")
    return wrong if found else wrong + ["no heading"]


def inside(element):
    """The leaves of an element and of what is in it."""
    yield from element.leaves
    for child in element.children:
        yield from inside(child)


def nesting(tree):
    """Rows are in tables, cells in rows, and list items in lists."""
    wrong = set()
    for element in tree.elements:
        allowed = PARENTS.get(element.kind)
        if allowed and element.parent.kind not in allowed:
            wrong.add(f"09: {element.kind} in {element.parent.kind}")
        if element.kind == "/L" and any(child.kind not in ("/LI", "/Caption", "/L") for child in element.children):
            wrong.add("09: a list with something else than items")
        if element.kind == "/Figure" and not ("/Alt" in element.source or "/ActualText" in element.source):
            wrong.add("13-004: a picture without alternative text")
    return sorted(wrong)


def rows(table):
    for child in table.children:
        if child.kind == "/TR":
            yield child
        elif child.kind in ("/THead", "/TBody", "/TFoot"):
            yield from (row for row in child.children if row.kind == "/TR")


def tables(tree):
    """Every row is as wide as the others, header cells have a scope, and the headers of cells exist."""
    wrong = set()
    for table in (element for element in tree.elements if element.kind == "/Table"):
        cells = [[cell for cell in row.children] for row in rows(table)]
        widths = {sum(int(attributes(cell).get("/ColSpan", 1)) for cell in row) for row in cells}
        if len(widths) != 1:
            wrong.add(f"a table with rows of {sorted(widths)} cells")
        heads = [cell for row in cells for cell in row if cell.kind == "/TH"]
        if not heads:
            wrong.add("15: a table without headers")
        if any("/Scope" not in attributes(cell) for cell in heads):
            wrong.add("15-003: a header without scope")
        names = {str(cell.source.get("/ID")) for cell in heads}
        for cell in (cell for row in cells for cell in row):
            if any(str(name) not in names for name in attributes(cell).get("/Headers", [])):
                wrong.add("15: a cell names a header that is not in its table")
    return sorted(wrong)


def painted(page):
    """For each mark of a page in order whether it has text, and what is painted without a mark."""
    marks, loose, stack = [], 0, []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            place = operands[1] if len(operands) > 1 else None
            if isinstance(place, pikepdf.Name):
                place = page.Resources.Properties[place]
            mark = int(place.MCID) if isinstance(place, pikepdf.Dictionary) and "/MCID" in place else None
            stack.append("artifact" if str(operands[0]) == "/Artifact" else mark)
            if mark is not None:
                marks.append(mark)
        elif name == "EMC":
            stack.pop()
        elif name in PAINTS and not any(one is not None for one in stack):
            loose += 1
    return marks, loose


def content(tree):
    """All content is tagged once or decoration, and its order is the reading order."""
    wrong = []
    for at, page in enumerate(tree.pdf.pages):
        marks, loose = painted(page)
        tagged = [mark for number, mark, _ in tree.leaves if number == at and isinstance(mark, int)]
        if loose:
            wrong.append(f"01: page {at + 1}: {loose} things are neither tagged nor decoration")
        if sorted(tagged) != sorted(set(marks)):
            wrong.append(f"01: page {at + 1}: marks and tags differ")
        order = {mark: place for place, mark in reversed(list(enumerate(marks)))}
        places = [order[mark] for mark in tagged if mark in order]
        if places != sorted(places):
            wrong.append(f"09-001: page {at + 1}: the reading order is not that of the content")
        if page.obj.get("/Annots") and page.obj.get("/Tabs") != "/S":
            wrong.append(f"28-009: page {at + 1}: the tab order is not that of the structure")
    return wrong


def fields(tree):
    """Each annotation is in an element of its kind, has a description, and the tab order is the reading order."""
    wrong, places = [], {mark: (at, owner) for at, (_, mark, owner) in enumerate(tree.leaves) if isinstance(mark, tuple)}
    for number, page in enumerate(tree.pdf.pages, 1):
        order = []
        for annotation in page.obj.get("/Annots", []):
            kind, place = str(annotation.Subtype), places.get(annotation.objgen)
            wanted = {"/Widget": "/Form", "/Link": "/Link"}.get(kind, "/Annot")
            if place is None or place[1].kind != wanted:
                wrong.append(f"28: page {number}: {kind} is not in {wanted}")
                continue
            order.append(place[0])
            if not any("/TU" in one or "/Contents" in one for one in holders(annotation)):
                wrong.append(f"28-005: page {number}: {kind} has no description")
        if order != sorted(order):
            wrong.append(f"page {number}: the tab order is not the reading order")
    return wrong


def holders(annotation):
    while annotation is not None:
        yield annotation
        annotation = annotation.get("/Parent")


def fonts(pdf):
    """Fonts that are not embedded, or whose letters cannot be copied."""
    wrong = set()
    for page in pdf.pages:
        for font in dict(page.resources.get("/Font", {})).values():
            own = font.get("/DescendantFonts", [font])[0]
            facts = own.get("/FontDescriptor", {})
            if not any(name in facts for name in ("/FontFile", "/FontFile2", "/FontFile3")):
                wrong.add(f"31: {font.get('/BaseFont')} is not embedded")
            if "/ToUnicode" not in font and font.get("/Subtype") == "/Type0":
                wrong.add(f"10: {font.get('/BaseFont')} has no characters")
    return sorted(wrong)


def kept_together(tree):
    """Headings and rows of headers that are last on a page."""
    wrong, last = [], {}
    # A field in the head of a page is no content.
    content = [(number, owner) for number, mark, owner in tree.leaves if isinstance(mark, int)]
    for at, (_, owner) in enumerate(content):
        while owner is not None:
            last[id(owner)] = at
            owner = owner.parent
    for element in tree.elements:
        is_head = element.kind == "/TR" and element.children and all(cell.kind == "/TH" for cell in element.children)
        at = last.get(id(element))
        if (element.kind in HEADINGS or is_head) and at is not None and at + 1 < len(content):
            page, following = content[at][0], content[at + 1][0]
            if page != following:
                wrong.append(f"page {page + 1}: ends with a {'row of headers' if is_head else 'heading'}")
    return wrong


def problems(path):
    """What is wrong with the structure of a file."""
    with pikepdf.open(path) as pdf:
        tree = Tree(pdf)
        parts = [metadata(pdf), roles(tree), headings(tree), nesting(tree), tables(tree), content(tree), fields(tree), fonts(pdf)]
        return [problem for part in parts + [kept_together(tree)] for problem in part]


def score_boxes(path):
    """On a scoring sheet: boxes for scores that are on another page than the line before them."""
    with pikepdf.open(path) as pdf:
        leaves = Tree(pdf).leaves
        wrong = []
        for before, (page, _, owner) in zip(leaves, leaves[1:]):
            if str(owner.source.get("/S")) == "/Strong" and before[0] != page:
                wrong.append(f"page {page + 1}: begins with the box of a score")
        return wrong
