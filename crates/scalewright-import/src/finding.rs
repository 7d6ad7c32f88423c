//! What an import reports about parts of the source.

use std::borrow::Cow;

use crate::place::Place;

/// How a part of the source was dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The part was not understood, and is not in the definition.
    NotUnderstood,
    /// The source contradicts itself, or does probably not do what its author meant.
    Doubtful,
    /// The source does not say it, but the format needs it: the strictest value was written, for an author to decide.
    Assumed,
    /// The part is in the definition under another name or in another form.
    Changed,
    /// Worth knowing.
    Note,
}

impl Kind {
    /// The word that begins a line of the report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotUnderstood => "not understood",
            Self::Doubtful => "doubtful",
            Self::Assumed => "assumed",
            Self::Changed => "changed",
            Self::Note => "note",
        }
    }
}

/// A remark about a part of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How the part was dealt with.
    pub kind: Kind,
    /// A short name of what happened, in kebab case, the same for all formats: `renamed`, `markup-removed`. That of a
    /// plug-in follows its name: `diary/no-range`.
    pub code: Cow<'static, str>,
    /// The part of the source.
    pub place: Place,
    /// What happened, as a clause.
    pub message: String,
    /// What to do, one sentence each.
    pub help: Vec<String>,
}

impl Finding {
    /// A finding without help.
    #[must_use]
    pub fn new(
        kind: Kind,
        code: impl Into<Cow<'static, str>>,
        place: &Place,
        message: impl Into<String>,
    ) -> Self {
        let (code, message) = (code.into(), message.into());
        Self { kind, code, place: place.clone(), message, help: Vec::new() }
    }

    /// The same finding, with a sentence on what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}
