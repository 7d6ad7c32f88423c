//! Several instruments as one REDCap project: colliding names, unchanged scores and consistent files.

mod command;
mod project;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use scalewright_check::Checked;
use scalewright_export::redcap_names::field_name;
use scalewright_export::{
    Content, ExportRequest, ExportedStudy, House, SourceFile, StudyRequest, exporter,
};
use scalewright_model::Diagnostic;
use scalewright_scoring::{Column, Responses, evaluate};
use serde_json::{Map, Value, json};

use crate::oracles::{COMMON, Way, compare, corpus, options, oracle, python, respondents, rows};
use crate::support::{CORPUS_MINIMUM, load, root};
use crate::{conditions, invented};

/// The number of respondents of a study. A few suffice, because `oracles` tests each instrument alone with many more.
const RESPONDENTS: usize = 24;

type Corpus = Vec<(String, Checked)>;

/// The exported study of several instruments.
struct Study {
    files: BTreeMap<String, Vec<u8>>,
    diagnostics: Vec<Vec<Diagnostic>>,
}

impl Study {
    fn of(corpus: &[(String, Checked)]) -> Self {
        let redcap = exporter("redcap").expect("the platform exists");
        let export = redcap.study.expect("REDCap has studies");
        let options = &options("redcap", Way::Portable);
        let texts = corpus.iter().map(|(_, checked)| checked.documents[0].text.as_str());
        let sources: Vec<[SourceFile<'_>; 1]> =
            texts.map(|text| [SourceFile { name: "instrument.toml", text }]).collect();
        let house = House::default();
        let requests: Vec<ExportRequest<'_>> = corpus
            .iter()
            .zip(&sources)
            .map(|((_, checked), sources)| {
                let instrument = checked.instrument.as_ref().expect("loaded without error");
                let wording = &instrument.wordings[0];
                let (program, ranges) = (&checked.program, checked.ranges.as_slice());
                let house = &house;
                let common = COMMON;
                ExportRequest {
                    instrument,
                    program,
                    ranges,
                    wording,
                    sources,
                    common,
                    options,
                    house,
                }
            })
            .collect();
        let title = "All & <everything> \"together\"";
        let study = StudyRequest { name: "all", title, instruments: &requests };
        let ExportedStudy { files, diagnostics } = export(&study);
        let files = files.into_iter().map(|file| match file.content {
            Content::Bytes(bytes) => (file.name, bytes),
            Content::Typst { .. } => panic!("{} is not a PDF", file.name),
        });
        Self { files: files.collect(), diagnostics }
    }

    /// The content of the file whose name ends with `ending`, or nothing if there is none.
    fn file(&self, ending: &str) -> &[u8] {
        let file = self.files.iter().find(|(name, _)| name.ends_with(ending));
        file.map_or(&[], |(_, bytes)| bytes)
    }

    fn write(&self, folder: &Path) {
        for (name, bytes) in &self.files {
            std::fs::write(folder.join(name), bytes).expect("the file is writable");
        }
    }

    /// The ids of one instrument by the names of their fields, from the dictionary and the table of names.
    fn names(&self, instrument: &str) -> BTreeMap<String, String> {
        let table = records(self.file("redcap-names.csv"));
        let ours = table.iter().filter(|row| row[2] == instrument);
        let ids: BTreeMap<&str, &str> = ours.map(|row| (&*row[0], &*row[1])).collect();
        let form = instrument.replace('-', "_");
        let fields = records(self.file(".redcap.csv")).into_iter().filter(|row| row[1] == form);
        let named = fields.map(|row| {
            let id = ids.get(&*row[0]).copied().unwrap_or(&row[0]).to_owned();
            (row[0].clone(), id)
        });
        named.collect()
    }
}

/// The rows of a table, without the header.
pub(crate) fn records(bytes: &[u8]) -> Vec<Vec<String>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    rows.collect()
}

/// The instruments of the library, with substitute wording.
fn library() -> Corpus {
    let entries = std::fs::read_dir(root().join("instruments")).expect("it exists").flatten();
    let mut folders: Vec<_> = entries.map(|entry| entry.path()).collect();
    folders.retain(|folder| folder.join("instrument.toml").is_file());
    folders.sort();
    assert!(folders.len() >= CORPUS_MINIMUM, "the library is there");
    folders.iter().map(|folder| (folder.display().to_string(), load(folder))).collect()
}

/// Studies in which names collide: the library, the scoring fixtures and the invented instruments.
fn studies() -> Vec<(&'static str, Corpus)> {
    vec![("library", library()), ("fixtures", corpus()), ("invented", invented::corpus())]
}

/// Runs a program on the files in a folder whose names have one of the endings.
fn judged(program: &[&str], folder: &Path, endings: &[&str]) -> Output {
    let entries = std::fs::read_dir(folder).expect("it exists").flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.retain(|file| endings.iter().any(|ending| file.to_string_lossy().ends_with(ending)));
    files.sort();
    assert!(!files.is_empty(), "files to check were found");
    let output = Command::new(python()).args(program).args(&files).current_dir(root()).output();
    output.expect("the oracle can be run")
}

#[test]
fn the_checker_accepts_every_study_with_colliding_names() {
    let check = ["tests/oracles/redcap/redcap_check.py", "check", "--strict"];
    for (name, corpus) in studies() {
        let study = Study::of(&corpus);
        assert!(study.diagnostics.iter().flatten().all(|found| found.code != "reserved-name"));
        let folder = tempfile::tempdir().expect("a temporary folder");
        study.write(folder.path());
        let output = judged(&check, folder.path(), &[".redcap.csv"]);
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{name}: {printed}");
        assert!(
            !printed.contains("\"F011\""),
            "{name}: the bytes differ from REDCap's own: {printed}"
        );
        let renamed = records(study.file("redcap-names.csv"));
        // In the library, only long ids are renamed.
        assert!(name == "library" || renamed.len() > 20, "{name}: {renamed:?}");
    }
}

#[test]
fn a_study_gives_our_scores_of_each_instrument() {
    for (name, corpus) in studies() {
        let study = Study::of(&corpus);
        let answered: Vec<Responses> =
            corpus.iter().map(|(_, checked)| some(&respondents(checked))).collect();
        let mut all = vec![Map::new(); RESPONDENTS];
        let mut names = Vec::new();
        for ((_, checked), responses) in corpus.iter().zip(&answered) {
            let id = &checked.instrument.as_ref().expect("loaded without error").id;
            names.push(study.names(id));
            answer(&mut all, names.last().expect("one exists"), &rows(checked, responses));
        }
        let records = all.into_iter().map(Value::Object).collect();
        let program = [&*python(), "tests/oracles/redcap/score.py", "--branching"];
        let dictionary = ("dictionary.csv", study.file(".redcap.csv"));
        let theirs = oracle(&program, dictionary, &records);
        for row in &theirs {
            let unclear = row.get("ambiguous").and_then(Value::as_array);
            assert!(unclear.is_none_or(Vec::is_empty), "{name}: undocumented: {unclear:?}");
        }
        for (index, ((of, checked), responses)) in corpus.iter().zip(&answered).enumerate() {
            let place = format!("{name}, {of}");
            let theirs: Vec<Map<String, Value>> = theirs
                .iter()
                .take(responses.rows)
                .map(|row| of_instrument(row, &names[index]))
                .collect();
            conditions::compare(&place, checked, responses, &theirs);
            if !checked.program.scores.is_empty() {
                let refused = refused(&study.diagnostics[index]);
                let scored = evaluate(&checked.program, responses);
                compare(&place, (checked, &refused), &scored, &theirs);
            }
        }
    }
}

/// Selects [`RESPONDENTS`] respondents: the lowest, the highest and the empty one, and the last ones, which are random.
fn some(responses: &Responses) -> Responses {
    let random = responses.rows.saturating_sub(RESPONDENTS - 3).max(3);
    let chosen: Vec<usize> = (0..3).chain(random..responses.rows).collect();
    let column = |column: &Column| {
        let mut shorter = Column::default();
        chosen.iter().for_each(|&row| shorter.push(column.get(row)));
        shorter
    };
    Responses { rows: chosen.len(), items: responses.items.iter().map(column).collect() }
}

/// Adds the answers to one form to the records.
fn answer(
    records: &mut [Map<String, Value>],
    names: &BTreeMap<String, String>,
    rows: &[BTreeMap<&str, f64>],
) {
    for (record, row) in records.iter_mut().zip(rows) {
        for (name, id) in names {
            if let Some(value) = row.get(id.as_str()) {
                record.insert(name.clone(), json!(value.to_string()));
            }
        }
    }
}

/// The values of one form in a record, by ids.
fn of_instrument(row: &Map<String, Value>, names: &BTreeMap<String, String>) -> Map<String, Value> {
    let value = |row: &Map<String, Value>, name: &str| row.get(name).cloned();
    let scores = names.iter().filter_map(|(name, id)| Some((id.clone(), value(row, name)?)));
    let mut ours: Map<String, Value> = scores.collect();
    let shown = row["visible"].as_object().expect("the visibility of the items");
    let shown = names.iter().filter_map(|(name, id)| Some((field_name(id), value(shown, name)?)));
    ours.insert("visible".to_owned(), Value::Object(shown.collect()));
    ours
}

/// The scores that REDCap cannot compute.
fn refused(diagnostics: &[Diagnostic]) -> Vec<String> {
    let messages = diagnostics.iter().filter(|found| found.code == "lossy-export");
    let ids = messages.filter_map(|found| {
        let rest = found.message.strip_prefix("the score of `")?;
        Some(rest.split('`').next()?.to_owned())
    });
    ids.collect()
}
