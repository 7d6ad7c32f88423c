//! Ids that platforms shorten.

use scalewright_model::{ItemIx, Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// An id that a platform shortens.
pub(super) static LINT: Lint = Lint {
    name: "long-id",
    summary: "an id that is longer than the names of a platform",
    explain: include_str!("long_id.md"),
    group: Group::Portability,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let limits = context.targets.iter().filter_map(|target| target.names);
    let Some(longest) = limits.map(|names| names.longest).min() else { return };
    let items = context.instrument.items.iter().enumerate();
    let items = items.map(|(index, item)| (&item.id, Pointer::item(ItemIx(index))));
    let scales = context.instrument.scales.iter().map(|scale| (&scale.id, scale.pointer()));
    let long: Vec<(&String, Pointer)> =
        items.chain(scales).filter(|(id, _)| id.chars().count() > longest).collect();
    let Some((first, _)) = long.first() else { return };
    let message = match long.len() {
        1 => format!("the id `{first}` is longer than {longest} characters"),
        more => format!("{more} ids are longer than {longest} characters, `{first}` first"),
    };
    hits.push(lint.hit(first, message, |mut d| {
        for (_, place) in long.into_iter().take(MOST) {
            d = d.at(place.key("id"), "");
        }
        d.help("an id is permanent: choose a shorter one before data are collected, or see it shortened where names are short")
    }));
}

/// More are counted, not marked.
const MOST: usize = 5;
