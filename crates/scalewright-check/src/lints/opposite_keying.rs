//! Items keyed in opposite directions on a subscale and its total.

use std::collections::BTreeMap;

use scalewright_model::{Keying, Scale, Severity};

use super::{Context, Group, Hit, Lint};

/// An item keyed in opposite directions on two scales of one family.
pub(super) static LINT: Lint = Lint {
    name: "opposite-keying",
    summary: "an item keyed in opposite directions on a scale and its subscale",
    explain: include_str!("opposite_keying.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut first: BTreeMap<(&str, usize), (&Scale, usize, Keying)> = BTreeMap::new();
    for (scale, items) in context.keyed() {
        let family = top(context, scale);
        for (index, entry) in items.iter().enumerate() {
            let (other, at, keying) =
                *first.entry((family, entry.item.0)).or_insert((scale, index, entry.keying));
            if keying == entry.keying {
                continue;
            }
            let item = &context.instrument.items[entry.item.0].id;
            let message = format!(
                "`{item}` is keyed in opposite directions on `{}` and `{}`",
                other.id, scale.id
            );
            hits.push(lint.hit(item, message, |d| {
                d.at(scale.pointer().key("items").index(index), "keyed in one direction here")
                    .at(other.pointer().key("items").index(at), "and in the other direction here")
                    .help("compare both keys with the source: a subscale usually has the direction of its total")
            }));
        }
    }
}

/// The id of the scale at the top of the subscales that `scale` belongs to.
fn top<'a>(context: &Context<'a>, scale: &'a Scale) -> &'a str {
    let scales = &context.instrument.scales;
    let mut top = scale;
    // Cycles of subscales are rejected before; the bound only guards against an endless loop.
    for _ in 0..scales.len() {
        let Some(parent) = top.parent else { break };
        top = &scales[parent.0];
    }
    &top.id
}
