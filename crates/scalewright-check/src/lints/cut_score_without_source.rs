//! Cut scores for which no source is named.

use scalewright_model::file::Status;
use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// A flag of an instrument in use that has no source.
pub(super) static LINT: Lint = Lint {
    name: "cut-score-without-source",
    summary: "a flag of an instrument in use that has no source",
    explain: include_str!("cut_score_without_source.md"),
    group: Group::Provenance,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    // While an instrument is in development, its cut scores are its authors' own.
    if context.instrument.status == Status::Development {
        return;
    }
    for (index, flag) in context.file.flags.iter().enumerate() {
        // `key-without-source` reports flags that have a `key-status`.
        if !flag.source.is_empty() || flag.key_status.is_some() {
            continue;
        }
        let place = Pointer::flag(index).key("when");
        let message = format!("no source is named for the flag `{}`", flag.id);
        hits.push(lint.hit(&flag.id, message, |d| {
            d.at(place, "").help("name the source: `source = [\"…\"]`")
        }));
    }
}
