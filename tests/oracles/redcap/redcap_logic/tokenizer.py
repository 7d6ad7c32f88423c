"""Splits a REDCap expression into tokens: (kind, text, position)."""

import re


class LogicError(ValueError):
    def __init__(self, msg, pos=None):
        super().__init__(msg if pos is None else f'{msg} (at character {pos + 1})')
        self.pos = pos


_WS = re.compile(r'[\s\u00a0]+')
_NUM = re.compile(r'(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?')
_IDENT = re.compile(r'[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?')
_OPS = ['<>', '!=', '<=', '>=', '==', '&&', '||', '=', '<', '>', '+', '-', '*', '/', '^', '%', '(', ')', ',', '!']


def tokenize(s):
    toks, i, n = [], 0, len(s)
    while i < n:
        m = _WS.match(s, i)
        if m:
            i = m.end()
            continue
        c = s[i]
        if s.startswith('//', i) or (c == '#' and (i == 0 or s[i - 1] in '\r\n')):
            j = i
            while j < n and s[j] not in '\r\n':
                j += 1
            i = j
            continue
        if s.startswith('/*', i):
            j = s.find('*/', i)
            if j < 0:
                raise LogicError('comment is not closed', i)
            i = j + 2
            continue
        if c == '[':
            j = s.find(']', i)
            if j < 0:
                raise LogicError('"[" is not closed', i)
            inner = s[i + 1:j]
            if '[' in inner:
                raise LogicError('"[" inside "[...]"', i + 1 + inner.index('['))
            toks.append(('ref', inner, i))
            i = j + 1
            continue
        if c == ']':
            raise LogicError('"]" without "["', i)
        if c in '\'"':
            j, buf = i + 1, []
            while j < n and s[j] != c:
                if s[j] == '\\' and j + 1 < n and s[j + 1] in '\'"\\':
                    buf.append(s[j + 1])
                    j += 2
                    continue
                buf.append(s[j])
                j += 1
            if j >= n:
                raise LogicError('text in quotes is not closed', i)
            toks.append(('str', ''.join(buf), i))
            i = j + 1
            continue
        m = _NUM.match(s, i)
        if m:
            toks.append(('num', m.group(0), i))
            i = m.end()
            continue
        m = _IDENT.match(s, i)
        if m:
            toks.append(('id', m.group(0), i))
            i = m.end()
            continue
        for op in _OPS:
            if s.startswith(op, i):
                toks.append(('op', op, i))
                i += len(op)
                break
        else:
            raise LogicError(f'unexpected character {c!r}', i)
    toks.append(('end', '', n))
    return toks
