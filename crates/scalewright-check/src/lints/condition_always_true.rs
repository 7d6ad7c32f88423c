//! Conditions that are always true.

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint};

/// A condition that is true for all answers.
pub(super) static LINT: Lint = Lint {
    name: "condition-always-true",
    summary: "a condition that is always true",
    explain: include_str!("condition_always_true.md"),
    group: Group::Conditions,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let possible = context.possible();
    for (id, test, place) in context.conditions() {
        // `cut-score-out-of-range` reports scores compared with numbers outside their range.
        if possible.truth(test).can_be_false
            || super::cut_score_out_of_range::reports(context, test)
        {
            continue;
        }
        let message = format!("the condition of `{id}` is always true");
        hits.push(lint.hit(id, message, |d| {
            d.at(place, "").help(
                "compare its numbers with the values of the options: it is true for all answers",
            )
        }));
    }
}
