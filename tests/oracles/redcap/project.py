#!/usr/bin/env python3
"""project.py PROJECT.xml [DICTIONARY.csv]

Reads REDCap's project XML (CDISC ODM 1.3.1 with REDCap's extensions) back into a data dictionary. Without a dictionary, it
prints the rows as JSON; with one, it prints only the cells that differ.

Written from downloads of REDCap; it shares no code with the exporter. Standard library only.

Status 0: read, and equal. 1: different. 2: not a readable project.
"""

import json
import sys
from xml.etree import ElementTree

from redcap_dictionary.columns import COLUMNS
from redcap_dictionary.reading import load

ODM = '{http://www.cdisc.org/ns/odm/v1.3}'
REDCAP = '{https://projectredcap.org}'
# The names of field types and validations in a project, each with that in a data dictionary.
TYPES = {'textarea': 'notes', 'select': 'dropdown'}
VALIDATIONS = {'int': 'integer', 'float': 'number'}


class NotAProject(Exception):
    """The reason why a file is not a project."""


def one(items, what):
    items = list(items)
    if len(items) != 1:
        raise NotAProject(f'{len(items)} elements {what}, expected one')
    return items[0]


class Project:
    """The metadata of a project."""

    def __init__(self, path):
        try:
            root = ElementTree.parse(path).getroot()
        except (OSError, ElementTree.ParseError) as error:
            raise NotAProject(str(error)) from error
        if root.tag != ODM + 'ODM':
            raise NotAProject(f'the root is {root.tag}')
        study = one(root.findall(ODM + 'Study'), 'Study')
        self.metadata = one(study.findall(ODM + 'MetaDataVersion'), 'MetaDataVersion')
        self.record = self.metadata.get(REDCAP + 'RecordIdField')
        self.groups = self.by_oid('ItemGroupDef')
        self.items = self.by_oid('ItemDef')
        self.lists = self.by_oid('CodeList')

    def by_oid(self, tag):
        found = {}
        for element in self.metadata.findall(ODM + tag):
            oid = element.get('OID')
            if oid in found:
                raise NotAProject(f'two {tag} {oid}')
            found[oid] = element
        return found

    def rows(self):
        """Rows of 18 cells: forms, their groups, and the items of each in their order."""
        rows, seen = [], set()
        for form in self.metadata.findall(ODM + 'FormDef'):
            name = form.get(REDCAP + 'FormName')
            for group in form.findall(ODM + 'ItemGroupRef'):
                for item in self.groups[group.get('ItemGroupOID')].findall(ODM + 'ItemRef'):
                    variable = item.get(REDCAP + 'Variable')
                    if variable in (f'{name}_complete',):
                        self.status(variable)
                    elif variable not in seen:
                        seen.add(variable)
                        rows.append(self.row(name, item))
        if not rows or rows[0][0] != self.record:
            raise NotAProject('the first field is not the record ID')
        return rows

    def status(self, variable):
        """Checks the status item of a form, which is not in the dictionary."""
        codes = [item.get('CodedValue') for item in self.lists[f'{variable}.choices']]
        if codes != ['0', '1', '2'] or self.items[variable].get(REDCAP + 'FieldType') != 'select':
            raise NotAProject(f'{variable} is not a form status')

    def row(self, form, ref):
        item = self.items[ref.get('ItemOID')]

        def of(name):
            return item.get(REDCAP + name, '')

        kind = TYPES.get(of('FieldType'), of('FieldType'))
        required = of('RequiredField')
        if (ref.get('Mandatory') == 'Yes') != (required == 'y'):
            raise NotAProject(f'{of("Variable")} is inconsistent about being mandatory')
        low, high = self.limits(item)
        cells = {
            'Variable / Field Name': of('Variable'), 'Form Name': form, 'Section Header': of('SectionHeader'),
            'Field Type': kind, 'Field Label': label(item), 'Field Note': of('FieldNote'),
            'Choices, Calculations, OR Slider Labels': self.choices(item, kind),
            'Text Validation Type OR Show Slider Number':
                VALIDATIONS.get(of('TextValidationType'), of('TextValidationType')),
            'Text Validation Min': low, 'Text Validation Max': high, 'Identifier?': of('Identifier'),
            'Branching Logic (Show field only if...)': of('BranchingLogic'), 'Required Field?': required,
            'Custom Alignment': of('CustomAlignment'), 'Question Number (surveys only)': of('QuestionNumber'),
            'Matrix Group Name': of('MatrixGroupName'), 'Matrix Ranking?': of('MatrixRanking'),
            'Field Annotation': of('FieldAnnotation'),
        }
        return [cells[column] for column in COLUMNS]

    def limits(self, item):
        found = {'GE': '', 'LE': ''}
        for check in item.findall(ODM + 'RangeCheck'):
            found[check.get('Comparator')] = check.findtext(ODM + 'CheckValue')
        return found['GE'], found['LE']

    def choices(self, item, kind):
        if kind == 'calc':
            return item.get(REDCAP + 'Calculation', '')
        if kind == 'slider':
            return item.get(REDCAP + 'SliderLabels', '')
        ref = item.find(ODM + 'CodeListRef')
        if ref is None:
            return ''
        codes = self.lists[ref.get('CodeListOID')]
        if kind == 'checkbox':
            self.all_ticks(item, codes)
            return codes.get(REDCAP + 'CheckboxChoices').replace('|', ' | ')
        pairs = [(code.get('CodedValue'), code.findtext(f'{ODM}Decode/{ODM}TranslatedText')) for code in codes]
        return ' | '.join(f'{code}, {text}' for code, text in pairs)

    def all_ticks(self, item, codes):
        """Checks that a checkbox has an item for each of its codes, which differ only in their names."""
        variable = item.get(REDCAP + 'Variable')
        wanted = []
        for choice in codes.get(REDCAP + 'CheckboxChoices').split('|'):
            code = choice.split(',')[0].lower()
            wanted.append(f'{variable}___' + ''.join(c if c.isascii() and c.isalnum() else '_' for c in code))
        there = [oid for oid, other in self.items.items() if other.get(REDCAP + 'Variable') == variable]
        if wanted != there:
            raise NotAProject(f'{variable} has the items {there}, not {wanted}')


def label(item):
    formatted = item.find(f'{ODM}Question/{REDCAP}FormattedTranslatedText')
    plain = item.findtext(f'{ODM}Question/{ODM}TranslatedText')
    return plain if formatted is None else formatted.text


def dictionary(path):
    document = load(path)
    return [cells for _, _, cells in document.rows]


def differences(rows, others):
    if len(rows) != len(others):
        yield f'{len(rows)} fields in the project, {len(others)} in the dictionary'
    for row, other in zip(rows, others):
        for column, cell, there in zip(COLUMNS, row, other):
            if cell != there:
                yield f'{row[0]}, {column}: {cell!r} in the project, {there!r} in the dictionary'


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        rows = Project(arguments[0]).rows()
    except (NotAProject, KeyError, AttributeError) as error:
        print(f'{arguments[0]}: {type(error).__name__}: {error}', file=sys.stderr)
        return 2
    if len(arguments) == 1:
        print(json.dumps(rows, ensure_ascii=False, indent=0))
        return 0
    found = list(differences(rows, dictionary(arguments[1])))
    for difference in found:
        print(difference)
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
