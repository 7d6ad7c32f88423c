//! Notes about work that continues, as values, so that libraries never print.

use std::fmt;

/// Something that the caller should know about the work. `Display` writes it as one line: `note: table.csv: …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The kind of note.
    pub kind: NoteKind,
    /// The file or table that it is about, if any.
    pub place: Option<String>,
    /// The message, in a clause.
    pub text: String,
}

/// The kind of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// Something is wrong, and a [`Stop`](crate::Stop) follows.
    Error,
    /// An unusable row was left out.
    LeftOut,
    /// Something is probably not intended.
    Warning,
    /// Something is worth knowing.
    Note,
    /// Advice on what to do.
    Help,
    /// A count or total of the notes before it.
    Total,
}

impl Note {
    /// Creates a note without a file or table.
    #[must_use]
    pub fn new(kind: NoteKind, text: impl Into<String>) -> Self {
        Self { kind, place: None, text: text.into() }
    }

    /// Creates a note of the kind [`NoteKind::Note`], without a file or table.
    #[must_use]
    pub fn info(text: impl Into<String>) -> Self {
        Self::new(NoteKind::Note, text)
    }

    /// Returns the same note, about the file or table `place`.
    #[must_use]
    pub fn about(self, place: impl Into<String>) -> Self {
        Self { place: Some(place.into()), ..self }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            NoteKind::Error => "error: ",
            NoteKind::LeftOut => "left out: ",
            NoteKind::Warning => "warning: ",
            NoteKind::Note => "note: ",
            NoteKind::Help => "help: ",
            NoteKind::Total => "",
        })?;
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.text)
    }
}
