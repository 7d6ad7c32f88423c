//! Cut scores outside the range of their score.

use scalewright_model::{Expr, Operation, Severity, Test};
use scalewright_scoring::{Possible, test_text};

use super::{Context, Group, Hit, Lint, shown};

/// A score compared with a number such that the result is always the same.
pub(super) static LINT: Lint = Lint {
    name: "cut-score-out-of-range",
    summary: "a cut score that every score reaches, or none",
    explain: include_str!("cut_score_out_of_range.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let possible = context.possible();
    let formulas = context
        .formulas()
        .map(|(scale, formula, place)| (scale.id.as_str(), formula.root().all(), place));
    // `conditions` lists those of items and notes first. Those of flags are formulas already.
    let items = context.instrument.items.iter().filter(|item| item.ask.is_some()).count();
    let notes = context.instrument.notes.iter().filter(|note| note.ask.is_some()).count();
    let asked = context.conditions().into_iter().take(items + notes);
    let asked = asked.map(|(id, test, place)| (id, Operation::Truth(test).all(), place));
    for (id, parts, place) in formulas.chain(asked) {
        for part in parts {
            let Operation::Truth(test) = part else { continue };
            let Some((met, low, high)) = decided(possible, test) else { continue };
            let text = test_text(test, context.instrument);
            let message = format!("`{text}` is {} true", if met { "always" } else { "never" });
            let place = place.clone();
            let label = format!("the score ranges from {} to {}", shown(low), shown(high));
            hits.push(lint.hit(id, message, |d| {
                d.at(place, label)
                    .help("compare the cut score with the items and response options of the scale")
            }));
        }
    }
}

/// Whether this lint reports a part of `test`.
pub(super) fn reports(context: &Context<'_>, test: &Test) -> bool {
    let possible = context.possible();
    Operation::Truth(test).all().into_iter().any(|part| match part {
        Operation::Truth(test) => decided(possible, test).is_some(),
        Operation::Number(_) => false,
    })
}

/// Returns the result of a comparison of a score with a number, and the range of the score, if the result is always the
/// same.
fn decided(possible: &Possible<'_>, test: &Test) -> Option<(bool, f64, f64)> {
    let Test::Compare { comparison: _, left, right } = test else { return None };
    // `compared-with-no-answer` reports answers to items that are compared with numbers.
    let is_score = matches!(**left, Expr::Score(_) | Expr::Aggregate(_) | Expr::Count { .. });
    if !is_score || !matches!(**right, Expr::Number(_)) {
        return None;
    }
    let truth = possible.truth(test);
    if truth.can_be_true && truth.can_be_false {
        return None;
    }
    let reach = possible.reach(left);
    Some((truth.can_be_true, reach.low, reach.high))
}
