//! Conditions that are never true.

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint};

/// A condition that is true for no answers.
pub(super) static LINT: Lint = Lint {
    name: "condition-never-true",
    summary: "a condition that is never true",
    explain: include_str!("condition_never_true.md"),
    group: Group::Conditions,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let possible = context.possible();
    for (id, test, place) in context.conditions() {
        // `cut-score-out-of-range` reports scores compared with numbers outside their range.
        if possible.truth(test).can_be_true || super::cut_score_out_of_range::reports(context, test)
        {
            continue;
        }
        let message = format!("the condition of `{id}` is never true");
        hits.push(lint.hit(id, message, |d| {
            d.at(place, "").help(
                "compare its numbers with the values of the options: it is true for no answers",
            )
        }));
    }
}
