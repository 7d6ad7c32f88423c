//! Conditions that are never true.

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint};

/// A condition that no answers make true.
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
        // A score compared with what it cannot be is told as a cut score.
        if possible.truth(test).can_hold || super::cut_score_out_of_range::tells(context, test) {
            continue;
        }
        let message = format!("the condition of `{id}` is never true");
        hits.push(lint.hit(id, message, |d| {
            d.at(place, "")
                .help("compare its numbers with the values of the options: no answers make it true")
        }));
    }
}
