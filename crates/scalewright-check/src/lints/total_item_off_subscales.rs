//! Items of a total that none of its subscales has.

use std::collections::BTreeSet;

use scalewright_model::{ItemIx, ScaleIx, Severity, Terms};

use super::{Context, Group, Hit, Lint};

/// The only item of a total that none of its subscales has.
pub(super) static LINT: Lint = Lint {
    name: "total-item-off-subscales",
    summary: "the only item of a total that none of its subscales has",
    explain: include_str!("total_item_off_subscales.md"),
    group: Group::Keying,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let scales = &context.instrument.scales;
    for (total, entries) in context.keyed() {
        let is_child =
            |parent: Option<ScaleIx>| parent.is_some_and(|parent| scales[parent.0].id == total.id);
        let children: Vec<_> = scales.iter().filter(|scale| is_child(scale.parent)).collect();
        let mut covered: BTreeSet<ItemIx> = BTreeSet::new();
        let mut listed = 0;
        for child in &children {
            let Terms::Items(items) = &child.terms else { continue };
            listed += 1;
            covered.extend(items.iter().map(|entry| entry.item));
        }
        // One subscale does not divide a total.
        if listed < 2 || listed < children.len() {
            continue;
        }
        let mut off =
            entries.iter().enumerate().filter(|(_, entry)| !covered.contains(&entry.item));
        let (Some((index, entry)), None) = (off.next(), off.next()) else { continue };
        let item = &context.instrument.items[entry.item.0].id;
        let message =
            format!("`{item}` is the only item of `{}` that is on none of its subscales", total.id);
        hits.push(lint.hit(item, message, |d| {
            d.at(total.pointer().key("items").index(index), "")
                .help("add it to its subscale, or remove it from the total, as the source has it")
        }));
    }
}
