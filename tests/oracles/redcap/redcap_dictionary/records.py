"""Computes the calc, @CALCTEXT and branching results of records."""

import re

import redcap_logic as L
from redcap_dictionary.choices import checkbox_export_name
from redcap_dictionary.columns import VALID

# The interpretations that public sources leave open. Each differs from the first only if a caveat of DECIDED is
# recorded, so a record without one of those need not be evaluated again.
VARIANTS = [dict(), dict(sum_all_blank=0.0), dict(stdev='population'), dict(blank_equals_zero=True),
            dict(blank_orders_as_zero=True), dict(round_mode='js'), dict(roundup_mode='away'), dict(nan_poisons=True),
            dict(sum_all_blank=0.0, blank_equals_zero=True, blank_orders_as_zero=True)]
DECIDED = {'sum-all-blank', 'stdev-kind', 'stdev-one-value', 'blank-vs-unquoted-zero', 'order-compare-with-blank',
           'round-tie', 'roundup-negative', 'blank-expression-in-aggregate'}
# Documented, or caused by the user; everything else in L.CAVEATS is undocumented behaviour.
DOCUMENTED = {'text-result', 'date-format'}


class Evaluator:
    """The expressions of one checked dictionary, compiled to functions once."""

    def __init__(self, doc):
        self.fields = doc.fields
        self.calcs = {f: L.build(tree) for f, tree in doc.calcs.items()}
        self.texts = {f: L.build(tree) for f, tree in doc.calctext.items()}
        self.branching = {f: L.build(tree) for f, tree in doc.branching.items()}
        self.comma = {f for f, c in doc.fields.items() if c[VALID].strip().endswith('comma_decimal')}
        self.formats = {}
        for f, c in doc.fields.items():
            if m := re.search(r'_(ymd|mdy|dmy)$', c[VALID].strip()):
                self.formats[f] = m.group(1)

    def record(self, rec, options, branching=True):
        """rec: {field: value}; checkboxes as field___code: 0/1 or field: [codes].
        -> dict(calc={}, calctext={}, visible={}, caveats={})"""
        run = _Record(self, rec, options)
        for f in self.calcs:
            run.calc(f)
        texts, visible = {}, {}
        for f, expression in self.texts.items():
            texts[f] = L.to_text(run.evaluate(f, expression))
        for f, expression in self.branching.items() if branching else ():
            env = run.env()
            visible[f] = bool(L.to_truth(expression(env), env))
            run.caveats[f + ' (branching)'] = sorted(env.caveats)
        return dict(calc=run.calcs, calctext=texts, visible=visible, caveats={k: v for k, v in run.caveats.items() if v})


class _Record:
    """One record while it is evaluated."""

    def __init__(self, evaluator, rec, options):
        self.of, self.options = evaluator, options
        self.data = {k.strip().lower(): v for k, v in rec.items()}
        self.calcs, self.caveats, self.busy = {}, {}, set()

    def env(self):
        return L.Env(self.lookup, field_format=self.of.formats.get, **self.options)

    def evaluate(self, f, expression):
        env = self.env()
        value = expression(env)
        self.caveats[f] = sorted(env.caveats)
        return value

    def lookup(self, ref, env):
        f = ref.field
        if ref.event or ref.instance or (ref.smart and not f):
            env.caveats.add('smart-variable')
            return ''
        if f not in self.of.fields:
            if f not in self.data:
                env.caveats.add('unknown-ref')
            return _raw(self.data.get(f))
        if ref.code is not None:
            return self.ticked(f, ref.code)
        if f in self.of.calcs:
            return self.calc(f, env)
        v = _raw(self.data.get(f))
        return v.replace(',', '.') if f in self.of.comma else v

    def ticked(self, f, code):
        v = self.data.get(f)
        if isinstance(v, (list, tuple)):
            return '1' if code in [_raw(x) for x in v] else '0'
        v = self.data.get(checkbox_export_name(f, code), self.data.get(f'{f}___{code}'.lower()))
        return _raw(v) if v not in (None, '') else '0'

    def calc(self, f, reader=None):
        """The value of a calc field. Its caveats also apply to the field that reads it."""
        if f in self.busy:
            if reader is not None:
                reader.caveats.add('calc-cycle')
            return ''
        if f not in self.calcs:
            self.busy.add(f)
            self.calcs[f] = self._calc(f)
            self.busy.discard(f)
        if reader is not None:
            reader.caveats.update(self.caveats[f])
        return self.calcs[f]

    def _calc(self, f):
        v = self.evaluate(f, self.of.calcs[f])
        extra = None
        if isinstance(v, bool):
            extra, v = 'boolean-result', 1.0 if v else 0.0
        elif isinstance(v, str):
            if v == '' or v.lower() == 'nan':
                v = None
            elif L.NUMERIC.match(v):
                v = float(v)
            else:
                extra, v = 'text-result', None
        if extra:
            self.caveats[f] = sorted({*self.caveats[f], extra})
        return L.fmt_number(v)


def _raw(v):
    if isinstance(v, str):
        return v
    if v is None:
        return ''
    if isinstance(v, bool):
        return '1' if v else '0'
    return L.fmt_number(float(v)) if isinstance(v, (int, float)) else str(v)


def eval_record(doc, rec, options):
    return Evaluator(doc).record(rec, options)


def possible_values(doc, rec, options):
    """Every value that a calc / @CALCTEXT / branching result could have under the interpretations that public
    sources leave open. A field with one value does not depend on them."""
    return varying(Evaluator(doc), rec, options)


def varying(evaluator, rec, options, branching=True):
    seen = {}
    for variant in VARIANTS:
        r = evaluator.record(rec, {**options, **variant}, branching)
        for part in ('calc', 'calctext', 'visible'):
            for f, v in r[part].items():
                vs = seen.setdefault(f'{part}:{f}', [])
                if v not in vs:
                    vs.append(v)
    return {k: v for k, v in seen.items() if len(v) > 1}
