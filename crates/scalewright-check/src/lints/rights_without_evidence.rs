//! Statements about rights without evidence.

use scalewright_model::file::WordingPolicy;
use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// Withheld wording without evidence for the stated rights.
pub(super) static LINT: Lint = Lint {
    name: "rights-without-evidence",
    summary: "withheld wording without evidence for the stated rights",
    explain: include_str!("rights_without_evidence.md"),
    group: Group::Rights,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let rights = &context.file.rights;
    if rights.wording != WordingPolicy::Withheld || !rights.evidence.is_empty() {
        return;
    }
    let id = &context.instrument.id;
    let message = format!("there is no evidence for the rights stated for `{id}`");
    hits.push(lint.hit(id, message, |d| {
        d.at_key(Pointer::top("rights"), "no evidence").help(
            "add a `[[rights.evidence]]` with its `source`, what it `states`, and the date on which it was `seen`",
        )
    }));
}
