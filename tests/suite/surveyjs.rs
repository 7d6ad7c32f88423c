//! Forms in SurveyJS give our scores: every score, band, flag and mark, for all instruments, all scoring fixtures and
//! invented instruments. Answers are entered into SurveyJS's own engine as a respondent does: only where a question is
//! shown, with missing answers, and with changes that hide questions which have an answer already.
//!
//! `SCALEWRIGHT_RESPONDENTS=1000 cargo test -p scalewright-tests -- surveyjs::` enters more respondents than the usual
//! run, `SCALEWRIGHT_BROWSER=1` a few in jsPsych in a browser.

mod files;
pub(crate) mod job;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::invented;
use crate::oracles::corpus;
use crate::support::root;
use job::Job;

/// Why scores are refused. All others are compared.
const REFUSED: [&str; 5] = [
    "does not score the pattern of answers by the model",
    "no normal distribution function",
    "no logarithm",
    "cannot read a clock time",
    "cannot read a date as a number",
];

/// The linter's rules that may find something: a definition may ask for a score that is the same for everybody.
const ACCEPTED: [&str; 2] = ["expression/meaningless-condition", "expression/contradiction"];

/// Writes the forms of all instruments.
fn jobs(folder: &Path) -> (Vec<Job>, BTreeSet<String>) {
    let mut reasons = BTreeSet::new();
    let all = corpus().into_iter().chain(invented::corpus()).enumerate();
    let jobs = all.map(|(at, (name, checked))| {
        Job::write(&folder.join(at.to_string()), "surveyjs", (&name, checked), &mut reasons)
    });
    (jobs.collect(), reasons)
}

/// Runs a script of `tests/oracles/surveyjs`. Returns what it prints.
fn run(script: &str, arguments: &[&Path]) -> String {
    let folder = root().join("tests/oracles/surveyjs");
    let installed = folder.join("node_modules").exists();
    assert!(installed, "SurveyJS is not installed: run `tests/oracles/setup`");
    let output = Command::new("node").arg(folder.join(script)).args(arguments).output();
    let output = output.expect("node runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{script}:\n{}",
        errors.chars().take(4_000).collect::<String>()
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_engine_gives_our_scores() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (jobs, reasons) = jobs(folder.path());
    for reason in &reasons {
        assert!(REFUSED.iter().any(|why| reason.contains(why)), "{reason}");
    }
    for why in REFUSED {
        assert!(reasons.iter().any(|reason| reason.contains(why)), "never refused: {why}");
    }
    // Two processes at a time: the engine is slow, and runs on one processor.
    let halves = [0, 1].map(|half| {
        let own = jobs.iter().enumerate().filter(|(at, _)| at % 2 == half);
        let listed: Vec<Value> = own.map(|(_, job)| job.listed()).collect();
        let list = folder.path().join(format!("jobs-{half}.json"));
        std::fs::write(&list, Value::from(listed).to_string()).expect("the file is writable");
        list
    });
    // A browser is not installed by the setup of the tests.
    let in_browser = std::env::var_os("SCALEWRIGHT_BROWSER").is_some();
    let script = if in_browser { "browser.mjs" } else { "score.mjs" };
    std::thread::scope(|scope| {
        halves.iter().for_each(|list| drop(scope.spawn(|| run(script, &[list]))));
    });
    let compared: usize = jobs.iter().map(Job::compare).sum();
    assert!(compared > 4_000, "{compared} values were compared");
}

#[test]
fn the_linter_finds_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (jobs, _) = jobs(folder.path());
    let forms: Vec<&Path> = jobs.iter().map(|job| job.form.as_path()).collect();
    let found = run("lint.mjs", &forms);
    let found: Vec<&str> = found
        .lines()
        .filter(|line| !ACCEPTED.iter().any(|rule| line.contains(&format!("\"rule\":\"{rule}\""))))
        .collect();
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}
