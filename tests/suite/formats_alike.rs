//! The same answers of 200 respondents in more than fifty formats, written by the programs that people have and in the layouts
//! of platforms, give one table of scores. Each export of a platform is announced.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{root, run};

/// Runs a program that writes files, and returns their names.
fn written(program: &mut Command, what: &str) -> Vec<String> {
    let output = program
        .output()
        .unwrap_or_else(|error| panic!("{what}: {error}: run `tests/oracles/setup`"));
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what} (see `tests/oracles/setup`): {why}");
    String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect()
}

/// Runs a script of `tests/oracles/statistics`.
fn by_python(environment: &str, script: &str, kind: &str, at: &Path) -> Vec<String> {
    let python = root().join("target/oracles").join(environment).join("bin/python");
    let script = root().join("tests/oracles/statistics").join(script);
    written(Command::new(python).arg(script).arg(kind).arg(at), kind)
}

/// The scores of each row, to the last digit, without the respondent: platforms name the column in their own ways. And the
/// notes.
fn scores(file: &str, at: &Path) -> (Vec<String>, String) {
    let mut args = vec!["score", "stat5.toml", file, "--columns", "scores", "--drop-all"];
    if file == "labels.csv" {
        args.push("--labels");
    }
    let done = run(&args, at);
    assert_eq!(done.code, 0, "{file}: {}", done.err);
    let row = |line: &str| line.split_once(',').map_or("", |(_, scores)| scores).to_owned();
    (done.out.lines().map(row).collect(), done.err)
}

/// A folder with the definition, and the scores of the plain table.
fn prepared() -> (tempfile::TempDir, Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let definition = root().join("tests/fixtures/statistics/instrument.toml");
    fs::copy(definition, at.join("stat5.toml")).expect("the fixture exists");
    let files = by_python("engines", "everywhere.py", "texts", at);
    let (expected, _) = scores("plain.csv", at);
    assert_eq!(expected.len(), 201);
    // Of 200 respondents some answered fewer than two items, and have no score.
    assert!(expected.iter().skip(1).filter(|row| !row.starts_with(',')).count() > 190);
    (folder, files, expected)
}

#[test]
fn the_same_answers_have_the_same_scores_in_every_format() {
    let (folder, mut files, expected) = prepared();
    let at = folder.path();
    files.extend(by_python("venv", "everywhere.py", "statistics", at));
    files.extend(by_python("engines", "everywhere.py", "tables", at));
    assert!(files.len() >= 22, "{files:?}");
    for file in files {
        assert_eq!(scores(&file, at).0, expected, "{file}");
    }
}

#[test]
fn exports_of_platforms_are_recognised_and_have_the_same_scores() {
    let (folder, _, expected) = prepared();
    let at = folder.path();
    let files = by_python("engines", "platforms.py", "exports", at);
    assert!(files.len() >= 20, "{files:?}");
    for file in files {
        let (scores, notes) = scores(&file, at);
        assert_eq!(scores, expected, "{file}: {notes}");
        assert!(notes.contains(&format!("`{file}` is read as ")), "{file}: {notes}");
    }
}

#[test]
fn forms_of_surveyjs_and_experiments_of_jspsych_have_the_same_scores() {
    let (folder, _, expected) = prepared();
    let at = folder.path();
    let script = root().join("tests/oracles/surveyjs/answers.mjs");
    let list = at.join("list.json");
    let files = written(Command::new("node").arg(script).arg(list).arg(at), "answers.mjs");
    assert_eq!(files.len(), 6, "{files:?}");
    for file in files {
        let (scores, notes) = scores(&file, at);
        assert_eq!(scores, expected, "{file}: {notes}");
        // Answers without a matrix are a plain list.
        let is_plain = file == "surveyjs-pages.json";
        assert!(is_plain || notes.contains(&format!("`{file}` is read as ")), "{file}: {notes}");
        if file.starts_with("jspsych") {
            assert!(notes.contains("of each trial, not kept: `trial_type`"), "{file}: {notes}");
            assert!(notes.contains("`build`"), "{file}: {notes}");
        }
    }
}
