//! What the cells of an export from Qualtrics mean: codes or labels, and the sign of a question that was seen but not
//! answered.

use std::borrow::Cow;
use std::collections::BTreeMap;

use scalewright_export::yes_and_no;
use scalewright_model::{Instrument, ItemIx, ResponseKind};

use super::batch::{BadRow, Fault};
use super::csv_table::Record;
use super::map_file::Map;

/// What Qualtrics writes for a question that was seen but not answered, if the export asks for it.
const SEEN: &str = "-99";
/// The column that shows whether an export has numeric values or choice text: `1` and `0`, or `True` and `False`.
const FINISHED: &str = "Finished";
/// The column with the instrument and its version, which our surveys write.
const VERSION: &str = "form__version";

/// The meaning of the cells of a table.
pub(super) struct QualtricsCells {
    /// For each column, the choices of its item.
    choices: Vec<Option<Choices>>,
    /// For each column, whether its item has several choices, none of which is the sign of no answer.
    several: Vec<bool>,
    finished: Option<usize>,
    version: Option<usize>,
    /// The instrument and the version that are scored.
    form: String,
}

/// The choices of an item.
struct Choices {
    codes: Vec<String>,
    /// The code of each label that has only one.
    labels: BTreeMap<String, String>,
    /// Whether a label is the code of another choice.
    is_ambiguous: bool,
}

/// How a row is exported.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Codes,
    Labels,
    Unknown,
}

impl QualtricsCells {
    /// The cells below these columns, whose names are those of items.
    pub(super) fn new(columns: &[String], instrument: &Instrument, map: &Map) -> Self {
        let items = instrument.items.iter().enumerate();
        let items: BTreeMap<&str, usize> =
            items.map(|(at, item)| (map.column(&item.id), at)).collect();
        let at = |wanted: &str| columns.iter().position(|column| column == wanted);
        let choices =
            columns.iter().map(|column| choices(instrument, ItemIx(*items.get(column.as_str())?)));
        let has_several = |column: &String| {
            items
                .get(column.as_str())
                .is_some_and(|item| is_unanswered_by_sign(instrument, ItemIx(*item)))
        };
        Self {
            choices: choices.collect(),
            several: columns.iter().map(has_several).collect(),
            finished: at(FINISHED),
            version: at(VERSION),
            form: format!("{} {}", instrument.id, instrument.version),
        }
    }

    /// The fault of a row that answers another version of the form.
    pub(super) fn other_form(&self, record: &Record, bad: &BadRow) -> Option<Fault> {
        let version = record.text(self.version?);
        // A respondent who did not finish the survey has none.
        if version.trim().is_empty() || version == self.form {
            return None;
        }
        let why = format!(
            "is the form that was answered, and `{}` is scored: give the definition of that form",
            self.form
        );
        Some(bad.fault(VERSION, &version, why))
    }

    /// The code of the answer in a cell.
    pub(super) fn answer<'r>(
        &self,
        record: &'r Record,
        column: usize,
    ) -> Result<Cow<'r, str>, String> {
        let cell = record.text(column);
        let Some(choices) = &self.choices[column] else {
            // A number of an item without options may be −99 itself.
            return Ok(cell);
        };
        choices.code(cell, self.kind(record))
    }

    /// Whether an item with choices was seen but not answered. A number of an item without options may be −99 itself.
    pub(super) fn is_seen(&self, record: &Record, column: usize) -> bool {
        let is_code = |choices: &Choices| choices.codes.iter().any(|code| code == SEEN);
        let is_sign = self.choices[column].as_ref().is_some_and(|choices| !is_code(choices));
        (self.several[column] || is_sign) && record.text(column).trim() == SEEN
    }

    fn kind(&self, record: &Record) -> Kind {
        let finished = self.finished.map(|column| record.text(column).trim().to_lowercase());
        match finished.as_deref() {
            Some("1" | "0") => Kind::Codes,
            Some("true" | "false") => Kind::Labels,
            _ => Kind::Unknown,
        }
    }
}

impl Choices {
    fn code<'r>(&self, cell: Cow<'r, str>, kind: Kind) -> Result<Cow<'r, str>, String> {
        let text = cell.trim();
        let is_code = self.codes.iter().any(|code| code == text);
        if text.is_empty() || text == SEEN && !is_code {
            return Ok(Cow::Borrowed(""));
        }
        let label = self.labels.get(text);
        match (kind, label) {
            (Kind::Codes, _) => Ok(cell),
            (Kind::Labels, Some(code)) => Ok(Cow::Owned(code.clone())),
            (Kind::Labels, None) => Err("is not the label of one choice".to_owned()),
            (Kind::Unknown, _) if self.is_ambiguous => {
                Err("can be a code or a label: export the table with the column `Finished`"
                    .to_owned())
            }
            (Kind::Unknown, Some(code)) if !is_code => Ok(Cow::Owned(code.clone())),
            (Kind::Unknown, _) => Ok(cell),
        }
    }
}

/// Whether an item has several choices, none of which is the sign of no answer.
fn is_unanswered_by_sign(instrument: &Instrument, item: ItemIx) -> bool {
    match &instrument.response(item).kind {
        ResponseKind::SeveralChoice { options } => {
            options.iter().all(|option| option.value.to_string() != SEEN)
        }
        _ => false,
    }
}

/// The choices of an item; `None` for an item without single choices.
fn choices(instrument: &Instrument, item: ItemIx) -> Option<Choices> {
    let scale = instrument.response(item);
    let codes: Vec<String> = match &scale.kind {
        ResponseKind::Coded { options } => {
            options.iter().map(|option| option.value.to_string()).collect()
        }
        ResponseKind::YesNo => vec!["1".to_owned(), "0".to_owned()],
        _ => return None,
    };
    let response = instrument.items[item.0].response;
    let mut labels: BTreeMap<String, Option<String>> = BTreeMap::new();
    for wording in &instrument.wordings {
        let words = &wording.responses[response.0];
        let (yes, no) = yes_and_no(&wording.language);
        let own =
            |own: &Option<String>, usual: &str| own.clone().unwrap_or_else(|| usual.to_owned());
        let words = match scale.kind {
            ResponseKind::YesNo => vec![own(&words.yes_label, yes), own(&words.no_label, no)],
            _ => words.labels.clone(),
        };
        for (label, code) in words.into_iter().zip(&codes) {
            let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
            let own = labels.entry(label).or_insert_with(|| Some(code.clone()));
            if own.as_ref() != Some(code) {
                *own = None;
            }
        }
    }
    let is_ambiguous =
        labels.iter().any(|(label, code)| codes.contains(label) && code.as_ref() != Some(label));
    let labels = labels.into_iter().filter_map(|(label, code)| Some((label, code?))).collect();
    Some(Choices { codes, labels, is_ambiguous })
}
