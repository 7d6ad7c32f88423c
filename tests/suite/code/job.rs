//! A job for an engine: the exported code, answers, and what must come out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use scalewright_check::Checked;
use scalewright_export::{Content, ExportRequest, House, OptionValues, SourceFile, exporter};
use scalewright_model::{Instrument, ItemIx, Severity, is_chosen};
use scalewright_scoring::{Accepted, Program};
use serde_json::{Value, json};

use super::Engine;
use super::expected::{Cell, Expected};
use crate::dialects::{hostile, odd_rows};
use crate::oracles::{COMMON, choose};

/// The tolerance for results of another order of operations.
const CLOSE: f64 = 1e-9;

/// A job, whose files are written.
pub(super) struct Job {
    name: String,
    code: PathBuf,
    folder: PathBuf,
    id: String,
    lenient: bool,
    self_test: bool,
    answers: Vec<(Vec<String>, Vec<Option<f64>>)>,
    expected: Vec<Expected>,
}

impl Job {
    /// Exports an instrument and writes the files. `None` if nothing is left to score.
    pub(super) fn write(
        folder: &Path,
        (name, checked): (&str, &Checked),
        engine: &Engine,
        reasons: &mut BTreeSet<String>,
    ) -> Option<Self> {
        let mut instrument = hostile(checked.instrument.as_ref().expect("loaded without error"));
        if !engine.controls {
            let scales = instrument.wordings[0].scales.iter_mut();
            let labels =
                scales.flat_map(|s| s.bands.iter_mut().chain(s.band_sets.iter_mut().flatten()));
            labels.for_each(|label| *label = label.replace(char::is_control, ""));
        }
        let (file, refused) = exported(&instrument, checked, engine, reasons)?;
        std::fs::create_dir_all(folder).expect("the folder can be created");
        let code = folder.join(&file.0);
        std::fs::write(&code, file.1).expect("the file is writable");
        let mut rows = sampled(odd_rows(checked), engine.most);
        choose(checked, &mut rows);
        let expected = super::expected::all(&instrument, checked, &rows, &refused);
        let columns: Vec<String> = instrument.items.iter().map(|item| item.id.clone()).collect();
        std::fs::write(folder.join("answers.csv"), csv(&instrument, &checked.program, &rows))
            .expect("it is writable");
        let answers = rows.into_iter().map(|row| (columns.clone(), row)).collect();
        let (id, folder) = (instrument.id.clone(), folder.to_owned());
        Some(Self {
            name: name.to_owned(),
            code,
            folder,
            id,
            lenient: engine.lenient,
            self_test: engine.self_test,
            answers,
            expected,
        })
    }

    /// The job for the runner.
    pub(super) fn listed(&self) -> Value {
        let columns: Vec<Value> = self
            .expected
            .iter()
            .map(|column| json!({"name": column.name, "kind": column.kind}))
            .collect();
        json!({
            "name": self.name, "code": self.code, "id": self.id, "columns": columns, "ansi": !self.lenient,
            "self_test": self.self_test,
            "answers": self.folder.join("answers.csv"), "scores": self.folder.join("scores.csv"),
        })
    }

    /// Compares the scores that the engine wrote. Returns the number of values.
    pub(super) fn compare(&self) -> usize {
        let path = self.folder.join("scores.csv");
        let mut reader = csv::Reader::from_path(&path).expect("the engine wrote the scores");
        let header = reader.headers().expect("there is a header").clone();
        let place: BTreeMap<&str, usize> =
            header.iter().enumerate().map(|(at, name)| (name, at)).collect();
        let rows: Vec<csv::StringRecord> =
            reader.records().map(|row| row.expect("valid CSV")).collect();
        assert_eq!(rows.len(), self.answers.len(), "{}: rows", self.name);
        for column in &self.expected {
            let at = place[column.name.as_str()];
            for ((row, cell), (items, answers)) in rows.iter().zip(&column.cells).zip(&self.answers)
            {
                let given: Vec<_> = items.iter().zip(answers).collect();
                assert!(
                    same(&row[at], cell),
                    "{}, `{}`: `{}` for {cell:?} from {given:?}\n{}",
                    self.name,
                    column.name,
                    &row[at],
                    self.code.display()
                );
            }
        }
        rows.len() * self.expected.len()
    }
}

fn same(found: &str, expected: &Cell) -> bool {
    match expected {
        Cell::Missing => found.is_empty(),
        Cell::Text(text) => found == text,
        Cell::Truth(truth) => found == truth.to_string(),
        Cell::Number(number) => found
            .parse::<f64>()
            .is_ok_and(|found| (found - number).abs() <= CLOSE * number.abs().max(1.0)),
    }
}

/// The name and content of a file.
type File = (String, Vec<u8>);

/// The exported file, and the scores and bands that are refused.
fn exported(
    instrument: &Instrument,
    checked: &Checked,
    engine: &Engine,
    reasons: &mut BTreeSet<String>,
) -> Option<(File, BTreeSet<String>)> {
    let exporter = exporter(engine.target).expect("the target exists");
    let mut options = OptionValues::default();
    for (name, value) in engine.options {
        options.set(exporter.option(name).expect("it exists"), value).expect("it is allowed");
    }
    let exported = (exporter.export)(&ExportRequest {
        instrument,
        program: &checked.program,
        ranges: &checked.ranges,
        wording: &instrument.wordings[0],
        sources: &[SourceFile { name: "instrument.toml", text: &checked.documents[0].text }],
        common: COMMON,
        options: &options,
        house: &House::default(),
    });
    let mut refused = BTreeSet::new();
    for finding in &exported.diagnostics {
        let Some((what, why)) = finding.message.split_once(" is not exported: ") else {
            // That there is nothing to print follows from the others.
            let is_error = finding.severity == Severity::Error;
            if is_error && !finding.message.starts_with("there is no score to print") {
                reasons.insert(finding.message.clone());
            }
            continue;
        };
        refused.insert(what.to_owned());
        // Scores whose keys are unverified have no program.
        if !why.starts_with("its key") && !why.starts_with("it is computed from a scale whose key")
        {
            reasons.insert(why.to_owned());
        }
    }
    let file = exported.files.into_iter().next()?;
    match file.content {
        Content::Bytes(bytes) => Some(((file.name, bytes), refused)),
        Content::Typst(_) => None,
    }
}

/// Whether more respondents than usual were asked for.
pub(crate) fn is_whole() -> bool {
    std::env::var_os("SCALEWRIGHT_RESPONDENTS").is_some()
}

/// At most `most` rows, spread over all of them. All if the number of respondents was asked for.
pub(crate) fn sampled(rows: Vec<Vec<Option<f64>>>, most: usize) -> Vec<Vec<Option<f64>>> {
    if is_whole() || rows.len() <= most {
        return rows;
    }
    let all = rows.len();
    let mut rows = rows.into_iter().enumerate();
    let mut kept: Vec<_> = rows.by_ref().take(3).map(|(_, row)| row).collect();
    kept.extend(
        rows.filter(|(at, _)| at * most / all != (at + 1) * most / all).map(|(_, row)| row),
    );
    kept
}

/// The answers as a table. An item with several choices that formulas look into has a column for each option: 1 if it is
/// chosen, otherwise 0, or blank in every third row.
fn csv(instrument: &Instrument, program: &Program, rows: &[Vec<Option<f64>>]) -> String {
    let options = |item: usize| match program.answer(ItemIx(item)).map(|answer| &answer.accepted) {
        Some(Accepted::Choices(values)) => Some(values.clone()),
        _ => None,
    };
    let mut names = vec!["respondent".to_owned()];
    for (at, item) in instrument.items.iter().enumerate() {
        match options(at) {
            None => names.push(item.id.clone()),
            Some(values) => names.extend(values.iter().map(|value| {
                format!("{}___{}", item.id, value.to_string().replace(['-', '.'], "_"))
            })),
        }
    }
    let mut text = names.join(",") + "\n";
    for (at, row) in rows.iter().enumerate() {
        let mut cells = vec![format!("r{at}")];
        for (item, cell) in row.iter().enumerate() {
            match options(item) {
                None => cells.push(cell.map_or(String::new(), |value| value.to_string())),
                Some(values) => cells.extend((0..values.len()).map(|option| {
                    let is = cell.is_some_and(|cell| is_chosen(cell, option));
                    let not = if at % 3 == 0 { "" } else { "0" };
                    if is { "1" } else { not }.to_owned()
                })),
            }
        }
        writeln!(text, "{}", cells.join(",")).expect("a text");
    }
    text
}
