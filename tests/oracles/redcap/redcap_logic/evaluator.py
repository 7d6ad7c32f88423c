"""Compiles a syntax tree to a Python function of an Env, once, which is called for every record.

If public sources leave a behaviour open, the documented interpretation is used if there is one, and a caveat is
recorded, so that "REDCap is known to give this" and "this depends on an undocumented rule" can be distinguished.
"""

import math

from redcap_logic.functions import FUNCTIONS, unsupported
from redcap_logic.values import is_blank, to_number, to_text, to_truth

WORDS = {'true': True, 'false': False, 'nan': None, 'null': None}


class Argument:
    """One argument of a function: its syntax tree, and the function that evaluates it."""
    __slots__ = ('tree', 'value')

    def __init__(self, tree):
        while tree[0] == 'paren':
            tree = tree[1]
        self.tree, self.value = tree, build(tree)

    @property
    def field(self):
        """The name of the field, if the argument is only a field."""
        return self.tree[1].field if self.tree[0] == 'ref' else None

    @property
    def is_arithmetic(self):
        return self.tree[0] in ('bin', 'neg')


def evaluate(tree, env):
    return build(tree)(env)


def build(tree):
    """-> f(env) -> text, number, true/false or None"""
    return BUILDERS[tree[0]](*tree[1:])


def _constant(value):
    return lambda env: value


def _ref(ref):
    return lambda env: env.lookup(ref, env)


def _neg(tree):
    f = build(tree)

    def run(env):
        n = to_number(f(env), env, True)
        return None if n is None else -n
    return run


def _not(tree):
    f = build(tree)

    def run(env):
        env.caveats.add('unary-not')
        return not to_truth(f(env), env)
    return run


def _and(left, right):
    f, g = build(left), build(right)

    def run(env):
        a, b = to_truth(f(env), env), to_truth(g(env), env)
        return a and b
    return run


def _or(left, right):
    f, g = build(left), build(right)

    def run(env):
        a, b = to_truth(f(env), env), to_truth(g(env), env)
        return a or b
    return run


def _call(name, trees):
    args = [Argument(t) for t in trees]
    if name == 'if':
        condition, yes, no = (a.value for a in args)
        return lambda env: yes(env) if to_truth(condition(env), env) else no(env)
    function = FUNCTIONS.get(name, unsupported)
    return lambda env: function(args, env)


def _divide(a, b, env):
    if b == 0:
        env.caveats.add('division-by-zero')
        return None
    return a / b


def _percent(a, b, env):
    env.caveats.add('percent')
    return math.fmod(a, b) if b else None


def _power(a, b, env):
    r = a ** b
    return None if isinstance(r, complex) else r


OPERATORS = {
    '+': lambda a, b, env: a + b,
    '-': lambda a, b, env: a - b,
    '*': lambda a, b, env: a * b,
    '/': _divide,
    '%': _percent,
    '^': _power,
}


def _bin(op, left, right):
    f, g, operate = build(left), build(right), OPERATORS[op]

    def run(env):
        a = to_number(f(env), env, True)
        b = to_number(g(env), env, True)
        if a is None or b is None:
            return None
        try:
            return operate(a, b, env)
        except (OverflowError, ZeroDivisionError, ValueError):
            return None
    return run


def _cmp(op, left, right):
    f, g = build(left), build(right)
    if op in ('=', '<>'):
        literal = ('num', 'paren', 'neg')
        bare = left[0] in literal, right[0] in literal

        def run(env):
            r = _equal(f(env), g(env), *bare, env)
            return r if op == '=' else not r
        return run
    order = {'<': lambda a, b: a < b, '<=': lambda a, b: a <= b, '>': lambda a, b: a > b, '>=': lambda a, b: a >= b}[op]
    return lambda env: order(*_ordered(f(env), g(env), env))


def _equal(a, b, a_literal, b_literal, env):
    na, nb = to_number(a, env), to_number(b, env)
    if na is not None and nb is not None:
        return na == nb
    if not (is_blank(a) or is_blank(b)):
        return to_text(a) == to_text(b)
    if is_blank(a) and is_blank(b):
        return True
    other, literal = (b, b_literal) if is_blank(a) else (a, a_literal)
    if literal and not isinstance(other, str) and to_number(other, env) == 0:
        env.caveats.add('blank-vs-unquoted-zero')
        return env.blank_equals_zero
    return False


def _ordered(a, b, env):
    """The two sides of < <= > >= as two numbers, or two texts; (nan, nan) makes every comparison false."""
    na, nb = to_number(a, env), to_number(b, env)
    if na is not None and nb is not None:
        return na, nb
    if is_blank(a) or is_blank(b) or a in env.missing_codes or b in env.missing_codes:
        env.caveats.add('order-compare-with-blank')
        return (na or 0.0, nb or 0.0) if env.blank_orders_as_zero else (math.nan, math.nan)
    env.caveats.add('string-order-compare')
    return to_text(a), to_text(b)


BUILDERS = {
    'num': lambda text: _constant(float(text)),
    'str': _constant,
    'word': lambda word: _constant(WORDS.get(word, word)),
    'paren': build,
    'ref': _ref,
    'neg': _neg,
    'not': _not,
    'and': _and,
    'or': _or,
    'cmp': _cmp,
    'bin': _bin,
    'call': _call,
}
