"""Scores responses like a form renderer, with fhirpathpy: the same steps as lib/scorer.mjs.

Evaluates root variables in order, each with the earlier ones; then the calculated items in document order,
and writes each answer into the response before the next; repeats this while scores that are read back change.
"""

import copy
import functools
import json
from decimal import Decimal

from fhirpathpy import apply_parsed_path
from fhirpathpy.models import models
from fhirpathpy.parser import parse

from lib.reach import prune, reach

CALCULATED = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression'
VARIABLE = 'http://hl7.org/fhir/StructureDefinition/variable'
KEYS = {'boolean': 'valueBoolean', 'decimal': 'valueDecimal', 'integer': 'valueInteger', 'date': 'valueDate',
        'dateTime': 'valueDateTime', 'time': 'valueTime', 'choice': 'valueCoding', 'coding': 'valueCoding', 'quantity': 'valueQuantity'}
PASSES = 10


@functools.cache
def compiled(expression):
    """Like fhirpathpy.compile, with the items that the expression reaches. Parsing takes most of the time, so it is cached."""
    tree = parse(expression)
    return functools.partial(apply_parsed_path, parsedPath=tree, model=models['r4']), reach(tree)


def walk(items, parents=()):
    for item in items:
        yield item, parents
        yield from walk(item.get('item', []), (*parents, item))


class Step:
    """One compiled expression: a root variable, or a calculated item."""

    def __init__(self, place, expression, whole, reaches, errors):
        self.place, self.run, self.sees, self.reads = place, None, None, None
        if expression.get('language') != 'text/fhirpath':
            errors.append(f'{place}: language is {expression.get("language")!r}, not text/fhirpath')
            return
        try:
            self.run, own = compiled(expression['expression'])
        except Exception as error:  # the engine raises bare exceptions of many kinds
            errors.append(f'{place}: {first_line(error)}')
            return
        if own is None:
            return
        ids, variables = own
        others = [reaches[name] for name in variables if name in reaches]
        self.reads = None if None in others else ids.union(*others)
        self.sees = None if whole else ids

    def evaluate(self, response, environment, errors):
        if self.run is None:
            return []
        resource = response if self.sees is None else prune(response, self.sees)
        given = {**environment, 'resource': resource, 'rootResource': resource, 'context': resource}
        try:
            return self.run(resource, context=given)
        except Exception as error:
            errors.append(f'{self.place}: {first_line(error)}')
            return []


class Scorer:
    def __init__(self, questionnaire, whole=False):
        self.questionnaire = questionnaire
        self.errors, self.variables, self.calculated, reaches = [], [], [], {}
        self.order = {item['linkId']: n for n, (item, _) in enumerate(walk(questionnaire.get('item', [])))}
        for extension in questionnaire.get('extension', []):
            if extension.get('url') == VARIABLE:
                expression = extension.get('valueExpression', {})
                name = expression.get('name')
                step = Step(f'variable {name}', expression, whole, reaches, self.errors)
                reaches[name] = step.reads
                self.variables.append((name, step))
        for item, parents in walk(questionnaire.get('item', [])):
            for extension in item.get('extension', []):
                if extension.get('url') == CALCULATED:
                    step = Step(item['linkId'], extension.get('valueExpression', {}), whole, reaches, self.errors)
                    self.calculated.append((item, parents, step))
        self.ids = {item['linkId'] for item, _, _ in self.calculated}
        self.settles = self._reads_back()

    def _reads_back(self):
        """Whether an expression reads a score before it is written."""
        late = set(self.ids)

        def reads(step):
            return step.reads is None or bool(step.reads & late)

        if any(reads(step) for _, step in self.variables):
            return True
        for item, _, step in self.calculated:
            if reads(step):
                return True
            late.discard(item['linkId'])
        return False

    def score(self, response):
        """-> (scores, errors)"""
        response = copy.deepcopy(response)
        response['item'] = forget(response.get('item', []), self.ids)
        scores, errors = self._pass(response)
        for n in range(PASSES if self.settles and not errors else 0):
            before, (scores, errors) = scores, self._pass(response)
            if scores == before or errors:
                break
            if n == PASSES - 1:
                errors.append(f'the scores still change after {PASSES} passes')
        return scores, errors

    def _pass(self, response):
        errors, scores = [], {}
        environment = {'questionnaire': self.questionnaire}
        for name, step in self.variables:
            environment[name] = step.evaluate(response, environment, errors)
        for item, parents, step in self.calculated:
            link_id = item['linkId']
            values = step.evaluate(response, {**environment, 'qitem': item}, errors)
            if len(values) > 1:
                errors.append(f'{link_id}: {len(values)} values instead of one')
            value = plain(values[0]) if len(values) == 1 else None
            if value is not None and not fits(item['type'], value):
                errors.append(f'{link_id} ({item["type"]}): {json.dumps(value)} does not fit')
            scores[link_id] = value
            write(response, item, parents, self.order, value)
        return scores, errors


def plain(value):
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value if isinstance(value, (bool, int, float, str, dict)) else str(value)


def fits(kind, value):
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == 'integer':
        return number and value == int(value)
    if kind == 'decimal':
        return number
    if kind == 'boolean':
        return isinstance(value, bool)
    return isinstance(value, str) if kind in ('string', 'text') else True


def forget(items, ids):
    """The items without the answers to the calculated ones."""
    kept = [item for item in items if item['linkId'] not in ids]
    for item in kept:
        for holder in (item, *item.get('answer', [])):
            if 'item' in holder:
                holder['item'] = forget(holder['item'], ids)
    return kept


def write(response, item, parents, order, value):
    """Writes the value of a calculated item (None: none), creating the groups that contain it."""
    host = response
    for parent in parents:
        node = child(host, parent['linkId'])
        if node is None:
            if value is None:
                return
            node = insert(host, {'linkId': parent['linkId']}, order)
        # items below a question belong to its answer; without an answer they cannot be written
        host = node if parent['type'] == 'group' else next(iter(node.get('answer', [])), None)
        if host is None:
            return
    old = child(host, item['linkId'])
    if old is not None:
        host['item'].remove(old)
    if value is not None:
        answer = [{KEYS.get(item['type'], 'valueString'): value}]
        insert(host, {'linkId': item['linkId'], 'answer': answer}, order)


def child(host, link_id):
    return next((n for n in host.get('item', []) if n['linkId'] == link_id), None)


def insert(host, node, order):
    items = host.setdefault('item', [])
    at = next((i for i, n in enumerate(items) if order[n['linkId']] > order[node['linkId']]), len(items))
    items.insert(at, node)
    return node


def first_line(error):
    return f'{type(error).__name__}: {error}'.split('\n')[0]
