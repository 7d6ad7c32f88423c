//! The responses as a table, and what became of each form as another.

use std::collections::BTreeSet;

use scalewright_model::Instrument;
use serde_json::{Map, Value};

use super::form::{Answers, Cell};
use super::refused::Refused;
use crate::cli::{AnswersFormat, ReadArgs};
use crate::endings::{Form, Named};
use crate::scores::{CsvCells, REPORT_FORMS};
use crate::{Stop, Terminal};

/// What stands before the answers.
const FACTS: [&str; 4] = ["respondent", "date", "language", "form"];

/// The columns of the report.
const REPORT: [&str; 8] =
    ["form", "status", "respondent", "language", "answered", "items", "not_answered", "reasons"];

/// The forms of responses; the first is that of standard output.
const FORMS: &[Form<AnswersFormat>] = &[
    Form { name: "CSV", form: AnswersFormat::Csv, endings: &["csv"], suits: &[] },
    Form { name: "TSV", form: AnswersFormat::Tsv, endings: &["tsv", "tab"], suits: &[] },
    Form { name: "a JSON list", form: AnswersFormat::Json, endings: &["json"], suits: &[] },
    Form {
        name: "JSON lines",
        form: AnswersFormat::Jsonl,
        endings: &["jsonl", "ndjson"],
        suits: &[],
    },
];

/// Rows of answers, and the report.
pub(super) struct Table<'a> {
    instrument: &'a Instrument,
    format: AnswersFormat,
    guard: bool,
    rows: Vec<(String, Answers)>,
    report: Vec<u8>,
    /// How the report is written.
    cells: CsvCells,
}

impl<'a> Table<'a> {
    /// An empty one, in the forms that are asked for or that the names' endings stand for.
    pub(super) fn new(
        instrument: &'a Instrument,
        args: &ReadArgs,
        terminal: &mut Terminal<'_>,
    ) -> Result<Self, Stop> {
        let (format, delimiter) = forms(args, terminal)?;
        let mut cells = CsvCells::new(delimiter, args.spreadsheet_safe);
        let mut report = Vec::new();
        cells.line(&mut report, REPORT);
        let (rows, guard) = (Vec::new(), args.spreadsheet_safe);
        Ok(Self { instrument, format, guard, rows, report, cells })
    }

    pub(super) fn add(&mut self, form: &str, answers: Answers) {
        let given = answers.answered().to_string();
        let items = answers.cells.len().to_string();
        let missing = not_answered(self.instrument, &answers).join(" ");
        let Answers { respondent, language, .. } = &answers;
        let cells = [form, "read", respondent, language, &given, &items, &missing, ""];
        self.cells.line(&mut self.report, cells);
        self.rows.push((form.to_owned(), answers));
    }

    pub(super) fn refuse(&mut self, form: &str, refused: &Refused) {
        let reasons = refused.reasons.join("; ");
        let cells = [form, "refused", "", "", "", "", "", &reasons];
        self.cells.line(&mut self.report, cells);
    }

    /// The forms that were read, with their answers.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&str, &Answers)> {
        self.rows.iter().map(|(form, answers)| (form.as_str(), answers))
    }

    /// A line for each form: what was read, or why it was refused.
    pub(super) fn report(&self) -> Vec<u8> {
        self.report.clone()
    }

    /// What is to be said of the report.
    pub(super) fn note(&self) -> Option<String> {
        self.cells.note("the report")
    }

    /// The responses, and what is to be said of them.
    pub(super) fn bytes(&self) -> (Vec<u8>, Option<String>) {
        match self.format {
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

/// In which form the responses go out, and what is between the cells of the report.
fn forms(args: &ReadArgs, terminal: &mut Terminal<'_>) -> Result<(AnswersFormat, u8), Stop> {
    let out = Named { option: "--out", path: args.out.as_deref() };
    let format = out.form(args.format, FORMS, terminal)?;
    let is_text = matches!(format, AnswersFormat::Csv | AnswersFormat::Tsv);
    if args.spreadsheet_safe && !is_text && args.report.is_none() {
        return Err(Stop::usage("`--spreadsheet-safe` is about CSV and TSV, and none is written")
            .help("leave it out: in other formats, no cell is run"));
    }
    let report = Named { option: "--report", path: args.report.as_deref() };
    Ok((format, report.form(None, REPORT_FORMS, terminal)?))
}

/// The ids of the items without an answer.
pub(super) fn not_answered<'i>(instrument: &'i Instrument, answers: &Answers) -> Vec<&'i str> {
    let items = instrument.items.iter().zip(&answers.cells);
    items.filter(|(_, cell)| **cell == Cell::Missing).map(|(item, _)| item.id.as_str()).collect()
}
