//! What the comparison of two versions found, which each format prints.

use scalewright_check::compare::{Change, Comparison, Version};
use scalewright_check::{Checked, Finding};

use crate::render;
use crate::terminal::Terminal;

/// More errors than this of an instrument that is compared are counted, not printed.
const MOST_ERRORS: usize = 5;

/// An instrument that is on both sides, compared.
pub(super) struct Compared {
    pub(super) id: String,
    pub(super) old: Checked,
    pub(super) new: Checked,
    pub(super) comparison: Comparison,
}

/// The result of the whole comparison.
#[derive(Default)]
pub(super) struct Told {
    pub(super) compared: Vec<Compared>,
    pub(super) added: Vec<String>,
    pub(super) removed: Vec<String>,
}

impl Compared {
    /// Prints the errors of the new version, a line each. Those of the old one cannot be fixed any more.
    pub(super) fn tell_errors(&self, terminal: &mut Terminal<'_>) {
        let errors: Vec<&Finding> =
            self.new.findings.iter().filter(|finding| finding.is_error()).collect();
        for finding in errors.iter().take(MOST_ERRORS) {
            terminal.tell(render::concise(finding, &self.new.documents));
        }
        if errors.len() > MOST_ERRORS {
            let more = errors.len() - MOST_ERRORS;
            terminal.tell(&format!("… and {more} more errors: `scalewright check` shows them\n"));
        }
    }

    /// Whether there is nothing to report.
    pub(super) fn is_as_it_was(&self) -> bool {
        self.comparison.changes.is_empty() && self.comparison.finding.is_none()
    }

    /// The versions, old and new.
    pub(super) fn versions(&self) -> (&str, &str) {
        let before = self.old.instrument.as_ref().map_or("", |i| i.version.as_str());
        let after = self.new.instrument.as_ref().map_or("", |i| i.version.as_str());
        (before, after)
    }

    /// Where a change is: file, line and column, both counted from 1.
    pub(super) fn place(&self, change: &Change) -> (&str, usize, usize) {
        let checked = match change.place.version {
            Version::New => &self.new,
            Version::Old => &self.old,
        };
        let mark = &change.place.mark;
        match checked.documents.get(mark.document) {
            Some(document) => {
                let (row, column) = render::position(&document.text, mark.span.start);
                (&document.name, row, column)
            }
            None => ("", 1, 1),
        }
    }
}
