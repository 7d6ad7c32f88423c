//! Prorated scales whose items have unequal ranges.

use scalewright_model::{Fill, Severity};

use super::{Context, Group, Hit, Lint, shown};

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

/// This lint reports prorated scales; `unequal-ranges` reports the others.
const PRORATED: bool = true;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (scale, items) in context.keyed() {
        if scale.weights.is_some() || (scale.missing.fill == Fill::PersonMean) != PRORATED {
            continue;
        }
        let Some((index, [first, other])) = super::unequal(context, items) else { continue };
        let item = &context.instrument.items[items[index].item.0].id;
        let message = format!("`{}` is prorated over items with unequal ranges", scale.id);
        let label = format!(
            "`{item}` counts {} to {}, the first item {} to {}",
            shown(other.0),
            shown(other.1),
            shown(first.0),
            shown(first.1)
        );
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("items").index(index), label).help("the mean of some items does not represent the others: compare the rule and the recoding with the source")
        }));
    }
}
