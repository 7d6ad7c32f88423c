//! The paths that a search through folders skipped or could not read. Nothing is skipped silently.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use scalewright_model::{Note, Stop};

/// The number of paths named for each reason. Further paths are only counted.
const NAMED: usize = 5;

/// The paths that searches skipped or could not read.
#[derive(Debug, Default)]
pub struct Skipped {
    /// The skipped paths by reason.
    skipped: BTreeMap<&'static str, BTreeSet<PathBuf>>,
    unread: Vec<Stop>,
}

impl Skipped {
    /// Records a skipped path. `why` completes "skipped because …".
    pub fn skip(&mut self, path: PathBuf, why: &'static str) {
        self.skipped.entry(why).or_default().insert(path);
    }

    /// Records a path that cannot be read. Repeated messages are recorded once.
    pub fn unread(&mut self, stop: Stop) {
        // Several arguments may lead to the same folder.
        if !self.unread.iter().any(|other| other.message == stop.message) {
            self.unread.push(stop);
        }
    }

    pub(crate) fn has_unread(&self) -> bool {
        !self.unread.is_empty()
    }

    /// Removes and returns the first error of an unreadable path.
    pub(crate) fn first_unread(&mut self) -> Option<Stop> {
        (!self.unread.is_empty()).then(|| self.unread.remove(0))
    }

    /// Returns one note for each reason with the skipped paths, and the errors of the unreadable ones.
    #[must_use]
    pub fn into_notes(self) -> (Vec<Note>, Vec<Stop>) {
        let note = |(why, paths): (&&str, &BTreeSet<PathBuf>)| {
            let mut names: Vec<String> =
                paths.iter().take(NAMED).map(|path| format!("`{}`", path.display())).collect();
            if paths.len() > NAMED {
                names.push(format!("{} more", paths.len() - NAMED));
            }
            Note::info(format!("skipped because {why}: {}", names.join(", ")))
        };
        (self.skipped.iter().map(note).collect(), self.unread)
    }
}
