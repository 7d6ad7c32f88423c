//! A reliability that nobody is named for.

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint};

/// A reliability with no source.
pub(super) static LINT: Lint = Lint {
    name: "reliability-without-source",
    summary: "a reliability with no source",
    explain: include_str!("reliability_without_source.md"),
    group: Group::Provenance,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    // A coefficient is an observation, in an instrument that is being made too.
    for scale in &context.instrument.scales {
        let Some(reliability) = &scale.reliability else { continue };
        if reliability.source.is_empty() {
            let place = scale.pointer().key("reliability");
            let message = format!("no source is named for the reliability of `{}`", scale.id);
            hits.push(lint.hit(&scale.id, message, |d| {
                d.at_key(place, "").help("name it: `source = [\"…\"]`")
            }));
        }
    }
}
