"""The choices of a field: code, label | code, label."""

import re

from redcap_dictionary.columns import CHOICE_TYPES, CHOICES, TYPE


def split_choices(s):
    """-> list of (code or None, label, raw).  Code is up to the first comma."""
    out = []
    for part in s.split('|'):
        raw = part.strip()
        if raw == '':
            out.append((None, '', ''))
            continue
        if ',' in raw:
            code, label = raw.split(',', 1)
            out.append((code.strip(), label.strip(), raw))
        else:
            out.append((raw, raw, raw))
    return out


def choice_codes(cells):
    t = cells[TYPE].strip().lower()
    if t in CHOICE_TYPES:
        return [c for c, _, raw in split_choices(cells[CHOICES]) if raw]
    if t in ('yesno', 'truefalse'):
        return ['1', '0']
    return None


def checkbox_export_name(var, code):
    """Name of a checkbox column in exports: non-alphanumerics become _, lower case."""
    return f'{var}___' + re.sub(r'[^a-z0-9_]', '_', code.lower())
