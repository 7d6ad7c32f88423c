//! Ids that are too long for a platform.

use scalewright_model::{ItemIx, NoteIx, Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// An id that is longer than a platform recommends or allows for names.
pub(super) static LINT: Lint = Lint {
    name: "long-id",
    summary: "an id that is too long for the names of a platform",
    explain: include_str!("long_id.md"),
    group: Group::Portability,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let limits = context.targets.iter().filter_map(|target| target.names);
    // An id that is short enough for the strictest platform is short enough for all.
    let Some(longest) = limits.map(|names| names.longest).min() else { return };
    let items = context.instrument.items.iter().enumerate();
    let items = items.map(|(index, item)| (&item.id, Pointer::item(ItemIx(index))));
    let scales = context.instrument.scales.iter().map(|scale| (&scale.id, scale.pointer()));
    let notes = context.instrument.notes.iter().enumerate();
    let notes = notes.map(|(index, note)| (&note.id, Pointer::note(NoteIx(index))));
    let long: Vec<(&String, Pointer)> =
        items.chain(scales).chain(notes).filter(|(id, _)| id.chars().count() > longest).collect();
    let Some((first, _)) = long.first() else { return };
    let message = match long.len() {
        1 => format!("the id `{first}` is longer than {longest} characters"),
        more => format!("{more} ids are longer than {longest} characters, the first is `{first}`"),
    };
    hits.push(lint.hit(first, message, |mut d| {
        for (_, place) in long.into_iter().take(MOST) {
            d = d.at(place.key("id"), "");
        }
        d.help("an id is permanent: choose a shorter one before data are collected, or platforms may shorten it")
    }));
}

/// The number of ids that are marked in the file; the message counts all.
const MOST: usize = 5;
