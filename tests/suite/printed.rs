//! The printed number of an item is the same on every target.

use std::fs;
use std::path::Path;

use scalewright_check::{Input, Source, check};

use crate::support::run;

const DEFINITION: &str = include_str!("printed/instrument.toml");
/// The numbers by hand: a background item has no number unless the definition states one, and is not counted.
const NUMBERS: [(&str, &str); 7] = [
    ("age", ""),
    ("sex", "S"),
    ("first", "1"),
    ("second", "2a"),
    ("job", ""),
    ("example", ""),
    ("third", "3"),
];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("printed.toml"), DEFINITION).expect("the file is writable");
    folder
}

fn export(folder: &Path, to: &str) -> String {
    let result = run(&["export", "printed.toml", "--to", to, "--out", "out"], folder);
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
    let extension = if to == "redcap" { "csv" } else { "json" };
    let entries = fs::read_dir(folder.join("out")).expect("it was written");
    let mut files = entries.flatten().map(|entry| entry.path());
    let file = files.find(|path| path.extension().is_some_and(|e| e == extension));
    fs::read_to_string(file.expect("a file")).expect("the file is readable")
}

#[test]
fn fhir_has_numbers_as_prefixes() {
    let folder = folder();
    let form: serde_json::Value =
        serde_json::from_str(&export(folder.path(), "fhir")).expect("valid JSON");
    let items = form["item"].as_array().expect("an array");
    for (id, number) in NUMBERS {
        let item = items.iter().find(|item| item["linkId"] == *id).expect("the item exists");
        assert_eq!(item["prefix"].as_str().unwrap_or_default(), number, "{id}");
    }
}

#[test]
fn redcap_has_question_numbers() {
    let folder = folder();
    let text = export(folder.path(), "redcap");
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let headers = table.headers().expect("a first line").clone();
    let at = headers.iter().position(|name| name.starts_with("Question Number")).expect("there");
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    for (id, number) in NUMBERS {
        let row = rows.iter().find(|row| &row[0] == id).expect("the item exists");
        assert_eq!(&row[at], number, "{id}");
    }
}

#[test]
fn one_function_determines_the_numbers() {
    let source = Source { name: "printed.toml".to_owned(), bytes: DEFINITION.into() };
    let checked = check(Input::alone(source));
    let instrument = checked.instrument.as_ref().expect("the definition was resolved");
    let printed: Vec<&str> = instrument.items.iter().map(|item| item.number.as_str()).collect();
    assert_eq!(printed, NUMBERS.map(|(_, number)| number));
}
