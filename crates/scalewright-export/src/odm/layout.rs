//! The groups of items: neighbouring items of one section, the notes between them, and the scores.

use scalewright_model::{Entry, Instrument, NoteIx, SectionIx};

/// A group of neighbouring items, or a text.
#[derive(Default)]
pub(super) struct Group {
    /// The section.
    pub(super) section: Option<SectionIx>,
    /// Whether it is the first group of its section, whose words it then has.
    pub(super) is_first: bool,
    /// The notes above the words of the section.
    pub(super) above: Vec<NoteIx>,
    /// The notes below them.
    pub(super) notes: Vec<NoteIx>,
    /// The positions of the items.
    pub(super) items: Vec<usize>,
}

/// The groups of an instrument.
#[derive(Default)]
pub(super) struct Layout {
    pub(super) groups: Vec<Group>,
    /// The notes that no group follows.
    pub(super) rest: Vec<NoteIx>,
    /// The position of each item's group.
    of_items: Vec<usize>,
}

impl Layout {
    /// The groups in a file of version 2.0 (`is_two`), or of an earlier version. A note is a group without items, which
    /// version 2.0 does not allow: there it belongs to the group of the items that follow.
    pub(super) fn of(instrument: &Instrument, is_two: bool) -> Self {
        let mut layout = Self::default();
        for entry in instrument.entries() {
            let section = instrument.section_of(entry);
            match entry {
                Entry::Item(item) => layout.add_item(instrument, item.0),
                Entry::Note(note) if is_two => layout.rest.push(note),
                Entry::Note(note) => {
                    // The words above a note are shown even if the note is not.
                    if layout.begins(section) {
                        layout.open(section);
                    }
                    layout.open(section).notes.push(note);
                }
            }
        }
        layout
    }

    /// Whether a group of this section would be the first one.
    fn begins(&self, section: Option<SectionIx>) -> bool {
        self.groups.last().is_none_or(|last| last.section != section)
    }

    fn open(&mut self, section: Option<SectionIx>) -> &mut Group {
        let is_first = self.begins(section);
        self.groups.push(Group { section, is_first, ..Group::default() });
        self.groups.last_mut().expect("internal: a group was added")
    }

    fn add_item(&mut self, instrument: &Instrument, at: usize) {
        let section = instrument.items[at].section;
        let (notes, above): (Vec<NoteIx>, Vec<NoteIx>) = std::mem::take(&mut self.rest)
            .into_iter()
            .partition(|note| instrument.section_of(Entry::Note(*note)) == section);
        let continues = !self.begins(section) && notes.is_empty() && above.is_empty();
        match self.groups.last_mut() {
            Some(last) if continues && last.notes.is_empty() => last.items.push(at),
            _ => {
                let group = self.open(section);
                (group.above, group.notes) = (above, notes);
                group.items.push(at);
            }
        }
        self.of_items.push(self.groups.len() - 1);
    }

    /// The position of an item's group.
    pub(super) fn group_of(&self, item: usize) -> Option<usize> {
        self.of_items.get(item).copied()
    }

    /// The position of the group of scores, after all others.
    pub(super) fn scores(&self) -> usize {
        self.groups.len()
    }

    /// The position of the group that only shows the rights notice.
    pub(super) fn rights(&self) -> usize {
        self.groups.len() + 1
    }
}
