//! Texts between items that are not the instructions of a section: those that are not always shown, and those that no
//! item follows.

use crate::finding::{Finding, Kind};
use crate::form::{Form, Note};
use crate::ids::Ids;
use crate::place::Place;
use crate::words::Words;

/// The most notes of a form.
const MOST: usize = 1000;

impl Form {
    /// Adds a note after the items so far, and returns its position; `None` if the form has too many. `name` is its name
    /// in the source.
    pub(crate) fn note(
        &mut self,
        ids: &mut Ids,
        name: &str,
        (text, place): (Words, &Place),
        is_after: bool,
    ) -> Option<usize> {
        if self.notes.len() >= MOST {
            let message = format!("a definition can have {MOST} notes, and this text is left out");
            self.findings.push(Finding::new(Kind::NotUnderstood, "too-many", place, message));
            return None;
        }
        let (id, at) = (ids.note(name), self.items.len());
        let place = place.clone();
        let note = Note { id, text, at, is_after: is_after && at > 0, condition: None, place };
        self.notes.push(note);
        Some(self.notes.len() - 1)
    }
}
