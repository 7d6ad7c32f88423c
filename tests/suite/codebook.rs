//! Codebooks describe exactly the data that `scalewright score` reads and writes. Answers are drawn for all instruments,
//! all scoring fixtures and invented instruments, the command scores them, and the validators of the formats compare the
//! tables with the codebooks. Then one value of each table is replaced by one that is not allowed, which they must find.
//!
//! `SCALEWRIGHT_RESPONDENTS=200 cargo test -p scalewright-tests -- codebook::` checks more respondents and instruments.

mod files;
mod job;

use std::path::Path;
use std::process::Command;

use crate::invented;
use crate::oracles::corpus;
use crate::support::root;
use job::{study, write};

/// One of so many instruments is checked in the usual run.
const SHARE: usize = 3;

/// Checks the folders. Returns the number of values in their tables.
fn check(at: &Path, folders: &[std::path::PathBuf]) -> usize {
    let python = root().join("target/oracles/codebook/bin/python");
    assert!(python.exists(), "the validators are not installed: run `tests/oracles/setup`");
    let list = at.join("jobs.json");
    std::fs::write(&list, serde_json::json!(folders).to_string()).expect("the file is writable");
    let script = root().join("tests/oracles/codebook/check.py");
    let output = Command::new(python).arg("-B").arg(script).arg(list).output().expect("it runs");
    let problems = String::from_utf8_lossy(&output.stderr);
    let start: String = problems.chars().take(8_000).collect();
    assert!(output.status.success(), "{start}");
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number")
}

#[test]
fn every_validator_accepts_the_scored_data_and_finds_wrong_values() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let is_whole = std::env::var_os("SCALEWRIGHT_RESPONDENTS").is_some();
    let all = corpus().into_iter().chain(invented::corpus()).enumerate();
    let chosen = all.filter(|(at, _)| is_whole || at % SHARE == 0);
    let mut folders: Vec<_> = chosen
        .map(|(at, (_, checked))| {
            let own = folder.path().join(at.to_string());
            write(&own, &checked);
            own
        })
        .collect();
    let own = folder.path().join("study");
    study(&own, corpus().into_iter().take(6).chain(invented::corpus().into_iter().take(4)));
    folders.push(own);
    let checked = check(folder.path(), &folders);
    assert!(checked > 3_000, "{checked} values were checked");
}
