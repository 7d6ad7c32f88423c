//! Comments that say that something is still to be decided.

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint};

/// A comment that says that something is still to be decided.
pub(super) static LINT: Lint = Lint {
    name: "undecided",
    summary: "a comment that marks a decision as `TODO`",
    explain: include_str!("undecided.md"),
    group: Group::Provenance,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (place, words) in context.todos {
        let message = match words.as_str() {
            "" => "a comment marks this as still to be decided".to_owned(),
            words => format!("this is still to be decided: {words}"),
        };
        let hit = lint.hit(&context.instrument.id, message, |d| {
            d.at_key(place.clone(), "").help("decide it, and remove the comment that says `TODO`")
        });
        hits.push(hit);
    }
}
