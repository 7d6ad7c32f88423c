//! A job for an engine: the form of an instrument, answers to enter, and the comparison of what would be sent.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use scalewright_check::Checked;
use scalewright_export::{Content, ExportRequest, House, OptionValues, SourceFile, exporter};
use scalewright_model::{Instrument, ItemIx, ResponseKind, Severity};
use serde_json::{Value, json};

use crate::code::expected::{self, Cell};
use crate::dialects::{hostile, odd_rows};
use crate::oracles::COMMON;

/// The tolerance for results of another order of operations.
const CLOSE: f64 = 1e-9;
/// The reasons for which scores are refused. All others are compared.
const REFUSED: [&str; 2] = ["does not score the pattern of answers", "no normal distribution"];

/// A job, whose files are written.
pub(super) struct Job {
    name: String,
    folder: PathBuf,
    form: PathBuf,
    instrument: Instrument,
    checked: Checked,
    rows: Vec<Vec<Option<f64>>>,
    /// What the export leaves out, as its message names it.
    refused: BTreeSet<String>,
}

impl Job {
    /// Exports the form of an instrument and writes it with at most `most` respondents.
    pub(super) fn write(folder: &Path, name: &str, checked: Checked, most: usize) -> Self {
        let instrument = worded(checked.instrument.as_ref().expect("loaded without error"));
        std::fs::create_dir_all(folder).expect("the folder can be created");
        let (form, refused) = exported(folder, &instrument, &checked);
        let all = odd_rows(&checked);
        // The last respondents have answers that no score accepts.
        let step = all.len().div_ceil(most.max(1)).max(1);
        let rows: Vec<Vec<Option<f64>>> = all.into_iter().rev().step_by(step).collect();
        std::fs::write(folder.join("answers.csv"), csv(&instrument, &rows)).expect("writable");
        let (name, folder) = (name.to_owned(), folder.to_owned());
        Self { name, folder, form, instrument, checked, rows, refused }
    }

    /// The job for the runner.
    pub(super) fn listed(&self) -> Value {
        json!({
            "name": self.name, "form": self.form, "folder": self.folder,
            "answers": self.folder.join("answers.csv"),
            "items": self.instrument.items.iter().map(|item| &item.id).collect::<Vec<_>>(),
            "times": self.times().iter().map(|at| &self.instrument.items[*at].id).collect::<Vec<_>>(),
            "columns": self.columns(&self.rows).iter().map(|column| &column.name).collect::<Vec<_>>(),
        })
    }

    fn times(&self) -> BTreeSet<usize> {
        let items = 0..self.instrument.items.len();
        let is_time = |at: &usize| self.instrument.response(ItemIx(*at)).kind == ResponseKind::Time;
        items.filter(is_time).collect()
    }

    /// The columns that the form computes. Answers that are not allowed are no answers.
    fn columns(&self, rows: &[Vec<Option<f64>>]) -> Vec<expected::Expected> {
        let mut columns = expected::all(&self.instrument, &self.checked, rows, &self.refused);
        columns.retain(|column| column.name != "invalid_answers");
        columns
    }

    /// Compares the scores with those of the answers that the engine would send. Returns the number of values.
    pub(super) fn compare(&self) -> usize {
        let path = self.folder.join("scores.csv");
        let mut reader = csv::Reader::from_path(&path).expect("the engine wrote the scores");
        let found: Vec<csv::StringRecord> =
            reader.records().map(|row| row.expect("valid CSV")).collect();
        assert_eq!(found.len(), self.rows.len(), "{}: rows", self.name);
        let (items, times) = (self.instrument.items.len(), self.times());
        let answer = |at: usize, cell: &str| match times.contains(&at) {
            true => minutes(cell),
            false => cell.parse().ok(),
        };
        let sent: Vec<Vec<Option<f64>>> = found
            .iter()
            .map(|row| (0..items).map(|at| answer(at, &row[at + 1])).collect())
            .collect();
        self.compare_answers(&sent);
        let columns = self.columns(&sent);
        for (at, column) in columns.iter().enumerate() {
            for ((row, cell), answers) in found.iter().zip(&column.cells).zip(&sent) {
                let value = &row[items + at + 1];
                let given: Vec<_> =
                    self.instrument.items.iter().map(|i| &i.id).zip(answers).collect();
                assert!(
                    same(value, cell),
                    "{}, `{}`: `{value}` for {cell:?} from {given:?}\n{}",
                    self.name,
                    column.name,
                    self.form.display()
                );
            }
        }
        found.len() * columns.len()
    }

    /// The answers that each respondent can give are those that would be sent.
    fn compare_answers(&self, sent: &[Vec<Option<f64>>]) {
        for (planned, sent) in self.rows.iter().zip(sent) {
            for (at, item) in self.instrument.items.iter().enumerate() {
                let answer = self.checked.program.answer(ItemIx(at));
                let accepted =
                    planned[at].filter(|value| answer.is_some_and(|a| a.accepted.contains(*value)));
                let Some(accepted) = accepted.filter(|_| item.ask.is_none()) else { continue };
                let is_sent = sent[at].is_some_and(|sent| (sent - accepted).abs() < CLOSE);
                // Questions for whole numbers accept no other numbers.
                let is_whole = accepted.fract() == 0.0;
                assert!(
                    is_sent || !is_whole,
                    "{}, `{}`: {accepted} was not sent",
                    self.name,
                    item.id
                );
            }
        }
    }
}

/// The minutes after midnight of a clock time.
fn minutes(text: &str) -> Option<f64> {
    let (hours, minutes) = text.split_once(':')?;
    Some(hours.parse::<f64>().ok()? * 60.0 + minutes.parse::<f64>().ok()?)
}

fn same(found: &str, expected: &Cell) -> bool {
    match expected {
        Cell::Missing => found.is_empty(),
        Cell::Text(text) => found == text,
        Cell::Truth(truth) => found == if *truth { "1" } else { "0" },
        Cell::Number(number) => found
            .parse::<f64>()
            .is_ok_and(|found| (found - number).abs() <= CLOSE * number.abs().max(1.0)),
    }
}

/// The instrument with hostile names of bands, and with words where they are withheld.
fn worded(instrument: &Instrument) -> Instrument {
    let mut instrument = hostile(instrument);
    let wording = &mut instrument.wordings[0];
    let scales = wording.scales.iter_mut();
    let labels = scales.flat_map(|s| s.bands.iter_mut().chain(s.band_sets.iter_mut().flatten()));
    // Such labels are refused.
    labels.for_each(|label| *label = label.replace(char::is_control, ""));
    for (at, stem) in wording.stems.iter_mut().enumerate().filter(|(_, stem)| stem.is_empty()) {
        *stem = format!("Question {at}");
    }
    for label in wording.responses.iter_mut().flat_map(|words| &mut words.labels) {
        if label.is_empty() {
            "Choice".clone_into(label);
        }
    }
    instrument
}

/// Writes the form. Returns its path, and what it leaves out.
fn exported(
    folder: &Path,
    instrument: &Instrument,
    checked: &Checked,
) -> (PathBuf, BTreeSet<String>) {
    let exporter = exporter("xlsform").expect("the target exists");
    let exported = (exporter.export)(&ExportRequest {
        instrument,
        program: &checked.program,
        ranges: &checked.ranges,
        wording: &instrument.wordings[0],
        sources: &[SourceFile { name: "instrument.toml", text: &checked.documents[0].text }],
        common: COMMON,
        options: &OptionValues::default(),
        house: &House::default(),
    });
    let mut refused = BTreeSet::new();
    for finding in &exported.diagnostics {
        let Some((what, why)) = finding.message.split_once(" is not exported: ") else {
            assert!(finding.severity != Severity::Error, "{}: {}", instrument.id, finding.message);
            continue;
        };
        let is_unsure =
            why.starts_with("its key") || why.starts_with("it is computed from a scale");
        let is_score = what.starts_with("the score of") || what.starts_with("the bands of");
        if is_score && !is_unsure {
            assert!(REFUSED.iter().any(|known| why.contains(known)), "{}: {why}", instrument.id);
        }
        refused.insert(what.split(" in XLSForm").next().unwrap_or(what).to_owned());
    }
    let file = exported.files.into_iter().next().expect("there is a form");
    let path = folder.join("form.xlsx");
    let Content::Bytes(bytes) = file.content else { panic!("a form is not typeset") };
    std::fs::write(&path, bytes).expect("the file is writable");
    (path, refused)
}

fn csv(instrument: &Instrument, rows: &[Vec<Option<f64>>]) -> String {
    let ids: Vec<&str> = instrument.items.iter().map(|item| item.id.as_str()).collect();
    // A row of one blank cell would be no row.
    let mut text = format!("respondent,{}\n", ids.join(","));
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<String> =
            row.iter().map(|cell| cell.map_or(String::new(), |value| value.to_string())).collect();
        text.push_str(&format!("{at},{}\n", cells.join(",")));
    }
    text
}
