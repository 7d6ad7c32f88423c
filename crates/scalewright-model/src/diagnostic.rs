//! What is wrong, where, and what to do about it.

use std::ops::Range;

use crate::Pointer;

/// More findings than this about one file are not shown: the first ones explain the rest. Nor is work
/// spent on them, such as looking for the name that was meant.
pub const MOST_FINDINGS: usize = 200;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something worth a second look; as likely meant as not.
    Hint,
    /// Something that is probably not meant. The instrument can still be used.
    Warning,
    /// Something that is wrong. The instrument cannot be used.
    Error,
}

/// Which half of a `key = value` pair is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The key, or the header of a table.
    Key,
    /// The value.
    Value,
}

/// A place in a document and what is to be said there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub pointer: Pointer,
    /// Key or value.
    pub part: Part,
    /// The part of the value that is meant, in bytes of the text it holds; the whole value when there is none.
    pub within: Option<Range<usize>>,
    /// The words beside the marked text; may be empty.
    pub text: String,
}

/// A change of a definition that mends a finding, in terms of places rather than text.
///
/// Only a safe one is offered: it changes no word that a respondent reads and no number that a score can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// What is done, in a clause: `remove the entry`.
    pub message: String,
    /// The changes, all of which are made or none.
    pub changes: Vec<Change>,
}

/// One change of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Takes out what is at the pointer: a key with its value, an entry of a list, a table with all below it. The
    /// comments directly above it go too.
    Remove(Pointer),
    /// Puts another text in place of the value at the pointer.
    Replace(Pointer, String),
}

/// One finding about a definition: what is wrong, where, and what to do.
///
/// The message is lower case, in the present tense, with names in backticks and no full stop, and
/// stands alone. The first label is the place; further ones show what it clashes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of finding, in kebab case: `unknown-item`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where. Never empty for a finding about a definition.
    pub labels: Vec<Label>,
    /// What to do, a sentence each.
    pub help: Vec<String>,
    /// A safe change that does it, where there is one.
    pub remedy: Option<Remedy>,
}

impl Diagnostic {
    /// An error of the kind `code`.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message.into())
    }

    /// A warning of the kind `code`.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message.into())
    }

    /// A finding of the kind `code`, as bad as `severity`.
    #[must_use]
    pub fn new(code: &'static str, severity: Severity, message: String) -> Self {
        Self { code, severity, message, labels: Vec::new(), help: Vec::new(), remedy: None }
    }

    /// Marks the value at `pointer`.
    #[must_use]
    pub fn at(self, pointer: Pointer, text: impl Into<String>) -> Self {
        self.label(pointer, Part::Value, text.into())
    }

    /// Marks the key, or the table's header, at `pointer`.
    #[must_use]
    pub fn at_key(self, pointer: Pointer, text: impl Into<String>) -> Self {
        self.label(pointer, Part::Key, text.into())
    }

    /// Marks a stretch of the text at `pointer`, in bytes of what it holds.
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

    /// Adds a sentence on what to do, if there is one.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help.extend(text);
        self
    }

    /// Offers a safe change that mends it: what is done, in a clause, and how.
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
