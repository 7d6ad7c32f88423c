//! Whether a formula has no result as soon as one of its values is missing.

use scalewright_model::{Expr, Formula, Test};

/// Whether a missing answer or score always makes the result missing, and there is at least one.
pub(super) fn is_strict(formula: &Formula) -> bool {
    let strict = match formula {
        Formula::Number(expr) | Formula::Word { position: expr, .. } => expr_is_strict(expr),
        Formula::Truth(test) => test_is_strict(test),
    };
    let (mut scales, mut items) = (Vec::new(), Vec::new());
    formula.operands(&mut scales, &mut items);
    strict && !(scales.is_empty() && items.is_empty())
}

fn expr_is_strict(expr: &Expr) -> bool {
    let all = |exprs: &[Expr]| exprs.iter().all(expr_is_strict);
    match expr {
        Expr::Number(_) | Expr::Missing | Expr::Answer(_) | Expr::Score(_) => true,
        Expr::Reverse { of, .. } | Expr::Apply { of, .. } | Expr::Round { of, .. } => {
            expr_is_strict(of)
        }
        Expr::Recode { of, missing, .. } => missing.is_none() && expr_is_strict(of),
        Expr::Aggregate(aggregate) => {
            aggregate.need >= aggregate.terms.len() && all(&aggregate.terms)
        }
        Expr::Arithmetic { left, right, .. } => expr_is_strict(left) && expr_is_strict(right),
        Expr::Lookup { of, .. } => all(of),
        Expr::Count { tests, need } => *need >= tests.len() && tests.iter().all(test_is_strict),
        Expr::Eap { model, need, .. } => {
            *need >= model.items.len()
                && model.items.iter().all(|item| expr_is_strict(&item.answer))
        }
        // A chosen option is never missing, a run ends at a missing answer, and a branch may use none of the others.
        Expr::Chosen { .. } | Expr::LongestRun(_) | Expr::If { .. } => false,
    }
}

fn test_is_strict(test: &Test) -> bool {
    match test {
        Test::Truth(_) | Test::Missing | Test::Flag(_) => true,
        Test::Compare { left, right, .. } => expr_is_strict(left) && expr_is_strict(right),
        Test::Not(of) => test_is_strict(of),
        Test::All(tests) | Test::Any(tests) => tests.len() == 1 && tests.iter().all(test_is_strict),
        Test::AtLeast { .. } | Test::IsMissing(_) | Test::IsUnknown(_) => false,
    }
}
