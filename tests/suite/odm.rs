//! ODM files give our scores: every score, band, flag and mark, for all instruments, all scoring fixtures and invented
//! instruments. The expressions in R and SPSS are run by Rscript and PSPP, those of OpenEDC by its own engine, entered as a
//! respondent does. OpenEDC may show nothing where an item has no answer, but never another value.
//!
//! `SCALEWRIGHT_RESPONDENTS=200 cargo test -p scalewright-tests -- odm::` runs more respondents than the usual run.

mod files;
mod job;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::code::job::is_whole;
use crate::invented;
use crate::oracles::{corpus, python};
use crate::support::root;
use job::Job;

/// Why scores are refused. All others are compared.
const REFUSED: [&str; 3] = [
    "does not score the pattern of answers by the model",
    "cannot look into the options of an item with several choices",
    "cannot read a date as a number",
];

/// An engine, and how many instruments it runs in the usual run.
struct Engine {
    name: &'static str,
    /// One of so many instruments.
    share: usize,
    /// How many values must be compared.
    least: usize,
}

/// Runs jobs in an engine.
fn run(engine: &str, folder: &Path, jobs: &[Job]) {
    let list = folder.join("jobs.json");
    let listed: Vec<_> = jobs.iter().map(Job::listed).collect();
    std::fs::write(&list, serde_json::json!(listed).to_string()).expect("the file is writable");
    let installed = root().join("target/oracles/odm/node_modules").exists();
    assert!(installed, "the engine is not installed: run `tests/oracles/setup`");
    let script = root().join("tests/oracles/odm/run.py");
    let output = Command::new(python()).arg(script).arg(engine).arg(&list).output();
    let output = output.expect("python runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    let start = errors.chars().take(4_000).collect::<String>();
    assert!(output.status.success(), "{engine}:\n{start}");
}

fn jobs(folder: &Path, share: usize) -> Vec<Job> {
    let mut reasons = BTreeSet::new();
    let all = corpus().into_iter().chain(invented::corpus()).enumerate();
    let all = all.filter(|(at, _)| is_whole() || at % share == 0);
    let jobs = all.map(|(at, (name, checked))| {
        Job::write(&folder.join(at.to_string()), &name, checked, &mut reasons)
    });
    let jobs: Vec<Job> = jobs.collect();
    for reason in &reasons {
        assert!(REFUSED.iter().any(|why| reason.contains(why)), "{reason}");
    }
    jobs
}

fn gives_our_scores(engine: &Engine) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let jobs = jobs(folder.path(), engine.share);
    run(engine.name, folder.path(), &jobs);
    let compared: usize = jobs.iter().map(|job| job.compare(engine.name)).sum();
    assert!(compared > engine.least, "{compared} values were compared");
}

#[test]
fn openedc_gives_our_scores_or_none() {
    gives_our_scores(&Engine { name: "openedc", share: 2, least: 3_000 });
}

#[test]
fn r_gives_our_scores() {
    gives_our_scores(&Engine { name: "r", share: 3, least: 3_000 });
}

#[test]
fn pspp_gives_our_scores() {
    gives_our_scores(&Engine { name: "pspp", share: 6, least: 1_000 });
}

#[test]
fn the_schema_and_odmlib_accept_every_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let jobs = jobs(folder.path(), 1);
    are_valid(&jobs.iter().flat_map(Job::files).collect());
}

fn are_valid(files: &BTreeSet<&Path>) {
    let script = root().join("tests/oracles/odm/validate.py");
    let output = Command::new(python()).arg(script).args(files).output().expect("python runs");
    let problems = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && problems.is_empty(), "{problems}{errors}");
}

/// How many forms a study has.
const TOGETHER: usize = 3;

#[test]
fn studies_are_valid_and_give_our_scores_in_every_engine() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut jobs = jobs(folder.path(), 7);
    let mut ids = BTreeSet::new();
    jobs.retain(|job| ids.insert(job.oid_of_instrument()));
    for (at, some) in jobs.chunks_mut(TOGETHER).enumerate() {
        Job::together(&folder.path().join(format!("study-{at}")), some);
    }
    let files: BTreeSet<&Path> = jobs.iter().flat_map(Job::files).collect();
    assert_eq!(files.len(), 2 * jobs.len().div_ceil(TOGETHER));
    are_valid(&files);
    for engine in ["openedc", "r", "pspp"] {
        run(engine, folder.path(), &jobs);
        let compared: usize = jobs.iter().map(|job| job.compare(engine)).sum();
        assert!(compared > 500, "{engine}: {compared} values were compared");
    }
}
