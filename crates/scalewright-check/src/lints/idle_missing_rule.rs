//! Rules for missing answers that never apply.

use scalewright_model::file::MissingKind;
use scalewright_model::{Fill, Severity};

use super::{Context, Group, Hit, Lint};

/// A rule that replaces missing answers but requires all answers.
pub(super) static LINT: Lint = Lint {
    name: "idle-missing-rule",
    summary: "a rule for missing answers that requires all answers",
    explain: include_str!("idle_missing_rule.md"),
    group: Group::Missing,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for scale in &context.instrument.scales {
        let replaces = matches!(
            scale.missing.kind,
            MissingKind::Prorate | MissingKind::AnsweredOnly | MissingKind::Substitute
        );
        let all = scale.terms.len();
        let bound = scale.missing.need.max(scale.missing.mandatory.len());
        // With a single item, every rule requires it.
        if !replaces || all < 2 || bound < all {
            continue;
        }
        let message =
            format!("the rule for missing answers of `{}` allows none to be missing", scale.id);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("missing"), format!("all {all} are required"))
                .help("write `missing = \"no-score\"`, or the limit that the source states")
        }));
    }
    for list in context.combined_in_formulas() {
        let replaces = list.fill.is_some_and(|fill| *fill != Fill::Nothing);
        if !replaces || list.all < 2 || list.need < list.all {
            continue;
        }
        let message =
            format!("the rule for missing answers of {} allows none to be missing", list.name());
        hits.push(lint.hit(&list.scale.id, message, |d| {
            list.mark_rule(d, format!("all {} are required", list.all))
                .help("compare the list and its limit with the source: is an item lost, or is the rule not needed?")
        }));
    }
}
