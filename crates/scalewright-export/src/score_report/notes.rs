//! What a reader has to know before the numbers are believed: missing answers, and keys that are not sure.

use std::collections::BTreeMap;

use scalewright_model::file::{KeyStatus, MissingKind};
use scalewright_model::{Missing, ScaleIx, Terms};
use scalewright_scoring::{Blank, Blanks, Column, Responses};

use super::{ReportRequest, Reported};

/// The notes, a sentence or two each.
pub(super) fn notes(request: &ReportRequest<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    let blank = blank(request);
    for score in request.in_order() {
        notes.extend(match blank.get(&score.index) {
            Some(why) => Some(format!("{}: no score, because {}.", score.title, words(why))),
            None => missing(&score),
        });
    }
    let with = |status: KeyStatus| -> Vec<&str> {
        let all = request.in_order().filter(|score| score.scale.key_status == Some(status));
        all.map(|score| score.title).collect()
    };
    let recalled = with(KeyStatus::Recalled);
    if !recalled.is_empty() {
        let list = recalled.join(", ");
        notes.push(format!("The key is recalled, not read in a source: {list}."));
    }
    notes
}

/// Why derived scores are blank whose raw score is there.
fn blank(request: &ReportRequest<'_>) -> BTreeMap<ScaleIx, Blank> {
    let column = |answer: &Option<f64>| {
        let mut column = Column::default();
        column.push(*answer);
        column
    };
    let items = request.answers.iter().map(column).collect();
    let responses = Responses { rows: 1, items };
    let program = request.program;
    let blanks = Blanks::new(request.instrument, program);
    let blank = blanks.in_row((&responses, request.scored), 0);
    blank.into_iter().map(|(at, why)| (program.scores[at].scale, why)).collect()
}

/// It as a reader is told, who knows no marks of code.
fn words(why: &Blank) -> String {
    why.reason().replace('`', "")
}

fn missing(score: &Reported<'_>) -> Option<String> {
    let (title, answered, items) = (score.title, score.answered(), score.items);
    let whole = answered as usize >= items;
    match score.score() {
        None => Some(format!("{title}: no score. {}", why(score))),
        Some(_) if whole => None,
        Some(_) => {
            let how = match (score.scale.missing.kind, score.scored.prorated.first()) {
                (MissingKind::Prorate, Some(true)) => {
                    "each missing answer counts as the mean of the respondent's own answers"
                }
                (MissingKind::Substitute, Some(true)) => {
                    "a number given in the definition stands in for each missing answer"
                }
                (MissingKind::AnsweredOnly, _) => "the score is made of the answers there are",
                (_, Some(true)) => "something stands in for missing answers",
                _ => "the score takes no account of the missing ones",
            };
            Some(format!("{title}: {answered} of {items} items answered; {how}."))
        }
    }
}

fn why(score: &Reported<'_>) -> String {
    let (answered, items) = (score.answered(), score.items);
    let Missing { kind: _, need, mandatory, fill: _ } = &score.scale.missing;
    match &score.scale.terms {
        Terms::Items(_) if (answered as usize) < *need => {
            format!("{answered} of {items} items are answered, and {need} are needed.")
        }
        Terms::Items(_) if !mandatory.is_empty() => {
            "An item that must be answered is not.".to_owned()
        }
        _ => {
            format!("{answered} of {items} items are answered, and what it is made of is missing.")
        }
    }
}
