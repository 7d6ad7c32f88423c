#!/usr/bin/env python3
"""validate_r5.py FILE...

Checks FHIR R5 Questionnaires with PyPI fhir.resources: every property exists, has the right type and may be there as
often as it is. Prints `FILE: error: fhir.resources: WHERE: WHAT` for each problem, or `FILE: ok`. Status 1 if any
file is faulty, 2 if there was nothing to do.
"""

import json
import sys


def stop(text):
    print(text, file=sys.stderr)
    raise SystemExit(2)


def problems(model, path):
    from pydantic import ValidationError

    try:
        with open(path, encoding='utf-8') as file:
            model.model_validate(json.load(file))
    except ValidationError as error:
        return [('.'.join(map(str, e['loc'])), e['msg']) for e in error.errors()]
    except (OSError, ValueError) as error:
        return [('/', str(error))]
    return []


def main(files):
    try:
        from fhir.resources.questionnaire import Questionnaire
    except ImportError as error:
        stop(f'{error}: run tests/oracles/setup, then this with target/oracles/venv/bin/python')
    if not files:
        stop('usage: validate_r5.py FILE...')
    failed = False
    for path in files:
        found = problems(Questionnaire, path)
        failed = failed or bool(found)
        for where, what in found:
            print(f'{path}: error: fhir.resources: {where}: {what}')
        if not found:
            print(f'{path}: ok')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
