"""Cell-by-cell differences between two dictionaries, for round trips."""

from redcap_dictionary.choices import split_choices
from redcap_dictionary.columns import CHOICE_TYPES, CHOICES, COLUMNS, TYPE, VAR


def compare(da, db):
    """Cell-by-cell differences, by variable name, then order."""
    out = []
    A = {c[VAR].strip(): c for _, _, c in da.rows}
    B = {c[VAR].strip(): c for _, _, c in db.rows}
    for v in A:
        if v not in B:
            out.append(dict(field=v, what='only in first'))
    for v in B:
        if v not in A:
            out.append(dict(field=v, what='only in second'))
    for v in A:
        if v in B:
            for i in range(18):
                x, y = A[v][i], B[v][i]
                if x == y:
                    continue
                kind = 'cell'
                if i == CHOICES and A[v][TYPE].strip() in CHOICE_TYPES:
                    if [z[:2] for z in split_choices(x)] == [z[:2] for z in split_choices(y)]:
                        kind = 'spacing'
                elif x.strip() == y.strip():
                    kind = 'spacing'
                out.append(dict(field=v, what=kind, column=COLUMNS[i], first=x, second=y))
    ca = [v for v in A if v in B]
    cb = [v for v in B if v in A]
    if ca != cb:
        out.append(dict(what='order', first=ca, second=cb))
    return out
