//! Compares the cases: the published scores that confirm the definition.

use std::collections::BTreeMap;

use scalewright_model::Pointer;
use scalewright_model::file::{CaseFile, CasesFile};

use super::{Both, Change, Kind, Side};

pub(super) fn compare(both: &Both<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (both.old.checked.cases.as_ref(), both.new.checked.cases.as_ref());
    let place = Pointer::top("source");
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) => {
            let change = Change::new(
                Kind::Cases,
                format!("a file with {} is added", count(new.cases.len())),
            );
            changes.push(change.inside(document(&both.new), place));
        }
        (Some(old), None) => {
            let change = Change::new(
                Kind::Cases,
                format!("the file with {} is removed", count(old.cases.len())),
            );
            changes.push(change.gone_inside(document(&both.old), place));
        }
        (Some(old), Some(new)) => file(both, old, new, changes),
    }
}

fn document(side: &Side<'_>) -> usize {
    let of_key = side.checked.key.as_ref().map(|key| key.document);
    side.checked.case_document.or(of_key).unwrap_or(0)
}

fn count(cases: usize) -> String {
    if cases == 1 { "1 case".to_owned() } else { format!("{cases} cases") }
}

fn file(both: &Both<'_>, old: &CasesFile, new: &CasesFile, changes: &mut Vec<Change>) {
    let CasesFile { format: _, instrument: _, source, tolerance, tolerance_reason, cases } = old;
    let document = document(&both.new);
    if *source != new.source {
        let change =
            Change::new(Kind::Cases, "the source of the cases").was(source).is(&new.source);
        changes.push(change.inside(document, Pointer::top("source")));
    }
    if *tolerance != new.tolerance || *tolerance_reason != new.tolerance_reason {
        let text = |tolerance: Option<f64>| tolerance.map(super::shown);
        let change = Change::new(Kind::Cases, "the tolerance of the cases");
        let change = change.turns(text(*tolerance), text(new.tolerance));
        changes.push(change.inside(document, Pointer::top("tolerance")));
    }
    // Cases have no stable ids: equal cases of both versions are matched, and the others are counted.
    let mut unmatched: BTreeMap<String, usize> = BTreeMap::new();
    for case in cases {
        *unmatched.entry(whole(case)).or_default() += 1;
    }
    let mut added = Vec::new();
    for (index, case) in new.cases.iter().enumerate() {
        match unmatched.get_mut(&whole(case)) {
            Some(left) if *left > 0 => *left -= 1,
            _ => added.push(index),
        }
    }
    let gone: usize = unmatched.values().sum();
    if let Some(first) = added.first() {
        let is = if added.len() == 1 { "is" } else { "are" };
        let what = format!("{} {is} new or changed", count(added.len()));
        let place = Pointer::case(*first);
        changes.push(Change::new(Kind::Cases, what).inside(document, place));
    // A changed case is one that is added and one that is gone, so both are reported only once.
    } else if gone > 0 {
        let is = if gone == 1 { "is" } else { "are" };
        let change = Change::new(Kind::Cases, format!("{} {is} removed", count(gone)));
        changes.push(change.inside(document, Pointer::top("cases")));
    }
}

/// All of a case as one text. Equal cases have equal texts.
fn whole(case: &CaseFile) -> String {
    let CaseFile {
        title,
        source,
        responses,
        chosen,
        scores,
        tolerance,
        tolerance_reason,
        flags,
        codes,
        band_sets,
        prorated,
        no_score,
        bands,
    } = case;
    let about = (title, source, tolerance, tolerance_reason);
    let expected = (scores, flags, codes, band_sets, prorated, no_score, bands);
    format!("{about:?} {responses:?} {chosen:?} {expected:?}")
}
