//! Code for Spark is fit for a cluster: on a partitioned table it gives our scores, leaves each row in its partition, and
//! needs neither a shuffle nor Python for each row.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use crate::support::{root, run};

const INSTRUMENT: &str = "side-by-side";
const ITEMS: usize = 12;
const RESPONDENTS: usize = 240;

/// Runs the program in the root of the workspace, and asserts that it succeeds.
fn succeeds(args: &[&str]) {
    let done = run(args, &root());
    assert_eq!(done.code, 0, "{args:?}\n{}{}", done.out, done.err);
}

/// Answers from 1 to 5, about a tenth of them missing.
fn answers() -> String {
    let mut text = String::from("respondent");
    (1..=ITEMS).for_each(|item| write!(text, ",sbs_{item}").expect("a text grows"));
    let mut state: u32 = 17;
    for respondent in 1..=RESPONDENTS {
        write!(text, "\np{respondent}").expect("a text grows");
        for _ in 0..ITEMS {
            // The high bits of a linear congruential generator are the random ones.
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (skip, answer) = ((state >> 24).is_multiple_of(10), (state >> 16) % 5 + 1);
            text.push(',');
            if !skip {
                write!(text, "{answer}").expect("a text grows");
            }
        }
    }
    text + "\n"
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

#[test]
fn spark_scores_a_partitioned_table_without_shuffle_or_python() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let (given, scores, out) =
        (path(folder, "given.csv"), path(folder, "scores.csv"), path(folder, "code"));
    std::fs::write(&given, answers()).expect("the file is writable");
    succeeds(&["score", INSTRUMENT, &given, "--out", &scores]);
    let export = ["export", INSTRUMENT, "--out", &out, "--quiet", "--to"];
    let sql = ["sql", "--set", "sql.dialect=spark", "--set", "sql.keep=respondent+year+site"];
    let sql = [&sql[..], &["--set", "sql.self-test=no"]].concat();
    succeeds(&[&export[..], &sql].concat());
    succeeds(&[&export[..], &["python", "--set", "python.engine=pyspark"]].concat());
    let job = serde_json::json!({
        "query": format!("{out}/{INSTRUMENT}.en.spark.sql"),
        "module": format!("{out}/side_by_side_en_pyspark.py"),
        "answers": given, "scores": scores, "folder": path(folder, "spark"),
    });
    let list = path(folder, "job.json");
    std::fs::write(&list, job.to_string()).expect("the file is writable");
    let python = root().join("target/oracles/engines/bin/python");
    assert!(python.exists(), "the engines are not installed: run `tests/oracles/setup`");
    let script = root().join("tests/oracles/code/spark_plan.py");
    let done = Command::new(python).arg(script).arg(&list).output().expect("it runs");
    let printed = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{}", printed.chars().take(6_000).collect::<String>());
}
