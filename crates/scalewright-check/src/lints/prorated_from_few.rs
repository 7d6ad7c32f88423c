//! Scores that are prorated from fewer than half of the answers.

use scalewright_model::{Fill, Severity};

use super::{Context, Group, Hit, Lint};

/// A rule that may replace more answers than were given.
pub(super) static LINT: Lint = Lint {
    name: "prorated-from-few",
    summary: "a score prorated from fewer than half of its answers",
    explain: include_str!("prorated_from_few.md"),
    group: Group::Missing,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for scale in &context.instrument.scales {
        let (need, all) = (scale.missing.need, scale.terms.len());
        // Doubled, because half of an odd number would be rounded down.
        if scale.missing.fill != Fill::PersonMean || need * 2 >= all {
            continue;
        }
        let message = format!("`{}` is prorated from as few as {need} of {all} answers", scale.id);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("missing"), "fewer than half").help(
                "the usual rule requires at least half of the answers: compare it with the source",
            )
        }));
    }
}
