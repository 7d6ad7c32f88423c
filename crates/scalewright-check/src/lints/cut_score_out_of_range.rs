//! Cut scores outside the range of their score.

use scalewright_model::{Comparison, Expr, Operation, Severity, Test};
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
        .map(|(scale, formula, place)| (scale.id.as_str(), parts(context, formula.root()), place));
    // `conditions` lists those of items and notes first. Those of flags are formulas already.
    let items = context.instrument.items.iter().filter(|item| item.ask.is_some()).count();
    let notes = context.instrument.notes.iter().filter(|note| note.ask.is_some()).count();
    let asked = context.conditions().into_iter().take(items + notes);
    let asked = asked.map(|(id, test, place)| (id, parts(context, Operation::Truth(test)), place));
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
    parts(context, Operation::Truth(test)).into_iter().any(|part| match part {
        Operation::Truth(test) => decided(possible, test).is_some(),
        Operation::Number(_) => false,
    })
}

/// Returns the result of a comparison of a score with a number, and the range of the score, if the result is always the
/// same.
fn decided(possible: &Possible<'_>, test: &Test) -> Option<(bool, f64, f64)> {
    let Test::Compare { comparison, left, right } = test else { return None };
    let left = match (&**left, &**right) {
        (Expr::Number(_), Expr::Number(_)) => return None,
        (left, Expr::Number(_)) => left,
        (Expr::Number(_), right) => right,
        _ => return None,
    };
    // `compared-with-no-answer` reports answers to items that are compared with numbers.
    if matches!(left, Expr::Answer(_) | Expr::Chosen { .. } | Expr::Reverse { .. }) {
        return None;
    }
    let truth = possible.truth(test);
    if truth.can_be_true && truth.can_be_false {
        return None;
    }
    let reach = possible.reach(left);
    // A number between two scores, or a score that is always missing: that is no cut score outside the range.
    let inside = matches!(comparison, Comparison::Equal | Comparison::Unequal) && !reach.exact;
    (!reach.is_empty() && !inside).then_some((truth.can_be_true, reach.low, reach.high))
}

/// The parts of a formula, without the two comparisons with the ends of a band that `band(…) = "…"` consists of: the
/// ends of the range are no cut scores.
pub(super) fn parts<'e>(context: &Context<'_>, root: Operation<'e>) -> Vec<Operation<'e>> {
    let (mut all, mut open) = (Vec::new(), vec![root]);
    while let Some(part) = open.pop() {
        all.push(part);
        match part {
            Operation::Truth(test) if super::idle_condition::is_band(context, test) => {}
            _ => open.extend(part.children().into_iter().rev()),
        }
    }
    all
}
