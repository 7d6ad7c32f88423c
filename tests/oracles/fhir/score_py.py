#!/usr/bin/env python3
"""score_py.py [--whole] QUESTIONNAIRE.json RESPONSES.json

Like score.mjs, with another engine: PyPI fhirpathpy. Prints a JSON list, one object per response,
linkId -> value or null. Status 0: scored. 1: scored, but an expression failed (stderr names it;
its value is null). 2: nothing was scored.
fhirpathpy has no weight(), ordinal() or defineVariable(), cannot sum raw answers (`answer.value.sum()` fails,
`answer.value.select($this + 0).sum()` works), and silently corrects some syntax errors, which validate.mjs
reports.
--whole: evaluate every expression on the whole response (see lib/reach.py); slow.
"""

import json
import sys


def stop(text):
    print(text, file=sys.stderr)
    raise SystemExit(2)


def read(path):
    try:
        with open(path, encoding='utf-8') as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        stop(f'{path}: {error}')


def main(arguments):
    try:
        from lib.scorer import Scorer
    except ImportError as error:
        stop(f'{error}: run tests/oracles/setup, then this with target/oracles/venv/bin/python')
    files = [a for a in arguments if a != '--whole']
    if len(files) != 2:
        stop('usage: score_py.py [--whole] QUESTIONNAIRE.json RESPONSES.json')
    questionnaire, responses = map(read, files)
    if not isinstance(questionnaire, dict) or questionnaire.get('resourceType') != 'Questionnaire':
        stop(f'{files[0]}: not a Questionnaire')
    if not isinstance(responses, list):
        stop(f'{files[1]}: not a list of QuestionnaireResponses')
    scorer = Scorer(questionnaire, whole='--whole' in arguments)
    problems, rows = {e: [] for e in scorer.errors}, []  # error -> the responses for which it occurred
    for n, response in enumerate(responses):
        scores, errors = scorer.score(response)
        rows.append(json.dumps(scores, ensure_ascii=False))
        for error in errors:
            problems.setdefault(error, []).append(n)
    print('[\n' + ',\n'.join(rows) + '\n]')
    for problem, where in list(problems.items())[:50]:
        more = f' and {len(where) - 1} more' if len(where) > 1 else ''
        print(f'response {where[0]}{more}: {problem}' if where else problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
