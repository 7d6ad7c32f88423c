//! Definitions for which nobody has found out who answers.

use scalewright_model::{Pointer, Respondent, Severity};

use super::{Context, Group, Hit, Lint};

/// A definition that does not say who answers.
pub(super) static LINT: Lint = Lint {
    name: "unknown-respondent",
    summary: "a definition that does not say who answers",
    explain: include_str!("unknown_respondent.md"),
    group: Group::Provenance,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    if context.file.administration.respondent != Respondent::Unknown {
        return;
    }
    let id = &context.instrument.id;
    let message = format!("nobody has decided who answers `{id}`");
    hits.push(lint.hit(id, message, |d| {
        d.at(Pointer::top("administration").key("respondent"), "")
            .help("find out, and write `respondent = \"self\"`, `\"informant\"` or `\"rater\"`")
    }));
}
