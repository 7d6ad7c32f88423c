//! Items compared with a number that is not one of their answers.

use scalewright_model::{Comparison, Expr, ItemIx, Operation, Pointer, Severity, Test};
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
    let mut formulas: Vec<(&str, Operation<'_>, Pointer)> = context
        .formulas()
        .map(|(scale, formula, place)| (scale.id.as_str(), formula.root(), place))
        .collect();
    for (index, item) in context.instrument.items.iter().enumerate() {
        if let Some(ask) = &item.ask {
            let place = Pointer::item(ItemIx(index)).key("ask-if");
            formulas.push((&item.id, Operation::Truth(&ask.when), place));
        }
    }
    for (id, root, place) in formulas {
        // If the whole condition is always true or always false, another lint reports that.
        if let Operation::Truth(test) = root {
            let truth = possible.truth(test);
            if !truth.can_be_true || !truth.can_be_false {
                continue;
            }
        }
        for part in root.all() {
            let Operation::Truth(test) = part else { continue };
            let Some(item) = stray(context, test) else { continue };
            let item = &context.instrument.items[item.0].id;
            let text = test_text(test, context.instrument);
            let message =
                format!("`{text}` compares `{item}` with a number that is not one of its answers");
            let place = place.clone();
            hits.push(lint.hit(id, message, |d| {
                d.at(place, "").help("compare the formula with the values of the options: it may have been written for another coding")
            }));
        }
    }
}

/// Returns the item that `test` compares with a number that it cannot equal, or that is outside the range of its
/// answers.
fn stray(context: &Context<'_>, test: &Test) -> Option<ItemIx> {
    let Test::Compare { comparison, left, right } = test else { return None };
    let (answer, bound, comparison) = match (&**left, &**right) {
        (answer, Expr::Number(bound)) => (answer, bound, *comparison),
        (Expr::Number(bound), answer) => (answer, bound, comparison.turned()),
        _ => return None,
    };
    // Reversed answers have the values of the answers.
    let (Some(item), Expr::Answer(_) | Expr::Reverse { .. }) = (item_of(answer), answer) else {
        return None;
    };
    let accepted = &context.program.answer(item)?.accepted;
    let (low, high) = context.instrument.response(item).bounds()?;
    // `<` and `>=` divide the answers just below the number, `<=` and `>` just above it.
    let off = match comparison {
        Comparison::Equal | Comparison::Unequal => !accepted.contains(*bound),
        Comparison::Less | Comparison::AtLeast => *bound <= low || *bound > high,
        Comparison::AtMost | Comparison::Greater => *bound < low || *bound >= high,
    };
    off.then_some(item)
}

fn item_of(answer: &Expr) -> Option<ItemIx> {
    match answer {
        Expr::Answer(item) => Some(*item),
        Expr::Reverse { of, .. } => item_of(of),
        _ => None,
    }
}
