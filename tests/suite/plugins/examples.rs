//! The examples: the exporters give every instrument completely, and the lints find what they are for.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use scalewright_model::{Instrument, ResponseKind};

use super::{MOST_LINES, examples, export_all, library, lines};
use crate::support::{load, run};

/// Prints the rows of a CSV file as JSON. Python's own module reads it, and reports every error.
const READ: &str = "import csv, json, sys
with open(sys.argv[1], newline='', encoding='utf-8') as file:
    print(json.dumps(list(csv.reader(file, delimiter=sys.argv[2], strict=True))))";

fn rows(path: &Path, delimiter: &str) -> Vec<Vec<String>> {
    let done = Command::new("python3").args(["-c", READ]).arg(path).arg(delimiter).output();
    let done = done.expect("python3 can be run: `tests/oracles/setup` installs it");
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{}: {errors}", path.display());
    serde_json::from_slice(&done.stdout).expect("the rows are lists of texts")
}

/// The ids and words of the items and their options, as an item list shows them.
fn expected(instrument: &Instrument) -> Vec<(String, String)> {
    let words = &instrument.wordings[0];
    let mut expected = Vec::new();
    for (item, stem) in instrument.items.iter().zip(&words.stems) {
        expected.push((item.id.clone(), stem.clone()));
        let response = &words.responses[item.response.0];
        let mut labels = response.labels.clone();
        if matches!(instrument.response_scales[item.response.0].kind, ResponseKind::YesNo) {
            let usual = [(&response.yes_label, "Yes"), (&response.no_label, "No")];
            labels.extend(usual.map(|(own, word)| own.clone().unwrap_or_else(|| word.to_owned())));
        }
        expected.extend(labels.into_iter().map(|label| (item.id.clone(), label)));
    }
    expected
}

#[test]
fn every_example_is_short() {
    let programs = [
        "itemlist/itemlist.py",
        "datadict/datadict.sh",
        "house/house.py",
        "page/page.html",
        "diary/diary.py",
    ];
    for program in programs {
        let count = lines(&examples().join(program));
        assert!(count < MOST_LINES, "{program} has {count} lines");
    }
}

#[test]
fn a_itemlist_has_every_item_option_and_score() {
    for (value, delimiter) in [("comma", ","), ("semicolon", ";"), ("tab", "\t")] {
        let out = tempfile::tempdir().expect("a temporary folder");
        let option = format!("itemlist.delimiter={value}");
        let done = export_all("itemlist", out.path(), &["--set", &option]);
        assert_eq!(done.code, 0, "{}{}", done.out, done.err);
        for folder in library() {
            let checked = load(&folder);
            let instrument = checked.sound().expect("the instrument is sound");
            let language = &instrument.wordings[0].language;
            let file = format!("{}.{language}.itemlist.csv", instrument.id);
            let rows = rows(&out.path().join(&file), delimiter);
            assert_eq!(rows[0], ["row", "id", "value", "text", "rule"], "{file}");
            assert!(rows.iter().all(|row| row.len() == 5), "{file}: five cells in every row");
            let words = rows.iter().filter(|row| matches!(row[0].as_str(), "item" | "option"));
            let words: Vec<_> = words.map(|row| (row[1].clone(), row[3].clone())).collect();
            assert_eq!(words, expected(instrument), "{file}");
            let scores = rows.iter().filter(|row| row[0] == "score");
            for row in scores.clone() {
                assert!(!row[4].is_empty(), "{file}: `{}` has no formula", row[1]);
            }
            // A score comes after those that it is computed from, so the order may differ.
            let ids: BTreeSet<&str> = scores.map(|row| row[1].as_str()).collect();
            let scored = instrument.scales.iter().filter(|scale| scale.is_scored());
            assert_eq!(ids, scored.map(|scale| scale.id.as_str()).collect(), "{file}");
        }
    }
}

/// Splits a row of a Markdown table at the bars that are not escaped, and removes the escapes.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut characters = row.chars();
    while let Some(character) = characters.next() {
        match character {
            '|' => cells.push(String::new()),
            '\\' => cells.last_mut().expect("a cell").extend(characters.next()),
            _ => cells.last_mut().expect("a cell").push(character),
        }
    }
    let inside = cells.get(1..cells.len() - 1).unwrap_or_default();
    inside.iter().map(|cell| cell.trim().to_owned()).collect()
}

#[test]
fn a_data_dictionary_has_every_item() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let done = export_all("datadict", out.path(), &[]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    for folder in library() {
        let checked = load(&folder);
        let instrument = checked.sound().expect("the instrument is sound");
        let language = &instrument.wordings[0].language;
        let file = format!("{}.{language}.md", instrument.id);
        let text = fs::read_to_string(out.path().join(&file)).expect("the file is written");
        let rows: Vec<Vec<String>> =
            text.lines().filter(|line| line.starts_with('|')).map(cells).collect();
        for (item, stem) in instrument.items.iter().zip(&instrument.wordings[0].stems) {
            let stem = stem.replace('\n', " ");
            let has_it = |row: &Vec<String>| row[0] == item.id && row[1] == stem.trim();
            assert!(rows.iter().any(has_it), "{file}: {} is missing: {rows:?}", item.id);
        }
        assert!(rows.iter().all(|row| (3..=4).contains(&row.len())), "{file}: {rows:?}");
    }
}

#[test]
fn the_examples_pass_the_conformance_kit() {
    for name in ["itemlist", "datadict", "house", "page", "diary"] {
        let done = run(&["plugin", "check", name, "--trust-plugins"], &examples());
        assert_eq!(done.code, 0, "{name}: {}{}", done.out, done.err);
    }
}

#[test]
fn the_house_rules_find_stems_and_fix_the_description_only() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = examples().join("house/house.py").display().to_string();
    let settings = format!("[plugins.lint.house]\ncommand = [\"python3\", {house:?}]\n");
    fs::write(folder.path().join("scalewright.toml"), settings).expect("the settings are written");
    assert_eq!(run(&["new", "tiny"], folder.path()).code, 0);
    let path = folder.path().join("tiny/instrument.toml");
    let text = fs::read_to_string(&path).expect("the definition exists");
    let long = "very ".repeat(30);
    let text = text.replace("I felt at ease.", &format!("I felt {long} at ease"));
    let text = text.replace("and for whom.\"", "and for whom\"");
    fs::write(&path, text).expect("the definition is written");
    let check = ["check", "tiny", "--lints", "house", "--trust-plugins"];
    let found = run(&check, folder.path());
    for code in ["house/long-stem", "house/end-of-stem", "house/end-of-description"] {
        assert!(found.out.contains(code), "{code}: {}{}", found.out, found.err);
    }
    let fixed = run(&[&check[..], &["--fix"]].concat(), folder.path());
    let text = fs::read_to_string(&path).expect("the definition exists");
    assert!(text.contains("and for whom.\""), "{}{}\n{text}", fixed.out, fixed.err);
    assert!(text.contains("at ease\""), "a word that respondents read is never changed");
}
