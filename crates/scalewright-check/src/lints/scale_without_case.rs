//! Scores that no case expects.

use std::collections::BTreeSet;

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint};

/// A score that no case expects.
pub(super) static LINT: Lint = Lint {
    name: "scale-without-case",
    summary: "a score that no case expects",
    explain: include_str!("scale_without_case.md"),
    group: Group::Cases,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let Some(file) = context.cases.filter(|file| !file.cases.is_empty()) else { return };
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for case in &file.cases {
        named.extend(case.scores.keys().map(String::as_str));
        named.extend(case.no_score.iter().map(String::as_str));
        named.extend(case.bands.keys().map(String::as_str));
        named.extend(case.band_sets.keys().map(String::as_str));
        named.extend(case.flags.keys().map(String::as_str));
        named.extend(case.codes.keys().map(String::as_str));
    }
    for score in &context.program.scores {
        let scale = &context.instrument.scales[score.scale.0];
        if named.contains(scale.id.as_str()) {
            continue;
        }
        let message = format!("no case expects a score of `{}`", scale.id);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("id"), "")
                .help("add its score to the `scores` of a case, taken from a source or calculated by hand")
        }));
    }
}
