"""Values in REDCap expressions: texts, numbers, true/false and blank (None or ''), and how they convert."""

import math
import re
from datetime import datetime
from functools import lru_cache

NUMERIC = re.compile(r'^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$')


class Env:
    """The environment of an expression, with the interpretation of the open questions.

    lookup(ref, env) -> raw text ('' for blank); field_format(name) -> 'ymd' | 'mdy' | 'dmy' | None.
    Evaluating adds to `caveats` (redcap_logic.vocabulary.CAVEATS).
    """

    def __init__(self, lookup, today=None, now=None, missing_codes=(), sum_all_blank=None,
                 stdev='sample', blank_equals_zero=False, blank_orders_as_zero=False, round_mode='away',
                 roundup_mode='ceil', nan_poisons=False, field_format=None):
        self.lookup = lookup
        self._today, self._now = today, now
        self.missing_codes = set(missing_codes)
        self.sum_all_blank = sum_all_blank      # None -> blank, 0.0 -> zero
        self.stdev = stdev
        self.blank_equals_zero = blank_equals_zero
        self.blank_orders_as_zero = blank_orders_as_zero
        self.round_mode, self.roundup_mode, self.nan_poisons = round_mode, roundup_mode, nan_poisons
        self.field_format = field_format or (lambda name: None)
        self.caveats = set()

    @property
    def now(self):
        if self._now is None:
            t = self._today
            self._now = datetime(t.year, t.month, t.day) if t else datetime.now().replace(microsecond=0)
        return self._now

    @property
    def today(self):
        return self._today or self.now.date()


def fmt_number(x):
    """A number as REDCap shows it in a field: no trailing .0"""
    if x is None:
        return ''
    if isinstance(x, bool):
        return '1' if x else '0'
    if x == int(x) and abs(x) < 1e15:
        return str(int(x))
    return repr(float(x))


def is_blank(v):
    if isinstance(v, str):
        return not v or (len(v) == 3 and v.lower() == 'nan')
    return v is None or (isinstance(v, float) and math.isnan(v))


@lru_cache(4096)
def _read(text):
    return float(text) if NUMERIC.match(text) else None


def to_number(v, env, arith=False):
    """A number, or None for blank and for values that are not numbers (which is a caveat in arithmetic)."""
    if isinstance(v, str):
        if is_blank(v):
            return None
        if v in env.missing_codes:
            env.caveats.add('missing-code-numeric')
            return None
        n = _read(v)
        if n is None and arith:
            env.caveats.add('text-in-numeric')
        return n
    if v is None or (isinstance(v, float) and math.isnan(v)):
        return None
    return float(v)


def to_text(v):
    if is_blank(v):
        return ''
    if isinstance(v, bool):
        return '1' if v else '0'
    if isinstance(v, (int, float)):
        return fmt_number(float(v))
    return v


def to_truth(v, env):
    if isinstance(v, bool):
        return v
    n = to_number(v, env)
    if n is not None:
        return n != 0
    return not is_blank(v)
