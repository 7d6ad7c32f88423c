"""Runs every check on a dictionary, and counts the findings."""

from redcap_dictionary.check_fields import check_matrix, check_names, check_types
from redcap_dictionary.check_logic import check_logic
from redcap_dictionary.check_texts import check_annotations, check_record_id, check_texts
from redcap_dictionary.columns import FORM


def run_checks(doc, external_ok=None):
    ext = doc.kind in ('zip', 'instrument') if external_ok is None else external_ok
    doc.calcs, doc.branching, doc.calctext = {}, {}, {}
    if doc.rows:
        check_names(doc)
        check_types(doc)
        check_matrix(doc)
        check_logic(doc, ext)
        check_annotations(doc, ext)
        check_texts(doc, ext)
        check_record_id(doc)
    order = {'error': 0, 'warning': 1, 'info': 2}
    doc.findings.sort(key=lambda f: (f.get('row', 0), order[f['severity']], f['rule']))
    return doc


def report(path, doc, strict=False):
    n = {s: sum(f['severity'] == s for f in doc.findings) for s in ('error', 'warning', 'info')}
    return dict(file=path, kind=doc.kind, rows=len(doc.rows), forms=len({c[FORM] for _, _, c in doc.rows}),
                errors=n['error'], warnings=n['warning'], infos=n['info'],
                ok=n['error'] == 0 and not (strict and n['warning']), findings=doc.findings)
