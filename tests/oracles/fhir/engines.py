#!/usr/bin/env python3
"""engines.py ENGINE JOBS.json

Like engines.mjs, for Python engines: fhirpathpy, fhirpathrs. Prints { version, results }.
fhirpathrs has no model of FHIR, so it gets answers under the name that expressions use, `value`.
"""

import importlib.metadata
import json
import sys


def fhirpathpy(questionnaire, responses):
    from lib.scorer import Scorer

    scorer = Scorer(questionnaire)
    rows = [scorer.score(response) for response in responses]
    errors = scorer.errors + [error for _, found in rows for error in found]
    return [scores for scores, _ in rows], errors


def fhirpathrs(questionnaire, responses):
    from fhirpathrs import evaluate

    from lib.scorer import CALCULATED, VARIABLE, walk

    def expressions(element, url):
        found = [e['valueExpression'] for e in element.get('extension', []) if e['url'] == url]
        return found

    variables = [(e['name'], e['expression']) for e in expressions(questionnaire, VARIABLE)]
    items = [item for item, _ in walk(questionnaire['item'])]
    calculated = [(i['linkId'], e['expression']) for i in items for e in expressions(i, CALCULATED)]
    scores, errors = [], []

    def attempt(place, expression, response, known):
        try:
            values = evaluate(expression, response, known)
        except (ValueError, RuntimeError) as error:
            errors.append(f'{place}: {error}')
            return []
        return values if isinstance(values, list) else [] if values is None else [values]

    for response in responses:
        response = with_values(response)
        known = {'resource': response}
        for name, expression in variables:
            values = attempt(f'variable {name}', expression, response, known)
            known[name] = values[0] if len(values) == 1 else values
        row = {}
        for link_id, expression in calculated:
            values = attempt(link_id, expression, response, known)
            row[link_id] = values[0] if len(values) == 1 else None
        scores.append(row)
    return scores, errors


def with_values(node):
    """A copy with `value` instead of `valueCoding` and similar keys."""
    if isinstance(node, list):
        return [with_values(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    plain = {key if not key.startswith('value') else 'value': with_values(value) for key, value in node.items()}
    return plain


ENGINES = {'fhirpathpy': fhirpathpy, 'fhirpathrs': fhirpathrs}


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in ENGINES:
        print(f'usage: engines.py {"|".join(ENGINES)} JOBS.json', file=sys.stderr)
        return 2
    engine, file = arguments
    with open(file, encoding='utf-8') as jobs:
        jobs = json.load(jobs)
    results = []
    for job in jobs:
        scores, errors = ENGINES[engine](job['questionnaire'], job['responses'])
        results.append({'scores': scores, 'errors': sorted(set(errors))})
    json.dump({'version': importlib.metadata.version(engine), 'results': results}, sys.stdout)
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
