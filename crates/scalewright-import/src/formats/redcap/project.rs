//! What a file of REDCap contains, whatever its kind.

use std::collections::BTreeMap;

use super::field::Field;
use super::packed::Packed;
use crate::finding::Finding;
use crate::words::Words;

/// The fields of a file with what else it says.
#[derive(Debug, Clone, Default)]
pub(super) struct Project {
    /// What the file is, with an article: `a REDCap data dictionary`.
    pub(super) title: String,
    /// All fields, in order.
    pub(super) fields: Vec<Field>,
    /// The forms, by name.
    pub(super) forms: BTreeMap<String, FormFacts>,
    /// Whether the file says which field is the record id, or has none; otherwise it may be the first field.
    pub(super) record: Record,
    /// The codes that are stored instead of an answer, with their meanings.
    pub(super) missing: Vec<(String, String)>,
    /// The language of the words, as a BCP 47 tag, if the file says so.
    pub(super) language: Option<String>,
    /// The other languages that the file contains.
    pub(super) packed: Vec<Packed>,
    /// What was noticed about the file as a whole.
    pub(super) findings: Vec<Finding>,
}

/// What a file says about a form.
#[derive(Debug, Clone, Default)]
pub(super) struct FormFacts {
    /// The title.
    pub(super) title: Words,
    /// The events at which the form is asked.
    pub(super) events: Vec<String>,
    /// Whether it can be asked several times.
    pub(super) is_repeating: bool,
}

/// Which field is the record id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Record {
    /// The first field, if it looks like one.
    #[default]
    First,
    /// The field with this name.
    Named(String),
    /// None, because the file is a single instrument.
    None,
}

impl Project {
    /// The names of the forms, in the order of their first fields.
    pub(super) fn form_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        for field in &self.fields {
            if known.insert(field.form.as_str()) {
                names.push(&field.form);
            }
        }
        names
    }
}
