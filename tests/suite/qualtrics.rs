//! Qualtrics surveys give our scores: every score, band, flag and mark that is not refused, for all instruments, all
//! scoring fixtures and invented instruments. A reference of the semantics of surveys answers them, which checks their
//! structure against that of genuine exports, and writes the data as Qualtrics exports them.
//!
//! `SCALEWRIGHT_RESPONDENTS=200 cargo test -p scalewright-tests -- qualtrics::` takes more respondents than the usual run.

mod files;
mod text_file;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use scalewright_check::Checked;
use scalewright_model::WordingPolicy;
use serde_json::Value;

use crate::invented;
use crate::oracles::corpus;
use crate::support::root;
use crate::surveyjs::job::Job;

/// Why scores, bands and conditions are refused. All others are compared.
const REASONS: &[&str] = &[
    "Qualtrics gives points only to choices",
    "Qualtrics cannot estimate a trait from the pattern of answers",
    "Qualtrics can only add up and divide points",
    "Qualtrics does not document which of `and` and `or` comes first in display logic",
    "Qualtrics does not document how it rounds halves",
    "Qualtrics would replace `${` or `$e{` in a text of a field",
    "Qualtrics cannot compare it",
    "Qualtrics checks dates only in its own formats, and no clock times",
    "display logic cannot count answers or use scores",
    "display logic depends on earlier questions only",
    "display logic cannot state a condition that is always or never true",
    "it is not a sum or a mean of points",
    "a condition chooses one of several formulas for it",
    "it is chosen by conditions on several items",
    "it uses a remainder",
    "it combines parts that exist without an answer",
    "it combines parts that may be missing and depend on several items",
    "it computes with a truth value of several items",
    "it counts conditions that depend on several items",
    "it depends on a number with",
    "it divides by a number that can be 0",
    "it has too many possible values to compare them in Qualtrics",
    "its possible values are too close to each other",
    "its points in Qualtrics would have more than six decimals",
    "its rule for missing answers is not a number of answers",
    "a field of Qualtrics is one line of text without spaces around it",
    "a condition has too many alternatives for a survey flow",
    "a condition tests a number in a way that a survey flow cannot",
    "a value counts where",
    "which the form cannot hide",
];

/// Runs a script of `tests/oracles/qualtrics`.
fn python(script: &str, arguments: &[&Path]) -> (bool, String) {
    let folder = root().join("tests/oracles/qualtrics");
    let output = Command::new("python3").arg(folder.join(script)).args(arguments).output();
    let output = output.expect("python3 runs");
    let errors = String::from_utf8_lossy(&output.stderr).chars().take(4_000).collect();
    (output.status.success(), errors)
}

#[test]
fn surveys_give_our_scores() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut reasons = BTreeSet::new();
    let all = corpus().into_iter().chain(invented::corpus()).enumerate();
    let jobs: Vec<Job> = all
        .map(|(at, (name, checked))| {
            let folder = folder.path().join(at.to_string());
            Job::write(&folder, "qualtrics", (&name, checked), &mut reasons)
        })
        .collect();
    reasons.retain(|why| !REASONS.iter().any(|reason| why.contains(reason)));
    assert!(reasons.is_empty(), "other reasons for refusals: {reasons:#?}");
    let listed: Vec<Value> = jobs.iter().map(Job::listed).collect();
    let list = folder.path().join("jobs.json");
    std::fs::write(&list, Value::from(listed).to_string()).expect("the file is writable");
    let (is_right, errors) = python("respond.py", &[&list]);
    assert!(is_right, "{errors}");
    let compared: usize = jobs.iter().map(Job::compare).sum();
    assert!(compared > 4_000, "{compared} values were compared");
}

#[test]
fn exports_with_labels_give_the_scores_of_those_with_codes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut reasons = BTreeSet::new();
    // Labels are read with the words of the definition, so it must include them.
    let includes = |checked: &Checked| {
        let instrument = checked.instrument.as_ref().expect("it has no error");
        instrument.rights.wording == WordingPolicy::Included
    };
    let all = corpus().into_iter().filter(|(_, checked)| includes(checked)).enumerate();
    let jobs: Vec<Job> = all
        .map(|(at, (name, checked))| {
            let folder = folder.path().join(at.to_string());
            Job::with_own_words(&folder, "qualtrics", (&name, checked), &mut reasons)
        })
        .collect();
    let listed: Vec<Value> = jobs.iter().map(Job::listed).collect();
    let list = folder.path().join("jobs.json");
    std::fs::write(&list, Value::from(listed).to_string()).expect("the file is writable");
    let (is_right, errors) = python("respond.py", &[&list]);
    assert!(is_right, "{errors}");
    let read = jobs.iter().filter(|job| job.has_labels_that_are_read()).count();
    assert!(read > 20, "{read} of {} exports with labels were read", jobs.len());
}
