//! Workbooks that are written: other programs read every cell again as it was meant.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{Run, root, run};

/// Ids with zeros, texts that look like formulas, codes and dates, and numbers with all digits.
const ANSWERS: &str = "id,note,q1,q2,q3,q4,q5\n\
    007,=1+1,0,1,2,3,4\n\
    1-2,_x0041_,4,3,2,1,\n\
    \u{e9},\"two\nlines\",,,,,\n";

const DEFINITION: &str = r#"
[[scales]]
id = "third"
title = "Third"
items = ["q1", "q2", "q3"]
score = "mean"
missing = "no-score"
"#;

fn folder() -> tempfile::TempDir {
    let at = tempfile::tempdir().expect("a temporary folder");
    let text = fs::read_to_string(root().join("tests/fixtures/workbooks/demo5.toml"));
    let text = text.expect("the definition") + DEFINITION;
    fs::write(at.path().join("demo.toml"), text).expect("writable");
    fs::write(at.path().join("a.csv"), ANSWERS).expect("writable");
    at
}

fn score(at: &Path, more: &[&str]) -> Run {
    run(&[&["score", "demo.toml", "a.csv", "--columns", "scores"], more].concat(), at)
}

const PYTHON: &str = "\
import sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1]).active
print(sheet.title, sheet.freeze_panes)
for row in sheet.iter_rows():
    print([(cell.data_type, cell.value) for cell in row if cell.value is not None])
";

#[test]
fn other_programs_read_the_scores_again() {
    let at = folder();
    let result = score(at.path(), &["--out", "scores.xlsx"]);
    assert_eq!(result.code, 0, "{}", result.err);
    let python = root().join("target/oracles/engines/bin/python");
    let done =
        Command::new(python).args(["-c", PYTHON, "scores.xlsx"]).current_dir(at.path()).output();
    let out = String::from_utf8(done.expect("tests/oracles/setup installs openpyxl").stdout);
    let expected = "scores A2\n\
        [('s', 'id'), ('s', 'note'), ('s', 'one'), ('s', 'two'), ('s', 'three'), ('s', 'four'), ('s', 'five'), ('s', 'third')]\n\
        [('s', '007'), ('s', '=1+1'), ('n', 0), ('n', 1), ('n', 2), ('n', 3), ('n', 4), ('n', 1)]\n\
        [('s', '1-2'), ('s', '_x005F_x0041_'), ('n', 4), ('n', 3), ('n', 2), ('n', 1), ('n', 3)]\n\
        [('s', 'é'), ('s', 'two\\nlines')]\n";
    assert_eq!(out.expect("UTF-8"), expected);
    let profile = format!("-env:UserInstallation=file://{}", at.path().join("profile").display());
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    let args = [&profile, "--headless", "--convert-to", filter, "scores.xlsx"];
    let done = Command::new("soffice").args(args).current_dir(at.path()).output();
    assert!(done.expect("tests/oracles/setup installs LibreOffice").status.success());
    let text = fs::read_to_string(at.path().join("scores-scores.csv")).expect("a table");
    let second = text.lines().nth(1).expect("a row");
    assert_eq!(second, "007,=1+1,0,1,2,3,4,1");
}

#[test]
fn a_workbook_is_the_same_every_time_and_scored_again() {
    let at = folder();
    for name in ["one.xlsx", "two.xlsx"] {
        assert_eq!(score(at.path(), &["--out", name]).code, 0);
    }
    let bytes = |name: &str| fs::read(at.path().join(name)).expect("a workbook");
    assert_eq!(bytes("one.xlsx"), bytes("two.xlsx"));
    let names =
        "[columns]\nq1 = \"one\"\nq2 = \"two\"\nq3 = \"three\"\nq4 = \"four\"\nq5 = \"five\"\n";
    fs::write(at.path().join("map.toml"), names).expect("writable");
    let args = [
        "score",
        "demo.toml",
        "one.xlsx",
        "--map",
        "map.toml",
        "--columns",
        "scores",
        "--keep",
        "note",
    ];
    let again = run(&args, at.path());
    let first = score(at.path(), &["--keep", "note"]);
    // Texts come back unchanged, those that look like codes too.
    assert_eq!((again.code, again.out), (0, first.out), "{}", again.err);
}

#[test]
fn a_workbook_is_never_printed() {
    let at = folder();
    let result = score(at.path(), &["--format", "xlsx"]);
    assert_eq!((result.code, result.out.as_str()), (2, ""), "{}", result.err);
    assert!(result.err.contains("workbooks are binary and cannot be printed"), "{}", result.err);
}
