//! Several tables in one run: an interrupted run leaves no folder of scores, and the next run starts over.
#![cfg(target_os = "linux")]

mod common;

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::{ANSWERS, PROGRAM, SCORES, TestFolder, text};

/// Begins to score `answers.csv` and a pipe, which nobody writes to, into `scores`.
fn blocked(at: &TestFolder) -> Child {
    let mut args = vec!["score", "two", "answers.csv", "pipe.csv", "--out", "scores"];
    args.extend(["--columns", "scores"]);
    let run = Command::new(PROGRAM).args(args).current_dir(at.path()).stderr(Stdio::null()).spawn();
    let run = run.expect("the program can be run");
    let until = Instant::now() + Duration::from_secs(60);
    let written = at.at(".scores.scalewright-partial/content/answers.csv");
    while fs::read_to_string(&written).unwrap_or_default() != SCORES {
        assert!(Instant::now() < until, "the first table was not scored");
        std::thread::sleep(Duration::from_millis(10));
    }
    run
}

#[test]
fn a_killed_run_leaves_no_scores_and_the_next_starts_over() {
    let at = TestFolder::new();
    let pipe = Command::new("mkfifo").arg(at.at("pipe.csv")).status();
    assert!(pipe.expect("`mkfifo` can be run").success());
    let mut run = blocked(&at);
    let score = |tables: [&str; 2]| {
        let args = ["score", "two", tables[0], tables[1], "--out", "scores"];
        let run = Command::new(PROGRAM).args(args).current_dir(at.path()).output();
        run.expect("the program can be run")
    };
    at.write("b.csv", ANSWERS);
    let other = score(["answers.csv", "b.csv"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(text(&other.stderr).contains("another run is writing `scores`"));
    run.kill().expect("it can be killed");
    run.wait().expect("it ends");
    assert!(!at.at("scores").exists());
    let again = score(["b.csv", "answers.csv"]);
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
    assert!(!at.at(".scores.scalewright-partial").exists());
    let mut names: Vec<_> = fs::read_dir(at.at("scores"))
        .expect("it exists")
        .flatten()
        .map(|e| e.file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["answers.csv", "b.csv"]);
}
