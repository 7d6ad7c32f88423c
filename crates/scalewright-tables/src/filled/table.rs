//! Two tables: the answers read from filled forms, and a report with the result for each form.

use std::collections::BTreeSet;

use scalewright_model::Instrument;
use serde_json::{Map, Value};

use super::form::{Answers, Cell};
use super::redcap;
use super::refused::Refused;
use crate::scores::CsvCells;
use crate::{AnswersFormat, Stop};

/// The columns before the answers.
const FACTS: [&str; 4] = ["respondent", "date", "language", "form"];

/// The columns of the report.
const REPORT: [&str; 10] = [
    "form",
    "status",
    "respondent",
    "language",
    "answered",
    "items",
    "not_answered",
    "not_asked",
    "remarks",
    "reasons",
];

/// Rows of answers, and the report.
pub struct Table<'a> {
    instrument: &'a Instrument,
    format: AnswersFormat,
    guard: bool,
    rows: Vec<(String, Answers)>,
    report: Vec<u8>,
    /// Writes the cells of the report.
    cells: CsvCells,
}

impl<'a> Table<'a> {
    /// An empty table. The report has `delimiter` between its cells. With `guard`, text cells that a spreadsheet would
    /// run as formulas get an apostrophe.
    #[must_use]
    pub fn new(
        instrument: &'a Instrument,
        (format, delimiter): (AnswersFormat, u8),
        guard: bool,
    ) -> Self {
        let mut cells = CsvCells::new(delimiter, guard);
        let mut report = Vec::new();
        cells.line(&mut report, REPORT);
        Self { instrument, format, guard, rows: Vec::new(), report, cells }
    }

    /// Adds the answers of a form. `form` is its name in messages.
    ///
    /// `not_asked` are the ids of items that were answered although they are not asked.
    pub fn add(&mut self, form: &str, answers: Answers, not_asked: &[&str]) {
        let given = answers.answered().to_string();
        let items = answers.cells.len().to_string();
        let missing = not_answered(self.instrument, &answers).join(" ");
        let (not_asked, remarks) = (not_asked.join(" "), answers.remarks.join("; "));
        let Answers { respondent, language, .. } = &answers;
        let cells = [
            form, "read", respondent, language, &given, &items, &missing, &not_asked, &remarks, "",
        ];
        self.cells.line(&mut self.report, cells);
        self.rows.push((form.to_owned(), answers));
    }

    /// Adds a form that was not read. It appears only in the report.
    pub fn refuse(&mut self, form: &str, refused: &Refused) {
        let reasons = refused.reasons.join("; ");
        let cells = [form, "refused", "", "", "", "", "", "", "", &reasons];
        self.cells.line(&mut self.report, cells);
    }

    /// The forms that were read, with their answers.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &Answers)> {
        self.rows.iter().map(|(form, answers)| (form.as_str(), answers))
    }

    /// The report, with a line for each form: the answers read, or why it was refused.
    #[must_use]
    pub fn report(&self) -> Vec<u8> {
        self.report.clone()
    }

    /// A note on cells of the report that a spreadsheet would run as formulas.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        self.cells.note("the report")
    }

    /// The table of responses, and a note on what was left out, or on cells that a spreadsheet would run as formulas.
    ///
    /// # Errors
    ///
    /// When the format cannot have these answers.
    pub fn bytes(&self) -> Result<(Vec<u8>, Option<String>), Stop> {
        Ok(match self.format {
            AnswersFormat::Csv => self.text(b','),
            AnswersFormat::Tsv => self.text(b'\t'),
            AnswersFormat::Json => {
                let rows: Vec<String> = self.objects().map(|row| format!("  {row}")).collect();
                (format!("[\n{}\n]\n", rows.join(",\n")).into_bytes(), None)
            }
            AnswersFormat::Jsonl => {
                let rows = self.objects().map(|row| format!("{row}\n"));
                (rows.collect::<String>().into_bytes(), None)
            }
            AnswersFormat::Redcap => {
                let note = "an import file for REDCap has no date, language and name of the form: they are left out";
                (redcap::bytes(self.instrument, self.rows())?, Some(note.to_owned()))
            }
        })
    }

    /// The names of the columns. Items keep their ids; a leading column with the id of an item is renamed.
    fn columns(&self) -> Vec<String> {
        let items: BTreeSet<&str> = self.instrument.items.iter().map(|i| i.id.as_str()).collect();
        let fact = |name: &str| match items.contains(name) {
            true => format!("scalewright-{name}"),
            false => name.to_owned(),
        };
        let ids = self.instrument.items.iter().map(|item| item.id.clone());
        FACTS.into_iter().map(fact).chain(ids).collect()
    }

    fn text(&self, delimiter: u8) -> (Vec<u8>, Option<String>) {
        let (mut text, mut csv) = (Vec::new(), CsvCells::new(delimiter, self.guard));
        csv.line(&mut text, self.columns().iter().map(String::as_str));
        for (form, answers) in self.rows() {
            let cells = answers.cells.iter().map(|cell| match cell {
                Cell::Missing => String::new(),
                Cell::Number(number) => number.to_string(),
                Cell::Text(text) => text.clone(),
            });
            let cells: Vec<String> =
                facts(form, answers).map(str::to_owned).into_iter().chain(cells).collect();
            csv.line(&mut text, cells.iter().map(String::as_str));
        }
        (text, csv.note("the table of responses"))
    }

    fn objects(&self) -> impl Iterator<Item = Value> {
        let columns = self.columns();
        self.rows().map(move |(form, answers)| {
            let facts =
                facts(form, answers).map(|fact| Value::from((!fact.is_empty()).then_some(fact)));
            let cells = answers.cells.iter().map(value);
            let values = facts.into_iter().chain(cells);
            Value::Object(columns.iter().cloned().zip(values).collect::<Map<_, _>>())
        })
    }
}

fn facts<'a>(form: &'a str, answers: &'a Answers) -> [&'a str; FACTS.len()] {
    // In the order of `FACTS`.
    [&answers.respondent, &answers.date, &answers.language, form]
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Missing => Value::Null,
        // As JSON, a float would be written as 3.0, which differs from the other formats.
        #[expect(clippy::cast_possible_truncation, reason = "whole numbers below 2⁵³ are exact")]
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            Value::from(*number as i64)
        }
        Cell::Number(number) => Value::from(*number),
        Cell::Text(text) => Value::from(text.as_str()),
    }
}

/// The ids of the items without an answer.
#[must_use]
pub fn not_answered<'i>(instrument: &'i Instrument, answers: &Answers) -> Vec<&'i str> {
    let items = instrument.items.iter().zip(&answers.cells);
    items.filter(|(_, cell)| **cell == Cell::Missing).map(|(item, _)| item.id.as_str()).collect()
}
