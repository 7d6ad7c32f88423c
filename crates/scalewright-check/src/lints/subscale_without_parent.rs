//! Subscales that do not name their total.

use std::collections::BTreeSet;

use scalewright_model::{ItemIx, Scale, ScaleIx, Severity, Terms};

use super::{Context, Group, Hit, Lint};

/// A scale that is like the subscales of a total, but does not name it as its parent.
pub(super) static LINT: Lint = Lint {
    name: "subscale-without-parent",
    summary: "a subscale without the parent that its siblings have",
    explain: include_str!("subscale_without_parent.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let scales = &context.instrument.scales;
    for (total, parent) in scales.iter().enumerate() {
        let children: Vec<&Scale> =
            scales.iter().filter(|scale| scale.parent == Some(ScaleIx(total))).collect();
        if children.is_empty() {
            continue;
        }
        let taken: BTreeSet<ItemIx> = children.iter().flat_map(|child| items(child)).collect();
        for scale in scales.iter().filter(|scale| scale.parent.is_none() && scale.id != parent.id) {
            let own = items(scale);
            let listed = matches!(&parent.terms, Terms::Scales(parts) if parts.iter().any(|part| scales[part.scale.0].id == scale.id));
            let all = items(parent);
            let rest = all.iter().filter(|item| !taken.contains(item)).count();
            // Subscales divide the items of their total; another selection of items is no subscale.
            let fills = !own.is_empty()
                && own.len() < all.len()
                && own.iter().all(|item| all.contains(item) && !taken.contains(item))
                && own.len() == rest;
            if !listed && !fills {
                continue;
            }
            let message = format!(
                "`{}` is a part of `{}`, but does not name it as its `parent`",
                scale.id, parent.id
            );
            let sibling = children[0];
            hits.push(lint.hit(&scale.id, message, |d| {
                d.at(scale.pointer().key("id"), "")
                    .at(sibling.pointer().key("parent"), format!("`{}` does", sibling.id))
                    .help(format!("add `parent = \"{}\"`", parent.id))
            }));
        }
    }
}

fn items(scale: &Scale) -> BTreeSet<ItemIx> {
    match &scale.terms {
        Terms::Items(items) => items.iter().map(|entry| entry.item).collect(),
        _ => BTreeSet::new(),
    }
}
