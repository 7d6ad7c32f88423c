//! A comparison as JSON.

use scalewright_check::compare::{Bump, Change, Comparability, Version};
use scalewright_check::{Checked, Finding};
use serde_json::{Value, json};

use super::compared::{Compared, Comparisons};
use crate::render;

/// Returns all comparisons as one object.
pub(super) fn all(comparisons: &Comparisons) -> String {
    let instruments: Vec<Value> = comparisons.compared.iter().map(compared).collect();
    let all = json!({
        "instruments": instruments,
        "added": comparisons.added,
        "removed": comparisons.removed,
        "warnings": comparisons.warned().map(|(one, found)| warning(one, found)).collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}

fn compared(one: &Compared) -> Value {
    let comparison = &one.comparison;
    let (before, after) = one.versions();
    let changes: Vec<Value> =
        comparison.changes.iter().map(|change| described(one, change)).collect();
    let scores: Vec<Value> = comparison.standings.iter().map(standing).collect();
    let finding = comparison.finding.as_ref().map(|finding| warning(&one.new, finding));
    json!({
        "id": one.id,
        "old-version": before,
        "new-version": after,
        "demands": comparison.demands.name(),
        "lowest-version": (comparison.demands != Bump::None).then_some(&comparison.needed),
        "finding": finding,
        "changes": changes,
        "scores": scores,
    })
}

fn warning(checked: &Checked, finding: &Finding) -> Value {
    let mark = finding.marks.first();
    let place = mark.and_then(|mark| {
        let document = checked.documents.get(mark.document)?;
        let (line, column) = render::position(&document.text, mark.span.start);
        Some(json!({ "file": document.name, "line": line, "column": column }))
    });
    json!({
        "code": finding.code,
        "message": finding.message,
        "place": place,
        "help": finding.help,
    })
}

fn described(one: &Compared, change: &Change) -> Value {
    let (file, line, column) = one.place(change);
    let version = match change.place.version {
        Version::New => "new",
        Version::Old => "old",
    };
    json!({
        "kind": change.kind.name(),
        "category": change.kind.category().name(),
        "demands": change.kind.bump().name(),
        "what": change.what,
        "language": change.language,
        "old": change.old,
        "new": change.new,
        "place": { "version": version, "file": file, "line": line, "column": column },
    })
}

fn standing(standing: &Comparability) -> Value {
    json!({
        "id": standing.id,
        "verdict": standing.verdict.name(),
        "reasons": standing.reasons,
        "languages": standing.languages,
        "remark": standing.remark,
    })
}
