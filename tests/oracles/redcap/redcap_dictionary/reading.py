"""Reading and writing dictionaries (CSV) and instrument zips, byte for byte as REDCap does."""

import csv
import io
import os
import re
import zipfile

from redcap_dictionary.columns import API_COLUMNS, COLUMNS, FORM, LETTER, TYPE, VAR
from redcap_dictionary.rules import RULES

csv.field_size_limit(1 << 30)


def php_csv_row(cells):
    """One row as in REDCap's own downloads (PHP fputcsv); see A12."""
    out = []
    for f in cells:
        if any(c in f for c in ',"\\\n\r\t '):
            s, esc = [], False
            for ch in f:
                if ch == '\\':
                    esc = True
                    s.append(ch)
                    continue
                s.append('""' if ch == '"' and not esc else ch)
                esc = False
            out.append('"' + ''.join(s) + '"')
        else:
            out.append(f)
    return ','.join(out) + '\n'


def canonical_bytes(rows):
    t = ''.join(php_csv_row(r) for r in rows)
    return (b'' if t.isascii() else b'\xef\xbb\xbf') + t.encode('utf-8')


class Doc:
    def __init__(self):
        self.rows = []          # list of (row_no, line_no, cells[18])
        self.header = None
        self.kind = 'dd'
        self.findings = []
        self.fields = {}        # name -> (index in rows)
        self.raw_rows = []
        self.zip_names = None

    def add(self, rule, msg, row=None, col=None, field=None, severity=None, line=None):
        sev, conf, text, src = RULES[rule]
        f = dict(rule=rule, severity=severity or sev, confidence=conf, message=msg)
        if row is not None:
            f['row'] = row
            if col is not None:
                f['cell'] = f'{LETTER[col]}{row}'
                f['column'] = COLUMNS[col]
        if line is not None:
            f['line'] = line
        if field:
            f['field'] = field
        self.findings.append(f)


def decode(b, doc):
    bom = b[:3] == b'\xef\xbb\xbf'
    body = b[3:] if bom else b
    try:
        t = body.decode('utf-8')
    except UnicodeDecodeError as e:
        doc.add('F001', f'not UTF-8: byte 0x{body[e.start]:02x} at offset {e.start}')
        t = body.decode('cp1252', 'replace')
    ascii_ = body.isascii()
    if bom and ascii_:
        doc.add('F002', 'has a BOM though all text is ASCII')
    if not bom and not ascii_:
        doc.add('F002', 'has non-ASCII text but no BOM')
    if '\r' in t and '\n' not in t:
        doc.add('F003', 'line ends are CR only')
    return t, body


def read_rows(t, doc):
    """csv rows with physical line numbers; multi-line cells keep their first line."""
    out, start = [], 1
    rd = csv.reader(io.StringIO(t, newline=''), strict=True)
    try:
        for cells in rd:
            out.append((start, cells))
            start = rd.line_num + 1
    except csv.Error as e:
        doc.add('F010', f'CSV: {e}', line=rd.line_num)
        rd = csv.reader(io.StringIO(t, newline=''))
        out, start = [], 1
        try:
            for cells in rd:
                out.append((start, cells))
                start = rd.line_num + 1
        except csv.Error:
            pass
    return out


def load_csv(b, doc):
    t, body = decode(b, doc)
    rows = read_rows(t, doc)
    doc.raw_rows = [c for _, c in rows]
    if not rows:
        doc.add('F006', 'empty file')
        return doc
    try:
        same = canonical_bytes(doc.raw_rows) == b
    except UnicodeEncodeError:
        same = False
    if not same:
        doc.add('F011', 'not the bytes REDCap\'s own download would have')
    head = [h.strip() for h in rows[0][1]]
    while head and head[-1] == '':
        head.pop()
    doc.header = head
    if [h.lower() for h in head] == API_COLUMNS[:len(head)] and len(head) >= 4:
        doc.kind = 'api'
        doc.add('F008', 'API column names', row=1)
    elif head != COLUMNS:
        if [h.lower() for h in head] == [c.lower() for c in COLUMNS]:
            doc.add('F004', 'column names differ in case', row=1)
        elif head == COLUMNS[:len(head)] and len(head) >= 15:
            doc.add('F004', f'only the first {len(head)} of 18 columns (dictionary of an older REDCap)', row=1)
        else:
            bad = [(i, h) for i, h in enumerate(head) if i >= 18 or h != COLUMNS[i]]
            for i, h in bad[:18]:
                doc.add('F004', f'column {i + 1} is "{h[:60]}", expected "{COLUMNS[i] if i < 18 else "nothing"}"',
                        row=1, col=i if i < 18 else None)
            if len(head) < 18 and not bad:
                doc.add('F004', f'only {len(head)} columns', row=1)
    for n, (line, cells) in enumerate(rows[1:], start=2):
        if not any(c.strip() for c in cells):
            if n - 1 < len(rows) - 1 or cells:
                doc.add('F007', 'blank row', row=n, line=line)
            continue
        if len(cells) > 18 and any(c.strip() for c in cells[18:]):
            doc.add('F005', f'{len(cells)} cells', row=n, line=line)
        elif len(cells) < len(head):
            doc.add('F009', f'{len(cells)} cells, header has {len(head)}', row=n, line=line)
        doc.rows.append((n, line, (cells + [''] * 18)[:18]))
    if not doc.rows:
        doc.add('F006', 'no field rows')
    return doc


ZIP_FILES = {'instrument.csv', 'OriginID.txt', 'AuthorID.txt', 'InstrumentID.txt'}


def load_zip(b, doc):
    doc.kind = 'zip'
    try:
        z = zipfile.ZipFile(io.BytesIO(b))
    except zipfile.BadZipFile as e:
        doc.add('X001', f'not a zip: {e}')
        return doc
    names = [n for n in z.namelist() if not n.endswith('/')]
    doc.zip_names = names
    for n in names:
        if n.startswith('/') or '..' in n.split('/') or '\\' in n or ':' in n:
            doc.add('Z006', f'unsafe path {n!r}')
    if 'instrument.csv' not in names:
        doc.add('Z001', 'no instrument.csv' + (f' (found {[n for n in names if n.lower().endswith("instrument.csv")]})' if any(n.lower().endswith('instrument.csv') for n in names) else ''))
        return doc
    if 'OriginID.txt' not in names:
        doc.add('Z003', 'no OriginID.txt')
    load_csv(z.read('instrument.csv'), doc)
    if doc.kind == 'api':
        pass
    doc.kind = 'zip'
    types = {c[VAR].strip().lower(): c[TYPE] for _, _, c in doc.rows}
    for n in names:
        if n in ZIP_FILES:
            continue
        m = re.fullmatch(r'attachments/([^/]+)/[^/]+', n)
        if m:
            if types.get(m.group(1)) != 'descriptive':
                doc.add('Z005', f'{n}: no descriptive field "{m.group(1)}"')
        else:
            doc.add('Z004', n)
    forms = {c[FORM].strip() for _, _, c in doc.rows}
    if len(forms) > 1:
        doc.add('Z002', f'{len(forms)} form names: {sorted(forms)[:5]}')
    return doc


def load(path):
    doc = Doc()
    try:
        with open(path, 'rb') as file:
            b = file.read()
    except OSError as e:
        doc.add('X001', str(e))
        return doc
    if b[:4] == b'PK\x03\x04' or path.lower().endswith('.zip'):
        return load_zip(b, doc)
    load_csv(b, doc)
    if os.path.basename(path).lower().endswith('instrument.csv'):   # the payload of an instrument zip
        doc.kind = 'instrument'
    return doc
