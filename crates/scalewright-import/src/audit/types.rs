//! What is compared with what, and what differs.

use std::borrow::Cow;

use scalewright_model::{Instrument, Severity};
use scalewright_scoring::Program;

use crate::place::Place;
use crate::prove::Proof;

/// The definition that a form is compared with.
#[derive(Clone, Copy)]
pub struct Against<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// Its compiled scores.
    pub program: &'a Program,
    /// The text of `instrument.toml`.
    pub text: &'a str,
}

/// What a comparison takes from the user.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Names in the form for ids of the definition: pairs of an id and a name.
    pub of: Vec<(String, String)>,
}

/// The result of comparing a form with a definition.
#[derive(Debug, Clone)]
pub struct Audit {
    /// What the file is: its format.
    pub format: (Cow<'static, str>, Cow<'static, str>),
    /// The SHA-256 digest of the file, in hexadecimal.
    pub digest: String,
    /// The id of the definition.
    pub id: String,
    /// How many items of the definition the form has.
    pub items: usize,
    /// How many items the definition has.
    pub of_items: usize,
    /// What is known about the scores that both have.
    pub proofs: Vec<Proof>,
    /// The scores of the definition that the form does not compute.
    pub absent: Vec<String>,
    /// The scores that have another name in the form, found by what they compute: the id, and the name in the form.
    pub renamed: Vec<(String, String)>,
    /// Names of the scores of the form that read items of the definition, and are none of its scores.
    pub others: Vec<String>,
    /// What differs.
    pub findings: Vec<Discrepancy>,
}

/// Something in which a form differs from its definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Discrepancy {
    /// The kind, in kebab case: `value-differs`.
    pub code: Cow<'static, str>,
    /// Whether data of the form are scored wrongly (error) or are probably not what is meant (warning).
    pub severity: Severity,
    /// Where the form has it.
    pub place: Place,
    /// What differs, as a clause.
    pub message: String,
    /// What to do, one sentence each.
    pub help: Vec<String>,
}

impl Discrepancy {
    pub(super) fn new(
        code: &'static str,
        severity: Severity,
        place: &Place,
        message: String,
    ) -> Self {
        Self { code: code.into(), severity, place: place.clone(), message, help: Vec::new() }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}
