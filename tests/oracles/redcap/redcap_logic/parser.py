"""Parses a REDCap expression into a tree of tuples: ('num', text), ('call', name, [args]), ..."""

import math
import re

from redcap_logic.tokenizer import LogicError, tokenize
from redcap_logic.vocabulary import BARE_WORDS, EVENT_SMART, FUNCTIONS, INSTANCE_SMART, LEGACY_FUNCTIONS, SMART_VARIABLES

_REF_FIELD = re.compile(r'^\s*([A-Za-z0-9_]+)\s*(?:\(([^()]*)\))?\s*((?::[^:\]]*)*)\s*$')


class Ref:
    """One reference: field name, checkbox code, event, instance, modifiers."""
    __slots__ = ('parts', 'field', 'code', 'event', 'instance', 'modifiers', 'smart', 'pos')

    def __init__(self, parts, pos):
        self.parts, self.pos = parts, pos
        self.field = self.code = self.event = self.instance = self.smart = None
        self.modifiers = []
        fields = []
        for p in parts:
            base = p.split(':')[0].strip().lower()
            if base in INSTANCE_SMART or re.fullmatch(r'\d+', base):
                self.instance = base
            elif base in EVENT_SMART and len(parts) > 1:
                self.event = base
            elif base in SMART_VARIABLES or ('-' in base and re.fullmatch(r'[a-z0-9-]+', base)):
                self.smart = base
            else:
                fields.append(p)
        if len(fields) == 2:
            self.event = fields[0].strip()
            fields = fields[1:]
        elif len(fields) > 2:
            raise LogicError('too many bracketed parts in one reference', pos)
        if fields:
            m = _REF_FIELD.match(fields[0])
            if not m:
                raise LogicError(f'malformed reference [{fields[0]}]', pos)
            self.field = m.group(1).lower()
            self.code = m.group(2).strip() if m.group(2) is not None else None
            self.modifiers = [x for x in m.group(3).split(':') if x]
            if self.code == '' or (m.group(2) is not None and self.code is None):
                raise LogicError(f'empty checkbox code in [{fields[0]}]', pos)
        elif self.instance and not self.smart:
            if re.fullmatch(r'\d+', self.instance):
                raise LogicError(f'malformed reference [{self.instance}]', pos)
            self.smart, self.instance = self.instance, None
        elif self.event and not self.smart:
            self.smart, self.event = self.event, None


class Parser:
    def __init__(self, text):
        self.text = text
        self.toks = tokenize(text)
        self.i = 0
        self.notes = set()
        self.refs = []
        self.calls = []

    def peek(self):
        return self.toks[self.i]

    def next(self):
        t = self.toks[self.i]
        self.i += 1
        return t

    def is_op(self, *ops):
        t = self.peek()
        return t[0] == 'op' and t[1] in ops

    def is_word(self, *words):
        t = self.peek()
        return t[0] == 'id' and t[1].lower() in words

    def expect(self, op):
        t = self.next()
        if t[0] != 'op' or t[1] != op:
            what = 'end of expression' if t[0] == 'end' else repr(t[1])
            raise LogicError(f'expected "{op}", found {what}', t[2])

    def parse(self):
        if self.peek()[0] == 'end':
            raise LogicError('empty expression', 0)
        e = self.p_or()
        t = self.peek()
        if t[0] != 'end':
            raise LogicError(f'unexpected {t[1]!r}', t[2])
        return e

    def p_or(self):
        e = self.p_and()
        while self.is_word('or') or self.is_op('||'):
            self.next()
            e = ('or', e, self.p_and())
        return e

    def p_and(self):
        e = self.p_not()
        while self.is_word('and') or self.is_op('&&'):
            self.next()
            e = ('and', e, self.p_not())
        return e

    def p_not(self):
        if self.is_word('not') or self.is_op('!'):
            self.next()
            self.notes.add('unary-not')
            return ('not', self.p_not())
        return self.p_cmp()

    def p_cmp(self):
        e = self.p_add()
        n = 0
        while self.is_op('=', '==', '<>', '!=', '<', '<=', '>', '>='):
            op = self.next()[1]
            n += 1
            if n > 1:
                self.notes.add('chained-comparison')
            if op == '==':
                self.notes.add('double-equals')
            op = {'==': '=', '!=': '<>'}.get(op, op)
            e = ('cmp', op, e, self.p_add())
        return e

    def p_add(self):
        e = self.p_mul()
        while self.is_op('+', '-'):
            op = self.next()[1]
            e = ('bin', op, e, self.p_mul())
        return e

    def p_mul(self):
        e = self.p_unary()
        while self.is_op('*', '/', '%'):
            op = self.next()[1]
            if op == '%':
                self.notes.add('percent')
            e = ('bin', op, e, self.p_unary())
        return e

    def p_unary(self):
        if self.is_op('-', '+'):
            op = self.next()[1]
            e = self.p_unary()
            return ('neg', e) if op == '-' else e
        return self.p_pow()

    def p_pow(self):
        start = self.peek()
        e = self.p_primary()
        if self.is_op('^'):
            self.next()
            if not (start[0] == 'op' and start[1] == '('):
                self.notes.add('pow-without-parens')
            return ('bin', '^', e, self.p_unary())
        return e

    def p_primary(self):
        kind, val, pos = self.next()
        if kind == 'num':
            return ('num', val)
        if kind == 'str':
            return ('str', val)
        if kind == 'ref':
            parts = [val]
            end = pos + len(val) + 2
            while self.peek()[0] == 'ref' and self.peek()[2] == end:
                t = self.next()
                parts.append(t[1])
                end = t[2] + len(t[1]) + 2
            r = Ref(parts, pos)
            self.refs.append(r)
            return ('ref', r)
        if kind == 'op' and val == '(':
            e = self.p_or()
            self.expect(')')
            return ('paren', e)
        if kind == 'id':
            low = val.lower()
            if self.is_op('('):
                self.next()
                args = []
                if not self.is_op(')'):
                    args.append(self.p_or())
                    while self.is_op(','):
                        self.next()
                        if self.is_op(')', ','):
                            raise LogicError(f'empty argument in {low}()', self.peek()[2])
                        args.append(self.p_or())
                self.expect(')')
                self.calls.append((low, len(args), pos))
                return ('call', low, args)
            if low in BARE_WORDS:
                return ('word', low)
            if low in ('math.pi', 'math.e'):
                self.notes.add('legacy-function')
                return ('num', repr(math.pi if low == 'math.pi' else math.e))
            raise LogicError(f'unknown word {val!r} (texts need quotes, fields need brackets)', pos)
        what = 'end of expression' if kind == 'end' else repr(val)
        raise LogicError(f'unexpected {what}', pos)


def parse(text):
    """-> (ast, Parser).  Raises LogicError."""
    p = Parser(text)
    return p.parse(), p


def check_calls(parser):
    """Unknown functions and wrong argument counts -> [(severity, message)]."""
    out = []
    for name, n, pos in parser.calls:
        if name in FUNCTIONS:
            lo, hi = FUNCTIONS[name]
            if n < lo or (hi is not None and n > hi):
                want = f'{lo}' if hi == lo else f'{lo} or more' if hi is None else f'{lo} to {hi}'
                out.append(('error', f'{name}() takes {want} arguments, {n} given (at character {pos + 1})'))
        elif name in LEGACY_FUNCTIONS:
            out.append(('warning', f'{name}() is a JavaScript function documented only for old REDCap versions'))
        else:
            out.append(('error', f'unknown function {name}() (at character {pos + 1})'))
    return out


def ast_json(e):
    if e[0] == 'ref':
        r = e[1]
        return {k: v for k, v in dict(ref=r.field, code=r.code, event=r.event, instance=r.instance,
                                      smart=r.smart, modifiers=r.modifiers or None).items() if v is not None}
    if e[0] in ('num', 'str', 'word'):
        return {e[0]: e[1]}
    if e[0] == 'call':
        return {'call': e[1], 'args': [ast_json(a) for a in e[2]]}
    if e[0] == 'cmp':
        return {'cmp': e[1], 'args': [ast_json(e[2]), ast_json(e[3])]}
    if e[0] == 'bin':
        return {'op': e[1], 'args': [ast_json(e[2]), ast_json(e[3])]}
    return {e[0]: [ast_json(x) for x in e[1:]]}
