//! Reversals in formulas with the wrong number.

use scalewright_model::{
    AggregateKind, Expr, Operation, Operator, ResponseKind, Severity, TOLERANCE, Terms,
};
use scalewright_scoring::expr_text;

use super::{Context, Group, Hit, Lint, shown};

/// A number from which a formula subtracts an answer or a sum, and that does not reverse it.
pub(super) static LINT: Lint = Lint {
    name: "reversal-off-range",
    summary: "a reversal in a formula whose number does not fit",
    explain: include_str!("reversal_off_range.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let possible = context.possible();
    for (scale, formula, place) in context.formulas() {
        for part in formula.root().all() {
            let Operation::Number(Expr::Arithmetic { operator: Operator::Subtract, left, right }) =
                part
            else {
                continue;
            };
            let Expr::Number(from) = **left else { continue };
            // `0 - x` is the sign of a number.
            if from == 0.0 || !is_plain(context, right) {
                continue;
            }
            let reach = possible.reach_complete(right);
            let fits = [reach.high, reach.low + reach.high];
            let same = |a: f64, b: f64| (a - b).abs() <= TOLERANCE;
            if reach.is_empty() || !reach.exact || fits.iter().any(|fit| same(*fit, from)) {
                continue;
            }
            let text = expr_text(right, context.instrument);
            let message =
                format!("{} − `{text}` does not reverse it within its range", shown(from));
            let (low, high) = (shown(from - reach.high), shown(from - reach.low));
            let label = format!(
                "gives {low} to {high}, from {} to {}",
                shown(reach.low),
                shown(reach.high)
            );
            let help = format!(
                "{} keeps the range, {} begins at 0: compare the number and the items with the source",
                shown(reach.low + reach.high),
                shown(reach.high)
            );
            let place = place.clone();
            hits.push(lint.hit(&scale.id, message, |d| d.at(place, label).help(help)));
        }
    }
}

/// Whether an expression is an answer on a rating scale, or a sum, mean or score of such answers without a conversion.
fn is_plain(context: &Context<'_>, expr: &Expr) -> bool {
    let is_coded = |item: scalewright_model::ItemIx| {
        matches!(context.instrument.response(item).kind, ResponseKind::Coded { .. })
    };
    match expr {
        Expr::Answer(item) => is_coded(*item),
        Expr::Reverse { of, .. } => is_plain(context, of),
        Expr::Aggregate(aggregate) => {
            matches!(aggregate.kind, AggregateKind::Sum | AggregateKind::Mean)
                && aggregate.terms.iter().all(|term| is_plain(context, term))
        }
        Expr::Score(scale) => {
            let scale = &context.instrument.scales[scale.0];
            matches!(&scale.terms, Terms::Items(items) if items.iter().all(|entry| is_coded(entry.item)))
        }
        _ => false,
    }
}
