//! ReproSchema protocols give our scores: every score, band, flag and mark, for all instruments, all scoring fixtures and
//! invented instruments. The models of the reproschema package accept every file.
//!
//! `SCALEWRIGHT_RESPONDENTS=200 cargo test -p scalewright-tests -- reproschema::` answers as more respondents than usual.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::invented;
use crate::oracles::corpus;
use crate::support::{root, run};
use crate::surveyjs::job::Job;

/// Why scores are refused. All others are compared.
const REFUSED: [&str; 3] = [
    "does not score the pattern of answers by the model",
    "cannot look into the options of an item with several choices",
    "cannot read a date as a number",
];

/// Runs a script of `tests/oracles/reproschema`, and returns what it prints.
fn script(program: &Path, script: &str, argument: &Path) -> String {
    let script = root().join("tests/oracles/reproschema").join(script);
    let output = Command::new(program).arg(&script).arg(argument).output();
    let output = output.expect("it is installed by `tests/oracles/setup`");
    let errors = String::from_utf8_lossy(&output.stderr);
    let last: String = errors.chars().take(4_000).collect();
    assert!(output.status.success(), "{}:\n{last}", script.display());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Has the models of the reproschema package read all files in folders. Returns how many there are.
fn are_valid(list: &Path, folders: &[&Path]) -> usize {
    let lines: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
    std::fs::write(list, lines.join("\n")).expect("the file is writable");
    let python = root().join("target/oracles/reproschema/bin/python");
    script(&python, "check.py", list).trim().parse().expect("a number of files")
}

#[test]
fn expressions_give_our_scores_and_files_are_valid() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut reasons = BTreeSet::new();
    let all = corpus().into_iter().chain(invented::corpus()).enumerate();
    let mut folders = Vec::new();
    let jobs: Vec<Job> = all
        .map(|(at, (name, checked))| {
            folders.push(folder.path().join(at.to_string()));
            Job::write(&folders[at], "reproschema", (&name, checked), &mut reasons)
        })
        .collect();
    assert!(
        reasons.iter().all(|why| REFUSED.iter().any(|known| why.contains(known))),
        "{reasons:?}"
    );
    let listed: Vec<Value> = jobs.iter().map(Job::listed).collect();
    let list = folder.path().join("jobs.json");
    std::fs::write(&list, Value::from(listed).to_string()).expect("the file is writable");
    script(Path::new("node"), "score.mjs", &list);
    let compared: usize = jobs.iter().map(Job::compare).sum();
    assert!(compared > 4_000, "{compared} values were compared");
    let folders: Vec<&Path> = folders.iter().map(AsRef::as_ref).collect();
    let files = are_valid(&folder.path().join("folders"), &folders);
    assert!(files > 2_000, "{files} files were read");
}

/// The name of an item is a method, a word of the code, a word of a label, and a letter of an escape.
const DEFINITION: &str = r#"format = 1
id = "small"
title = "Small <b> \"form\", | 'x'"
version = "1.0.0"
status = "active"
language = "en"
[rights]
holder = "scalewright authors"
licence = "CC0-1.0"
wording = "included"
[administration]
respondent = "self"
[response-scales.choice]
options = [{ value = -1, label = "No, $1 'never'" }, { value = 2, label = "\u202eYes\n" }]
[response-scales.amount]
type = "numeric"
min = -0.5
max = 10
decimals = 1
unit = "kg"
[[items]]
id = "max"
stem = "First"
response = "choice"
required = true
[[items]]
id = "string"
stem = "Second {max} \\ $& [[x]]"
response = "choice"
ask-if = "max = 2"
[[items]]
id = "u"
stem = "Amount"
response = "amount"
[[scales]]
id = "total"
title = "Total"
items = ["max", "string"]
score = "sum"
missing = "no-score"
bands = [{ from = -2, to = 1, label = "max \\ 'u' é total" }, { from = 2, to = 4, label = "string" }]
"#;

fn exported(folder: &Path, more: &[&str]) -> Vec<String> {
    let args = ["export", "small.toml", "--to", "reproschema", "--out", "out"];
    let result = run(&[&args[..], more].concat(), folder);
    assert_eq!(result.code, 0, "{}", result.err);
    let files = std::fs::read_dir(folder.join("out")).expect("the folder is written");
    let name = |file: std::io::Result<std::fs::DirEntry>| {
        file.expect("it can be read").file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = files.map(name).collect();
    names.sort();
    names
}

fn read(folder: &Path, name: &str) -> Value {
    let text = std::fs::read_to_string(folder.join("out").join(name)).expect("it is written");
    serde_json::from_str(&text).expect("valid JSON")
}

#[test]
fn hostile_words_are_kept() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("small.toml"), DEFINITION).expect("writable");
    let names = exported(folder.path(), &["--set", "reproschema.attachments=no"]);
    assert!(!names.iter().any(|name| name.contains("definition")), "{names:?}");
    are_valid(&folder.path().join("folders"), &[&folder.path().join("out")]);
    let options = read(folder.path(), "small.en.options.choice.jsonld");
    assert_eq!(options["choices"][0]["value"], -1);
    assert_eq!(options["choices"][0]["name"]["en"], "No, $1 'never'");
    let item = read(folder.path(), "small.en.item.string.jsonld");
    assert_eq!(item["question"]["en"], "2. Second {max} \\ $& [[x]]");
    let amount = read(folder.path(), "small.en.options.amount.jsonld");
    assert_eq!((&amount["minValue"], &amount["maxValue"]), (&(-0.5).into(), &10.into()));
    assert_eq!(amount["unitOptions"][0]["value"], "kg");
}

#[test]
fn a_label_of_300_characters_is_kept() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let label = "Always, \u{5d0} 'x' ".chars().cycle().take(299).chain(['!']).collect::<String>();
    let definition = DEFINITION.replace("\\u202eYes\\n", &label);
    assert_ne!(definition, DEFINITION);
    std::fs::write(folder.path().join("small.toml"), definition).expect("writable");
    exported(folder.path(), &[]);
    are_valid(&folder.path().join("folders"), &[&folder.path().join("out")]);
    let options = read(folder.path(), "small.en.options.choice.jsonld");
    assert_eq!(options["choices"][1]["name"]["en"].as_str(), Some(label.as_str()));
}

#[test]
fn words_of_expressions_are_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let definition = DEFINITION.replace("id = \"u\"", "id = \"return\"");
    std::fs::write(folder.path().join("small.toml"), definition).expect("writable");
    let result =
        run(&["export", "small.toml", "--to", "reproschema", "--out", "out"], folder.path());
    assert_eq!(result.code, 1, "{}", result.err);
    assert!(
        result.err.contains("small.toml:32:") && result.err.contains("`return`"),
        "{}",
        result.err
    );
}

#[test]
fn options_leave_out_columns() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("small.toml"), DEFINITION).expect("writable");
    let all = exported(folder.path(), &[]);
    assert!(all.contains(&"small.en.item.total_band.jsonld".to_owned()), "{all:?}");
    assert!(all.contains(&"small.en.item.text__definition.jsonld".to_owned()), "{all:?}");
    std::fs::remove_dir_all(folder.path().join("out")).expect("it exists");
    let scores = exported(folder.path(), &["--set", "reproschema.columns=scores"]);
    assert!(!scores.contains(&"small.en.item.total_band.jsonld".to_owned()), "{scores:?}");
    let activity = read(folder.path(), "small.en.activity.jsonld");
    assert_eq!(activity["compute"].as_array().map(Vec::len), Some(1));
    assert_eq!(activity["ui"]["addProperties"][0]["valueRequired"], true);
}

#[test]
fn a_study_is_one_protocol() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("small.toml"), DEFINITION).expect("writable");
    let other = DEFINITION.replace("id = \"small\"", "id = \"other\"");
    std::fs::write(folder.path().join("other.toml"), other).expect("writable");
    let names = exported(folder.path(), &["other.toml", "--study", "trial"]);
    assert!(names.contains(&"other.en.item.max.jsonld".to_owned()), "{names:?}");
    let protocol = read(folder.path(), "trial.en.protocol.jsonld");
    let order = ["small.en.activity.jsonld", "other.en.activity.jsonld"];
    assert_eq!(protocol["ui"]["order"], Value::from(order.to_vec()));
    are_valid(&folder.path().join("folders"), &[&folder.path().join("out")]);
}
