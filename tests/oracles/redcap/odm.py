#!/usr/bin/env python3
"""odm.py PROJECT.xml...

Validates project files as CDISC ODM with third-party programs: the schema of ODM 1.3.2, which is part of PyPI odmlib,
run by lxml; and odmlib, which reads the file and checks that every referenced OID exists and has the right kind.
(The schema does not check this.) Every file of ODM 1.3.1 is valid in ODM 1.3.2.

REDCap's additions are removed first, because the standard schema rejects them: its attributes and elements, and the
data type `boolean` of code lists. Otherwise none of REDCap's own downloads would be valid.

Prints `FILE: CHECK: WHAT` for each problem, or `FILE: ok`. Status 0: no problem; 1: problems; 2: no file.
"""

import os
import sys
import tempfile
import warnings

import odmlib
from lxml import etree
from odmlib import loader, odm_loader
from odmlib.exceptions import OdmlibError
from odmlib.oid_generator import create_oid_checker

ODM = '{http://www.cdisc.org/ns/odm/v1.3}'
REDCAP = '{https://projectredcap.org}'
SCHEMA = os.path.join(os.path.dirname(odmlib.__file__), 'schemas', 'odm', '1.3.2', 'ODM1-3-2.xsd')


def plain(tree):
    """Removes REDCap's additions to ODM."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag.startswith(REDCAP):
            element.getparent().remove(element)
            continue
        for name in [name for name in element.attrib if name.startswith(REDCAP)]:
            del element.attrib[name]
        if element.tag == ODM + 'CodeList' and element.get('DataType') == 'boolean':
            element.set('DataType', 'text')
    return tree


def by_schema(tree, schema):
    if not schema.validate(tree):
        for error in schema.error_log:
            yield f'schema: line {error.line}: {error.message}'


def by_odmlib(tree):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'project.xml')
        tree.write(path, xml_declaration=True, encoding='UTF-8')
        try:
            reader = loader.ODMLoader(odm_loader.XMLODMLoader())
            reader.open_odm_document(path)
            root = reader.root()
            checker = create_oid_checker('odm_1_3_2')
            root.verify_oids(checker)
            checker.check_oid_refs()
        except (OdmlibError, ValueError, TypeError) as error:
            yield f'odmlib: {error}'


def problems(path, schema):
    try:
        tree = plain(etree.parse(path, etree.XMLParser(resolve_entities=False, huge_tree=True)))
    except (OSError, etree.XMLSyntaxError) as error:
        yield f'xml: {error}'
        return
    yield from by_schema(tree, schema)
    yield from by_odmlib(tree)


def main(paths):
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    warnings.simplefilter('ignore')
    schema, status = etree.XMLSchema(etree.parse(SCHEMA)), 0
    for path in paths:
        found = list(problems(path, schema))
        for problem in found[:20]:
            print(f'{path}: {problem}')
        if found:
            status = 1
        else:
            print(f'{path}: ok')
    return status


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
