"""Names, forms, types, choices, flags, validation and matrices."""

import re

from redcap_dictionary.choices import checkbox_export_name, split_choices
from redcap_dictionary.columns import (
    ALIGN, ALIGNMENTS, CHOICE_TYPES, CHOICES, FIELD_TYPES, FORM, IDENT, LABEL, LEGACY_VALIDATIONS, MATRIX, RANK, REQUIRED,
    RESERVED_JS, RESERVED_SYSTEM, SECTION, TYPE, VALID, VALIDATIONS, VAR, VMAX, VMIN)


_NAME_OK = re.compile(r'^[a-z][a-z0-9_]*$')


def check_names(doc):
    seen, forms_done, cur = {}, [], None
    auto = set()
    for _, _, c in doc.rows:
        f = re.sub(r'[^a-z0-9_]', '_', c[FORM].strip().lower())
        if f:
            auto |= {f + '_complete', f + '_timestamp'}
    for n, line, c in doc.rows:
        v = c[VAR].strip()
        a = lambda rule, msg, col=VAR, **k: doc.add(rule, msg, row=n, col=col, field=v or None, line=line, **k)
        if not v:
            a('A001', 'variable name is missing')
        else:
            low = v.lower()
            if low in seen:
                a('A002', f'"{v}" already used in row {seen[low]}')
            else:
                seen[low] = n
                doc.fields[low] = c
            if not _NAME_OK.match(low):
                if re.search(r'[^a-z0-9_]', low):
                    a('A003', f'"{v}"')
                if not re.match(r'[a-z]', low):
                    a('A004', f'"{v}"')
            elif v != low:
                a('A011', f'"{v}" -> "{low}"')
            if low.endswith('_') or '__' in low:
                a('A005', f'"{v}"')
            if len(v) > 100:
                a('A006', f'{len(v)} characters')
            elif len(v) > 26:
                a('A007', f'{len(v)} characters')
            if low in RESERVED_SYSTEM:
                a('A008', f'"{v}" is a REDCap system column')
            elif low in RESERVED_JS:
                a('A008', f'"{v}" is reserved', severity='error' if low not in ('catch', 'throw') else 'warning')
            if low in auto:
                a('A009', f'"{v}"')
        f = c[FORM].strip()
        if not f:
            a('B001', 'form name is missing', FORM)
        else:
            if not _NAME_OK.match(f) or '__' in f or f.endswith('_'):
                a('B003', f'"{f[:80]}"', FORM)
            if len(f) > 64:
                a('B004', f'{len(f)} characters', FORM)
            if f != cur:
                if f in forms_done:
                    a('B002', f'"{f}" occurs again after another form', FORM)
                forms_done.append(f)
                cur = f


def check_types(doc):
    for n, line, c in doc.rows:
        v = c[VAR].strip()
        a = lambda rule, msg, col=TYPE, **k: doc.add(rule, msg, row=n, col=col, field=v or None, line=line, **k)
        t = c[TYPE].strip()
        if t not in FIELD_TYPES:
            a('D001', f'"{t}"' if t else 'field type is missing')
            continue
        if t == 'sql':
            a('D002', 'sql field')
        if not c[LABEL].strip():
            a('E001', 'empty field label', LABEL)
        ch = c[CHOICES].strip()
        if t in CHOICE_TYPES:
            if not ch:
                a('G101', f'{t} field without choices', CHOICES)
            else:
                codes = {}
                for code, label, raw in split_choices(c[CHOICES]):
                    if not raw:
                        a('G106', 'empty choice', CHOICES)
                        continue
                    if ',' not in raw:
                        a('G103', f'"{raw[:60]}"', CHOICES)
                    if code == '':
                        a('G112', f'"{raw[:60]}"', CHOICES)
                        continue
                    if ',' in raw and label == '':
                        a('G107', f'"{raw[:60]}"', CHOICES)
                    if code in codes:
                        a('G104', f'code "{code[:40]}"', CHOICES)
                    codes[code] = 1
                    if not re.fullmatch(r'[A-Za-z0-9._-]+', code) and ',' in raw:
                        a('G105', f'code "{code[:40]}"', CHOICES)
                if t == 'checkbox':
                    names = {}
                    for code in codes:
                        x = checkbox_export_name(v, code)
                        if x in names:
                            a('A010', f'codes "{names[x]}" and "{code}" both give {x}', CHOICES)
                        names[x] = code
        elif t == 'calc':
            if not ch:
                a('G102', 'calc field without a calculation', CHOICES)
        elif t in ('yesno', 'truefalse'):
            std = {'yesno': '1,yes|0,no', 'truefalse': '1,true|0,false'}[t]
            if ch and re.sub(r'\s*([,|])\s*', r'\1', ch.lower()) != std:
                a('G108', f'"{ch[:60]}"', CHOICES)
        elif t == 'slider':
            if ch and len(ch.split('|')) > 3:
                a('G110', f'{len(ch.split("|"))} labels', CHOICES)
        elif t == 'text':
            if ch and not re.match(r'^[A-Za-z0-9_. -]+:[^\s]', ch):
                a('G109', f'"{ch[:60]}"', CHOICES)
        elif t in ('notes', 'file', 'descriptive') and ch:
            a('G111', f'{t}: "{ch[:60]}"', CHOICES)
        if c[IDENT].strip() not in ('', 'y'):
            a('J001', f'"{c[IDENT].strip()[:20]}"', IDENT, **({'severity': 'warning'} if c[IDENT].strip() == 'Y' else {}))
        if c[REQUIRED].strip() not in ('', 'y'):
            a('M001', f'"{c[REQUIRED].strip()[:20]}"', REQUIRED, **({'severity': 'warning'} if c[REQUIRED].strip() == 'Y' else {}))
        elif c[REQUIRED].strip() == 'y' and t in ('descriptive', 'calc'):
            a('M002', t, REQUIRED)
        if c[ALIGN].strip() not in ALIGNMENTS:
            a('N001', f'"{c[ALIGN].strip()[:20]}"', ALIGN)
        check_validation(doc, n, line, c, a)


_NUMV = re.compile(r'^(integer|int|number|float|number_.*)$')


def _value_ok(val, x):
    """Does x fit validation val?  None = unknown."""
    x = x.strip()
    if x.startswith('[') or x.lower() in ('today', 'now') or x == '':
        return None
    if val in ('integer', 'int'):
        return re.fullmatch(r'-?\d+', x) is not None
    if val in ('number', 'float') or re.fullmatch(r'number_\d+dp', val):
        return re.fullmatch(r'[-+]?(\d+(\.\d*)?|\.\d+)', x) is not None
    if val.endswith('comma_decimal'):
        return re.fullmatch(r'[-+]?(\d+(,\d*)?|,\d+)', x) is not None
    d = r'\d{4}-\d{2}-\d{2}'
    if val.startswith('date_'):
        return re.fullmatch(d, x) is not None
    if val.startswith('datetime_seconds'):
        return re.fullmatch(d + r' \d{2}:\d{2}:\d{2}', x) is not None
    if val.startswith('datetime_'):
        return re.fullmatch(d + r' \d{2}:\d{2}', x) is not None
    if val == 'time':
        return re.fullmatch(r'\d{1,2}:\d{2}', x) is not None
    if val == 'time_hh_mm_ss':
        return re.fullmatch(r'\d{1,2}:\d{2}:\d{2}', x) is not None
    if val == 'time_mm_ss':
        return re.fullmatch(r'\d{1,2}:\d{2}', x) is not None
    return None


def check_validation(doc, n, line, c, a):
    t, val = c[TYPE].strip(), c[VALID].strip()
    lo, hi = c[VMIN].strip(), c[VMAX].strip()
    if val:
        allowed = {'text': None, 'slider': {'number'}, 'file': {'signature'},
                   'dropdown': {'autocomplete'}, 'sql': {'autocomplete'}}
        if t not in allowed:
            a('H002', f'{t} field with "{val}"', VALID)
        elif allowed[t] is not None and val not in allowed[t]:
            a('H002', f'{t} field with "{val}"', VALID)
        elif t == 'text':
            if val in LEGACY_VALIDATIONS:
                a('H003', f'"{val}" is now {LEGACY_VALIDATIONS[val]}', VALID)
            elif val not in VALIDATIONS:
                a('H001', f'"{val}"', VALID)
    if lo or hi:
        if t == 'slider':
            ok = True
            for x, col in ((lo, VMIN), (hi, VMAX)):
                if x and _value_ok('integer', x) is False:
                    a('I002', f'slider limit "{x[:30]}"', col)
        elif t != 'text' or not val:
            a('I001', f'{t} field without validation has min "{lo[:20]}" max "{hi[:20]}"', VMIN if lo else VMAX)
        else:
            v2 = LEGACY_VALIDATIONS.get(val, val)
            oks = []
            for x, col in ((lo, VMIN), (hi, VMAX)):
                if x:
                    ok = _value_ok(v2, x)
                    oks.append(ok)
                    if ok is False:
                        a('I002', f'"{x[:30]}" for {val}', col)
            if lo and hi and oks == [True, True]:
                if _NUMV.match(v2):
                    bad = float(lo.replace(',', '.')) > float(hi.replace(',', '.'))
                else:
                    bad = lo > hi
                if bad:
                    a('I003', f'{lo} > {hi}', VMIN)


def check_matrix(doc):
    groups, prev = {}, ''
    for i, (n, line, c) in enumerate(doc.rows):
        g = c[MATRIX].strip()
        v = c[VAR].strip()
        a = lambda rule, msg, col=MATRIX, **k: doc.add(rule, msg, row=n, col=col, field=v or None, line=line, **k)
        rk = c[RANK].strip()
        if rk not in ('', 'y'):
            a('Q001', f'"{rk[:20]}"', RANK, **({'severity': 'warning'} if rk == 'Y' else {}))
        if not g:
            if rk == 'y':
                a('Q002', 'ranking without a matrix group', RANK)
            prev = ''
            continue
        if not re.fullmatch(r'[a-z0-9_]+', g):
            a('P001', f'"{g[:60]}"')
        t = c[TYPE].strip()
        if t not in ('radio', 'checkbox'):
            a('P002', f'{t} field in matrix "{g}"', TYPE)
        elif rk == 'y' and t != 'radio':
            a('Q002', 'ranking on a checkbox matrix', RANK)
        norm = [(x, y) for x, y, raw in split_choices(c[CHOICES]) if raw]
        first = groups.get(g)
        if first is None:
            groups[g] = (n, c, norm)
        else:
            n0, c0, norm0 = first
            if g != prev:
                a('P004', f'matrix "{g}" started in row {n0} and continues here')
            if c0[FORM].strip() != c[FORM].strip():
                a('P004', f'matrix "{g}" is on forms "{c0[FORM]}" and "{c[FORM]}"')
            if t in ('radio', 'checkbox') and t != c0[TYPE].strip():
                a('P005', f'"{g}": {c0[TYPE].strip()} and {t}', TYPE)
            if norm != norm0:
                a('P003', f'"{g}": choices differ from row {n0}', CHOICES)
            if c[SECTION].strip():
                a('P006', f'"{g}"', SECTION)
            if rk != c0[RANK].strip():
                a('Q003', f'"{g}"', RANK)
        prev = g
