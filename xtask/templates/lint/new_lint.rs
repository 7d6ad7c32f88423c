//! What the lint is about, in a sentence.

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint};

/// The defect, in a clause.
pub(super) static LINT: Lint = Lint {
    name: "new-lint",
    summary: "the defect, in a clause",
    explain: include_str!("new_lint.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    // Write the rule here: a `lint.hit(…)` for each defect that `context` shows.
    let _ = (lint, context, hits);
}
