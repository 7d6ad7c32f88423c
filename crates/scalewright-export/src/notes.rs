//! Notes between items: their conditions, which dialects print after those of the items, and the loss of these.

use scalewright_model::{Ask, Diagnostic, Entry, Instrument, ItemIx, NoteIx, Pointer};

use crate::loss::Loss;

/// The loss of the condition of a note.
pub(crate) const NOTE_CONDITION: Loss =
    Loss::new(&["notes[].ask-if"], "the condition of the note `{id}`", "")
        .when("if the platform cannot express it")
        .help("the note is always shown");

/// What the definition states about a note apart from its condition.
pub(crate) const NOTES: &[&str] =
    &["notes[].id", "notes[].text", "notes[].before", "notes[].after"];

/// The position of the condition of an item or a note among all conditions: those of the items, then those of the notes.
pub(crate) fn position(instrument: &Instrument, entry: Entry) -> usize {
    match entry {
        Entry::Item(item) => item.0,
        Entry::Note(note) => instrument.items.len() + note.0,
    }
}

/// The item or the note whose condition is at a position.
pub(crate) fn entry_at(instrument: &Instrument, position: usize) -> Entry {
    match position.checked_sub(instrument.items.len()) {
        None => Entry::Item(ItemIx(position)),
        Some(note) => Entry::Note(NoteIx(note)),
    }
}

/// The condition of an item or a note.
pub(crate) fn ask(instrument: &Instrument, entry: Entry) -> Option<&Ask> {
    match entry {
        Entry::Item(item) => instrument.items[item.0].ask.as_ref(),
        Entry::Note(note) => instrument.notes[note.0].ask.as_ref(),
    }
}

/// The id of an item or a note, and its place in the definition.
pub(crate) fn named(instrument: &Instrument, entry: Entry) -> (&str, Pointer) {
    match entry {
        Entry::Item(item) => (&instrument.items[item.0].id, Pointer::item(item)),
        Entry::Note(note) => (&instrument.notes[note.0].id, Pointer::note(note)),
    }
}

/// The ids of all notes, each with the place of the note.
pub(crate) fn ids(instrument: &Instrument) -> impl Iterator<Item = (&str, Pointer)> {
    (0..instrument.notes.len()).map(|at| named(instrument, Entry::Note(NoteIx(at))))
}

/// Reports that the condition at a position is not exported. `of_items` is the loss of the condition of an item.
pub(crate) fn lost(
    instrument: &Instrument,
    position: usize,
    of_items: &Loss,
    because: &str,
) -> Diagnostic {
    let entry = entry_at(instrument, position);
    let (id, place) = named(instrument, entry);
    let loss = match entry {
        Entry::Item(_) => of_items,
        Entry::Note(_) => &NOTE_CONDITION,
    };
    loss.of(place.key("ask-if"), &[("id", id)], Some(because))
}

/// Returns the losses of the conditions of notes, except of those for which `kept` is true.
pub(crate) fn conditions(
    instrument: &Instrument,
    loss: &Loss,
    kept: impl Fn(NoteIx) -> bool,
) -> Vec<Diagnostic> {
    let notes = instrument.notes.iter().enumerate();
    let conditional = notes
        .filter(|(at, note)| note.ask.is_some() && !kept(NoteIx(*at)))
        .map(|(at, note)| (Pointer::note(NoteIx(at)).key("ask-if"), &note.id));
    conditional.map(|(place, id)| loss.of(place, &[("id", id)], None)).collect()
}
