//! Items with unequal ranges in one sum or mean.

use scalewright_model::{Fill, Severity};

use super::{Context, Group, Hit, Lint, shown};

/// Items with unequal ranges that are added up without weights.
pub(super) static LINT: Lint = Lint {
    name: "unequal-ranges",
    summary: "items with unequal ranges added up",
    explain: include_str!("unequal_ranges.md"),
    group: Group::Range,
    level: Severity::Hint,
    since: "0.1",
    run,
};

/// `prorated-unequal-ranges` reports prorated scales.
const PRORATED: bool = false;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (scale, items) in context.keyed() {
        // Weights state how much each item counts, so unequal ranges are no mistake with them.
        if scale.weights.is_some() || (scale.missing.fill == Fill::PersonMean) != PRORATED {
            continue;
        }
        let Some((index, [first, other])) = super::unequal(context, items) else { continue };
        let item = &context.instrument.items[items[index].item.0].id;
        let message = format!("`{}` adds up items with unequal ranges", scale.id);
        let label = format!(
            "`{item}` counts {} to {}, the first item {} to {}",
            shown(other.0),
            shown(other.1),
            shown(first.0),
            shown(first.1)
        );
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("items").index(index), label).help("items with a wider range weigh more: compare response scales and recoding with the source")
        }));
    }
}
