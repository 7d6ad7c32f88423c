//! Rules for missing answers that no case tests.

use scalewright_model::Severity;
use scalewright_model::file::MissingKind;
use scalewright_scoring::evaluate;

use crate::cases;

use super::{Context, Group, Hit, Lint};

/// A rule that replaces missing answers and that no case tests.
pub(super) static LINT: Lint = Lint {
    name: "missing-rule-without-case",
    summary: "a rule that replaces missing answers and that no case tests",
    explain: include_str!("missing_rule_without_case.md"),
    group: Group::Cases,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let Some(file) = context.cases.filter(|file| !file.cases.is_empty()) else { return };
    let scored = evaluate(context.program, &cases::responses(file, context.instrument));
    for (score, scored) in context.program.scores.iter().zip(&scored) {
        let scale = &context.instrument.scales[score.scale.0];
        let (all, rows) = (score.items.len(), 0..file.cases.len());
        let allows = matches!(
            scale.missing.kind,
            MissingKind::Prorate | MissingKind::AnsweredOnly | MissingKind::Substitute
        );
        if !allows
            || rows
                .clone()
                .any(|row| (scored.answered[row] as usize) < all && scored.score.get(row).is_some())
        {
            continue;
        }
        let message = format!("no case has a score of `{}` with a missing answer", scale.id);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("missing"), "not tested").help(
                "add a case with as many missing answers as the rule allows, and another with one more",
            )
        }));
    }
}
