//! A field of a form: a row of the data dictionary.

use super::xml;

/// What the field is called that names the record.
pub(super) const RECORD: &str = "record_id";

/// One field: a row of the data dictionary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) form: String,
    pub(super) section: String,
    pub(super) kind: &'static str,
    pub(super) label: String,
    pub(super) choices: String,
    pub(super) note: String,
    pub(super) validation: String,
    pub(super) min: String,
    pub(super) max: String,
    pub(super) branching: String,
    pub(super) required: bool,
    pub(super) number: String,
    pub(super) matrix: String,
    pub(super) annotation: String,
    /// The score that it says in words, if it does: what that one is called where its form is alone.
    pub(super) about: String,
}

impl Field {
    /// The field that names the record, on `form`.
    pub(super) fn record(form: &str, language: &str) -> Self {
        let [record, ..] = crate::ui::ui(language).0.fields;
        Self {
            name: RECORD.to_owned(),
            form: form.to_owned(),
            kind: "text",
            label: record.to_owned(),
            ..Self::default()
        }
    }

    /// The codes and labels of its choices, where it has any: labels hold no `|`, and codes no comma.
    pub(super) fn options(&self) -> Vec<(&str, &str)> {
        if !matches!(self.kind, "radio" | "checkbox" | "dropdown") {
            return Vec::new();
        }
        self.choices.split(" | ").filter_map(|choice| choice.split_once(", ")).collect()
    }

    /// The same without what no XML can hold and nobody can see.
    pub(super) fn visible(mut self) -> Self {
        let texts = [&mut self.section, &mut self.label, &mut self.choices, &mut self.note];
        for text in texts.into_iter().chain([&mut self.annotation, &mut self.number]) {
            text.retain(xml::can_hold);
        }
        self
    }
}
