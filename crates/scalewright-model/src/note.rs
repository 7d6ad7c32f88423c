//! What is worth saying about work that goes on: a value, so that libraries never print.

use std::fmt;

/// Something that whoever asked for the work should know. `Display` gives it as one line: `note: table.csv: …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// How much it matters.
    pub kind: NoteKind,
    /// The file or table that it is about, where it is about one.
    pub place: Option<String>,
    /// What there is to say, in a clause.
    pub text: String,
}

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// Something is wrong, and a [`Stop`](crate::Stop) follows.
    Error,
    /// A row that cannot be used was left out.
    LeftOut,
    /// Probably not what was meant.
    Warning,
    /// Worth knowing.
    Note,
    /// What to do.
    Help,
    /// A count or total of what came before it.
    Total,
}

impl Note {
    /// A note about nothing in particular.
    #[must_use]
    pub fn new(kind: NoteKind, text: impl Into<String>) -> Self {
        Self { kind, place: None, text: text.into() }
    }

    /// A note of the kind [`NoteKind::Note`].
    #[must_use]
    pub fn info(text: impl Into<String>) -> Self {
        Self::new(NoteKind::Note, text)
    }

    /// The same, about the file or table `place`.
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
