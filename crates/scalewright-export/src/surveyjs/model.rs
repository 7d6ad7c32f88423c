//! The parts of a SurveyJS form that an export writes, in the order in which they are written.

use serde::Serialize;

use super::texts::Text;

/// A form.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Survey {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) locale: Option<String>,
    pub(super) show_question_numbers: &'static str,
    pub(super) clear_invisible_values: &'static str,
    pub(super) pages: Vec<Page>,
    pub(super) calculated_values: Vec<CalculatedValue>,
}

impl Survey {
    /// A form without pages. Answers are removed when their question is hidden: a hidden answer would otherwise be saved.
    pub(super) fn empty() -> Self {
        Self { show_question_numbers: "off", clear_invisible_values: "onHidden", ..Self::default() }
    }

    /// The content of the file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let json = serde_json::to_string_pretty(self).expect("internal: plain data is always JSON");
        format!("{json}\n").into_bytes()
    }
}

/// A page.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page {
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<Text>,
    pub(super) elements: Vec<Element>,
}

/// A question, a panel of questions, or a text.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Element {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) visible: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) input_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title_location: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description_location: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) html: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) visible_if: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) is_required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) each_row_required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) min: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) step: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) show_labels: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) custom_labels: Vec<Choice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) alternate_rows: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rows: Option<Rows>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) columns: Vec<Choice>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) choices: Vec<Choice>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) elements: Vec<Element>,
}

/// The rows of a matrix, or the number of lines of a text.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Rows {
    /// The items of a matrix.
    Items(Vec<Row>),
    /// Lines to write on.
    Lines(u32),
}

/// A row of a matrix.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) value: String,
    pub(super) text: Text,
}

/// An answer to choose.
#[derive(Debug, Serialize)]
pub(super) struct Choice {
    pub(super) value: Number,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<Text>,
}

/// A value that the form computes.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CalculatedValue {
    pub(super) name: String,
    pub(super) expression: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) include_into_result: bool,
}

/// A number, written without a decimal point if it is whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number(pub(super) f64);

impl Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[expect(clippy::cast_possible_truncation, reason = "whole and below 1e15")]
        match self.0.fract() == 0.0 && self.0.abs() < 1e15 {
            true => serializer.serialize_i64(self.0 as i64),
            false => serializer.serialize_f64(self.0),
        }
    }
}
