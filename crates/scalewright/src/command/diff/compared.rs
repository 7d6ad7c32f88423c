//! The result of a comparison, which each format prints.

use std::path::Path;

use scalewright_check::compare::{Change, Comparison, Version};
use scalewright_check::report::Report;
use scalewright_check::{Checked, Finding};

use crate::render;
use crate::terminal::Terminal;

/// How many errors of a compared instrument are printed. Further ones are counted.
const MOST_ERRORS: usize = 5;

/// An instrument on both sides, with the comparison of its versions.
pub(super) struct Compared {
    pub(super) id: String,
    pub(super) old: Checked,
    pub(super) new: Checked,
    pub(super) comparison: Comparison,
}

/// The comparisons of all instruments, and the ids of those that are on one side only.
#[derive(Default)]
pub(super) struct Comparisons {
    pub(super) compared: Vec<Compared>,
    pub(super) added: Vec<String>,
    pub(super) removed: Vec<String>,
    /// Warnings about more than one version of one instrument: removed ones, forms of a family, settings.
    pub(super) warnings: Vec<Checked>,
}

impl Comparisons {
    /// Returns all changes and warnings as a report.
    pub(super) fn report(&self, cwd: &Path) -> Report {
        let mut report = Report::new();
        for one in &self.compared {
            report.add(&one.comparison.as_checked(&one.new), &[], cwd);
        }
        self.warnings.iter().for_each(|one| report.add(one, &[], cwd));
        report
    }

    /// The findings of all warnings, each with the check that it is from.
    pub(super) fn warned(&self) -> impl Iterator<Item = (&Checked, &Finding)> {
        self.warnings.iter().flat_map(|one| one.findings.iter().map(move |found| (one, found)))
    }
}

impl Compared {
    /// Prints the errors of the new version, one line each. Those of the old version can no longer be fixed.
    pub(super) fn print_errors(&self, terminal: &mut Terminal<'_>) {
        let errors: Vec<&Finding> =
            self.new.findings.iter().filter(|finding| finding.is_error()).collect();
        for finding in errors.iter().take(MOST_ERRORS) {
            terminal.eprint(render::concise(finding, &self.new.documents));
        }
        if errors.len() > MOST_ERRORS {
            let more = errors.len() - MOST_ERRORS;
            terminal.eprint(&format!("… and {more} more errors: `scalewright check` shows them\n"));
        }
    }

    /// Whether the comparison found neither a change nor a wrong version number.
    pub(super) fn is_unchanged(&self) -> bool {
        self.comparison.changes.is_empty() && self.comparison.finding.is_none()
    }

    /// Returns the version numbers, old and new.
    pub(super) fn versions(&self) -> (&str, &str) {
        let before = self.old.instrument.as_ref().map_or("", |i| i.version.as_str());
        let after = self.new.instrument.as_ref().map_or("", |i| i.version.as_str());
        (before, after)
    }

    /// Returns the file, line and column of a change. Lines and columns are counted from 1.
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
