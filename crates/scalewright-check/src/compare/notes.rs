//! Compares notes: which exist, where they are shown, and when. `words` compares their texts.

use scalewright_model::{FormNote, Instrument, ItemIx, NoteIx, Pointer, Side};

use super::items::is_same;
use super::{Both, Change, Kind, Touches};

pub(super) fn compare(both: &Both<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (both.old.instrument, both.new.instrument);
    for (index, note) in old.notes.iter().enumerate() {
        if position(new, &note.id).is_none() {
            let change = Change::new(Kind::Notes, format!("the note `{}` is removed", note.id));
            let after = both.pairs.items[note.item.0];
            let touches = after.map_or(Touches::Everything, |item| from(new, item));
            changes.push(change.gone(Pointer::note(NoteIx(index))).touching(touches));
        }
    }
    for (index, note) in new.notes.iter().enumerate() {
        let place = Pointer::note(NoteIx(index));
        match position(old, &note.id) {
            Some(before) => one(both, &old.notes[before.0], (note, &place), changes),
            None => {
                let change = Change::new(Kind::Notes, format!("the note `{}` is added", note.id));
                changes.push(change.at_key(place).touching(after(new, note)));
            }
        }
    }
}

/// Returns the note with an id.
pub(super) fn position(instrument: &Instrument, id: &str) -> Option<NoteIx> {
    instrument.notes.iter().position(|note| note.id == id).map(NoteIx)
}

fn one(
    both: &Both<'_>,
    old: &FormNote,
    (new, at): (&FormNote, &Pointer),
    changes: &mut Vec<Change>,
) {
    let FormNote { id, item, side, ask } = old;
    if (both.pairs.items[item.0], *side) != (Some(new.item), new.side) {
        let change = Change::new(Kind::Notes, format!("the place of the note `{id}`"));
        let change = change.was(place(both.old.item(*item), *side));
        let change = change.is(place(both.new.item(new.item), new.side));
        changes.push(change.at_key(at.clone()).touching(Touches::Everything));
    }
    if !is_same(both, ask.as_ref(), new.ask.as_ref()) {
        let change = Change::new(Kind::Notes, format!("when the note `{id}` is shown"));
        let text = |note: &FormNote| {
            note.ask.as_ref().map_or_else(|| "always".to_owned(), |ask| ask.text.clone())
        };
        let change = change.was(text(old)).is(text(new));
        changes.push(change.at_key(at.clone()).touching(after(both.new.instrument, new)));
    }
}

fn place(item: &str, side: Side) -> String {
    match side {
        Side::Before => format!("before `{item}`"),
        Side::After => format!("after `{item}`"),
    }
}

/// The items after a note, which are read in the light of it.
pub(super) fn after(instrument: &Instrument, note: &FormNote) -> Touches {
    match note.side {
        Side::Before => from(instrument, note.item),
        Side::After => from(instrument, ItemIx(note.item.0 + 1)),
    }
}

fn from(instrument: &Instrument, item: ItemIx) -> Touches {
    Touches::Items((item.0..instrument.items.len()).map(ItemIx).collect())
}
