"""Action tags, embedded and piped fields, and the record ID field."""

import re

from redcap_dictionary.check_logic import check_expr
from redcap_dictionary.choices import choice_codes
from redcap_dictionary.columns import (
    ACTION_TAGS, ANNOT, BRANCH, CHOICES, FORM, LABEL, MATRIX, NOTE, SECTION, TYPE, VALID, VAR)


_TAG = re.compile(r'(?<![A-Za-z0-9@._%+-])@([A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)*)(?![a-z0-9_.])')


def _balanced(s, i):
    """s[i] == '(' -> index after the matching ')', quotes respected; or None."""
    depth, j, q = 0, i, None
    while j < len(s):
        ch = s[j]
        if q:
            if ch == '\\':
                j += 1
            elif ch == q:
                q = None
        elif ch in '\'"':
            q = ch
        elif ch == '(':
            depth += 1
        elif ch == ')':
            depth -= 1
            if depth == 0:
                return j + 1
        j += 1
    return None


def split_args(s):
    out, depth, q, cur = [], 0, None, ''
    for i, ch in enumerate(s):
        if q:
            if ch == q and s[i - 1] != '\\':
                q = None
        elif ch in '\'"':
            q = ch
        elif ch in '([':
            depth += 1
        elif ch in ')]':
            depth -= 1
        elif ch == ',' and depth == 0:
            out.append(cur)
            cur = ''
            continue
        cur += ch
    out.append(cur)
    return out


def action_tags(s):
    """-> [(tag, argument text or None, kind '='|'('|None, error)]"""
    out = []
    pos = 0
    while True:
        m = _TAG.search(s, pos)
        if not m:
            return out
        tag, i = '@' + m.group(1), m.end()
        m2 = re.compile(r'\s*\(').match(s, i) if tag in ('@IF', '@CALCTEXT', '@CALCDATE') or s[i:i + 1] == '(' else None
        if m2:
            k = _balanced(s, m2.end() - 1)
            if k is None:
                out.append((tag, None, '(', 'parenthesis is not closed'))
                pos = i
                continue
            out.append((tag, s[m2.end():k - 1], '(', None))
            pos = k
            continue
        m3 = re.compile(r'\s*=\s*').match(s, i)
        if m3:
            j = m3.end()
            if j < len(s) and s[j] in '\'"':
                k = s.find(s[j], j + 1)
                if k < 0:
                    out.append((tag, None, '=', 'quote is not closed'))
                    pos = j
                    continue
                out.append((tag, s[j + 1:k], '=', None))
                pos = k + 1
            else:
                m4 = re.compile(r'[^\s]*').match(s, j)
                out.append((tag, m4.group(0), '=', None))
                pos = m4.end()
            continue
        out.append((tag, None, None, None))
        pos = i


def check_annotations(doc, external_ok):
    for n, line, c in doc.rows:
        s = c[ANNOT]
        if '@' not in s:
            continue
        v, t = c[VAR].strip().lower(), c[TYPE].strip()
        a = lambda rule, msg, **k: doc.add(rule, msg, row=n, col=ANNOT, field=v, line=line, **k)
        tags = action_tags(s)
        names = {x[0] for x in tags}
        for tag, arg, kind, err in tags:
            if tag not in ACTION_TAGS:
                a('R001', tag)
                continue
            if err:
                a('R002', f'{tag}: {err}')
                continue
            if tag == '@CALCTEXT':
                if kind != '(':
                    a('R002', '@CALCTEXT needs (...)')
                else:
                    ast, _ = check_expr(doc, arg, n, line, ANNOT, v, external_ok, '@CALCTEXT')
                    if ast:
                        doc.calctext[v] = ast
                    if t != 'text' and t != 'notes':
                        a('R003', f'@CALCTEXT on a {t} field')
            elif tag == '@CALCDATE':
                if kind != '(':
                    a('R002', '@CALCDATE needs (...)')
                else:
                    args = split_args(arg)
                    if len(args) != 3:
                        a('R002', f'@CALCDATE takes 3 arguments, {len(args)} given')
                    else:
                        for x in args[:2]:
                            check_expr(doc, x, n, line, ANNOT, v, external_ok, '@CALCDATE')
                        u = args[2].strip()
                        if not re.fullmatch(r'([\'"])[yMdhms]\1', u):
                            a('R002', f'@CALCDATE unit {u[:20]}')
                    if t != 'text' or not c[VALID].strip().startswith('date'):
                        a('R003', '@CALCDATE on a field without date validation')
            elif tag == '@IF':
                if kind != '(':
                    a('R002', '@IF needs (...)')
                else:
                    args = split_args(arg)
                    if len(args) != 3:
                        a('R002', f'@IF takes 3 arguments, {len(args)} given')
                    else:
                        check_expr(doc, args[0], n, line, ANNOT, v, external_ok, '@IF')
                    if re.search(r'@CALC(TEXT|DATE)', arg):
                        a('R003', '@CALCTEXT/@CALCDATE inside @IF')
            elif tag in ('@CHARLIMIT', '@WORDLIMIT', '@MAXCHECKED'):
                if kind != '=' or not re.fullmatch(r'\d+', arg or ''):
                    a('R002', f'{tag} needs =number')
            elif tag in ('@HIDECHOICE', '@SHOWCHOICE', '@NONEOFTHEABOVE', '@MAXCHOICE'):
                codes = choice_codes(c)
                if codes is None:
                    a('R003', f'{tag} on a {t} field')
                elif tag == '@NONEOFTHEABOVE' and t != 'checkbox':
                    a('R003', f'{tag} on a {t} field')
                elif tag != '@MAXCHOICE' and kind == '=' and arg and '[' not in arg:
                    for x in arg.split(','):
                        if x.strip() and x.strip() not in codes:
                            a('R004', f'{tag}: "{x.strip()[:40]}"')
            elif tag in ('@DEFAULT', '@SETVALUE', '@PREFILL'):
                if kind != '=':
                    a('R002', f'{tag} needs ="value"')
                else:
                    codes = choice_codes(c)
                    if codes and arg and '[' not in arg:
                        for x in arg.split(','):
                            if x.strip() not in codes:
                                a('R004', f'{tag}: "{x.strip()[:40]}"')
        if {'@CHARLIMIT', '@WORDLIMIT'} <= names:
            a('R003', '@CHARLIMIT and @WORDLIMIT together')


_EMBED = re.compile(r'\{([a-z][a-z0-9_]*)(:icons)?\}')
_PIPE = re.compile(r'\[([a-z][a-z0-9_]*)(\([^)\]]*\))?((?::[a-z-]+)*)\]')


def check_texts(doc, external_ok):
    where = {}
    for n, line, c in doc.rows:
        v = c[VAR].strip().lower()
        for col in (SECTION, LABEL, CHOICES, NOTE):
            s = c[col]
            if col == CHOICES and c[TYPE].strip() in ('calc', 'sql'):
                continue
            if '{' in s:
                for m in _EMBED.finditer(s):
                    x = m.group(1)
                    if x not in doc.fields:
                        doc.add('T001', f'{{{x}}}', row=n, col=col, field=v, line=line)
                        continue
                    if x in where and where[x] != (n, col):
                        doc.add('T003', f'{{{x}}} also in row {where[x][0]}', row=n, col=col, field=v, line=line)
                    where[x] = (n, col)
                    if doc.fields[x][FORM].strip() != c[FORM].strip():
                        doc.add('T003', f'{{{x}}} is on form {doc.fields[x][FORM]}', row=n, col=col, field=v, line=line)
            if '[' in s and not external_ok:
                for m in _PIPE.finditer(s):
                    x = m.group(1)
                    if x not in doc.fields and s[m.end():m.end() + 1] != '[' and not x.endswith('_complete'):
                        doc.add('T002', f'[{x}]', row=n, col=col, field=v, line=line)


def check_record_id(doc):
    if doc.kind in ('zip', 'instrument') or not doc.rows:
        if doc.kind == 'zip' and doc.rows and doc.rows[0][2][VAR].strip() in ('record_id', 'study_id'):
            doc.add('Z007', f'first field is {doc.rows[0][2][VAR].strip()}', row=doc.rows[0][0])
        return
    n, line, c = doc.rows[0]
    if c[TYPE].strip() != 'text':
        doc.add('S001', f'first field "{c[VAR].strip()}" is {c[TYPE].strip() or "untyped"}', row=n, col=TYPE, field=c[VAR].strip(), line=line)
    if c[BRANCH].strip() or c[MATRIX].strip() or '@CALC' in c[ANNOT]:
        doc.add('S002', f'record ID field "{c[VAR].strip()}"', row=n, col=BRANCH, field=c[VAR].strip(), line=line)
