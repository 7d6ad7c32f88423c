//! A field of a project, from a row of a data dictionary or an item of a project file.

use super::columns::Column;
use crate::place::Place;
use crate::words::Words;

/// A field.
#[derive(Debug, Clone, Default)]
pub(super) struct Field {
    /// The name, in lower case.
    pub(super) name: String,
    pub(super) form: String,
    pub(super) section: Words,
    /// The type, with the names of data dictionaries: `radio`, `text`.
    pub(super) kind: String,
    pub(super) label: Words,
    /// The choices of radio buttons, drop-down lists and checkboxes.
    pub(super) choices: Vec<Coded>,
    /// The calculation, the labels of a slider, or the query.
    pub(super) content: String,
    pub(super) note: String,
    /// The validation, with the names of data dictionaries: `integer`, `number`.
    pub(super) validation: String,
    pub(super) min: String,
    pub(super) max: String,
    pub(super) is_identifier: bool,
    pub(super) branching: String,
    pub(super) is_required: bool,
    pub(super) number: String,
    pub(super) matrix: String,
    pub(super) is_ranking: bool,
    pub(super) annotation: String,
    pub(super) at: At,
}

/// A choice.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Coded {
    pub(super) code: String,
    pub(super) label: Vec<(String, String)>,
}

/// Where a field is in its file.
#[derive(Debug, Clone, Default)]
pub(super) struct At {
    pub(super) file: String,
    /// The row or the line, from 1.
    pub(super) number: usize,
    /// Whether the file is a project file, which has lines and elements instead of rows and columns.
    pub(super) is_xml: bool,
}

impl At {
    /// The place of the whole field.
    pub(super) fn place(&self) -> Place {
        let unit = if self.is_xml { "line" } else { "row" };
        Place::new(&self.file, format!("{unit} {}", self.number))
    }
}

impl Field {
    /// The place of a cell.
    pub(super) fn place(&self, column: Column) -> Place {
        let Place { file, at } = self.at.place();
        let at = if self.at.is_xml {
            format!("{at}, {}", column.attribute())
        } else {
            format!("{at}, column \"{}\"", column.title())
        };
        Place { file, at }
    }
}

impl Coded {
    pub(super) fn words(&self) -> Words {
        let mut words = Words::default();
        for (language, text) in &self.label {
            words.add(language, text);
        }
        words
    }
}

/// The choices of a cell: `1, A | 2, B`. The code ends at the first comma. A choice without a comma is its own code. There
/// is no sign to escape `|`.
pub(super) fn choices(text: &str) -> Vec<Coded> {
    // REDCap's own editor has one choice per line.
    let between = if text.contains('|') { '|' } else { '\n' };
    let parts = text.split(between).map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (code, label) = part.split_once(',').unwrap_or((part, part));
            Coded {
                code: code.trim().to_owned(),
                label: vec![(String::new(), label.trim().to_owned())],
            }
        })
        .collect()
}

/// The type of a field as data dictionaries write it. Project files use names of their own.
pub(super) fn kind(text: &str) -> String {
    let lower = text.trim().to_ascii_lowercase();
    match lower.as_str() {
        "textarea" | "note" => "notes".to_owned(),
        "select" => "dropdown".to_owned(),
        _ => lower,
    }
}

/// The validation of a field as data dictionaries write it.
pub(super) fn validation(text: &str) -> String {
    let lower = text.trim().to_ascii_lowercase();
    match lower.as_str() {
        "int" => "integer".to_owned(),
        "float" => "number".to_owned(),
        "date" => "date_ymd".to_owned(),
        _ => lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_split_as_redcap_splits_them() {
        let read = |text| {
            let choices: Vec<_> = choices(text)
                .into_iter()
                .map(|choice| (choice.code, choice.label[0].1.clone()))
                .collect();
            choices
        };
        let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(code, label)| ((*code).to_owned(), (*label).to_owned())).collect()
        };
        for (text, expected) in [
            ("1, A | 2, B", pairs(&[("1", "A"), ("2", "B")])),
            ("1,A|2,B", pairs(&[("1", "A"), ("2", "B")])),
            ("1, Yes, often | -9, Don't know", pairs(&[("1", "Yes, often"), ("-9", "Don't know")])),
            ("a1, A | b_2, B", pairs(&[("a1", "A"), ("b_2", "B")])),
            ("1, | 2, ", pairs(&[("1", ""), ("2", "")])),
            ("Mr. | Mrs.", pairs(&[("Mr.", "Mr."), ("Mrs.", "Mrs.")])),
            ("1, A || 2, B |", pairs(&[("1", "A"), ("2", "B")])),
            ("1, A\n2, B", pairs(&[("1", "A"), ("2", "B")])),
            ("", pairs(&[])),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
