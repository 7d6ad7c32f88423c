//! HTML forms give our scores: every score, band, flag and mark, for all instruments, all scoring fixtures and invented
//! instruments. They are answered in a browser, where a form may load nothing and axe finds nothing wrong.
//!
//! `SCALEWRIGHT_RESPONDENTS=200 cargo test -p scalewright-tests -- html::` enters more respondents than the usual run.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::invented;
use crate::oracles::corpus;
use crate::support::{root, run};
use crate::surveyjs::job::Job;

/// Why scores are refused. All others are compared.
const REFUSED: &str = "does not score the pattern of answers by the model";

/// Runs a script of `tests/oracles/html`.
fn node(script: &str, arguments: &[&Path]) {
    let folder = root().join("tests/oracles");
    let installed = folder.join("surveyjs/node_modules/axe-core").exists();
    assert!(installed, "the browser's packages are not installed: run `tests/oracles/setup`");
    let output =
        Command::new("node").arg(folder.join("html").join(script)).args(arguments).output();
    let output = output.expect("node runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{script}:\n{}",
        errors.chars().take(4_000).collect::<String>()
    );
}

#[test]
fn forms_in_a_browser_give_our_scores() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut reasons = BTreeSet::new();
    let all = corpus().into_iter().chain(invented::corpus()).enumerate();
    let jobs: Vec<Job> = all
        .map(|(at, (name, checked))| {
            Job::write(&folder.path().join(at.to_string()), "html", (&name, checked), &mut reasons)
        })
        .collect();
    assert!(reasons.iter().all(|why| why.contains(REFUSED)), "{reasons:?}");
    let listed: Vec<Value> = jobs.iter().map(Job::listed).collect();
    let list = folder.path().join("jobs.json");
    std::fs::write(&list, Value::from(listed).to_string()).expect("the file is writable");
    node("score.mjs", &[&list]);
    let compared: usize = jobs.iter().map(Job::compare).sum();
    assert!(compared > 4_000, "{compared} values were compared");
}

const DEFINITION: &str = r#"format = 1
id = "small"
title = "Small </script> form"
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
options = [{ value = 1, label = "No" }, { value = 2, label = "Yes" }]
[response-scales.amount]
type = "numeric"
min = 0
max = 10
decimals = 1
[response-scales.feeling]
type = "visual-analogue"
min = 0
max = 100
min-label = "bad"
max-label = "good"
[[items]]
id = "first"
stem = "First"
response = "choice"
required = true
[[items]]
id = "second"
stem = "Second"
response = "choice"
ask-if = "first = 2"
[[items]]
id = "amount"
stem = "Amount"
response = "amount"
[[items]]
id = "feeling"
stem = "Feeling"
response = "feeling"
[[scales]]
id = "total"
title = "Total"
items = ["first", "second"]
score = "sum"
missing = "no-score"
"#;

fn exported(folder: &Path, more: &[&str]) -> String {
    std::fs::write(folder.join("small.toml"), DEFINITION).expect("the file is writable");
    let args = ["export", "small.toml", "--to", "html", "--out", "out"];
    let result = run(&[&args[..], more].concat(), folder);
    assert_eq!(result.code, 0, "{}", result.err);
    std::fs::read_to_string(folder.join("out/small.en.html")).expect("the form is written")
}

#[test]
fn a_form_is_used_by_keyboard_and_saves_what_was_answered() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    exported(folder.path(), &[]);
    node("behave.mjs", &[&folder.path().join("out/small.en.html"), folder.path()]);
    let result = run(&["score", "small.toml", "small.csv"], folder.path());
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(result.out.contains("\"p,1\",3"), "{}", result.out);
}

#[test]
fn studies_and_forms_from_right_to_left_are_accessible() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let arabic = DEFINITION
        .replace("language = \"en\"", "language = \"ar\"")
        .replace("label = \"No\"", "label = \"\u{644}\u{627}\"")
        .replace("stem = \"First\"", "stem = \"\u{623}\u{648}\u{644}\"");
    std::fs::write(folder.path().join("arabic.toml"), arabic).expect("writable");
    let export = |what: &[&str]| {
        let args = [what, &["--to", "html", "--out", "out"]].concat();
        let result = run(&[&["export"], &args[..]].concat(), folder.path());
        assert_eq!(result.code, 0, "{}", result.err);
    };
    export(&["arabic.toml"]);
    exported(folder.path(), &[]);
    let matrices = root().join("instruments/side-by-side").display().to_string();
    export(&["small.toml", &matrices, "--study", "trial"]);
    let [arabic, study] =
        ["small.ar.html", "trial.en.html"].map(|name| folder.path().join("out").join(name));
    let text = std::fs::read_to_string(&arabic).expect("the form is written");
    assert!(text.contains("dir=\"rtl\""), "{text}");
    node("accessible.mjs", &[&arabic, &study]);
}

#[test]
fn scores_are_left_out_and_pages_around_the_form_told_only_if_asked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let shown = exported(folder.path(), &[]);
    assert!(shown.contains("id=\"finish\"") && shown.contains("const EMBED = false;"), "{shown}");
    assert!(!shown.contains("Small </script>"), "the title cannot end the script");
    std::fs::remove_dir_all(folder.path().join("out")).expect("it exists");
    let hidden = exported(folder.path(), &["--set", "html.scores=hide", "--set", "html.embed=yes"]);
    assert!(hidden.contains("const SCORES = \"hide\";") && hidden.contains("const EMBED = true;"));
    assert!(!hidden.contains("id=\"finish\"") && !hidden.contains("total_answered"), "{hidden}");
}

/// What the form saves as JSON.
const SAVED: &str = r#"[
  {
    "instrument": "small", "version": "1.0.0", "language": "en", "respondent": "p1",
    "answers": { "first": 2, "second": 1, "amount": 2.5, "feeling": null },
    "not-asked": [],
    "scores": { "total": 3, "total_answered": 2, "total_prorated": false }
  },
  { "instrument": "other", "version": "1.0.0", "respondent": "p1", "answers": { "first": 9 } }
]"#;

#[test]
fn what_a_form_saved_is_scored_and_compared() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("small.toml"), DEFINITION).expect("writable");
    let score = |text: &str| {
        std::fs::write(folder.path().join("saved.json"), text).expect("the file is writable");
        let args = ["score", "small.toml", "saved.json", "--from", "html", "--columns", "scores"];
        run(&args, folder.path())
    };
    let result = score(SAVED);
    assert_eq!(
        (result.code, result.out.as_str()),
        (0, "respondent,total\np1,3\n"),
        "{}",
        result.err
    );
    assert!(result.err.contains("1 result is of another instrument"), "{}", result.err);
    let stated = score(&SAVED.replace("\"total\": 3", "\"total\": 4"));
    assert!(stated.err.contains("states 4"), "{}", stated.err);
    let other =
        score(&SAVED.replace(
            "\"version\": \"1.0.0\", \"language\"",
            "\"version\": \"2.0.0\", \"language\"",
        ));
    assert_eq!(other.code, 1, "{}", other.out);
    assert!(other.err.contains("small 2.0.0"), "{}", other.err);
    let study = score("respondent,small__first,small__second,other__first\np1,2,1,9\n");
    assert_eq!(study.code, 1, "the other items are not in the table: {}", study.out);
    let study = score(
        "respondent,small__first,small__second,small__amount,small__feeling,other__first\np1,2,1,,,9\n",
    );
    assert_eq!(study.code, 0, "{}", study.err);
    assert!(study.out.starts_with("respondent,") && study.out.contains("p1,"), "{}", study.out);
}
