//! A field of a form: a row of the data dictionary.

use crate::xml;

/// The name of the record id field.
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
    /// The score that the field expresses in words, by that score's name in a project without other forms. Empty if
    /// none.
    pub(super) about: String,
}

impl Field {
    /// Returns the record id field, on `form`.
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

    /// Returns the codes and labels of its choices. The list is empty for other kinds of fields.
    pub(super) fn options(&self) -> Vec<(&str, &str)> {
        if !matches!(self.kind, "radio" | "checkbox" | "dropdown") {
            return Vec::new();
        }
        // Labels contain no `|`, which is escaped, and codes contain no comma.
        self.choices.split(" | ").filter_map(|choice| choice.split_once(", ")).collect()
    }

    /// Returns the field without invisible characters that XML does not allow, so that all exported files agree.
    pub(super) fn visible(mut self) -> Self {
        let texts = [&mut self.section, &mut self.label, &mut self.choices, &mut self.note];
        for text in texts.into_iter().chain([&mut self.annotation, &mut self.number]) {
            text.retain(xml::is_allowed);
        }
        self
    }
}
