//! Ids that collide with the names of generated columns.

use std::collections::BTreeSet;

use scalewright_model::{ItemIx, NoteIx, Pointer, Severity};

use super::{Context, Group, Hit, Lint};
use crate::TargetRules;

/// An id that is also the name of a generated column.
pub(super) static LINT: Lint = Lint {
    name: "id-collision",
    summary: "an id that is also the name of a generated column",
    explain: include_str!("id_collision.md"),
    group: Group::Portability,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// What tables of scores append to the id of a scale, after an underscore.
const ENDINGS: [&str; 4] = ["answered", "prorated", "band", "word"];

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let instrument = context.instrument;
    let scales: BTreeSet<&str> = instrument.scales.iter().map(|scale| scale.id.as_str()).collect();
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(index, item)| (item.id.as_str(), Pointer::item(ItemIx(index))));
    let scores = instrument.scales.iter().map(|scale| (scale.id.as_str(), scale.pointer()));
    let notes = instrument.notes.iter().enumerate();
    // Platforms show a note as a field, with a name as the others.
    let notes = notes.map(|(index, note)| (note.id.as_str(), Pointer::note(NoteIx(index))));
    for (id, place) in items.chain(scores).chain(notes) {
        let of_scale = of(id, &ENDINGS).filter(|of| scales.contains(of));
        let message = of_scale.map(|of| column(id, of)).or_else(|| {
            context.targets.iter().find_map(|target| taken(id, &instrument.id, target))
        });
        let Some(message) = message else { continue };
        hits.push(lint.hit(id, message, |d| {
            d.at(place.key("id"), "")
                .help("choose another id: tables of scores or platforms use this one")
        }));
    }
}

/// Returns the part of `id` before an underscore and one of the endings.
fn of<'i>(id: &'i str, endings: &[&str]) -> Option<&'i str> {
    endings.iter().find_map(|ending| id.strip_suffix(ending)?.strip_suffix('_'))
}

fn column(id: &str, of: &str) -> String {
    format!("`{id}` is also the name of a column that is created for `{of}`")
}

/// Returns the message if a platform uses the id for something else.
fn taken(id: &str, instrument: &str, target: &TargetRules) -> Option<String> {
    let names = target.names?;
    let form = (names.form)(instrument);
    match of(id, names.form_endings).filter(|of| *of == form) {
        Some(of) => Some(column(id, of)),
        None => (names.reserved.contains(&id))
            .then(|| format!("{} reserves the name `{id}`", target.platform)),
    }
}
