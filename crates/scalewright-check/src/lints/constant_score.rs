//! Scores that are the same for every respondent.

use scalewright_model::{AggregateKind, Expr, Formula, Operation, Operator, Origin, Severity};
use scalewright_scoring::expr_text;

use super::{Context, Group, Hit, Lint, shown};

/// A score with only one possible value.
pub(super) static LINT: Lint = Lint {
    name: "constant-score",
    summary: "a score that is the same for every respondent",
    explain: include_str!("constant_score.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (score, range) in context.program.scores.iter().zip(context.ranges) {
        let scale = &context.instrument.scales[score.scale.0];
        // For flags, `condition-always-true` and `condition-never-true` report this.
        let own = matches!(scale.origin, Origin::Scale(_));
        let [only] = range.any.values.as_deref().unwrap_or_default() else { continue };
        if !own || !score.is_number() {
            continue;
        }
        let message = format!("the score of `{}` is always {}", scale.id, shown(*only));
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("id"), "for all answers")
                .help("compare its items, weights, recoding or formula with the source")
        }));
    }
    for (scale, formula, place) in context.formulas() {
        let Some((part, only)) = constant(context, formula) else { continue };
        let text = expr_text(part, context.instrument);
        let message = format!("a part of the formula of `{}` is always {}", scale.id, shown(only));
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(place, format!("`{text}`"))
                .help("compare its numbers with the source: are the bounds of a `clamp`, `min` or `max` exchanged, or is a factor 0?")
        }));
    }
}

/// The first part of a formula that limits or weights answers such that they have no effect, with its only value. The
/// formula as a whole is left out, because it is the score.
fn constant<'e>(context: &Context<'_>, formula: &'e Formula) -> Option<(&'e Expr, f64)> {
    formula.root().all().into_iter().skip(1).find_map(|part| {
        let Operation::Number(expr) = part else { return None };
        let limits = match expr {
            Expr::Aggregate(list) => {
                matches!(list.kind, AggregateKind::Min | AggregateKind::Max) && list.terms.len() > 1
            }
            Expr::Arithmetic { operator, .. } => *operator == Operator::Multiply,
            Expr::Recode { .. } => true,
            _ => false,
        };
        let (mut scales, mut items) = (Vec::new(), Vec::new());
        expr.operands(&mut scales, &mut items);
        if !limits || (scales.is_empty() && items.is_empty()) {
            return None;
        }
        let reach = context.possible().reach(expr);
        let [only] = reach.values.as_deref()? else { return None };
        Some((expr, *only))
    })
}
