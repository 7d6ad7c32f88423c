#!/usr/bin/env python3
"""validate_r5.py FILE...

Validates FHIR R5 Questionnaires, Observations and Bundles of Observations with PyPI fhir.resources: every
property exists, has the right type, and respects its cardinality. Prints `FILE: error: fhir.resources: WHERE: WHAT` for each problem, or `FILE: ok`. Status 1 if any
file is faulty, 2 if there was nothing to do.
"""

import json
import sys


def stop(text):
    print(text, file=sys.stderr)
    raise SystemExit(2)


def problems(models, path):
    from pydantic import ValidationError

    try:
        with open(path, encoding='utf-8') as file:
            resource = json.load(file)
        kind = resource.get('resourceType') if isinstance(resource, dict) else None
        if kind not in models:
            return [('/', f'neither of {", ".join(models)}')]
        models[kind].model_validate(resource)
    except ValidationError as error:
        return [('.'.join(map(str, e['loc'])), e['msg']) for e in error.errors()]
    except (OSError, ValueError) as error:
        return [('/', str(error))]
    return []


def main(files):
    try:
        from fhir.resources.bundle import Bundle
        from fhir.resources.observation import Observation
        from fhir.resources.questionnaire import Questionnaire
    except ImportError as error:
        stop(f'{error}: run tests/oracles/setup, then this with target/oracles/venv/bin/python')
    if not files:
        stop('usage: validate_r5.py FILE...')
    models = {'Questionnaire': Questionnaire, 'Observation': Observation, 'Bundle': Bundle}
    failed = False
    for path in files:
        found = problems(models, path)
        failed = failed or bool(found)
        for where, what in found:
            print(f'{path}: error: fhir.resources: {where}: {what}')
        if not found:
            print(f'{path}: ok')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
