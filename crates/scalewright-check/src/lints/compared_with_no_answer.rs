//! Items compared with a number that is not one of their answers.

use scalewright_model::{Comparison, Expr, Formula, ItemIx, Operation, Severity, Test};
use scalewright_scoring::test_text;

use super::{Context, Group, Hit, Lint};

/// An item compared with a number that is not one of its answers.
pub(super) static LINT: Lint = Lint {
    name: "compared-with-no-answer",
    summary: "an item compared with a number that is not one of its answers",
    explain: include_str!("compared_with_no_answer.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let possible = context.possible();
    for (scale, formula, place) in context.formulas() {
        // If the whole condition is always true or always false, another lint reports that.
        if let Formula::Truth(test) = formula {
            let truth = possible.truth(test);
            if !truth.can_be_true || !truth.can_be_false {
                continue;
            }
        }
        for part in formula.root().all() {
            let Operation::Truth(test) = part else { continue };
            let Some(item) = stray(context, test) else { continue };
            let item = &context.instrument.items[item.0].id;
            let text = test_text(test, context.instrument);
            let message =
                format!("`{text}` compares `{item}` with a number that is not one of its answers");
            let place = place.clone();
            hits.push(lint.hit(&scale.id, message, |d| {
                d.at(place, "").help("compare the formula with the values of the options: it may have been written for another coding")
            }));
        }
    }
}

/// Returns the item that `test` compares with a number that it cannot equal, or that is outside the range of its
/// answers.
fn stray(context: &Context<'_>, test: &Test) -> Option<ItemIx> {
    let Test::Compare { comparison, left, right } = test else { return None };
    let (Expr::Answer(item), Expr::Number(bound)) = (&**left, &**right) else { return None };
    let accepted = &context.program.answer(*item)?.accepted;
    let (low, high) = context.instrument.response(*item).bounds()?;
    // `<` and `>=` divide the answers just below the number, `<=` and `>` just above it.
    let off = match comparison {
        Comparison::Equal | Comparison::Unequal => !accepted.contains(*bound),
        Comparison::Less | Comparison::AtLeast => *bound <= low || *bound > high,
        Comparison::AtMost | Comparison::Greater => *bound < low || *bound >= high,
    };
    off.then_some(*item)
}
