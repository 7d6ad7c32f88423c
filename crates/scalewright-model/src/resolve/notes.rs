//! Notes, and the items beside which they are shown.

use crate::file::{InstrumentFile, NoteFile};
use crate::{Diagnostic, FormNote, ItemIx, NoteIx, Pointer, Side};

use super::names;

/// Resolves all notes, without their conditions. Returns `None` if any of them has no place.
pub(super) fn resolve(file: &InstrumentFile, found: &mut Vec<Diagnostic>) -> Option<Vec<FormNote>> {
    let notes: Vec<Option<FormNote>> = (0..file.notes.len())
        .map(|index| note(file, &file.notes[index], &Pointer::note(NoteIx(index)), found))
        .collect();
    notes.into_iter().collect()
}

fn note(
    file: &InstrumentFile,
    note: &NoteFile,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<FormNote> {
    let (side, key, item) = match (&note.before, &note.after) {
        (Some(item), None) => (Side::Before, "before", item),
        (None, Some(item)) => (Side::After, "after", item),
        (before, _) => {
            found.push(misplaced(note, place, before.is_some()));
            return None;
        }
    };
    let items = file.items.iter().map(|item| item.id.as_str());
    let item = names::find("item", "unknown-item", item, items, place.key(key), found)?;
    // The condition is set when all names are known.
    Some(FormNote { id: note.id.clone(), item: ItemIx(item), side, ask: None })
}

/// The error about a note with two places, or with none.
fn misplaced(note: &NoteFile, place: &Pointer, has_both: bool) -> Diagnostic {
    let id = &note.id;
    match has_both {
        true => Diagnostic::error("misplaced-key", format!("the note `{id}` has two places"))
            .at_key(place.key("after"), "")
            .help("keep `before` or `after`"),
        false => Diagnostic::error("missing-key", format!("the note `{id}` has no place"))
            .at_key(place.clone(), "")
            .help("add `before = \"…\"` or `after = \"…\"` with the id of an item"),
    }
}
