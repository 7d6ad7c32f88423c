#!/usr/bin/env python3
"""score.py [--branching] [--missing-codes A,B] [--today 2026-01-31] DICTIONARY.csv|INSTRUMENT.zip RESPONSES.json
score.py [--branching] [--missing-codes A,B] [--today 2026-01-31] --jobs JOBS.json

Computes the values according to REDCap's public documentation. RESPONSES.json is a list of flat
records in REDCap's export shape: {"q1": "2", "q2": "", "ticks___1": "1"}; a checkbox may also be a list of
its codes. Prints a JSON list, one object per record: every calc field's value (number or null), every
@CALCTEXT field's value (text or null), and "ambiguous", the list of those fields whose value
depends on behaviour that is not publicly documented. A published score should never be in it. With --branching
also "visible": whether each field with branching logic is shown, for the unchanged record.

JOBS.json is a list of such pairs of paths; the output is then a list of such lists, one for each pair.

Status 0: scored. 2: nothing scored: an expression that cannot be parsed or called, or a record with a
field or a code that the dictionary does not have.
"""

import argparse
import json
import re
import sys
from datetime import date

from redcap_dictionary.choices import checkbox_export_name, choice_codes
from redcap_dictionary.checks import run_checks
from redcap_dictionary.columns import FORM, RESERVED_SYSTEM, TYPE
from redcap_dictionary.reading import load
from redcap_dictionary.records import DECIDED, DOCUMENTED, Evaluator, varying

FATAL = ('X001', 'F006', 'K001', 'K004')


def stop(lines):
    for line in lines[:20]:
        print(line, file=sys.stderr)
    raise SystemExit(2)


def read_dictionary(path):
    doc = run_checks(load(path))
    stop_at = [f for f in doc.findings if f['rule'] in FATAL]
    if stop_at:
        stop([f'{path}: {f.get("cell", "")} {f["rule"]}: {f["message"]}' for f in stop_at])
    for word in ('ambiguous', 'visible'):
        if word in doc.fields:
            stop([f'{path}: a field is called "{word}", which has another meaning in the output'])
    return doc


def read_records(path):
    try:
        with open(path, encoding='utf-8') as file:
            records = json.load(file)
    except (OSError, ValueError) as error:
        stop([f'{path}: {error}'])
    if not isinstance(records, list) or not all(isinstance(r, dict) for r in records):
        stop([f'{path}: not a list of records'])
    return records


class Shape:
    """The fields and codes that a record of this dictionary may contain."""

    def __init__(self, doc, missing_codes):
        self.free = {'record_id', *RESERVED_SYSTEM}
        self.codes, self.missing = {}, {'', *missing_codes}
        for _, _, cells in doc.rows:
            form = re.sub(r'[^a-z0-9_]', '_', cells[FORM].strip().lower())
            self.free |= {f'{form}_complete', f'{form}_timestamp'}
        for name, cells in doc.fields.items():
            codes = choice_codes(cells)
            if codes is None:
                self.free.add(name)
            elif cells[TYPE].strip() == 'checkbox':
                self.codes.update({checkbox_export_name(name, c): {'0', '1'} for c in codes})
                self.codes[name] = set(codes)
            else:
                self.codes[name] = set(codes)

    def faults(self, record):
        for name, value in record.items():
            if name in self.free:
                continue
            if name not in self.codes:
                yield f'no field "{name}" in the dictionary'
                continue
            for given in value if isinstance(value, list) else [value]:
                text = '' if given is None else str(given)
                if text not in self.codes[name] and text not in self.missing:
                    yield f'{name}: no choice "{text}"'


def ambiguous(evaluator, result, record, options, branching):
    """The fields whose value depends on undocumented behaviour."""
    caveats = result['caveats']
    doubtful = {f for f, names in caveats.items() if set(names) - DECIDED - DOCUMENTED}
    if any(DECIDED & set(names) for names in caveats.values()):
        doubtful |= {key.split(':', 1)[1] for key in varying(evaluator, record, options, branching)}
    return sorted(doubtful)


def score(doc, records, options, branching=False):
    evaluator = Evaluator(doc)
    notes = undocumented_syntax(doc)
    for record in records:
        result = evaluator.record(record, options, branching)
        row = {f: number(v) for f, v in result['calc'].items()}
        row.update({f: v or None for f, v in result['calctext'].items()})
        row['ambiguous'] = sorted({*ambiguous(evaluator, result, record, options, branching), *notes})
        if branching:
            row['visible'] = result['visible']
        yield row


def undocumented_syntax(doc):
    """Fields whose expression is outside REDCap's published syntax, or part of a cycle."""
    rules = ('K002', 'K003', 'K005', 'K006', 'K007', 'K011', 'K012')
    computed = {*doc.calcs, *doc.calctext}
    named = {f['field'] for f in doc.findings if f['rule'] in rules and not f['message'].startswith('branching')}
    return named & computed


def number(text):
    if text == '':
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('files', nargs='*', metavar='DICTIONARY RESPONSES')
    parser.add_argument('--jobs', help='score many dictionaries in one run')
    parser.add_argument('--branching', action='store_true', help='also print which fields are shown')
    parser.add_argument('--missing-codes', default='', help='the project\'s missing-data codes')
    parser.add_argument('--today', type=date.fromisoformat, help='the date of "today"')
    o = parser.parse_args(argv)
    if len(o.files) != (0 if o.jobs else 2):
        parser.error('give a dictionary and responses, or --jobs')
    if not o.jobs:
        print(listed(one(*o.files, o)))
        return 0
    with open(o.jobs, encoding='utf-8') as file:
        jobs = json.load(file)
    print('[\n' + ',\n'.join(listed(one(*job, o)) for job in jobs) + '\n]')
    return 0


def one(dictionary, responses, o):
    """The rows of one dictionary and its responses."""
    codes = [c for c in o.missing_codes.split(',') if c]
    doc, records = read_dictionary(dictionary), read_records(responses)
    shape = Shape(doc, codes)
    faults = [f'{responses}: record {i}: {f}' for i, r in enumerate(records) for f in shape.faults(r)]
    if faults:
        stop(faults)
    options = dict(missing_codes=codes, today=o.today)
    return score(doc, records, options, o.branching)


def listed(rows):
    return '[\n' + ',\n'.join(json.dumps(row, ensure_ascii=False) for row in rows) + '\n]'


if __name__ == '__main__':
    sys.exit(main())
