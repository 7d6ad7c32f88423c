//! Findings: diagnostics with positions in the texts of files.

use std::borrow::Cow;
use std::ops::Range;

use scalewright_model::{Pointer, Severity};

/// A diagnostic with its locations as byte ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind of finding, in kebab case. The findings of other programs are named `program/kind`.
    pub code: Cow<'static, str>,
    /// The severity.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The locations; the first one is the location of the finding itself.
    pub marks: Vec<Mark>,
    /// What to do, one sentence each.
    pub help: Vec<String>,
    /// A change of the texts that fixes the finding, if it can be made automatically.
    pub fix: Option<Fix>,
}

/// A change of the texts that fixes a finding. It never changes a word that a respondent reads, nor a possible score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, as a clause: `remove the entry`.
    pub message: String,
    /// The ranges of text that are replaced. They do not overlap.
    pub edits: Vec<Edit>,
}

/// A range of a text and its replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The index of the document among those checked together.
    pub document: usize,
    /// The bytes that are replaced.
    pub span: Range<usize>,
    /// The replacement.
    pub text: String,
}

/// A range of a text and a remark about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The index of the document among those checked together.
    pub document: usize,
    /// The bytes.
    pub span: Range<usize>,
    /// The place in the document that the bytes belong to; the root if there is none, as for errors of syntax.
    pub pointer: Pointer,
    /// The remark beside the marked text; may be empty.
    pub text: String,
}

impl Mark {
    /// Marks bytes of a document, without a remark.
    #[must_use]
    pub fn at(document: usize, span: Range<usize>) -> Self {
        Self { document, span, pointer: Pointer::root(), text: String::new() }
    }
}

/// A finding of a lint that the definition allows, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silenced {
    /// The finding.
    pub finding: Finding,
    /// The reason that the definition states.
    pub reason: String,
}

impl Finding {
    /// The key for sorting: the document, start and end of the first mark.
    #[must_use]
    pub fn order(&self) -> (usize, usize, usize) {
        let first = self.marks.first();
        first.map_or((0, 0, 0), |mark| (mark.document, mark.span.start, mark.span.end))
    }

    /// Whether the finding is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
