//! Items of a subscale that are missing from its total.

use std::collections::BTreeSet;

use scalewright_model::{ScalePart, Severity, Terms};

use super::{Context, Group, Hit, Lint};

/// An item of a subscale that is not on its total.
pub(super) static LINT: Lint = Lint {
    name: "subscale-item-off-total",
    summary: "an item of a subscale that is not on its total",
    explain: include_str!("subscale_item_off_total.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let scales = &context.instrument.scales;
    off_scales(lint, context, hits);
    for (scale, items) in context.keyed() {
        let Some(parent) = scale.parent.map(|parent| &scales[parent.0]) else { continue };
        let Terms::Items(all) = &parent.terms else { continue };
        let all: BTreeSet<usize> = all.iter().map(|entry| entry.item.0).collect();
        let off = items.iter().enumerate().filter(|(_, entry)| !all.contains(&entry.item.0));
        for (index, entry) in off {
            let item = &context.instrument.items[entry.item.0].id;
            let message =
                format!("`{item}` is on `{}`, but not on its total `{}`", scale.id, parent.id);
            hits.push(lint.hit(item, message, |d| {
                d.at(scale.pointer().key("items").index(index), "")
                    .at(parent.pointer().key("items"), "not among these")
                    .help("add it to the total, remove it from the subscale, or remove `parent`")
            }));
        }
    }
}

/// Reports subscales that the scales of their total leave out.
fn off_scales(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let scales = &context.instrument.scales;
    for scale in scales {
        let Some(parent) = scale.parent.map(|parent| &scales[parent.0]) else { continue };
        let Terms::Scales(parts) = &parent.terms else { continue };
        let is_in =
            |parts: &[ScalePart]| parts.iter().any(|part| scales[part.scale.0].id == scale.id);
        // A part of a part is in the total too.
        let below = parts.iter().any(
            |part| matches!(&scales[part.scale.0].terms, Terms::Scales(parts) if is_in(parts)),
        );
        if is_in(parts) || below || !scale.is_scored() {
            continue;
        }
        let message =
            format!("`{}` is not among the scales of its total `{}`", scale.id, parent.id);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("parent"), "")
                .at(parent.pointer().key("scales"), "not among these")
                .help("add it to the total, or remove `parent`")
        }));
    }
}
