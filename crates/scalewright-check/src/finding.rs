//! Diagnostics with their places turned into positions in the texts.

use std::ops::Range;

use scalewright_model::Severity;

/// A diagnostic whose places are known to the byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind of finding, in kebab case.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where; the first mark is the place.
    pub marks: Vec<Mark>,
    /// What to do, a sentence each.
    pub help: Vec<String>,
    /// A change of the texts that does it, where one can be made by machine.
    pub fix: Option<Fix>,
}

/// A change of the texts that mends a finding. It never changes a word that a respondent reads, nor a number that
/// a score can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is done, in a clause: `remove the entry`.
    pub message: String,
    /// The stretches of text that are replaced. They do not overlap.
    pub edits: Vec<Edit>,
}

/// A stretch of a text and what is put there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Which document, by its position among those checked together.
    pub document: usize,
    /// The bytes that go.
    pub span: Range<usize>,
    /// The text that comes.
    pub text: String,
}

/// A stretch of a text and what is to be said there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which document, by its position among those checked together.
    pub document: usize,
    /// The bytes.
    pub span: Range<usize>,
    /// The words beside the marked text; may be empty.
    pub text: String,
}

/// A finding of a lint that the file allows, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silenced {
    /// What was found.
    pub finding: Finding,
    /// Why it is meant, as the file says.
    pub reason: String,
}

impl Finding {
    /// Where it is first marked, for sorting: document, then position.
    #[must_use]
    pub fn order(&self) -> (usize, usize, usize) {
        let first = self.marks.first();
        first.map_or((0, 0, 0), |mark| (mark.document, mark.span.start, mark.span.end))
    }

    /// Whether it is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
