#!/usr/bin/env python3
"""Unit tests of score.py.   python3 test_score.py"""

import io
import itertools
import json
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import redcap_dictionary as R  # noqa: E402

CHOICES = '0, Never | 1, Sometimes | 2, Often'
VALID = "sum(if([a]='',0,1),if([b]='',0,1),if([c]='',0,1))"
MEAN = "mean([a],if([b]='','',2-[b]),[c])"


def row(var, kind, choices='', note=''):
    cells = [''] * 18
    cells[0], cells[1], cells[3], cells[4], cells[5], cells[17] = var, 'demo', kind, 'label', choices, note
    return cells


def dictionary(*extra):
    items = [row(v, 'radio', CHOICES) for v in 'abc'] + [row('tick', 'checkbox', '1, A | -9, B')]
    return R.canonical_bytes([R.COLUMNS, row('record_id', 'text'), *items, *extra])


SCORES = (row('total', 'calc', f"if({VALID} >= 2, round({MEAN}*3, 2), '')"),
          row('ticks', 'calc', "if([tick(-9)] = '1', 1, 0)"),
          row('band', 'text', '', f"@CALCTEXT(if({VALID} < 2, '', if({MEAN} < 1, 'low', 'high')))"))


class Scores(unittest.TestCase):
    def run_on(self, content, records, *options, name='dd.csv'):
        with tempfile.TemporaryDirectory() as folder:
            files = [os.path.join(folder, name), os.path.join(folder, 'records.json')]
            with open(files[0], 'wb') as f:
                f.write(content)
            with open(files[1], 'w') as f:
                json.dump(records, f)
            return subprocess.run([sys.executable, os.path.join(HERE, 'score.py'), *options, *files],
                                  capture_output=True, text=True)

    def score(self, content, records, *options, **k):
        p = self.run_on(content, records, *options, **k)
        self.assertEqual((p.returncode, p.stderr), (0, ''))
        return json.loads(p.stdout)

    def refused(self, content, records, words):
        p = self.run_on(content, records)
        self.assertEqual((p.returncode, p.stdout), (2, ''))
        self.assertIn(words, p.stderr)

    def test_by_hand(self):
        rows = self.score(dictionary(*SCORES), [
            {'record_id': '1', 'a': '2', 'b': '0', 'c': '1'},           # 2 + (2 - 0) + 1
            {'a': '0', 'b': '2', 'c': '', 'tick____9': '1'},            # (0 + 0) * 3 / 2
            {'a': 1, 'b': None, 'c': 2, 'tick': ['-9']},                # (1 + 2) * 3 / 2
            {'c': '2', 'demo_complete': '2'}])
        self.assertEqual(rows, [
            {'total': 5, 'ticks': 0, 'band': 'high', 'ambiguous': []},
            {'total': 0, 'ticks': 1, 'band': 'low', 'ambiguous': []},
            {'total': 4.5, 'ticks': 1, 'band': 'high', 'ambiguous': []},
            {'total': None, 'ticks': 0, 'band': None, 'ambiguous': []}])

    def test_zip(self):
        lines = dictionary(*SCORES).split(b'\n')
        z = io.BytesIO()
        with zipfile.ZipFile(z, 'w') as f:
            f.writestr('OriginID.txt', 'redcap.example.org')
            f.writestr('instrument.csv', b'\n'.join(lines[:1] + lines[2:]))
        self.assertEqual(self.score(z.getvalue(), [{'a': '2', 'b': '2', 'c': '2'}], name='demo.zip')[0]['total'], 4)

    def test_ambiguous(self):
        for expression, record in (
                ('sum([a],[b])', {}), ('if([a] = 0, 1, 2)', {}), ('if([a] < 1, 1, 2)', {}), ('mean([a], 2-[b])', {'a': '1'}),
                ('stdev([a],[b])', {'a': '1', 'b': '2'}), ('round([a]-2.5)', {'a': '0'}), ('roundup([a]-1.5)', {'a': '1'}),
                ('[a]/[b]', {'a': '1', 'b': '0'}), ('mod([a]-2, 3)', {'a': '1'}), ("[a] + 'x'", {'a': '1'}), ('[a] = 1', {'a': '1'}),
                ('[nope] + 1', {}), ('[a]^2', {'a': '2'}), ('if(not([a] = 1), 1, 0)', {'a': '1'}), ('[next-event-name] + 1', {})):
            for reader in ('[x]', "if([x] = '', 5, 6)"):        # an ambiguity propagates to the fields that read this one
                rows = self.score(dictionary(row('x', 'calc', expression), row('y', 'calc', f'{reader} + 0')), [record])
                self.assertIn('x', rows[0]['ambiguous'], (expression, rows))
                if 'y' not in rows[0]['ambiguous']:
                    values = R.possible_values(self.doc(expression, reader), record, {})
                    self.assertNotIn('calc:y', values, expression)

    def doc(self, expression, reader):
        content = dictionary(row('x', 'calc', expression), row('y', 'calc', f'{reader} + 0'))
        return R.run_checks(R.load_csv(content, R.Doc()))

    def test_unambiguous(self):
        for expression, record in (
                ('sum([a],[b])', {'a': '1'}), ("if([a] = '0', 1, 2)", {}), ('[a]+[b]', {}), ('mean([a],[b])', {}),
                ('round([a]-0.26, 1)', {'a': '0'}), ("if([a] = '', 'x', 'y')", {}), ('([a])^(2)', {'a': '2'})):
            rows = self.score(dictionary(row('x', 'calc', expression)), [record])
            self.assertEqual(rows[0]['ambiguous'], [], expression)

    def test_every_interpretation_is_tried_if_it_matters(self):
        """Skipping records without caveats must not miss an ambiguous field."""
        expressions = ('sum([a],[b])', 'if([a] = 0, 1, [b])', 'if([a] < 1, 1, [c])', 'mean([a], 2-[b], [c])', 'round([a]-[b]/2)',
                       'stdev([a],[b],[c])', 'roundup([a]-[b]/2)', 'if(sum([a],[b]) = 0, 1, 2)', 'max([a],-[b])')
        extra = [row(f'x{i}', 'calc', e) for i, e in enumerate(expressions)]
        extra += [row(f't{i}', 'text', '', f'@CALCTEXT({e})') for i, e in enumerate(expressions)]
        content = dictionary(*extra)
        doc = R.run_checks(R.load_csv(content, R.Doc()))
        records = [dict(zip('abc', r)) for r in itertools.product(('', '0', '1', '2'), repeat=3)]
        for record, scores in zip(records, self.score(content, records)):
            wanted = {k.split(':')[1] for k in R.possible_values(doc, record, {})}
            self.assertLessEqual(wanted, set(scores['ambiguous']), record)

    def test_missing_codes_and_today(self):
        content = dictionary(row('x', 'calc', "if(isblankormissingcode([a]), 1, 0)"), row('y', 'calc', "datediff('2024-01-01', 'today', 'd')"))
        rows = self.score(content, [{'a': 'UNK'}], '--missing-codes', 'UNK,NASK', '--today', '2024-01-31')
        self.assertEqual(rows, [{'x': 1, 'y': 30, 'ambiguous': []}])

    def test_rejected_input(self):
        good = dictionary(*SCORES)
        self.refused(good, [{'z': '1'}], 'no field "z"')
        self.refused(good, [{'a': '7'}], 'a: no choice "7"')
        self.refused(good, [{'tick___2': '1'}], 'no field "tick___2"')
        self.refused(good, [{'tick': ['2']}], 'no choice "2"')
        self.refused(good, {'a': '1'}, 'not a list')
        self.refused(dictionary(row('x', 'calc', '[a] +')), [], 'K001')
        self.refused(dictionary(row('x', 'calc', 'total([a])')), [], 'K004')
        self.refused(dictionary(row('x', 'calc', 'if([a] = 1, 2)')), [], 'K004')
        self.refused(dictionary(row('ambiguous', 'text')), [], 'ambiguous')
        self.refused(b'', [], 'F006')


if __name__ == '__main__':
    unittest.main()
