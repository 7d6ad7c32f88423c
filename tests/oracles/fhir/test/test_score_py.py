"""The second engine: values calculated by hand, and the items that an expression can reach. Run with unittest."""

import json
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from fhirpathpy.parser import parse  # noqa: E402
from lib.reach import prune, reach  # noqa: E402
from lib.scorer import VARIABLE, Scorer  # noqa: E402


def fixture(name):
    return json.loads((HERE / 'fixtures' / name).read_text(encoding='utf-8'))


class Scores(unittest.TestCase):
    def setUp(self):
        self.questionnaire = fixture('demo-calm.json')
        self.responses = fixture('demo-calm.responses.json')
        self.by_hand = fixture('demo-calm.scores.json')

    def expression(self, n):
        return self.questionnaire['item'][1]['item'][n]['extension'][0]['valueExpression']

    def test_by_hand(self):
        for whole in (False, True):
            scorer = Scorer(self.questionnaire, whole)
            self.assertEqual(scorer.errors, [])
            for response, scores in zip(self.responses, self.by_hand):
                self.assertEqual(scorer.score(response), (scores, []))

    def test_old_scores_are_not_read(self):
        old = [{'linkId': 'scores', 'item': [{'linkId': 'calm', 'answer': [{'valueDecimal': 9}]}]}]
        stale = {**self.responses[4], 'item': old}
        self.assertEqual(Scorer(self.questionnaire).score(stale)[0], self.by_hand[4])

    def test_a_variable_that_reads_a_score_settles(self):
        half = "%resource.descendants().where(linkId='calm').answer.value.select($this / 2)"
        self.questionnaire['extension'].append({'url': VARIABLE, 'valueExpression': {
            'name': 'half', 'language': 'text/fhirpath', 'expression': half}})
        self.expression(2)['expression'] = "iif(%half < 2.5, 'low', 'high')"
        self.assertEqual(Scorer(self.questionnaire).score(self.responses[0]), (self.by_hand[0], []))

    def test_faults_are_reported(self):
        for n, expression, words in ((1, '%answered / 2', 'does not fit'), (0, '%calm1 | 7', '2 values'),
                                     (0, '%keyed.total()', 'total'), (0, '%nowhere + 1', 'nowhere')):
            self.setUp()
            self.expression(n)['expression'] = expression
            self.assertIn(words, ' '.join(Scorer(self.questionnaire).score(self.responses[0])[1]))

    def test_a_syntax_error_is_reported(self):
        # only this kind: the engine silently corrects brackets and missing operands
        self.expression(0)['expression'] = "'x"
        self.assertEqual(len(Scorer(self.questionnaire).errors), 1)


class Reach(unittest.TestCase):
    def test_cases(self):
        for expression, ids in fixture('reach.json').items():
            found = reach(parse(expression))
            self.assertEqual(found and sorted(found[0]), ids, expression)

    def test_prune(self):
        b = {'linkId': 'b', 'answer': [{'valueInteger': 2}]}
        a = {'linkId': 'a', 'answer': [{'valueInteger': 1, 'item': [b]}]}
        response = {'item': [{'linkId': 'g', 'text': 'x', 'item': [a, {'linkId': 'c'}]}, {'linkId': 'd'}]}
        self.assertEqual(prune(response, {'a'})['item'], [{'linkId': 'g', 'item': [a]}])
        shell = {'linkId': 'a', 'answer': [{'item': [b]}]}
        self.assertEqual(prune(response, {'b'})['item'], [{'linkId': 'g', 'item': [shell]}])
        self.assertEqual(prune(response, set())['item'], [])


if __name__ == '__main__':
    unittest.main()
