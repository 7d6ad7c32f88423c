#!/usr/bin/env python3
"""validate.py FORM.xml...

Validates ODM files of version 1.3.2 or 2.0 with third-party programs: the schema, which is part of PyPI odmlib, run by
lxml; for 1.3.2 also odmlib, which checks that every referenced OID exists and has the right kind; and that no definition
lacks a reference. Prints a line for each problem.
"""

import os
import sys
import warnings

import odmlib
from lxml import etree
from odmlib import loader, odm_loader
from odmlib.exceptions import OdmlibError
from odmlib.oid_generator import create_oid_checker

FOLDER = os.path.join(os.path.dirname(odmlib.__file__), "schemas", "odm")
FILES = {"1.3.2": "ODM1-3-2.xsd", "2.0": "ODM.xsd"}
SCHEMAS = {}


def schema(version):
    if version not in SCHEMAS:
        SCHEMAS[version] = etree.XMLSchema(file=os.path.join(FOLDER, version, FILES[version]))
    return SCHEMAS[version]


def problems(path):
    tree = etree.parse(path)
    version = tree.getroot().get("ODMVersion")
    own = schema(version)
    if not own.validate(tree):
        yield from (f"schema: line {error.line}: {error.message}" for error in own.error_log)
    defined = {element.get("OID") for element in tree.iter() if element.get("OID")}
    referred = {
        value for element in tree.iter() for name, value in element.attrib.items()
        if name.endswith("OID") and name not in ("OID", "FileOID")
    }
    yield from (f"no definition of {oid}" for oid in sorted(referred - defined))
    unused = {oid for oid in defined - referred if not oid.startswith(("S.", "MDV.", "SE."))}
    yield from (f"no reference to {oid}" for oid in sorted(unused))
    if version == "1.3.2":
        yield from by_odmlib(path)


def by_odmlib(path):
    try:
        reader = loader.ODMLoader(odm_loader.XMLODMLoader())
        reader.open_odm_document(path)
        reader.root().verify_oids(create_oid_checker("odm_1_3_2"))
    except (OdmlibError, ValueError) as error:
        yield f"odmlib: {error}"


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for path in sys.argv[1:]:
        for problem in problems(path):
            print(f"{path}: {problem}")
