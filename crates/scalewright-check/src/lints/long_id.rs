//! Ids that platforms shorten.

use scalewright_model::{ItemIx, Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// An id of more than 26 characters.
pub(super) static LINT: Lint = Lint {
    name: "long-id",
    summary: "an id of more than 26 characters",
    explain: include_str!("long_id.md"),
    group: Group::Portability,
    level: Severity::Hint,
    since: "0.1",
    run,
};

/// REDCap warns of longer variable names.
const LONGEST: usize = 26;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let items = context.instrument.items.iter().enumerate();
    let items = items.map(|(index, item)| (&item.id, Pointer::item(ItemIx(index))));
    let scales = context.instrument.scales.iter().map(|scale| (&scale.id, scale.pointer()));
    let long: Vec<(&String, Pointer)> =
        items.chain(scales).filter(|(id, _)| id.chars().count() > LONGEST).collect();
    let Some((first, _)) = long.first() else { return };
    let message = match long.len() {
        1 => format!("the id `{first}` is longer than {LONGEST} characters"),
        more => format!("{more} ids are longer than {LONGEST} characters, `{first}` first"),
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
