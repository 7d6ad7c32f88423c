//! The responses as a table, and what became of each form as another.

use std::collections::BTreeSet;

use scalewright_model::Instrument;
use serde_json::{Map, Value};

use super::form::{Answers, Cell};
use super::refused::Refused;
use crate::cli::{AnswersFormat, ReadArgs};
use crate::scores::csv_cell;

/// What stands before the answers.
const FACTS: [&str; 4] = ["respondent", "date", "language", "form"];

/// Rows of answers, and the report.
pub(super) struct Table<'a> {
    instrument: &'a Instrument,
    rows: Vec<(String, Answers)>,
    report: Vec<u8>,
}

impl<'a> Table<'a> {
    pub(super) fn new(instrument: &'a Instrument) -> Self {
        let head = b"form,status,respondent,language,answered,items,not_answered,reasons\n";
        Self { instrument, rows: Vec::new(), report: head.to_vec() }
    }

    pub(super) fn add(&mut self, form: &str, answers: Answers) {
        let given = answers.answered().to_string();
        let items = answers.cells.len().to_string();
        let missing = not_answered(self.instrument, &answers).join(" ");
        let Answers { respondent, language, .. } = &answers;
        line(&mut self.report, &[form, "read", respondent, language, &given, &items, &missing, ""]);
        self.rows.push((form.to_owned(), answers));
    }

    pub(super) fn refuse(&mut self, form: &str, refused: &Refused) {
        let reasons = refused.reasons.join("; ");
        line(&mut self.report, &[form, "refused", "", "", "", "", "", &reasons]);
    }

    /// The forms that were read, with their answers.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&str, &Answers)> {
        self.rows.iter().map(|(form, answers)| (form.as_str(), answers))
    }

    /// A line for each form: what was read, or why it was refused.
    pub(super) fn report(&self) -> Vec<u8> {
        self.report.clone()
    }

    /// The responses, in the form that is asked for or that the name's ending stands for.
    pub(super) fn bytes(&self, args: &ReadArgs) -> Vec<u8> {
        let ending = args.out.as_ref().and_then(|path| path.extension());
        let ending = ending.map(|ending| ending.to_string_lossy().to_lowercase());
        let format = args.format.unwrap_or(match ending.as_deref() {
            Some("json") => AnswersFormat::Json,
            Some("jsonl" | "ndjson") => AnswersFormat::Jsonl,
            _ => AnswersFormat::Csv,
        });
        match format {
            AnswersFormat::Csv => self.csv(),
            AnswersFormat::Json => {
                let rows: Vec<String> = self.objects().map(|row| format!("  {row}")).collect();
                format!("[\n{}\n]\n", rows.join(",\n")).into_bytes()
            }
            AnswersFormat::Jsonl => {
                self.objects().map(|row| format!("{row}\n")).collect::<String>().into_bytes()
            }
        }
    }

    /// The names of the columns; an item keeps its own, whatever that is.
    fn columns(&self) -> Vec<String> {
        let items: BTreeSet<&str> = self.instrument.items.iter().map(|i| i.id.as_str()).collect();
        let fact = |name: &str| match items.contains(name) {
            true => format!("scalewright-{name}"),
            false => name.to_owned(),
        };
        let ids = self.instrument.items.iter().map(|item| item.id.clone());
        FACTS.into_iter().map(fact).chain(ids).collect()
    }

    fn csv(&self) -> Vec<u8> {
        let mut text = Vec::new();
        let columns = self.columns();
        line(&mut text, &columns.iter().map(String::as_str).collect::<Vec<_>>());
        for (form, answers) in self.rows() {
            let cells = answers.cells.iter().map(|cell| match cell {
                Cell::Missing => String::new(),
                Cell::Number(number) => number.to_string(),
                Cell::Text(text) => text.clone(),
            });
            let cells: Vec<String> =
                facts(form, answers).map(str::to_owned).into_iter().chain(cells).collect();
            line(&mut text, &cells.iter().map(String::as_str).collect::<Vec<_>>());
        }
        text
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
    [&answers.respondent, &answers.date, &answers.language, form]
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Missing => Value::Null,
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole numbers below 2⁵³ are held exactly"
        )]
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            Value::from(*number as i64)
        }
        Cell::Number(number) => Value::from(*number),
        Cell::Text(text) => Value::from(text.as_str()),
    }
}

fn line(text: &mut Vec<u8>, cells: &[&str]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            text.push(b',');
        }
        csv_cell(text, cell);
    }
    text.push(b'\n');
}

/// The ids of the items without an answer.
pub(super) fn not_answered<'i>(instrument: &'i Instrument, answers: &Answers) -> Vec<&'i str> {
    let items = instrument.items.iter().zip(&answers.cells);
    items.filter(|(_, cell)| **cell == Cell::Missing).map(|(item, _)| item.id.as_str()).collect()
}
