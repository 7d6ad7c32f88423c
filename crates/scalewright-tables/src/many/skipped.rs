//! The entries of folders that are not read. They are counted, so that nothing is ignored silently.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::Note;

/// At most this many paths are named for each reason; the others are counted.
const NAMED: usize = 3;

/// Why an entry is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    /// It is hidden, or engines write it beside the data.
    Bookkeeping,
    /// It is a link to a folder.
    LinkedFolder,
    /// It is a pipe, a device or a socket, whose reading may never end.
    NoFile,
    /// Its name does not end like that of a table.
    NoTable,
    /// It was named before.
    Again,
}

impl Why {
    fn text(self) -> &'static str {
        match self {
            Self::Bookkeeping => {
                "not read, because names that begin with `.` or `_` and checksums are not data"
            }
            Self::LinkedFolder => "not read, because links to folders are not followed",
            Self::NoFile => "not read, because it is a pipe, a device or a socket",
            Self::NoTable => "not read, because the name does not end like that of a table",
            Self::Again => "named more than once, read once",
        }
    }
}

/// The entries that are not read.
#[derive(Default)]
pub(super) struct Skipped {
    entries: BTreeMap<Why, (usize, Vec<PathBuf>)>,
}

impl Skipped {
    pub(super) fn add(&mut self, why: Why, path: PathBuf) {
        let (count, named) = self.entries.entry(why).or_default();
        *count += 1;
        if named.len() < NAMED {
            named.push(path);
        }
    }

    /// One note for each reason.
    pub(super) fn notes(&self) -> Vec<Note> {
        let note = |(why, (count, named)): (&Why, &(usize, Vec<PathBuf>))| {
            let mut names: Vec<String> =
                named.iter().map(|path| format!("`{}`", path.display())).collect();
            if *count > names.len() {
                names.push(format!("{} more", count - names.len()));
            }
            Note::info(format!("{}: {}", why.text(), names.join(", ")))
        };
        self.entries.iter().map(note).collect()
    }
}
