//! Reliabilities for which no source is named.

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint};

/// A reliability that has no source.
pub(super) static LINT: Lint = Lint {
    name: "reliability-without-source",
    summary: "a reliability that has no source",
    explain: include_str!("reliability_without_source.md"),
    group: Group::Provenance,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    // A coefficient comes from data, so it needs a source also while an instrument is in development.
    for scale in &context.instrument.scales {
        let Some(reliability) = &scale.reliability else { continue };
        if reliability.source.is_empty() {
            let place = scale.pointer().key("reliability");
            let message = format!("no source is named for the reliability of `{}`", scale.id);
            hits.push(lint.hit(&scale.id, message, |d| {
                d.at_key(place, "").help("name the source: `source = [\"…\"]`")
            }));
        }
    }
}
