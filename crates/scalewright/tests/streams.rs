//! Standard output: results are printed unchanged, and a failure to print is an error.
#![cfg(target_os = "linux")]

mod common;

use std::fs::File;
use std::process::Stdio;

use common::{TestFolder, text};

/// Names with escape sequences and control characters that a terminal would obey.
const HOSTILE: &str = "respondent,x_1,x_2\n\
    p1\u{1b}]0;,1,1\np2,1,1\np3\u{7},2,2\nr4\u{1b}P,0,0\nr5,1,2\n\u{9b}31m,2,2\n\u{202e}r7,0,1\n";

#[test]
fn results_are_the_same_in_a_file_and_on_standard_output() {
    let at = TestFolder::new();
    at.write("answers.csv", HOSTILE);
    for format in ["csv", "tsv", "json", "jsonl", "fhir", "fhir-ndjson"] {
        let args = ["score", "two", "answers.csv", "--format", format];
        let filed = at
            .command(&[&args[..], &["--out", "out"]].concat())
            .output()
            .expect("the program can be run");
        assert_eq!(filed.status.code(), Some(0), "{}", text(&filed.stderr));
        let file = std::fs::read(at.at("out")).expect("it was written");
        for colours in ["CLICOLOR_FORCE", "NO_COLOR", "UNUSED"] {
            let printed =
                at.command(&args).env(colours, "1").output().expect("the program can be run");
            assert_eq!(text(&printed.stdout), text(&file), "{format}, {colours}");
        }
    }
    let csv = text(&at.score(&[]).stdout);
    assert_eq!(csv.lines().count(), 8, "{csv}");
    for row in ["p1\u{1b}]0;,2", "p3\u{7},4", "r4\u{1b}P,0"] {
        assert!(csv.lines().any(|line| line == row), "{row:?}: {csv:?}");
    }
    // The same if standard output is named as a file.
    assert_eq!(text(&at.score(&["--out", "/dev/stdout"]).stdout), csv);
}

/// Commands that print a result. Together they cover all ways to print.
const PRINTING: [&[&str]; 17] = [
    &["--help"],
    &["--version"],
    &["check", "--format", "json"],
    &["check", "--format", "concise", "twice.toml"],
    &["diff", "two", "two"],
    &["diff", "two", "two", "--format", "json"],
    &["explain"],
    &["explain", "band-gap"],
    &["explain-score", "two"],
    &["explain-score", "two", "--format", "json"],
    &["list"],
    &["list", "--format", "csv"],
    &["schema", "instrument"],
    &["completions", "bash"],
    &["score", "two", "answers.csv"],
    &["score", "two", "answers.csv", "--explain", "1"],
    &["wording", "two", "--language", "de"],
];

#[test]
fn a_failure_to_print_is_an_error() {
    let at = TestFolder::new();
    at.write("twice.toml", "format = 1\nformat = 1\n");
    for args in PRINTING {
        let full = || File::options().write(true).open("/dev/full").expect("a full device");
        // Not open for writing: the standard library's `Stdout` would ignore that error.
        let shut = || File::open("/dev/null").expect("a device");
        for (out, why) in [(full(), "no space left on device"), (shut(), "bad file descriptor")] {
            let done = at.command(args).stdout(out).output().expect("the program can be run");
            let err = text(&done.stderr);
            assert_eq!(done.status.code(), Some(2), "{args:?}: {err}");
            let expected = format!("error: cannot write to standard output: {why}");
            assert!(err.contains(&expected), "{args:?}: {err}");
        }
    }
    let full = File::options().write(true).open("/dev/full").expect("a full device");
    let mut formatted = at.command(&["fmt", "-"]).stdout(full).stdin(Stdio::piped()).spawn();
    let child = formatted.as_mut().expect("the program can be run");
    let mut input = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut input, b"format = 1\n").expect("it is read");
    drop(input);
    assert_eq!(child.wait().expect("it ends").code(), Some(2));
}

#[test]
fn a_closed_reader_is_not_an_error() {
    let at = TestFolder::new();
    at.write("twice.toml", "format = 1\nformat = 1\n");
    for args in PRINTING {
        let expected = at.run(args).status.code();
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let done = at.command(args).stdout(writer).output().expect("the program can be run");
        assert_eq!(done.status.code(), expected, "{args:?}");
        assert!(!text(&done.stderr).contains("standard output"), "{args:?}");
    }
}

#[test]
fn no_file_is_written_if_standard_output_fails() {
    let at = TestFolder::new();
    at.write("answers.csv", "respondent,x_1,x_2\np1,1,2\np2,7,1\n");
    let full = File::options().write(true).open("/dev/full").expect("a full device");
    let args = ["score", "two", "answers.csv", "--on-error", "skip", "--report", "left.csv"];
    let done = at.command(&args).stdout(full).output().expect("the program can be run");
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(at.names(), ["answers.csv", "instruments"]);
}
