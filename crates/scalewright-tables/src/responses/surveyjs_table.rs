//! Reads results of forms as JSON: one, a list of them, or one per line. They are those of SurveyJS, or the results that
//! another reader brings into the same form, such as the data of a jsPsych experiment.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use scalewright_model::text::plain;
use scalewright_model::{Instrument, ScaleIx};
use serde_json::{Map as Object, Value};

use crate::Stop;

use super::batch::{BadRow, Batch, Stated};
use super::json_row::Row;
use super::json_table::JsonTable;
use super::plan::Plan;
use super::row_reader::{About, RowReader};
use super::strict_json::Strict;
use super::surveyjs_flat::{Flat, Names};

/// The maximum length of a file, in bytes. Results are nested, so they are read as a whole.
const LONGEST: u64 = 256 << 20;

/// The results of a form.
pub(super) struct SurveyjsTable {
    name: String,
    names: Names,
    rows: std::vec::IntoIter<Flat>,
    table: JsonTable,
    /// The names and words of the scales.
    scales: Vec<(String, Option<Vec<String>>)>,
    bytes: u64,
    kind: &'static ResultKind,
    /// The number of objects that are not results of the instrument.
    of_others: u64,
    notes: Vec<String>,
}

/// A result, with an answer for each item.
pub(super) type FormResult = Object<String, Value>;

/// A kind of results.
pub(super) struct ResultKind {
    /// The result in an object; `None` if it is not a result of the instrument.
    pub(super) result: fn(FormResult, &Instrument) -> Option<FormResult>,
    /// What to give instead of an unreadable file.
    pub(super) help: &'static str,
    /// What an object is that is no such result: "1 trial is …", and "trials are …" after the number.
    pub(super) others: [&'static str; 2],
    /// Where a result states the version of the form.
    pub(super) version: &'static str,
}

/// Results of SurveyJS.
pub(super) static SURVEYJS: ResultKind = ResultKind {
    result: |object, _| Some(object),
    help: "give what the form saved (`survey.data`) as JSON: one result, a list of results, or one per line",
    others: [
        "1 object is no result and is not scored",
        "objects are no results and are not scored",
    ],
    version: "form__version",
};

impl SurveyjsTable {
    /// Adds notes.
    pub(super) fn with_notes(mut self, notes: Vec<String>) -> Self {
        self.notes = notes;
        self
    }

    /// Reads the results in a text.
    pub(super) fn of_text(
        name: &str,
        text: &str,
        about: &About<'_>,
        kind: &'static ResultKind,
    ) -> Result<Self, Stop> {
        Self::of_values(name, values(name, text, kind.help)?, (about, text.len() as u64), kind)
    }

    /// Reads results that are parsed already. `bytes` is the length of their text.
    pub(super) fn of_values(
        name: &str,
        values: Vec<Value>,
        (about, bytes): (&About<'_>, u64),
        kind: &'static ResultKind,
    ) -> Result<Self, Stop> {
        let names = Names::new(about.instrument, about.map);
        let mut of_others = 0;
        let mut rows = Vec::new();
        for value in values {
            let Value::Object(result) = value else {
                let message = format!("{name}: a result is not an object");
                return Err(Stop::wrong(message).help(kind.help));
            };
            match (kind.result)(result, about.instrument) {
                Some(result) => rows.push(names.flat(result)),
                None => of_others += 1,
            }
        }
        with_missing_scores(&mut rows);
        if !rows.iter().any(|row| row.has_answers) {
            let id = &about.instrument.id;
            let message = format!("{name}: no result answers an item of `{id}`");
            return Err(Stop::wrong(message).help(kind.help));
        }
        let table = JsonTable::of_columns(name, columns(&names, &rows));
        let scales = scales(about.instrument, about);
        Ok(Self {
            name: name.to_owned(),
            names,
            rows: rows.into_iter(),
            table,
            scales,
            bytes,
            kind,
            of_others,
            notes: Vec::new(),
        })
    }

    fn row(&mut self, flat: Flat, plan: &Plan<'_>, batch: &mut Batch) {
        let Flat { cells, scores, is_own: _, other_version, has_answers: _ } = flat;
        if let Some(version) = other_version {
            let number = self.table.skip();
            let bad = BadRow::new(number, None, &number.to_string());
            let why = format!(
                "is the form that was answered, and `{}` is scored: give the definition of that form",
                self.names.version()
            );
            batch.faults.push(bad.fault(self.kind.version, &version, why));
            return;
        }
        let row = batch.numbers.len();
        self.table.read_row(Row { line: None, cells }, plan, batch);
        // A row with faults is left out.
        if batch.numbers.len() > row {
            let stated = scores.into_iter().map(|(scale, value)| self.stated(row, scale, &value));
            batch.stated.extend(stated);
        }
    }

    fn stated(&self, row: usize, scale: ScaleIx, value: &Value) -> Stated {
        let (name, words) = &self.scales[scale.0];
        #[expect(clippy::cast_precision_loss, reason = "a position among words")]
        let position = |word: &str| {
            words.as_ref()?.iter().position(|own| own == word).map(|position| position as f64)
        };
        let (text, score) = match value {
            Value::Null => (String::new(), None),
            Value::Bool(truth) => (truth.to_string(), Some(f64::from(u8::from(*truth)))),
            Value::String(text) => (text.clone(), position(text)),
            other => (other.to_string(), other.as_f64()),
        };
        Stated { row, scale, line: None, place: name.clone(), text, score }
    }
}

/// The whole input as text.
pub(super) fn text(name: &str, input: Box<dyn Read>) -> Result<String, Stop> {
    let mut bytes = Vec::new();
    let read = input.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Stop::wrong(format!("{name}: the file has more than 256 MiB"))
            .help("divide the results into several files"));
    }
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| Stop::wrong(format!("{name}: the file is not UTF-8 text")))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Adds the scores that have no value to the results of our own forms. A score that is in no result is not part of the
/// form.
fn with_missing_scores(rows: &mut [Flat]) {
    let scores = rows.iter().flat_map(|row| row.scores.keys().copied());
    let scores: BTreeSet<ScaleIx> = scores.collect();
    for row in rows.iter_mut().filter(|row| row.is_own) {
        for scale in &scores {
            row.scores.entry(*scale).or_insert(Value::Null);
        }
    }
}

/// The results in a text: the entries of lists, and all objects outside of lists.
pub(super) fn values(name: &str, text: &str, help: &'static str) -> Result<Vec<Value>, Stop> {
    let mut all = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Strict>() {
        let Strict(value) = value.map_err(|error| {
            let (line, column) = (error.line(), error.column());
            Stop::wrong(format!(
                "{name}:{line}:{column}: this is not valid JSON, or a key occurs twice"
            ))
            .help(help)
        })?;
        match value {
            Value::Array(list) => all.extend(list),
            other => all.push(other),
        }
    }
    Ok(all)
}

/// The columns: all items, because an item that nobody answered is in no result, and what else the results contain. Each
/// with whether one of its cells has no text form.
fn columns(names: &Names, rows: &[Flat]) -> Vec<(String, bool)> {
    let mut columns: Vec<(String, bool)> =
        names.items().map(|item| (item.clone(), false)).collect();
    let mut at: BTreeMap<String, usize> =
        columns.iter().enumerate().map(|(at, (name, _))| (name.clone(), at)).collect();
    for (name, cell) in rows.iter().filter_map(|row| row.cells.as_ref().ok()).flatten() {
        let at = *at.entry(name.clone()).or_insert_with(|| {
            columns.push((name.clone(), false));
            columns.len() - 1
        });
        columns[at].1 |= cell.json().is_none();
    }
    columns
}

fn scales(instrument: &Instrument, about: &About<'_>) -> Vec<(String, Option<Vec<String>>)> {
    let scales = instrument.scales.iter().map(|scale| {
        let name = about.map.named_stated(&scale.id).unwrap_or(&scale.id).to_owned();
        (name, scale.words().map(<[String]>::to_vec))
    });
    scales.collect()
}

impl RowReader for SurveyjsTable {
    fn columns(&self) -> &[String] {
        self.table.columns()
    }

    fn has_text(&self, column: usize) -> bool {
        self.table.has_text(column)
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        while !batch.is_full() {
            let Some(flat) = self.rows.next() else { return Ok(false) };
            self.row(flat, plan, batch);
        }
        Ok(true)
    }

    fn notes(&self) -> Vec<String> {
        let others = match self.of_others {
            0 => None,
            1 => Some(self.kind.others[0].to_owned()),
            more => Some(format!("{more} {}", self.kind.others[1])),
        };
        let others = others.map(|others| format!("{}: {others}", self.name));
        self.notes.iter().cloned().chain(others).collect()
    }

    fn progress(&self) -> u64 {
        self.bytes
    }
}
