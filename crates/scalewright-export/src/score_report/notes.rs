//! The notes that a reader needs to judge the scores: missing answers, missing scores and recalled keys.

use std::collections::BTreeMap;

use scalewright_model::file::{KeyStatus, MissingKind};
use scalewright_model::{Missing, ScaleIx, TOLERANCE, Terms};
use scalewright_scoring::{Blank, Blanks, Responses};

use super::figures::rounded;
use super::request::{ReportRequest, Reported};
use crate::ui::{ReportWords, filled};

/// Returns the notes, each of one or two sentences.
pub(super) fn notes(request: &ReportRequest<'_>) -> Vec<String> {
    let mut notes = of_answers(request);
    notes.extend(of_keys(request));
    notes
}

/// Returns the notes about the answers of one occasion.
pub(super) fn of_answers(request: &ReportRequest<'_>) -> Vec<String> {
    let words = request.sheet.words();
    let mut notes = Vec::new();
    let blank = blank(request);
    for score in request.in_order() {
        // This reason comes first: a derived score can be blank although all of its items are answered.
        notes.extend(match blank.get(&score.of.index) {
            Some(why) => Some(filled(
                words.scored_none,
                &[("why", &reason(why, words)), ("title", score.of.title)],
            )),
            None => missing(&score, words),
        });
    }
    let cut = request.in_order().filter(is_cut).map(|score| score.of.title).collect::<Vec<_>>();
    if !cut.is_empty() {
        notes.push(filled(words.cut, &[("titles", &cut.join(", "))]));
    }
    notes
}

/// Returns the notes about the keys.
pub(super) fn of_keys(request: &ReportRequest<'_>) -> Vec<String> {
    let words = request.sheet.words();
    let mut notes = Vec::new();
    let with = |status: KeyStatus| -> Vec<&str> {
        let all = request.in_order().filter(|score| score.of.scale.key_status == Some(status));
        all.map(|score| score.of.title).collect()
    };
    let recalled = with(KeyStatus::Recalled);
    if !recalled.is_empty() {
        let list = recalled.join(", ");
        notes.push(filled(words.recalled, &[("scales", &list)]));
    }
    if let Some((source, digest)) = request.sheet.supplied_key {
        notes.push(filled(words.supplied_key, &[("source", source), ("digest", digest)]));
    }
    notes
}

/// Whether the printed number has fewer digits than the score.
fn is_cut(score: &Reported<'_>) -> bool {
    score.of.is_number()
        && score.score().is_some_and(|value| (rounded(value) - value).abs() > TOLERANCE)
}

/// Returns why derived scores are blank although their raw score is not.
fn blank(request: &ReportRequest<'_>) -> BTreeMap<ScaleIx, Blank> {
    let responses = Responses::of_one(request.answers);
    let program = request.sheet.program;
    let blanks = Blanks::new(request.sheet.instrument, program);
    let blank = blanks.in_row((&responses, request.scored), 0);
    blank.into_iter().map(|(at, why)| (program.scores[at].scale, why)).collect()
}

fn reason(why: &Blank, words: &ReportWords) -> String {
    let [lacks, no_group, no_row, no_group_or_row, no_value] = words.blank;
    match why {
        Blank::Lacks(what) => filled(lacks, &[("what", &what.join(", "))]),
        Blank::NoGroup => no_group.to_owned(),
        Blank::NoRow => no_row.to_owned(),
        Blank::NoGroupOrRow => no_group_or_row.to_owned(),
        Blank::NoValue => no_value.to_owned(),
    }
}

fn missing(score: &Reported<'_>, words: &ReportWords) -> Option<String> {
    let (title, answered, items) = (score.of.title, score.answered(), score.of.items);
    let whole = answered as usize >= items;
    match score.score() {
        None => Some(filled(words.scored_none, &[("why", &why(score, words)), ("title", title)])),
        Some(_) if whole => None,
        Some(_) => {
            let stands_in = score.scored.prorated.first() == Some(&true);
            // For a score of other scores, each of these replaces missing answers by its own rule.
            let of_items = matches!(score.of.scale.terms, Terms::Items(_));
            let how = match (score.of.scale.missing.kind, stands_in) {
                (MissingKind::Prorate, true) if of_items => words.prorated,
                (MissingKind::Substitute, true) if of_items => words.substituted,
                (_, true) => words.stands_in,
                (MissingKind::AnsweredOnly, false) => words.answered_only,
                _ => words.left_out,
            };
            let (answered, items) = (answered.to_string(), items.to_string());
            let values = [("count", &*answered), ("all", &items), ("how", how), ("title", title)];
            Some(filled(words.scored_some, &values))
        }
    }
}

fn why(score: &Reported<'_>, words: &ReportWords) -> String {
    let (answered, items) = (score.answered(), score.of.items);
    let Missing { kind: _, need, mandatory, fill: _ } = &score.of.scale.missing;
    let because = match &score.of.scale.terms {
        Terms::Items(_) if (answered as usize) < *need => words.too_few,
        // With enough answers, a mandatory one must be missing.
        Terms::Items(_) if !mandatory.is_empty() => words.mandatory,
        _ => words.parts_missing,
    };
    let (answered, items, need) = (answered.to_string(), items.to_string(), need.to_string());
    filled(because, &[("count", &*answered), ("all", &items), ("need", &need)])
}
