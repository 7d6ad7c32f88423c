"""Dates and times in REDCap expressions."""

import re
from datetime import datetime

from redcap_logic.values import is_blank, to_text, to_truth

_ISO = re.compile(r'^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$')
_DMYISH = re.compile(r'^(\d{1,2})[-/](\d{1,2})[-/](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$')
_TIME = re.compile(r'^(\d{1,2}):(\d{2})(?::(\d{2}))?$')
_UNIT_SECONDS = {'y': 365.2425 * 86400, 'M': 30.44 * 86400, 'd': 86400.0, 'h': 3600.0, 'm': 60.0, 's': 1.0}


def to_datetime(v, env, fmt=None, field=None):
    """-> (datetime, has_time) or None"""
    if is_blank(v):
        return None
    s = to_text(v).strip()
    low = s.lower()
    if low == 'today':
        t = env.today
        return datetime(t.year, t.month, t.day), False
    if low == 'now':
        return env.now, True
    try:
        if m := _ISO.match(s):
            y, mo, d, h, mi, se = (int(x) if x else 0 for x in m.groups())
            return datetime(y, mo, d, h, mi, se), m.group(4) is not None
        if m := _DMYISH.match(s):
            a, b, y, h, mi, se = (int(x) if x else 0 for x in m.groups())
            f = (field and env.field_format(field)) or fmt
            if f not in ('mdy', 'dmy'):
                return None
            env.caveats.add('date-format')
            d, mo = (a, b) if f == 'dmy' else (b, a)
            return datetime(y, mo, d, h, mi, se), m.group(4) is not None
        if m := _TIME.match(s):
            h, mi, se = (int(x) if x else 0 for x in m.groups())
            return datetime(1970, 1, 1, h, mi, se), True
    except ValueError:
        return None
    return None


def datediff(args, env):
    vals = [a.value(env) for a in args]
    fmt, signed = 'ymd', False
    for v in vals[3:]:
        if isinstance(v, bool):
            signed = v
        elif isinstance(v, str) and v.lower() in ('ymd', 'mdy', 'dmy'):
            fmt = v.lower()
        elif isinstance(v, str) and v.lower() in ('true', 'false'):
            signed = v.lower() == 'true'
    a = to_datetime(vals[0], env, fmt, args[0].field)
    b = to_datetime(vals[1], env, fmt, args[1].field)
    unit = to_text(vals[2])
    if a is None or b is None or unit not in _UNIT_SECONDS:
        return None
    x = (b[0] - a[0]).total_seconds() / _UNIT_SECONDS[unit]
    return x if signed else abs(x)


def age_at_date(args, env):
    a = to_datetime(args[0].value(env), env, field=args[0].field)
    b = to_datetime(args[1].value(env), env, field=args[1].field)
    if a is None or b is None:
        return None
    a, b = a[0].date(), b[0].date()
    if len(args) > 2 and to_truth(args[2].value(env), env):
        return (b - a).days / 365.2425
    return float(b.year - a.year - ((b.month, b.day) < (a.month, a.day)))


def _part(of):
    def function(args, env):
        d = to_datetime(args[0].value(env), env, field=args[0].field)
        return None if d is None else float(of(d[0]))
    return function


DATE_FUNCTIONS = {
    'datediff': datediff,
    'age_at_date': age_at_date,
    'dayoftheweek': _part(lambda d: d.isoweekday()),
    'year': _part(lambda d: d.year),
    'month': _part(lambda d: d.month),
    'day': _part(lambda d: d.day),
}
