//! Formulas that can divide by zero.

use scalewright_model::{Expr, Operation, Operator, Severity, TOLERANCE};
use scalewright_scoring::expr_text;

use super::{Context, Group, Hit, Lint};

/// A divisor that is 0 for some answers.
pub(super) static LINT: Lint = Lint {
    name: "division-by-zero",
    summary: "a formula that can divide by zero",
    explain: include_str!("division_by_zero.md"),
    group: Group::Missing,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let possible = context.possible();
    for (scale, formula, place) in context.formulas() {
        for part in formula.root().all() {
            let Operation::Number(Expr::Arithmetic { operator, left: _, right }) = part else {
                continue;
            };
            if !matches!(operator, Operator::Divide | Operator::Modulo) {
                continue;
            }
            let reach = possible.reach(right);
            let zero = match &reach.values {
                Some(values) => values.iter().any(|value| value.abs() <= TOLERANCE),
                None => reach.low <= TOLERANCE && reach.high >= -TOLERANCE,
            };
            if !zero {
                continue;
            }
            let divisor = expr_text(right, context.instrument);
            let message =
                format!("the formula of `{}` divides by `{divisor}`, which can be 0", scale.id);
            let place = place.clone();
            hits.push(lint.hit(&scale.id, message, |d| {
                d.at(place, "the score is then missing").help(
                    "state the score for this case: `if … = 0 then … else …`, or require more answers",
                )
            }));
        }
    }
}
