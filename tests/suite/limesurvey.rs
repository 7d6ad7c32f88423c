//! Surveys in LimeSurvey give our scores: every score, band, flag and mark, for all instruments, all scoring fixtures and
//! invented instruments. A strict reader of the two files checks LimeSurvey's rules for them, and a reference evaluator
//! of its expressions answers them, with missing answers and with questions that stay hidden.
//!
//! `SCALEWRIGHT_RESPONDENTS=200 cargo test -p scalewright-tests -- limesurvey::` enters more respondents.

mod files;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::invented;
use crate::oracles::corpus;
use crate::support::root;
use crate::surveyjs::job::Job;

/// Why scores are refused. All others are compared.
const REFUSED: [&str; 5] = [
    "does not score the pattern of answers by the model",
    "no normal distribution function",
    "LimeSurvey would change a result that contains the character",
    "with both kinds of quotation marks",
    "cannot read a date as a number",
];

/// Runs a script of `tests/oracles/limesurvey`. Returns what it prints to standard error if it fails.
fn node(script: &str, arguments: &[&Path]) -> Result<(), String> {
    let script = root().join("tests/oracles/limesurvey").join(script);
    let output = Command::new("node").arg(script).args(arguments).output().expect("node runs");
    match output.status.success() {
        true => Ok(()),
        false => {
            Err(String::from_utf8_lossy(&output.stderr).chars().take(4_000).collect::<String>())
        }
    }
}

#[test]
fn the_reference_evaluator_gives_our_scores() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut reasons = BTreeSet::new();
    let all = corpus().into_iter().chain(invented::corpus()).enumerate();
    let jobs: Vec<Job> = all
        .map(|(at, (name, checked))| {
            let folder = folder.path().join(at.to_string());
            Job::write(&folder, "limesurvey", (&name, checked), &mut reasons)
        })
        .collect();
    for reason in &reasons {
        assert!(REFUSED.iter().any(|why| reason.contains(why)), "{reason}");
    }
    for why in &REFUSED[..3] {
        assert!(reasons.iter().any(|reason| reason.contains(why)), "never refused: {why}");
    }
    let listed: Vec<Value> = jobs.iter().map(Job::listed).collect();
    let list = folder.path().join("jobs.json");
    std::fs::write(&list, Value::from(listed).to_string()).expect("the file is writable");
    node("score.mjs", &[&list]).expect("the surveys are answered");
    let compared: usize = jobs.iter().map(Job::compare).sum();
    assert!(compared > 4_000, "{compared} values were compared");
}
