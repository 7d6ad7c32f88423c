//! What a reader has to know before the numbers are believed: missing answers, and keys that are not sure.

use scalewright_model::file::{KeyStatus, MissingKind};
use scalewright_model::{Missing, Terms};

use super::{ReportRequest, Reported};
use crate::ui::{ReportWords, filled};

/// The notes, a sentence or two each.
pub(super) fn notes(request: &ReportRequest<'_>) -> Vec<String> {
    let words = request.words();
    let mut notes = Vec::new();
    for score in request.in_order() {
        notes.extend(missing(&score, words));
    }
    let with = |status: KeyStatus| -> Vec<&str> {
        let all = request.in_order().filter(|score| score.scale.key_status == Some(status));
        all.map(|score| score.title).collect()
    };
    let recalled = with(KeyStatus::Recalled);
    if !recalled.is_empty() {
        let list = recalled.join(", ");
        notes.push(filled(words.recalled, &[("scales", &list)]));
    }
    notes
}

fn missing(score: &Reported<'_>, words: &ReportWords) -> Option<String> {
    let (title, answered, items) = (score.title, score.answered(), score.items);
    let whole = answered as usize >= items;
    match score.score() {
        None => Some(filled(words.scored_none, &[("why", &why(score, words)), ("title", title)])),
        Some(_) if whole => None,
        Some(_) => {
            let how = match (score.scale.missing.kind, score.scored.prorated.first()) {
                (MissingKind::Prorate, Some(true)) => words.prorated,
                (MissingKind::Substitute, Some(true)) => words.substituted,
                (MissingKind::AnsweredOnly, _) => words.answered_only,
                (_, Some(true)) => words.stands_in,
                _ => words.left_out,
            };
            let (answered, items) = (answered.to_string(), items.to_string());
            let values = [("count", &*answered), ("all", &items), ("how", how), ("title", title)];
            Some(filled(words.scored_some, &values))
        }
    }
}

fn why(score: &Reported<'_>, words: &ReportWords) -> String {
    let (answered, items) = (score.answered(), score.items);
    let Missing { kind: _, need, mandatory, fill: _ } = &score.scale.missing;
    let because = match &score.scale.terms {
        Terms::Items(_) if (answered as usize) < *need => words.too_few,
        Terms::Items(_) if !mandatory.is_empty() => words.mandatory,
        _ => words.parts_missing,
    };
    let (answered, items, need) = (answered.to_string(), items.to_string(), need.to_string());
    filled(because, &[("count", &*answered), ("all", &items), ("need", &need)])
}
