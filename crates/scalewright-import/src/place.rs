//! Where something is in the files of a source.

use std::fmt;

/// A file of a source, and a place in it: a JSON pointer, a cell, a line, a row or a field. The place may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The name of the file, as given.
    pub file: String,
    /// The place: `/definition/items/3`, `survey!C7`, `line 12`.
    pub at: String,
}

impl Place {
    /// A place in a file.
    #[must_use]
    pub fn new(file: &str, at: impl Into<String>) -> Self {
        Self { file: file.to_owned(), at: at.into() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.at.is_empty() { Ok(()) } else { write!(f, ": {}", self.at) }
    }
}
