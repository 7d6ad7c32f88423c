//! The rows of the sheets.

use scalewright_model::Pointer;

/// A row of the sheet `survey`.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// The type of the question: `select_one agreement`.
    pub(super) kind: String,
    pub(super) name: String,
    /// The printed number, which precedes the label. Empty if there is none.
    pub(super) number: String,
    /// The label in each language. Empty if there is none.
    pub(super) label: Vec<String>,
    /// The hint in each language. Empty if there is none.
    pub(super) hint: Vec<String>,
    pub(super) appearance: &'static str,
    pub(super) parameters: String,
    pub(super) required: bool,
    /// The condition under which the question is shown. Empty if it is always shown.
    pub(super) relevant: String,
    pub(super) constraint: String,
    /// The message for an answer that the constraint refuses, in each language. Empty if it is the engine's own.
    pub(super) message: Vec<String>,
    pub(super) calculation: String,
    /// Where the definition contains its words.
    pub(super) place: Pointer,
}

impl Row {
    /// A row that is computed.
    pub(super) fn calculate(name: &str, calculation: String, place: Pointer) -> Self {
        Self {
            kind: "calculate".to_owned(),
            name: name.to_owned(),
            calculation,
            place,
            ..Self::default()
        }
    }

    /// A text to read.
    pub(super) fn note(name: String, label: Vec<String>, place: Pointer) -> Self {
        Self { kind: "note".to_owned(), name, label, place, ..Self::default() }
    }

    /// The beginning of a group.
    pub(super) fn group(name: String, label: Vec<String>, place: Pointer) -> Self {
        Self { kind: "begin_group".to_owned(), name, label, place, ..Self::default() }
    }

    /// The end of the group that was begun last.
    pub(super) fn end() -> Self {
        Self { kind: "end_group".to_owned(), ..Self::default() }
    }
}

/// A row of the sheet `choices`.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) list: String,
    pub(super) value: String,
    /// The label in each language.
    pub(super) label: Vec<String>,
    /// Where the definition contains its words.
    pub(super) place: Pointer,
}
