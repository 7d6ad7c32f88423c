"""REDCap's functions, except if(): name -> f(args, env). The parser checks the number of arguments."""

import math
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from redcap_logic.dates import DATE_FUNCTIONS
from redcap_logic.values import is_blank, to_number, to_text


def unsupported(args, env):
    env.caveats.add('unsupported-function')


# ------------------------------------------------------------- over many values
def _numbers(args, env):
    """The values that are not blank; None if, in the interpretation used, a blank term makes the result blank."""
    out = []
    for a in args:
        n = to_number(a.value(env), env)
        if n is not None:
            out.append(n)
        elif a.is_arithmetic:
            env.caveats.add('blank-expression-in-aggregate')
            if env.nan_poisons:
                return None
    return out


def _aggregate(of):
    def function(args, env):
        xs = _numbers(args, env)
        return of(xs) if xs else None
    return function


def _sum(args, env):
    xs = _numbers(args, env)
    if xs is None:
        return None
    if not xs:
        env.caveats.add('sum-all-blank')
        return env.sum_all_blank
    return math.fsum(xs)


def _median(xs):
    s, h = sorted(xs), len(xs) // 2
    return s[h] if len(s) % 2 else (s[h - 1] + s[h]) / 2


def _stdev(args, env):
    xs = _numbers(args, env)
    if not xs:
        return None
    env.caveats.add('stdev-kind')
    if len(xs) == 1:
        env.caveats.add('stdev-one-value')
        return 0.0 if env.stdev == 'population' else None
    m = math.fsum(xs) / len(xs)
    return math.sqrt(math.fsum((x - m) ** 2 for x in xs) / (len(xs) - (1 if env.stdev == 'sample' else 0)))


# -------------------------------------------------------------------- of a number
def _of_number(of, legacy=False):
    """A function of one number. It gives blank for a blank value, and if `of` is undefined."""
    def function(args, env):
        if legacy:
            env.caveats.add('legacy-function')
        x = to_number(args[0].value(env), env, True)
        try:
            return None if x is None else of(x)
        except (OverflowError, ValueError):
            return None
    return function


def _legacy(function):
    def legacy(args, env):
        env.caveats.add('legacy-function')
        return function(args, env)
    return legacy


def _dec(x):
    return Decimal(repr(float(x)))


def _rounding(name):
    def function(args, env):
        x = to_number(args[0].value(env), env, True)
        if x is None or math.isinf(x):
            return None
        n = 0
        if len(args) > 1:
            n = int(to_number(args[1].value(env), env, True) or 0)
        q = Decimal(1).scaleb(-n)
        if name == 'round':
            r = float(_dec(x).quantize(q, ROUND_HALF_UP))
            js = math.floor(x * 10 ** n + 0.5) / 10 ** n
            if abs(r - js) > 1e-12 * max(1.0, abs(js)):
                env.caveats.add('round-tie')
            return r if env.round_mode == 'away' else js
        up = name == 'roundup'
        if x < 0:
            env.caveats.add('roundup-negative')
            if env.roundup_mode == 'away':          # spreadsheet style: away from / towards zero
                up = not up
        return float(_dec(x).quantize(q, ROUND_CEILING if up else ROUND_FLOOR))
    return function


def _log(args, env):
    x = to_number(args[0].value(env), env, True)
    if x is None or x <= 0:
        return None
    b = to_number(args[1].value(env), env) if len(args) > 1 else None
    if b is None:
        return math.log(x)
    if b == 10:
        return math.log10(x)
    return math.log(x) / math.log(b) if b > 0 and b != 1 else None


def _pow(args, env):
    env.caveats.add('legacy-function')
    a, b = (to_number(x.value(env), env, True) for x in args)
    if a is None or b is None:
        return None
    try:
        r = a ** b
    except (OverflowError, ZeroDivisionError):
        return None
    return None if isinstance(r, complex) else r


def _mod(args, env):
    a, b = (to_number(x.value(env), env, True) for x in args)
    if a is None or not b:
        return None
    if a < 0 or b < 0:
        env.caveats.add('mod-negative')
    return math.fmod(a, b)


# ------------------------------------------------------------------------- tests
def _isnumber(args, env):
    return to_number(args[0].value(env), env) is not None


def _isinteger(args, env):
    v = args[0].value(env)
    n = to_number(v, env)
    if n is None:
        return False
    return re.fullmatch(r'\s*[+-]?\d+\s*', v) is not None if isinstance(v, str) else n == int(n)


def _isblankormissingcode(args, env):
    v = args[0].value(env)
    return is_blank(v) or to_text(v) in env.missing_codes


def _hasmissingcode(args, env):
    v = to_text(args[0].value(env))
    codes = {c.strip() for a in args[1:] for c in to_text(a.value(env)).split(',')}
    return v in env.missing_codes and v in codes


def _matching(test):
    def function(args, env):
        return test(to_text(args[0].value(env)).lower(), to_text(args[1].value(env)).lower())
    return function


# ------------------------------------------------------------------------- texts
def _of_text(of):
    return lambda args, env: of(to_text(args[0].value(env)))


def _find(args, env):
    return float(to_text(args[1].value(env)).lower().find(to_text(args[0].value(env)).lower()) + 1)


def _left(args, env):
    return to_text(args[0].value(env))[:int(to_number(args[1].value(env), env) or 0)]


def _right(args, env):
    s, n = to_text(args[0].value(env)), int(to_number(args[1].value(env), env) or 0)
    return s[-n:] if n > 0 else ''


def _mid(args, env):
    start = max(0, int(to_number(args[1].value(env), env) or 1) - 1)
    return to_text(args[0].value(env))[start:start + int(to_number(args[2].value(env), env) or 0)]


def _replace(args, env):
    s, old, new = (to_text(a.value(env)) for a in args)
    return s.replace(old, new)


def _concat(args, env):
    return ''.join(to_text(a.value(env)) for a in args)


def _concat_ws(args, env):
    return to_text(args[0].value(env)).join(x for x in (to_text(a.value(env)) for a in args[1:]) if x != '')


FUNCTIONS = {
    'sum': _sum,
    'mean': _aggregate(lambda xs: math.fsum(xs) / len(xs)),
    'min': _aggregate(min),
    'max': _aggregate(max),
    'median': _aggregate(_median),
    'stdev': _stdev,
    'round': _rounding('round'),
    'roundup': _rounding('roundup'),
    'rounddown': _rounding('rounddown'),
    'sqrt': _of_number(math.sqrt),
    'abs': _of_number(abs),
    'exponential': _of_number(math.exp),
    'log': _log,
    'mod': _mod,
    'math.sqrt': _of_number(math.sqrt, legacy=True),
    'math.abs': _of_number(abs, legacy=True),
    'math.exp': _of_number(math.exp, legacy=True),
    'exp': _of_number(math.exp, legacy=True),
    'math.log': _legacy(_log),
    'pow': _pow,
    'math.pow': _pow,
    'floor': _of_number(lambda x: float(math.floor(x)), legacy=True),
    'math.floor': _of_number(lambda x: float(math.floor(x)), legacy=True),
    'ceil': _of_number(lambda x: float(math.ceil(x)), legacy=True),
    'math.ceil': _of_number(lambda x: float(math.ceil(x)), legacy=True),
    'math.round': _of_number(lambda x: float(math.floor(x + 0.5)), legacy=True),
    'isnumber': _isnumber,
    'isinteger': _isinteger,
    'isblankormissingcode': _isblankormissingcode,
    'isblanknotmissingcode': lambda args, env: is_blank(args[0].value(env)),
    'ismissingcode': lambda args, env: to_text(args[0].value(env)) in env.missing_codes,
    'hasmissingcode': _hasmissingcode,
    'contains': _matching(lambda s, part: part in s),
    'not_contain': _matching(lambda s, part: part not in s),
    'starts_with': _matching(str.startswith),
    'ends_with': _matching(str.endswith),
    'find': _find,
    'left': _left,
    'right': _right,
    'mid': _mid,
    'length': _of_text(lambda s: float(len(s))),
    'trim': _of_text(str.strip),
    'upper': _of_text(str.upper),
    'lower': _of_text(str.lower),
    'replace_text': _replace,
    'concat': _concat,
    'concat_ws': _concat_ws,
    **DATE_FUNCTIONS,
}
