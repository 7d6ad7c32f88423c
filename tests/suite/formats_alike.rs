//! The same answers of 200 respondents in more than sixteen formats, written by the programs that people have, give one
//! table of scores.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{root, run};

/// Writes files of a kind, and returns their names.
fn written(environment: &str, kind: &str, at: &Path) -> Vec<String> {
    let python = root().join("target/oracles").join(environment).join("bin/python");
    let script = root().join("tests/oracles/statistics/everywhere.py");
    let output =
        Command::new(&python).arg(script).arg(kind).arg(at).output().unwrap_or_else(|error| {
            panic!("{}: {error}: run `tests/oracles/setup`", python.display())
        });
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{kind} (see `tests/oracles/setup`): {why}");
    String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect()
}

/// The scores of each row, to the last digit, without the respondent: platforms name the column in their own ways.
fn scores(file: &str, at: &Path) -> Vec<String> {
    let mut args = vec!["score", "stat5.toml", file, "--columns", "scores", "--drop-all"];
    if file == "labels.csv" {
        args.push("--labels");
    }
    let done = run(&args, at);
    assert_eq!(done.code, 0, "{file}: {}", done.err);
    let row = |line: &str| line.split_once(',').map_or("", |(_, scores)| scores).to_owned();
    done.out.lines().map(row).collect()
}

#[test]
fn the_same_answers_have_the_same_scores_in_every_format() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let definition = root().join("tests/fixtures/statistics/instrument.toml");
    fs::copy(definition, at.join("stat5.toml")).expect("the fixture exists");
    let kinds = [("venv", "statistics"), ("engines", "texts"), ("engines", "tables")];
    let files: Vec<String> =
        kinds.iter().flat_map(|(environment, kind)| written(environment, kind, at)).collect();
    assert!(files.len() >= 22, "{files:?}");
    let expected = scores("plain.csv", at);
    assert_eq!(expected.len(), 201);
    // Of 200 respondents some answered fewer than two items, and have no score.
    assert!(expected.iter().skip(1).filter(|row| !row.starts_with(',')).count() > 190);
    for file in files {
        assert_eq!(scores(&file, at), expected, "{file}");
    }
}
