//! Items with the weight 0.

use scalewright_model::{Severity, Terms};

use super::{Context, Group, Hit, Lint};

/// An item with the weight 0.
pub(super) static LINT: Lint = Lint {
    name: "zero-weight",
    summary: "an item with the weight 0",
    explain: include_str!("zero_weight.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for scale in &context.instrument.scales {
        let Some(weights) = &scale.weights else { continue };
        let name = |index: usize| match &scale.terms {
            Terms::Items(items) => Some(&context.instrument.items[items.get(index)?.item.0].id),
            Terms::Scales(scales) => {
                Some(&context.instrument.scales[scales.get(index)?.scale.0].id)
            }
            Terms::Formula(_) | Terms::Unknown => None,
        };
        for (index, _) in weights.iter().enumerate().filter(|(_, weight)| **weight == 0.0) {
            let Some(id) = name(index) else { continue };
            let message = format!("`{id}` has the weight 0 on `{}`", scale.id);
            hits.push(lint.hit(id, message, |d| {
                d.at(scale.pointer().key("weights").key(id), "")
                    .help("give it its weight, or remove it from the scale")
            }));
        }
    }
}
