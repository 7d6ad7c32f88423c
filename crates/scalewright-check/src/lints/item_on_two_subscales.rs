//! Items that two subscales of one total share.

use std::collections::BTreeMap;

use scalewright_model::{Pointer, Scale, ScaleIx, Severity, Terms};

use super::{Context, Group, Hit, Lint};

/// An item that is on two subscales of one total.
pub(super) static LINT: Lint = Lint {
    name: "item-on-two-subscales",
    summary: "an item on two subscales of one total",
    explain: include_str!("item_on_two_subscales.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let scales = &context.instrument.scales;
    let mut families: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, scale) in scales.iter().enumerate() {
        if let Some(ScaleIx(parent)) = scale.parent {
            families.entry(parent).or_default().push(index);
        } else if let Terms::Scales(parts) = &scale.terms {
            families.entry(index).or_default().extend(parts.iter().map(|part| part.scale.0));
        }
    }
    for (total, mut parts) in families {
        parts.sort_unstable();
        // A total may list a scale that also names it as its parent.
        parts.dedup();
        let parts: Vec<&Scale> = parts.into_iter().map(|part| &scales[part]).collect();
        shared(lint, context, &scales[total].id, &parts, hits);
    }
}

fn shared(lint: &Lint, context: &Context<'_>, total: &str, parts: &[&Scale], hits: &mut Vec<Hit>) {
    let mut first: BTreeMap<usize, (&Scale, Pointer)> = BTreeMap::new();
    for scale in parts {
        let Terms::Items(items) = &scale.terms else { continue };
        for (index, entry) in items.iter().enumerate() {
            let place = scale.pointer().key("items").index(index);
            let Some((other, before)) = first.get(&entry.item.0) else {
                first.insert(entry.item.0, (scale, place));
                continue;
            };
            let item = &context.instrument.items[entry.item.0].id;
            let message = format!(
                "`{item}` is on two subscales of `{total}`: `{}` and `{}`",
                other.id, scale.id
            );
            let before = before.clone();
            hits.push(lint.hit(item, message, |d| {
                d.at(place, "and again here").at(before, "first here").help(
                    "subscales usually divide the items of their total: compare with the source",
                )
            }));
        }
    }
}
