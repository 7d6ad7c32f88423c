//! The groups of items: neighbouring items of one section, and the scores.

use scalewright_model::{Instrument, SectionIx};

/// A group of neighbouring items.
pub(super) struct Group {
    /// Their section.
    pub(super) section: Option<SectionIx>,
    /// The positions of the items.
    pub(super) items: Vec<usize>,
}

/// The groups of an instrument.
pub(super) struct Layout {
    pub(super) groups: Vec<Group>,
    /// The position of each item's group.
    of_items: Vec<usize>,
}

impl Layout {
    pub(super) fn of(instrument: &Instrument) -> Self {
        let (mut groups, mut of_items): (Vec<Group>, _) = (Vec::new(), Vec::new());
        for (at, item) in instrument.items.iter().enumerate() {
            match groups.last_mut() {
                Some(last) if last.section == item.section => last.items.push(at),
                _ => groups.push(Group { section: item.section, items: vec![at] }),
            }
            of_items.push(groups.len() - 1);
        }
        Self { groups, of_items }
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
