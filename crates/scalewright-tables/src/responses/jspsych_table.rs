//! Reads the data of jsPsych experiments: a list of trials as JSON, several lists one after the other (one for each
//! participant), or CSV.
//!
//! A run of an experiment has a row. Its survey trials answer the items; a trial that asks a question again begins a new row.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use scalewright_model::text::quote;
use serde_json::{Map as Object, Value};

use super::csv_table::CsvTable;
use super::jspsych_answers::Meaning;
use super::jspsych_trials::{OWN, Trial};
use super::row_reader::{About, RowReader as _};
use super::surveyjs_table::{ResultKind, SURVEYJS, SurveyjsTable, text, values};
use crate::Stop;

const HELP: &str = "give what the experiment saved: `jsPsych.data.get().json()` or `.csv()`";

static RUNS: ResultKind = ResultKind {
    result: |object, _| (!object.contains_key("trial_type")).then_some(object),
    help: HELP,
    others: [
        "1 trial is not a survey and is not scored",
        "trials are not surveys and are not scored",
    ],
    version: "form__version",
};

/// Opens results of a form of SurveyJS, or the data of an experiment that contains them. `is_declared` if the user states the
/// format.
pub(super) fn open(
    name: &str,
    input: Box<dyn Read>,
    (about, is_declared): (&About<'_>, bool),
) -> Result<SurveyjsTable, Stop> {
    let text = text(name, input)?;
    if !text.trim_start().starts_with(['{', '[']) {
        return of_csv(name, text, (about, is_declared));
    }
    let (values, about) = (values(name, &text, SURVEYJS.help)?, (about, text.len() as u64));
    match is_jspsych(&values) {
        true => of_values(name, values, about, is_declared),
        false => SurveyjsTable::of_values(name, values, about, &SURVEYJS),
    }
}

/// Whether JSON is data of jsPsych.
fn is_jspsych(values: &[Value]) -> bool {
    values.iter().any(|value| value.get("trial_type").is_some())
}

/// Reads the trials in CSV.
fn of_csv(
    name: &str,
    text: String,
    (about, is_declared): (&About<'_>, bool),
) -> Result<SurveyjsTable, Stop> {
    let bytes = text.len() as u64;
    let mut table = CsvTable::open_any(name, Box::new(Cursor::new(text.into_bytes())))?;
    let columns = table.columns().to_vec();
    if !columns.iter().any(|column| column == "trial_type") {
        return Err(Stop::wrong(format!(
            "{name}: there is no column `trial_type`, which jsPsych writes"
        ))
        .help(HELP));
    }
    let mut values = Vec::new();
    while table.machine_row()? {
        let record = table.record();
        if record.cells() != columns.len() {
            let (line, cells, all) = (record.line(), record.cells(), columns.len());
            let message =
                format!("{name}:{line}: the row has {cells} cells, but there are {all} columns");
            return Err(Stop::wrong(message).help(HELP));
        }
        let cells = columns.iter().enumerate().filter_map(|(at, column)| {
            let text = record.text(at).into_owned();
            // A property that a trial does not have is an empty cell.
            (!text.is_empty()).then(|| (column.clone(), Value::String(text)))
        });
        values.push(Value::Object(cells.collect()));
    }
    of_values(name, values, (about, bytes), is_declared)
}

/// Reads trials. With `is_declared`, the numbers of Likert scales are positions, as the plug-in stores them, even if they could
/// be values.
fn of_values(
    name: &str,
    values: Vec<Value>,
    (about, bytes): (&About<'_>, u64),
    is_declared: bool,
) -> Result<SurveyjsTable, Stop> {
    let (mut trials, mut others) = (Vec::new(), Vec::new());
    for value in values {
        let Value::Object(object) = value else {
            return Err(Stop::wrong(format!("{name}: a trial is not an object")).help(HELP));
        };
        match Trial::of(object) {
            Ok(trial) => trials.push(trial),
            Err(other) => others.push(Value::Object(other)),
        }
    }
    Meaning::new(name, about, &trials, is_declared)?.apply(&mut trials)?;
    refuse_unnamed(name, &trials)?;
    let notes = notes(name, &trials);
    let (rows, lost) = rows(trials);
    let results = rows.into_iter().map(Value::Object).chain(others).collect();
    let table = SurveyjsTable::of_values(name, results, (about, bytes), &RUNS)?;
    Ok(table.with_notes(notes.into_iter().chain(lost.note(name)).collect()))
}

/// Refuses trials of one run whose questions have no names: the first question of each is `Q0`.
fn refuse_unnamed(name: &str, trials: &[Trial]) -> Result<(), Stop> {
    let is_usual = |key: &String| {
        key.strip_prefix('Q').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let unnamed = |trial: &Trial| trial.answers.keys().any(is_usual);
    let twice = trials
        .windows(2)
        .any(|two| two[1].follows(&two[0]) && unnamed(&two[0]) && unnamed(&two[1]));
    if !twice {
        return Ok(());
    }
    let message = format!(
        "{name}: several trials of a run have questions without names, so that `Q0` is another question in each"
    );
    Err(Stop::wrong(message)
        .help("rename the keys in `response` to the ids of the items, as `name` of each question would have done"))
}

/// What jsPsych itself writes, which is not kept.
fn notes(name: &str, trials: &[Trial]) -> Vec<String> {
    let own: BTreeSet<&str> =
        trials.iter().flat_map(|trial| trial.own.iter().map(String::as_str)).collect();
    let list: Vec<String> =
        OWN.iter().filter(|key| own.contains(*key)).map(|key| format!("`{key}`")).collect();
    match list.is_empty() {
        true => Vec::new(),
        false => vec![format!("{name}: of each trial, not kept: {}", list.join(", "))],
    }
}

/// Properties of trials that no row has.
#[derive(Default)]
struct Lost(BTreeSet<String>);

impl Lost {
    fn note(&self, name: &str) -> Option<String> {
        let list: Vec<String> = self.0.iter().map(|key| format!("`{}`", quote(key))).collect();
        (!list.is_empty()).then(|| {
            format!(
                "{name}: properties that differ between the trials of a row, or have the name of a question, not kept: {}",
                list.join(", ")
            )
        })
    }
}

/// A row being made from trials.
#[derive(Default)]
struct RunRow {
    answers: Object<String, Value>,
    properties: Object<String, Value>,
}

impl RunRow {
    fn add(&mut self, trial: &mut Trial, lost: &mut Lost) {
        self.answers.append(&mut trial.answers);
        for (key, value) in std::mem::take(&mut trial.properties) {
            match self.properties.get(&key) {
                Some(own) if *own != value => drop(lost.0.insert(key)),
                Some(_) => {}
                None => drop(self.properties.insert(key, value)),
            }
        }
    }

    fn object(mut self, lost: &mut Lost) -> Object<String, Value> {
        for (key, value) in self.properties {
            if lost.0.contains(&key) || self.answers.contains_key(&key) {
                lost.0.insert(key);
            } else {
                self.answers.insert(key, value);
            }
        }
        self.answers
    }
}

/// The row of each run. A trial that asks a question of the row again begins another one.
fn rows(trials: Vec<Trial>) -> (Vec<Object<String, Value>>, Lost) {
    let (mut rows, mut lost): (Vec<RunRow>, Lost) = (Vec::new(), Lost::default());
    let mut before: Option<Trial> = None;
    for mut trial in trials {
        let is_same = before.as_ref().is_some_and(|before| trial.follows(before));
        let row = rows.last_mut().filter(|row| {
            is_same && !trial.answers.keys().any(|key| row.answers.contains_key(key))
        });
        match row {
            Some(row) => row.add(&mut trial, &mut lost),
            None => {
                let mut row = RunRow::default();
                row.add(&mut trial, &mut lost);
                rows.push(row);
            }
        }
        before = Some(trial);
    }
    let rows = rows.into_iter().map(|row| row.object(&mut lost)).collect();
    (rows, lost)
}
