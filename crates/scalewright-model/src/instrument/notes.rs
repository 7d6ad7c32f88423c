//! Notes: texts between the items, which respondents read and do not answer.

use super::{Ask, Instrument};
use crate::index::{ItemIx, NoteIx, SectionIx};

/// A text between items.
#[derive(Debug, Clone)]
pub struct FormNote {
    /// The short name.
    pub id: String,
    /// The item beside which the note is shown.
    pub item: ItemIx,
    /// On which side of the item it is shown.
    pub side: Side,
    /// The condition under which the note is shown. `None` if it is always shown. It has no value for the case that it
    /// is not.
    pub ask: Option<Ask>,
}

/// A side of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Before the item.
    Before,
    /// After the item.
    After,
}

/// What a respondent reads on the way through a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// An item, to answer.
    Item(ItemIx),
    /// A note, to read.
    Note(NoteIx),
}

impl Instrument {
    /// Returns the items and the notes in the order of presentation. Notes on the same side of the same item have the
    /// order of the file.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let mut beside: Vec<[Vec<Entry>; 2]> = vec![[Vec::new(), Vec::new()]; self.items.len()];
        for (index, note) in self.notes.iter().enumerate() {
            let FormNote { id: _, item, side, ask: _ } = note;
            if let Some(sides) = beside.get_mut(item.0) {
                sides[usize::from(*side == Side::After)].push(Entry::Note(NoteIx(index)));
            }
        }
        let each = beside.into_iter().enumerate().flat_map(|(index, [mut before, after])| {
            before.push(Entry::Item(ItemIx(index)));
            before.extend(after);
            before
        });
        each.collect()
    }

    /// Returns the section of an item or a note. A note is in the section of its item.
    #[must_use]
    pub fn section_of(&self, entry: Entry) -> Option<SectionIx> {
        let item = match entry {
            Entry::Item(item) => item,
            Entry::Note(note) => self.notes[note.0].item,
        };
        self.items[item.0].section
    }

    /// Whether a note is shown between two neighbouring items, the second at position `next`.
    #[must_use]
    pub fn has_note_before(&self, next: ItemIx) -> bool {
        self.notes.iter().any(|note| match note.side {
            Side::Before => note.item == next,
            Side::After => note.item.0 + 1 == next.0,
        })
    }
}
