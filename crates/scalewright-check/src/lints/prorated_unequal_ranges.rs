//! Prorated scales whose items have unequal ranges.

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint, unequal_ranges};

/// A prorated scale whose items have unequal ranges.
pub(super) static LINT: Lint = Lint {
    name: "prorated-unequal-ranges",
    summary: "a prorated score over items with unequal ranges",
    explain: include_str!("prorated_unequal_ranges.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let help = "the mean of some items does not represent the others: compare the rule and the recoding with the source";
    unequal_ranges::report(lint, context, (true, help), hits);
}
