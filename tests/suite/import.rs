//! Importing forms of other programs: worked examples of every format, broken sources, and our own files.
//!
//! Each folder of `tests/fixtures/import` has a source, the options with which it is imported, the definition and the
//! wording files that it must give, and cases that were worked out by hand. Values are compared, not layout.

mod audits;
mod command;
mod deployed;
mod hostile;
mod languages;
mod openscales;
mod own;
mod stripped;
mod taken;
mod view;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use scalewright_check::{Input, Source, check};
use scalewright_import::prove::{Outcome, Subject};
use scalewright_import::{FORMATS, Import, Options, Sources, import};
use scalewright_model::ScoreKind;
use serde_json::Value;
use toml::Table;

use crate::support::root;

/// The worked examples.
fn examples() -> Vec<PathBuf> {
    let folder = root().join("tests/fixtures/import");
    let entries = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it is readable").path());
    let mut examples: Vec<PathBuf> = entries.collect();
    examples.sort();
    examples
}

/// The options of an example, and the name of its source.
fn options(folder: &Path) -> (Options, String, Value) {
    let text = fs::read_to_string(folder.join("options.json")).expect("an example has options");
    let given: Value = serde_json::from_str(&text).expect("it is JSON");
    let text = |key: &str| given[key].as_str().map(str::to_owned);
    let codes = given["non-response"].as_array().into_iter().flatten();
    let options = Options {
        language: text("language"),
        licence: text("licence"),
        date: text("date"),
        non_response: codes.filter_map(|code| code.as_str().map(str::to_owned)).collect(),
        score: match given["score"].as_str() {
            Some("mean") => Some(ScoreKind::Mean),
            Some("sum") => Some(ScoreKind::Sum),
            _ => None,
        },
        formr_scales: given["formr-scales"].as_bool() == Some(true),
        ..Options::default()
    };
    (options, text("source").expect("an example has a source"), given)
}

/// Imports a file of a folder.
pub(crate) fn imported(folder: &Path, name: &str, from: Option<&str>, options: &Options) -> Import {
    let bytes = fs::read(folder.join(name)).expect("the source is there");
    let beside = |path: &str| fs::read(folder.join(path)).ok();
    let sources = Sources { file: name, bytes: &bytes, beside: &beside, attached: &[] };
    match import(&sources, from, options) {
        Ok(import) => import,
        Err(stop) => panic!("{name}: {} {:?}", stop.message, stop.help),
    }
}

fn table(bytes: &[u8]) -> Table {
    let text = std::str::from_utf8(bytes).expect("it is UTF-8");
    toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn worked_examples_give_their_definitions() {
    let mut formats = Vec::new();
    let mut differences = Vec::new();
    for folder in examples() {
        let name = folder.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let (options, source, _) = options(&folder);
        let import = imported(&folder, &source, None, &options);
        formats.push(import.format.0);
        assert_eq!(import.instruments.len(), 1, "{name}");
        let one = &import.instruments[0];
        assert!(one.errors.is_empty(), "{name}: {:?}", one.errors);
        let files: BTreeMap<&str, &[u8]> =
            one.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let file = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
            let own = match file.strip_prefix("expected") {
                Some(".toml") => "instrument.toml".to_owned(),
                Some(language) => language.trim_start_matches('.').to_owned(),
                None => continue,
            };
            let expected = table(&fs::read(&path).expect("it is readable"));
            let given = table(
                files
                    .get(own.as_str())
                    .unwrap_or_else(|| panic!("{name}: no {own} among {:?}", files.keys())),
            );
            differences.extend(difference(&name, &own, &expected, &given));
        }
        cases_hold(&folder, &name, &files);
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    for format in FORMATS {
        assert!(formats.iter().any(|name| name == format.name), "no example of `{}`", format.name);
    }
}

/// The difference between two files as values; `None` if they are equal.
fn difference(example: &str, file: &str, expected: &Table, given: &Table) -> Option<String> {
    let (expected, given) = (normal(expected), normal(given));
    (expected != given).then(|| {
        let diff = similar::TextDiff::from_lines(&expected, &given);
        let diff = diff.unified_diff().context_radius(2).header("expected", "given").to_string();
        format!("{example}/{file}:\n{diff}")
    })
}

/// A file as JSON with sorted keys. Integers and floats are numbers of one kind.
fn normal(table: &Table) -> String {
    fn value(of: &toml::Value) -> Value {
        match of {
            toml::Value::Integer(number) => Value::from(*number as f64),
            toml::Value::Float(number) => Value::from(*number),
            toml::Value::String(text) => Value::from(text.as_str()),
            toml::Value::Boolean(truth) => Value::from(*truth),
            toml::Value::Datetime(date) => Value::from(date.to_string()),
            toml::Value::Array(list) => list.iter().map(value).collect(),
            toml::Value::Table(table) => {
                let sorted: BTreeMap<&String, Value> =
                    table.iter().map(|(key, of)| (key, value(of))).collect();
                Value::from_iter(sorted.into_iter().map(|(key, of)| (key.clone(), of)))
            }
        }
    }
    format!("{:#}\n", value(&toml::Value::Table(table.clone())))
}

/// The cases of an example, scored by the imported definition.
fn cases_hold(folder: &Path, name: &str, files: &BTreeMap<&str, &[u8]>) {
    let Ok(cases) = fs::read(folder.join("cases.toml")) else { return };
    let source = |name: &str, bytes: &[u8]| Source { name: name.to_owned(), bytes: bytes.to_vec() };
    let others =
        files.iter().filter(|(name, _)| !name.contains('/') && **name != "instrument.toml");
    let checked = check(Input {
        beside: others.map(|(name, bytes)| source(name, bytes)).collect(),
        cases: Some(source("cases.toml", &cases)),
        ..Input::alone(source("instrument.toml", files["instrument.toml"]))
    });
    let errors: Vec<_> = checked
        .findings
        .iter()
        .filter(|finding| finding.is_error())
        .map(|finding| &finding.message)
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:?}");
}

#[test]
fn scores_of_worked_examples_are_proved() {
    for folder in examples() {
        let (options, source, given) = options(&folder);
        let import = imported(&folder, &source, None, &options);
        let listed = |key: &str| -> Vec<String> {
            given[key]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|id| id.as_str().map(str::to_owned))
                .collect()
        };
        let (differ, left_out) = (listed("differs"), listed("not-understood"));
        for proof in &import.instruments[0].proofs {
            let expected = match (differ.contains(&proof.id), left_out.contains(&proof.id)) {
                (true, _) => matches!(proof.outcome, Outcome::Differs(_)),
                (_, true) => matches!(proof.outcome, Outcome::NotUnderstood(_)),
                _ => matches!(proof.outcome, Outcome::Equal(sets) if sets > 200),
            };
            assert!(
                expected || proof.subject == Subject::Condition && left_out.contains(&proof.id),
                "{source}: {proof:?}"
            );
        }
        let codes: Vec<&str> =
            import.instruments[0].findings.iter().map(|finding| &*finding.code).collect();
        for code in listed("findings") {
            assert!(codes.contains(&code.as_str()), "{source}: no `{code}` among {codes:?}");
        }
    }
}
