"""Calculations and branching logic: syntax, references, codes, cycles."""

import re

import redcap_logic as L
from redcap_dictionary.choices import choice_codes
from redcap_dictionary.columns import ANNOT, BRANCH, CHOICES, FORM, TYPE, VAR
from redcap_dictionary.rules import RULES



def _ast_text(e):
    """True if the expression can only give text."""
    if e[0] == 'paren':
        return _ast_text(e[1])
    if e[0] == 'str':
        return e[1] != '' and not L.NUMERIC.match(e[1]) and e[1].lower() != 'nan'
    if e[0] == 'call' and e[1] == 'if' and len(e[2]) == 3:
        return _ast_text(e[2][1]) or _ast_text(e[2][2])
    if e[0] == 'call':
        return e[1] in L.TEXT_FUNCTIONS
    return False


def _walk(e, fn):
    fn(e)
    for x in e[1:]:
        if isinstance(x, tuple):
            _walk(x, fn)
        elif isinstance(x, list):
            for y in x:
                if isinstance(y, tuple):
                    _walk(y, fn)


def _strip_parens(e):
    while e[0] == 'paren':
        e = e[1]
    return e


def check_expr(doc, text, n, line, col, owner, external_ok, what):
    """Parse one expression; report; -> (ast, parser), or (None, None) if it cannot be evaluated."""
    def a(rule, msg, **k):
        if col == ANNOT and RULES[rule][0] == 'error':      # action tags are not checked on upload
            k['severity'] = 'warning'
        doc.add(rule, msg, row=n, col=col, field=owner, line=line, **k)
    try:
        ast, p = L.parse(text)
    except L.LogicError as e:
        a('K001', f'{what}: {e}')
        return None, None
    except RecursionError:
        a('K001', f'{what}: nested too deeply')
        return None, None
    calls = L.check_calls(p)
    for sev, msg in calls:
        a('K004' if sev == 'error' else 'K011', f'{what}: {msg}')
    for note in sorted(p.notes):
        if note == 'pow-without-parens':
            a('K007', what)
        elif note == 'legacy-function':
            a('K011', f'{what}: Math.* constant')
        elif note in ('unary-not', 'percent', 'chained-comparison', 'double-equals'):
            a('K011', f'{what}: {note}')
    done = set()
    for r in p.refs:
        key = (r.field, r.code, r.event, r.instance, r.smart)
        if key in done:
            continue
        done.add(key)
        if r.smart and not r.field:
            if r.smart not in L.SMART_VARIABLES:
                a('K002', f'{what}: unknown smart variable [{r.smart}]')
            else:
                a('K012', f'{what}: [{r.smart}]')
            continue
        f = doc.fields.get(r.field)
        if r.event or r.instance:
            a('K012', f'{what}: {"".join("[" + x + "]" for x in r.parts)}')
        if f is None:
            m = re.fullmatch(r'(.+)_complete', r.field or '')
            if m and any(re.sub(r'[^a-z0-9_]', '_', c[FORM].strip().lower()) == m.group(1) for _, _, c in doc.rows):
                continue
            a('K002', f'{what}: [{r.field}]' + (' (may exist in the project the instrument goes into)' if external_ok else ''),
              **({'severity': 'warning'} if external_ok else {}))
            continue
        t = f[TYPE].strip()
        codes = choice_codes(f)
        if r.code is not None:
            if t != 'checkbox':
                a('K003', f'{what}: [{r.field}({r.code})] but {r.field} is {t}')
            elif r.code not in (codes or []):
                a('K010', f'{what}: {r.field} has no code "{r.code}"')
        elif t == 'checkbox' and not r.modifiers:
            a('K003', f'{what}: [{r.field}] is a checkbox; needs ({"code"})')
        elif t == 'descriptive':
            a('K003', f'{what}: [{r.field}] is descriptive and has no value')
    notes = set()

    def visit(e):
        if e[0] != 'cmp':
            return
        l, r = _strip_parens(e[2]), _strip_parens(e[3])
        for x, y in ((l, r), (r, l)):
            if x[0] != 'ref' or x[1].field is None or x[1].field not in doc.fields:
                continue
            f = doc.fields[x[1].field]
            if e[1] in ('=', '<>') and y[0] == 'num' and float(y[1]) == 0 and x[1].code is None and f[TYPE].strip() != 'checkbox':
                notes.add(('K009', f'{what}: [{x[1].field}] {e[1]} {y[1]}'))
            codes = choice_codes(f)
            if e[1] in ('=', '<>') and y[0] in ('num', 'str') and codes and not x[1].modifiers and f[TYPE].strip() != 'checkbox':
                yv = y[1]
                if yv != '' and yv.lower() != 'nan' and yv not in codes and not any(
                        L.NUMERIC.match(k) and L.NUMERIC.match(yv) and float(k) == float(yv) for k in codes):
                    notes.add(('K010', f'{what}: [{x[1].field}] is never "{yv[:40]}"'))
            if x[1].code is not None and e[1] in ('=', '<>') and y[0] in ('num', 'str') and y[1] not in ('0', '1', ''):
                notes.add(('K010', f'{what}: [{x[1].field}({x[1].code})] is 0 or 1, never "{y[1][:40]}"'))
    _walk(ast, visit)
    for rule, msg in sorted(notes):
        a(rule, msg)
    if any(sev == 'error' for sev, _ in calls):
        return None, None
    return ast, p


def check_logic(doc, external_ok):
    deps = {}
    doc.calcs, doc.branching, doc.calctext = {}, {}, {}
    for n, line, c in doc.rows:
        v = c[VAR].strip().lower()
        t = c[TYPE].strip()
        if t == 'calc' and c[CHOICES].strip():
            ast, p = check_expr(doc, c[CHOICES], n, line, CHOICES, v, external_ok, 'calculation')
            if ast:
                doc.calcs[v] = ast
                names = {r.field for r in p.refs if r.field and not r.event and not r.instance}
                deps[v] = names
                if v in names:
                    doc.add('K005', 'calculation refers to itself', row=n, col=CHOICES, field=v, line=line)
                others = sorted(x for x in names if x != v and x in doc.fields and doc.fields[x][TYPE].strip() == 'calc')
                if others:
                    doc.add('K013', f'uses calc {", ".join(others[:5])}', row=n, col=CHOICES, field=v, line=line, severity='info')
                if _ast_text(ast):
                    doc.add('K008', 'the calculation gives text', row=n, col=CHOICES, field=v, line=line)
        if c[BRANCH].strip():
            ast, p = check_expr(doc, c[BRANCH], n, line, BRANCH, v, external_ok, 'branching logic')
            if ast:
                doc.branching[v] = ast
                if any(r.field == v and not r.event and not r.instance for r in p.refs):
                    doc.add('K005', 'branching logic refers to its own field', row=n, col=BRANCH, field=v, line=line)
    # cycles
    state = {}

    def dfs(x, path):
        state[x] = 1
        for y in deps.get(x, ()):
            if y == x or y not in deps:
                continue
            if state.get(y) == 1:
                cyc = path[path.index(y):] + [y] if y in path else [x, y]
                row = next((n for n, _, c in doc.rows if c[VAR].strip().lower() == x), None)
                doc.add('K006', ' -> '.join(cyc), row=row, col=CHOICES, field=x)
            elif state.get(y) is None:
                dfs(y, path + [y])
        state[x] = 2
    for x in list(deps):
        if state.get(x) is None:
            dfs(x, [x])
