"""DDI-Codebook 2.5: the order and number of elements and attributes as in its schema, and the data against it.

The schema is in no package registry. What it says about the elements that we write is repeated here. Values of
attributes are in ATTRIBUTES, children with their number in CHILDREN: `?` at most one, `*` any number, `1` one, `+` one
or more. Elements without children contain text. `DDI_SCHEMA=codebook.xsd` runs the schema too.
"""

import os

from lxml import etree

NAMESPACE = "{ddi:codebook:2_5}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
CHILDREN = {
    "codeBook": "docDscr* stdyDscr+ fileDscr* dataDscr* otherMat*",
    "docDscr": "citation?",
    "citation": "titlStmt1 rspStmt? prodStmt? distStmt? serStmt* verStmt* biblCit*",
    "titlStmt": "titl1 subTitl* altTitl* parTitl* IDNo*",
    "prodStmt": "producer* copyright* prodDate* prodPlac* software*",
    "stdyDscr": "citation+ studyAuthorization* stdyInfo* studyDevelopment* method* dataAccs* othrStdyMat* notes*",
    "stdyInfo": "studyBudget* subject* abstract* sumDscr* qualityStatement? notes*",
    "method": "dataColl* notes*",
    "dataColl": "timeMeth* dataCollector* collMode* resInstru*",
    "dataAccs": "setAvail* useStmt* notes*",
    "useStmt": "confDec* specPerm* restrctn* contact* citReq* deposReq* conditions* disclaimer*",
    "othrStdyMat": "relMat* relStdy* relPubl* othRefs*",
    "fileDscr": "fileTxt* locMap? notes*",
    "fileTxt": "fileName* fileCitation? dataFingerprint* fileCont? fileStrc?",
    "dataDscr": "varGrp* nCubeGrp* var* nCube* notes*",
    "varGrp": "labl* txt* concept* defntn* universe* notes*",
    "var": "location* labl* qstn* valrng* invalrng* undocCod* universe* txt* catgry* codInstr* concept* derivation? varFormat? notes*",
    "qstn": "preQTxt* qstnLit* postQTxt* forward* backward* ivuInstr*",
    "valrng": "range+ key* notes*",
    "invalrng": "item+ key* notes*",
    "catgry": "catValu? labl* txt*",
    "derivation": "drvdesc* drvcmd*",
}
ATTRIBUTES = {
    "codeBook": {"version": {"2.5"}, LOCATION: None},
    "software": {"version": None},
    "IDNo": {"agency": None},
    "notes": {"type": None, "subject": None},
    "fileDscr": {"ID": None},
    "varGrp": {"ID": None, "type": {"section", "file"}, "var": None},
    "var": {"ID": None, "name": None, "files": None, "intrvl": {"contin", "discrete"}},
    "qstn": {"responseDomainType": {"text", "numeric", "code", "datetime", "multiple"}},
    "range": {"UNITS": {"INT", "REAL"}, "min": None, "max": None},
    "item": {"UNITS": {"INT", "REAL"}, "VALUE": None},
    "catgry": {"missing": {"Y", "N"}},
    "derivation": {"var": None},
    "drvcmd": {"syntax": None},
    "varFormat": {"type": {"numeric", "character"}, "category": {"date", "time", "other"}},
}
REFERENCES = {"var", "files"}
SCHEMAS = {}


def tag(element):
    return element.tag.removeprefix(NAMESPACE)


def structure(root):
    found, ids = [], [element.get("ID") for element in root.iter() if element.get("ID")]
    if len(ids) != len(set(ids)):
        found.append("an ID occurs twice")
    for element in root.iter():
        own = tag(element)
        names = [tag(child) for child in element]
        allowed = [(part[:-1], part[-1]) for part in CHILDREN.get(own, "").split()]
        order = [name for name, _ in allowed]
        if any(name not in order for name in names):
            found.append(f"{own} contains {set(names) - set(order)}")
        elif names != sorted(names, key=order.index):
            found.append(f"the order of {own}: {names}")
        for name, number in allowed:
            count = names.count(name)
            if (number in "?1" and count > 1) or (number in "1+" and count == 0):
                found.append(f"{own} has {count} {name}")
        if names and (element.text or "").strip():
            found.append(f"{own} has text beside elements")
        for name, value in element.attrib.items():
            known = ATTRIBUTES.get(own, {})
            if name != LANGUAGE and (name not in known or (known[name] and value not in known[name])):
                found.append(f"{own} has {name}={value}")
            if name in REFERENCES and not set(value.split()) <= set(ids):
                found.append(f"{own} refers to {set(value.split()) - set(ids)}")
    return found


def by_schema(root):
    """What the schema itself finds, if DDI_SCHEMA names it: codebook.xsd beside the schemas that it includes."""
    path = os.environ.get("DDI_SCHEMA")
    if not path:
        return []
    schema = SCHEMAS.setdefault(path, etree.XMLSchema(etree.parse(path)))
    return [] if schema.validate(root) else [str(error) for error in schema.error_log]


def variables(root):
    """For each file its variables."""
    files = {
        element.get("ID"): element.find(f".//{NAMESPACE}fileName").text.removesuffix(".csv")
        for element in root.iter(f"{NAMESPACE}fileDscr")
    }
    found = {name: [] for name in files.values()}
    for variable in root.iter(f"{NAMESPACE}var"):
        for file in variable.get("files").split():
            found[files[file]].append(variable)
    return found


def problems(one):
    root = etree.parse(str(one.file(".ddi.xml"))).getroot()
    found = structure(root) + by_schema(root)
    described = {name: [v.get("name") for v in of] for name, of in variables(root).items()}
    tables = {name: table.header for name, table in one.tables.items()}
    if described != tables:
        found.append(f"{described} describes {tables}")
        return found
    return found + [f"{column} = {value}" for column, value in wrong(one, root)]


def wrong(one, root):
    found = []
    for name, of in variables(root).items():
        for variable in of:
            kind = variable.find(f"{NAMESPACE}varFormat").get("type")
            several = variable.find(f"{NAMESPACE}qstn[@responseDomainType='multiple']") is not None
            values = {value.text for value in variable.iterfind(f"{NAMESPACE}catgry/{NAMESPACE}catValu")}
            limits = variable.find(f"{NAMESPACE}valrng/{NAMESPACE}range")
            for cell in one.tables[name].column(variable.get("name")):
                parts = cell.split() if several else [cell]
                if cell == "":
                    continue
                if values and not set(parts) <= values:
                    found.append((variable.get("name"), cell))
                elif kind == "numeric" and not values and limits is not None:
                    number = float(cell)
                    low, high = float(limits.get("min", number)), float(limits.get("max", number))
                    if not low <= number <= high:
                        found.append((variable.get("name"), cell))
    return found


def finds(one):
    root = etree.parse(str(one.file(".ddi.xml"))).getroot()
    return set(one.wrong.values()) <= set(wrong(one, root))
