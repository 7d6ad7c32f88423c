//! What a reader has to know before the numbers are believed: missing answers, and keys that are not sure.

use scalewright_model::file::{KeyStatus, MissingKind};
use scalewright_model::{Missing, TOLERANCE, Terms};

use super::{ReportRequest, Reported, rounded};

/// The notes, a sentence or two each.
pub(super) fn notes(request: &ReportRequest<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for score in request.in_order() {
        notes.extend(missing(&score));
    }
    let cut = request.in_order().filter(is_cut).map(|score| score.title).collect::<Vec<_>>();
    if !cut.is_empty() {
        notes.push(format!("Shown to two decimals only: {}.", cut.join(", ")));
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

/// Whether the number that is printed has fewer digits than the score.
fn is_cut(score: &Reported<'_>) -> bool {
    score.is_number()
        && score.score().is_some_and(|value| (rounded(value) - value).abs() > TOLERANCE)
}

fn missing(score: &Reported<'_>) -> Option<String> {
    let (title, answered, items) = (score.title, score.answered(), score.items);
    let whole = answered as usize >= items;
    match score.score() {
        None => Some(format!("{title}: no score. {}", why(score))),
        Some(_) if whole => None,
        Some(_) => {
            let filled = score.scored.prorated.first() == Some(&true);
            // What stands in for answers to the items of a part goes by the rule of that part.
            let of_items = matches!(score.scale.terms, Terms::Items(_));
            let how = match (score.scale.missing.kind, filled) {
                (MissingKind::Prorate, true) if of_items => {
                    "each missing answer counts as the mean of the respondent's own answers"
                }
                (MissingKind::Substitute, true) if of_items => {
                    "a number given in the definition stands in for each missing answer"
                }
                (_, true) => "something stands in for missing answers",
                (MissingKind::AnsweredOnly, false) => "the score is made of the answers there are",
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
