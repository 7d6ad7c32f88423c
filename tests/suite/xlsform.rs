//! A form gives our scores in the engines that show it: JavaRosa (ODK Collect), Enketo (KoboToolbox, Ona) and ODK Web
//! Forms, the latter two in a browser. All instruments, all scoring fixtures and invented instruments are answered, with
//! missing answers, answers that are not allowed, and answers that are hidden after they were given.
//!
//! `SCALEWRIGHT_RESPONDENTS=200 cargo test -p scalewright-tests -- xlsform::` enters all respondents of all instruments.

mod job;
mod words;

use std::path::Path;
use std::process::Command;

use crate::invented;
use crate::oracles::corpus;
use crate::support::root;
use job::Job;

/// An engine, and how many instruments and respondents it answers in the usual run.
struct Engine {
    name: &'static str,
    /// One of so many instruments.
    share: usize,
    /// The most respondents of an instrument.
    most: usize,
}

/// Enters answers into the forms of all instruments and compares the scores.
fn gives_our_scores(engine: &Engine) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let is_whole = std::env::var_os("SCALEWRIGHT_RESPONDENTS").is_some();
    let mut jobs = Vec::new();
    for (at, (name, checked)) in corpus().into_iter().chain(invented::corpus()).enumerate() {
        if is_whole || at % engine.share == 0 {
            let most = if is_whole { usize::MAX } else { engine.most };
            jobs.push(Job::write(&folder.path().join(at.to_string()), &name, checked, most));
        }
    }
    run(engine.name, &folder.path().join("jobs.json"), &jobs);
    let compared: usize = jobs.iter().map(Job::compare).sum();
    assert!(compared > 500, "{compared} values were compared");
}

/// Runs jobs in an engine. None may fail.
fn run(engine: &str, list: &Path, jobs: &[Job]) {
    let listed: Vec<_> = jobs.iter().map(Job::listed).collect();
    std::fs::write(list, serde_json::json!(listed).to_string()).expect("the file is writable");
    let python = root().join("target/oracles/xlsform/venv/bin/python");
    assert!(python.exists(), "the engines are not installed: run `tests/oracles/setup`");
    let script = root().join("tests/oracles/xlsform/run.py");
    let output = Command::new(python).arg(script).arg(engine).arg(list).output().expect("it runs");
    let printed = String::from_utf8_lossy(&output.stderr);
    let start = printed.chars().take(6_000).collect::<String>();
    assert!(output.status.success(), "{engine}:\n{start}");
}

#[test]
fn odk_validate_accepts_every_form() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let all = corpus().into_iter().chain(invented::corpus()).enumerate();
    let jobs = all.map(|(at, (name, checked))| {
        Job::write(&folder.path().join(at.to_string()), &name, checked, 1)
    });
    run("validate", &folder.path().join("jobs.json"), &jobs.collect::<Vec<_>>());
}

#[test]
fn a_form_of_several_instruments_gives_our_scores() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let all: Vec<_> =
        corpus().into_iter().take(6).chain(invented::corpus().into_iter().take(6)).collect();
    let jobs = Job::study(folder.path(), all, 5);
    run("javarosa", &folder.path().join("jobs.json"), &jobs);
    let compared: usize = jobs.iter().map(Job::compare).sum();
    assert!(compared > 100, "{compared} values were compared");
}

#[test]
fn javarosa_gives_our_scores() {
    gives_our_scores(&Engine { name: "javarosa", share: 1, most: 20 });
}

#[test]
fn odk_web_forms_gives_our_scores() {
    gives_our_scores(&Engine { name: "webforms", share: 4, most: 6 });
}

#[test]
fn enketo_gives_our_scores() {
    gives_our_scores(&Engine { name: "enketo", share: 5, most: 5 });
}
