//! Findings about a file: what is wrong, where, and what to do about it.

use std::borrow::Cow;
use std::ops::Range;

use crate::Pointer;

/// The most findings that are shown for one file. Beyond
/// it, no work is spent on findings either, such as the search for similar names.
pub const MOST_FINDINGS: usize = 200;

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a second look, but as likely intended as not.
    Hint,
    /// Probably not intended. The instrument can still be used.
    Warning,
    /// Wrong. The instrument cannot be used.
    Error,
}

/// The half of a `key = value` pair that a label marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The key, or the header of a table.
    Key,
    /// The value.
    Value,
}

/// A marked place in a document, with an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub pointer: Pointer,
    /// Whether the key or the value is marked.
    pub part: Part,
    /// The marked part of the value, in bytes of its decoded text. `None` marks the whole value.
    pub within: Option<Range<usize>>,
    /// The words beside the marked text. May be empty.
    pub text: String,
}

/// A change to a definition that fixes a finding, in terms of places rather than text.
///
/// Only safe changes are offered: they change neither the words that respondents read nor any possible score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// What the change does, as a clause in the imperative: `remove the entry`.
    pub message: String,
    /// The single changes. Either all of them are made or none.
    pub changes: Vec<Change>,
}

/// A single change to a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Removes what is at the pointer, with the comments directly above it: a key with its value, an entry of a list,
    /// or a table with everything below it.
    Remove(Pointer),
    /// Replaces the value at the pointer by a text.
    Replace(Pointer, String),
}

/// One finding about a definition: what is wrong, where, and what to do.
///
/// The message is in lower case and in the present tense, with names in backticks and without a full stop. It can be
/// understood without the labels. The first label is the place; further ones show what it conflicts with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of finding, in kebab case: `unknown-item`. The findings of other programs are named `program/kind`.
    pub code: Cow<'static, str>,
    /// The severity.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The places. Never empty for a finding about a definition.
    pub labels: Vec<Label>,
    /// What to do, one sentence per entry.
    pub help: Vec<String>,
    /// A safe change that fixes the finding, if there is one.
    pub remedy: Option<Remedy>,
}

impl Diagnostic {
    /// Creates an error of the kind `code`.
    #[must_use]
    pub fn error(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message.into())
    }

    /// Creates a warning of the kind `code`.
    #[must_use]
    pub fn warning(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message.into())
    }

    /// Creates a finding of the kind `code` with the given severity.
    #[must_use]
    pub fn new(code: impl Into<Cow<'static, str>>, severity: Severity, message: String) -> Self {
        Self {
            code: code.into(),
            severity,
            message,
            labels: Vec::new(),
            help: Vec::new(),
            remedy: None,
        }
    }

    /// Marks the value at `pointer`, with the words beside it.
    #[must_use]
    pub fn at(self, pointer: Pointer, text: impl Into<String>) -> Self {
        self.label(pointer, Part::Value, text.into())
    }

    /// Marks the key or the table header at `pointer`, with the words beside it.
    #[must_use]
    pub fn at_key(self, pointer: Pointer, text: impl Into<String>) -> Self {
        self.label(pointer, Part::Key, text.into())
    }

    /// Marks a part of the text at `pointer`, given in bytes of the decoded text.
    #[must_use]
    pub fn within(
        mut self,
        pointer: Pointer,
        within: Range<usize>,
        text: impl Into<String>,
    ) -> Self {
        let (part, within) = (Part::Value, Some(within));
        self.labels.push(Label { pointer, part, within, text: text.into() });
        self
    }

    /// Adds a sentence on what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds a sentence on what to do, unless it is `None`.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help.extend(text);
        self
    }

    /// Offers a safe change that fixes the finding: what it does, as a clause in the imperative, and the single
    /// changes.
    #[must_use]
    pub fn fix(mut self, message: impl Into<String>, changes: Vec<Change>) -> Self {
        self.remedy = Some(Remedy { message: message.into(), changes });
        self
    }

    fn label(mut self, pointer: Pointer, part: Part, text: String) -> Self {
        self.labels.push(Label { pointer, part, within: None, text });
        self
    }
}
