//! What a walk through folders did not look into, and what it could not read: nothing is skipped in silence.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use scalewright_model::{Note, Stop};

/// So many paths are named for a reason; more are counted.
const NAMED: usize = 5;

/// What walks did not look into.
#[derive(Debug, Default)]
pub struct PassedOver {
    /// By the reason.
    skipped: BTreeMap<&'static str, BTreeSet<PathBuf>>,
    unread: Vec<Stop>,
}

impl PassedOver {
    /// Something that is passed over, and why.
    pub fn skip(&mut self, path: PathBuf, why: &'static str) {
        self.skipped.entry(why).or_default().insert(path);
    }

    /// Something that cannot be read.
    pub fn unread(&mut self, stop: Stop) {
        if !self.unread.iter().any(|other| other.message == stop.message) {
            self.unread.push(stop);
        }
    }

    /// Takes out the first thing that cannot be read.
    pub(crate) fn first_unread(&mut self) -> Option<Stop> {
        (!self.unread.is_empty()).then(|| self.unread.remove(0))
    }

    /// What was passed over, a note for each reason, and what could not be read.
    #[must_use]
    pub fn told(self) -> (Vec<Note>, Vec<Stop>) {
        let note = |(why, paths): (&&str, &BTreeSet<PathBuf>)| {
            let mut names: Vec<String> =
                paths.iter().take(NAMED).map(|path| format!("`{}`", path.display())).collect();
            if paths.len() > NAMED {
                names.push(format!("{} more", paths.len() - NAMED));
            }
            Note::info(format!("passed over, because {why}: {}", names.join(", ")))
        };
        (self.skipped.iter().map(note).collect(), self.unread)
    }
}
