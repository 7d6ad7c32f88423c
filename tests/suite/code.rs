//! Scoring code gives our scores in the engine that it is written for: every score, band, flag and mark, for all
//! instruments, all scoring fixtures and invented instruments, with every pattern of missing answers and with answers
//! that are not allowed.
//!
//! `SCALEWRIGHT_RESPONDENTS=1000 cargo test -p scalewright-tests -- code::` scores more respondents than the usual run.

pub(crate) mod expected;
mod hostile;
pub(crate) mod job;
mod large;
mod matrix;
mod proofs;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::invented;
use crate::oracles::corpus;
use crate::support::root;
use job::Job;

/// An engine, and how it is tested.
#[derive(Clone, Copy)]
struct Engine {
    /// Its name for the runner, `tests/oracles/code/run.py`.
    name: &'static str,
    /// The target that exports its code.
    target: &'static str,
    /// The options of the target.
    options: &'static [(&'static str, &'static str)],
    /// Whether it is outside ANSI mode, for Spark.
    lenient: bool,
    /// Whether labels may contain line ends and tabs. Otherwise such labels are refused.
    controls: bool,
    /// Whether the file's own self-test is run too.
    self_test: bool,
    /// Only one of so many instruments in the usual run, for the same reason.
    share: usize,
    /// The most respondents of an instrument in the usual run, because the engine is slow.
    most: usize,
    /// The beginnings of the reasons for which scores are refused. All others are compared.
    refused: &'static [&'static str],
}

const EAP: &str = "does not score the pattern of answers by the model";
const NORMAL: &str = "no normal distribution function";

const PLAIN: Engine = Engine {
    name: "",
    target: "",
    options: &[],
    lenient: false,
    controls: true,
    self_test: true,
    share: 1,
    most: 50,
    refused: &[EAP],
};

/// Runs all instruments in an engine and compares the scores.
fn gives_our_scores(engine: Engine) {
    give_our_scores(&[engine]);
}

/// Runs all instruments in an engine in several ways, each instrument in one of them in the usual run.
fn give_our_scores(ways: &[Engine]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut reasons = BTreeSet::new();
    let all: Vec<_> = corpus().into_iter().chain(invented::corpus()).collect();
    let mut jobs: Vec<Job> = Vec::new();
    for (way, engine) in ways.iter().enumerate() {
        for (at, (name, checked)) in all.iter().enumerate() {
            let share = ways.len() * engine.share;
            if job::is_whole() || at % share == way {
                let folder = folder.path().join(format!("{at}-{way}"));
                jobs.extend(Job::write(&folder, (name, checked), engine, &mut reasons));
            }
        }
    }
    let engine = &ways[0];
    let is_known = |reason: &&String| engine.refused.iter().any(|why| reason.contains(why));
    let unknown: Vec<&String> = reasons.iter().filter(|reason| !is_known(reason)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    for why in engine.refused.iter().filter(|_| engine.share == 1) {
        assert!(reasons.iter().any(|reason| reason.contains(why)), "never refused: {why}");
    }
    run(engine.name, &folder.path().join("jobs.json"), &jobs);
    let compared: usize = jobs.iter().map(Job::compare).sum();
    assert!(compared > 4_000, "{compared} values were compared");
}

/// Runs jobs in an engine. None may fail.
fn run(engine: &str, list: &Path, jobs: &[Job]) {
    let (succeeded, printed) = output(engine, list, jobs);
    assert!(succeeded, "{engine}:\n{}", printed.chars().take(6_000).collect::<String>());
}

/// Runs jobs in an engine. Returns whether all succeeded, and the reasons of the others.
fn output(engine: &str, list: &Path, jobs: &[Job]) -> (bool, String) {
    let listed: Vec<_> = jobs.iter().map(Job::listed).collect();
    std::fs::write(list, serde_json::json!(listed).to_string()).expect("the file is writable");
    let python = root().join("target/oracles/engines/bin/python");
    assert!(python.exists(), "the engines are not installed: run `tests/oracles/setup`");
    let script = root().join("tests/oracles/code/run.py");
    let output = Command::new(python).arg(script).arg(engine).arg(list).output().expect("it runs");
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn r_gives_our_scores() {
    gives_our_scores(Engine { name: "r", target: "r", options: &[("invalid", "count")], ..PLAIN });
}

#[test]
fn plain_python_gives_our_scores() {
    let options = &[("engine", "plain"), ("invalid", "count")];
    gives_our_scores(Engine { name: "plain", target: "python", options, most: 1_000, ..PLAIN });
}

const FRAMES: Engine = Engine {
    name: "",
    target: "python",
    options: &[("engine", "narwhals"), ("invalid", "count")],
    refused: &[EAP, NORMAL],
    ..PLAIN
};

#[test]
fn pandas_gives_our_scores() {
    gives_our_scores(Engine { name: "pandas", share: 2, ..FRAMES });
}

#[test]
fn polars_gives_our_scores() {
    gives_our_scores(Engine { name: "polars", ..FRAMES });
}

#[test]
fn node_gives_our_scores() {
    let options = &[("invalid", "count")];
    gives_our_scores(Engine { name: "node", target: "javascript", options, most: 1_000, ..PLAIN });
}

const SQL: Engine = Engine { target: "sql", refused: &[EAP, NORMAL], ..PLAIN };

#[test]
fn duckdb_gives_our_scores() {
    gives_our_scores(Engine { name: "duckdb", options: &[("dialect", "duckdb")], ..SQL });
}

#[test]
fn postgres_gives_our_scores() {
    let refused = &[EAP, NORMAL, "the limit of PostgreSQL"];
    let options = &[("dialect", "postgres")];
    gives_our_scores(Engine { name: "postgres", options, refused, ..SQL });
}

#[test]
fn sqlite_gives_our_scores() {
    gives_our_scores(Engine { name: "sqlite", options: &[("dialect", "sqlite")], ..SQL });
}

/// Spark starts slowly, so its three ways share one process. In the usual run they also share the instruments.
#[test]
fn spark_gives_our_scores() {
    let options = &[("dialect", "spark")];
    let ansi = Engine { name: "spark", options, share: 3, most: 12, ..SQL };
    let ways = [
        Engine { lenient: true, ..ansi },
        Engine { target: "python", options: &[("engine", "pyspark")], ..ansi },
        ansi,
    ];
    give_our_scores(&ways);
}

#[test]
fn pspp_gives_our_scores() {
    let refused = &[EAP, "SPSS reserves the name", "and SPSS accepts"];
    let engine = Engine { name: "pspp", target: "spss", refused, ..PLAIN };
    gives_our_scores(Engine { controls: false, self_test: false, ..engine });
}

#[test]
fn libreoffice_gives_our_scores() {
    let engine = Engine { name: "libreoffice", target: "excel", share: 4, most: 20, ..PLAIN };
    gives_our_scores(Engine { controls: false, self_test: false, ..engine });
}

/// No Stata runs here: a small evaluator of the commands that the do-file uses follows the manual.
#[test]
fn stata_code_gives_our_scores_by_the_manual() {
    let options = &[("invalid", "count")];
    let refused = &[EAP, "and Stata accepts"];
    gives_our_scores(Engine { name: "stata", target: "stata", options, refused, ..PLAIN });
}
