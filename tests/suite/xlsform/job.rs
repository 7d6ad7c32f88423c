//! A job for an engine: the form of an instrument, answers to enter, and the comparison of what would be sent.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use scalewright_check::Checked;
use scalewright_export::{
    Content, ExportRequest, ExportedFile, House, OptionValues, StudyRequest, exporter,
};
use scalewright_model::{Diagnostic, Instrument, ItemIx, ResponseKind, Severity, date_number};
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
    /// The names in the form that differ from ids.
    names: BTreeMap<String, String>,
}

impl Job {
    /// Exports the form of an instrument and writes it with at most `most` respondents.
    pub(super) fn write(folder: &Path, name: &str, checked: Checked, most: usize) -> Self {
        let instrument = worded(checked.instrument.as_ref().expect("loaded without error"));
        std::fs::create_dir_all(folder).expect("the folder can be created");
        let (options, house) = (OptionValues::default(), House::default());
        let export = exporter("xlsform").expect("the target exists").export;
        let exported = export(&request(&instrument, &checked, &options, &house));
        let form = folder.join("form.xlsx");
        write(exported.files.first().expect("there is a form"), &form);
        let refused = refused(&instrument, &exported.diagnostics);
        Self::with(folder, name, (instrument, checked), (form, refused, BTreeMap::new()), most)
    }

    /// Exports one form of several instruments. Returns a job for each.
    pub(super) fn study(folder: &Path, all: Vec<(String, Checked)>, most: usize) -> Vec<Self> {
        std::fs::create_dir_all(folder).expect("the folder can be created");
        let worded = |checked: &Checked| worded(checked.instrument.as_ref().expect("loaded"));
        let instruments: Vec<Instrument> = all.iter().map(|(_, checked)| worded(checked)).collect();
        let (options, house) = (OptionValues::default(), House::default());
        let requests = instruments.iter().zip(&all);
        let requests: Vec<ExportRequest<'_>> = requests
            .map(|(instrument, (_, checked))| request(instrument, checked, &options, &house))
            .collect();
        let study =
            StudyRequest { name: "all", title: "All & <everything>", instruments: &requests };
        let export = exporter("xlsform").expect("it exists").study.expect("it has studies");
        let exported = export(&study);
        let form = folder.join("study.xlsx");
        write(exported.files.first().expect("there is a form"), &form);
        let names = folder.join("names.csv");
        write(exported.files.get(1).expect("names collide"), &names);
        let jobs = instruments.into_iter().zip(all).zip(exported.diagnostics).enumerate();
        jobs.map(|(at, ((instrument, (name, checked)), found))| {
            let own = folder.join(at.to_string());
            std::fs::create_dir_all(&own).expect("the folder can be created");
            let refused = refused(&instrument, &found);
            let names = renamed(&names, &instrument.id);
            Self::with(&own, &name, (instrument, checked), (form.clone(), refused, names), most)
        })
        .collect()
    }

    fn with(
        folder: &Path,
        name: &str,
        (instrument, checked): (Instrument, Checked),
        (form, refused, names): (PathBuf, BTreeSet<String>, BTreeMap<String, String>),
        most: usize,
    ) -> Self {
        let all = odd_rows(&checked);
        // The last respondents have answers that no score accepts.
        let step = all.len().div_ceil(most.max(1)).max(1);
        let rows: Vec<Vec<Option<f64>>> = all.into_iter().rev().step_by(step).collect();
        let (name, folder) = (name.to_owned(), folder.to_owned());
        let job = Self { name, folder, form, instrument, checked, rows, refused, names };
        std::fs::write(job.folder.join("answers.csv"), job.csv()).expect("the file is writable");
        job
    }

    /// The name in the form for an id.
    fn named<'a>(&'a self, id: &'a str) -> &'a str {
        self.names.get(id).map_or(id, String::as_str)
    }

    fn csv(&self) -> String {
        let ids: Vec<&str> =
            self.instrument.items.iter().map(|item| self.named(&item.id)).collect();
        // A row of one blank cell would be no row.
        let mut text = format!("respondent,{}\n", ids.join(","));
        for (at, row) in self.rows.iter().enumerate() {
            let cell = |cell: &Option<f64>| cell.map_or(String::new(), |value| value.to_string());
            let cells: Vec<String> = row.iter().map(cell).collect();
            text.push_str(&format!("{at},{}\n", cells.join(",")));
        }
        text
    }

    /// The job for the runner.
    pub(super) fn listed(&self) -> Value {
        json!({
            "name": self.name, "form": self.form, "folder": self.folder,
            "answers": self.folder.join("answers.csv"),
            "items": self.instrument.items.iter().map(|item| self.named(&item.id)).collect::<Vec<_>>(),
            "times": self.times().iter().map(|at| self.named(&self.instrument.items[*at].id)).collect::<Vec<_>>(),
            "columns": self.columns(&self.rows).iter().map(|column| self.named(&column.name)).collect::<Vec<_>>(),
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
            false => date_number(cell).or_else(|| cell.parse().ok()),
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

fn request<'a>(
    instrument: &'a Instrument,
    checked: &'a Checked,
    options: &'a OptionValues,
    house: &'a House,
) -> ExportRequest<'a> {
    ExportRequest {
        instrument,
        program: &checked.program,
        ranges: &checked.ranges,
        wording: &instrument.wordings[0],
        sources: &[],
        common: COMMON,
        options,
        house,
    }
}

fn write(file: &ExportedFile, path: &Path) {
    let Content::Bytes(bytes) = &file.content else { panic!("a form is not typeset") };
    std::fs::write(path, bytes).expect("the file is writable");
}

/// What is left out. Nothing is refused for another reason than those that are known.
fn refused(instrument: &Instrument, diagnostics: &[Diagnostic]) -> BTreeSet<String> {
    let mut refused = BTreeSet::new();
    for finding in diagnostics {
        let Some((what, why)) = finding.message.split_once(" is not exported: ") else {
            assert!(finding.severity != Severity::Error, "{}: {}", instrument.id, finding.message);
            continue;
        };
        let is_unsure =
            why.starts_with("its key") || why.starts_with("it is computed from a scale");
        let is_score = what.starts_with("the score of") || what.starts_with("the list of bands of");
        if is_score && !is_unsure {
            assert!(REFUSED.iter().any(|known| why.contains(known)), "{}: {why}", instrument.id);
        }
        refused.insert(what.split(" in XLSForm").next().unwrap_or(what).to_owned());
    }
    refused
}

/// The names of an instrument in the table of names, by their ids.
fn renamed(table: &Path, instrument: &str) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_path(table).expect("it was written");
    let rows = reader.records().map(|row| row.expect("valid CSV"));
    let ours = rows.filter(|row| &row[2] == instrument);
    ours.map(|row| (row[1].to_owned(), row[0].to_owned())).collect()
}
