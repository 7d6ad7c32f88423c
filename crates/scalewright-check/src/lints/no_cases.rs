//! Instruments whose scoring is not confirmed by cases.

use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// An instrument without cases.
pub(super) static LINT: Lint = Lint {
    name: "no-cases",
    summary: "scales that no case confirms",
    explain: include_str!("no_cases.md"),
    group: Group::Cases,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    // A file that cannot be read, or with a case that is not reproduced, has its own error.
    let unread = context.has_cases && context.cases.is_none();
    if context.program.scores.is_empty()
        || context.cases.is_some_and(|file| !file.cases.is_empty())
        || unread
    {
        return;
    }
    let id = &context.instrument.id;
    hits.push(lint.hit(id, format!("no case confirms the scoring of `{id}`"), |d| {
        d.at_key(Pointer::top("scales"), "")
            .help("put responses and their published scores into `cases.toml` beside this file")
    }));
}
