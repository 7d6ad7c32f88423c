#!/usr/bin/env python3
"""read.py DICTIONARY.csv...

Reads REDCap data dictionaries with two third-party programs: redcap2reproschema of reproschema, and the
variable-level metadata of heal-sdk. Prints a JSON list, one object per file: program -> field -> the choices that it
found, as a list of [code, label], or null if it found none. Does not use the network.

Status 0: all were read. 1: a program rejected a file; stderr names the program and the reason.
"""
import contextlib
import io
import json
import logging
import sys
import tempfile
from pathlib import Path

from heal.vlmd import vlmd_extract
from reproschema.redcap2reproschema import redcap2reproschema

PROTOCOL = '\n'.join(f'{key}: "p"' for key in ('protocol_name', 'protocol_display_name', 'protocol_description')) + '\nredcap_version: "1.0.0"\n'


def reproschema(dictionary, folder):
    settings = folder / 'protocol.yaml'
    settings.write_text(PROTOCOL)
    redcap2reproschema(str(dictionary), str(settings), output_path=str(folder))
    fields = {}
    for path in sorted(folder.glob('p/activities/*/items/*')):
        item = json.loads(path.read_text())
        choices = (item.get('responseOptions') or {}).get('choices')
        fields[path.name] = choices and [[str(c['value']), c['name']['en']] for c in choices]
    return fields


def heal(dictionary, folder):
    vlmd_extract(str(dictionary), file_type='redcap', title='read', output_dir=str(folder))
    [path] = folder.glob('*.json')
    fields = json.loads(path.read_text())['fields']
    return {field['name']: [list(pair) for pair in (field.get('enumLabels') or {}).items()] or None for field in fields}


def read(dictionary):
    found = {}
    for program in (reproschema, heal):
        with tempfile.TemporaryDirectory() as folder:
            try:
                # They print their progress to stdout, which is for the answer.
                with contextlib.redirect_stdout(io.StringIO()):
                    found[program.__name__] = program(dictionary, Path(folder))
            except (Exception, SystemExit) as error:
                sys.exit(f'{dictionary}: {program.__name__}: {error!r}')
    return found


if __name__ == '__main__':
    if len(sys.argv) < 2 or sys.argv[1].startswith('-'):
        sys.exit(__doc__)
    logging.disable(logging.CRITICAL)
    print(json.dumps([read(Path(name).resolve()) for name in sys.argv[1:]], ensure_ascii=False))
