//! Recodings in formulas that lack an answer.

use scalewright_model::{Expr, Operation, Severity, TOLERANCE};
use scalewright_scoring::expr_text;

use super::{Context, Group, Hit, Lint, shown};

/// A recoding in a formula that lacks an answer, or names a number that is none.
pub(super) static LINT: Lint = Lint {
    name: "recode-hole",
    summary: "a recoding in a formula that lacks an answer",
    explain: include_str!("recode_hole.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let possible = context.possible();
    for (scale, formula, place) in context.formulas() {
        for part in formula.root().all() {
            let Operation::Number(Expr::Recode { of, table, other, .. }) = part else { continue };
            let reach = possible.reach_complete(of);
            // The position of a word is recoded where a formula names another scale, which nobody wrote.
            let Some(values) = reach.values.as_ref().filter(|_| reach.exact) else { continue };
            if matches!(&**of, Expr::Score(scale) if context.instrument.scales[scale.0].words().is_some())
            {
                continue;
            }
            let text = expr_text(of, context.instrument);
            let near = |a: f64, b: f64| (a - b).abs() <= TOLERANCE;
            let lost =
                values.iter().find(|value| !table.iter().any(|(key, _)| near(*key, **value)));
            let stray =
                table.iter().find(|(key, _)| !values.iter().any(|value| near(*key, *value)));
            let (message, help) = match (lost.filter(|_| other.is_none()), stray) {
                (Some(lost), _) => (
                    format!("the recoding of `{text}` lacks {}", shown(*lost)),
                    "add it, or `else` with the number for all others: without one, the score is missing",
                ),
                (None, Some((key, _))) => (
                    format!(
                        "the recoding of `{text}` names {}, which is never its value",
                        shown(*key)
                    ),
                    "compare the recoding with the values of the answers: it may be for another coding",
                ),
                (None, None) => continue,
            };
            let place = place.clone();
            hits.push(lint.hit(&scale.id, message, |d| d.at(place, "").help(help)));
        }
    }
}
