//! Tables as platforms write them: each export of the same answers has the same scores, and each trap has its message.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::support::{Run, root, run};

fn folder() -> PathBuf {
    root().join("tests/platforms")
}

/// Scores a file of the folder.
fn score(file: &str, more: &[&str]) -> Run {
    let args = ["score", "tea-time.toml", file, "--columns", "scores", "--drop-all"];
    run(&[&args[..], more].concat(), &folder())
}

/// The names of the files in a folder of the fixtures.
fn files(of: &str) -> Vec<String> {
    let entries = fs::read_dir(folder().join(of)).expect("the folder exists");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> =
        names.map(|name| format!("{of}/{}", name.to_string_lossy())).collect();
    names.sort();
    names
}

/// The last two columns of a table: the scores.
fn scores(table: &str) -> String {
    let row = |line: &str| {
        let cells: Vec<&str> = line.rsplitn(3, ',').collect();
        format!("{},{}\n", cells[1], cells[0])
    };
    table.lines().map(row).collect()
}

#[track_caller]
fn has_the_scores(file: &str, result: &Run) {
    let expected = fs::read_to_string(folder().join("expected.csv")).expect("the scores exist");
    assert_eq!(result.code, 0, "{file}: {}", result.err);
    assert_eq!(scores(&result.out), expected, "{file}: {}", result.err);
}

#[test]
fn every_export_has_the_scores_of_the_codes() {
    has_the_scores("answers.csv", &score("answers.csv", &[]));
    has_the_scores("beside/bids.tsv", &score("beside/bids.tsv", &[]));
    let files = files("read");
    assert!(files.len() >= 20, "{files:?}");
    for file in &files {
        let result = score(file, &[]);
        has_the_scores(file, &result);
        let note = format!("`{file}` is ");
        assert!(
            result.err.contains(&note),
            "{file}: what was recognised is not stated: {}",
            result.err
        );
        let auto = score(file, &["--from", "auto"]);
        assert_eq!((auto.out, auto.err), (result.out, result.err), "{file}");
    }
}

#[derive(Deserialize)]
struct Refused {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    file: String,
    #[serde(default)]
    options: Vec<String>,
    says: Vec<String>,
}

#[test]
fn traps_are_refused_with_their_place_and_advice() {
    let text = fs::read_to_string(folder().join("refused.toml")).expect("the cases exist");
    let cases: Refused = toml::from_str(&text).expect("the cases are valid");
    for Case { file, options, says } in cases.case {
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let result = score(&format!("refused/{file}"), &options);
        assert_eq!((result.code, result.out.as_str()), (1, ""), "{file}: {}", result.err);
        for expected in says {
            assert!(result.err.contains(&expected), "{file}: {expected}: {}", result.err);
        }
    }
}

#[test]
fn compressed_tables_and_tables_in_archives_are_read() {
    for (file, more) in [
        ("packed/answers.csv.zst", &[][..]),
        ("packed/qualtrics.csv.zst", &[]),
        ("packed/answers.csv.gz", &[]),
        ("packed/one.zip", &[]),
        ("packed/two.zip", &["--member", "answers.csv"]),
        ("packed/two.zip", &["--member", "data/qualtrics.csv"]),
    ] {
        has_the_scores(file, &score(file, more));
    }
    let one = score("packed/one.zip", &[]);
    let note = "`packed/one.zip`: `data/answers.csv` is the table in the archive, and 1 file that is no table is not read";
    assert!(one.err.contains(note), "{}", one.err);
    for (file, more, code, expected) in [
        (
            "packed/two.zip",
            &[][..],
            1,
            "the archive has 2 tables: `answers.csv`, `data/qualtrics.csv`",
        ),
        ("packed/two.zip", &["--member", "answer.csv"], 1, "did you mean `answers.csv`?"),
        ("packed/password.zip", &[], 1, "`answers.csv` in the archive has a password"),
        ("packed/cut.zip", &[], 1, "damaged or incomplete"),
        ("packed/cut.csv.zst", &[], 2, "cannot read `packed/cut.csv.zst`"),
        ("packed/nested.zip", &[], 1, "the file is an archive in an archive"),
        ("answers.csv", &["--member", "a.csv"], 2, "`--member` applies only to ZIP archives"),
    ] {
        let result = score(file, more);
        assert_eq!((result.code, result.out.as_str()), (code, ""), "{file}: {}", result.err);
        assert!(result.err.contains(expected), "{file}: {expected}: {}", result.err);
    }
}

/// A table that is read as before, although its platform is recognised.
#[test]
fn a_plain_table_of_a_platform_is_read_as_before() {
    let at = tempfile::tempdir().expect("a temporary folder");
    let table = "record_id,redcap_event_name,t_1,t_2,t_3,t_yes,t_with\np1,base,0,4,2,1,1;3\np1,later,,,,,\n";
    fs::write(at.path().join("plain.csv"), table).expect("the file is writable");
    let own = folder().join("tea-time.toml");
    let own = own.to_str().expect("the path is text");
    let plain = run(&["score", own, "plain.csv", "--columns", "scores"], at.path());
    let csv = run(&["score", own, "plain.csv", "--columns", "scores", "--from", "csv"], at.path());
    assert_eq!((plain.code, &plain.out), (0, &csv.out), "{}", plain.err);
    assert!(plain.err.contains("`plain.csv` looks like a raw export from REDCap"), "{}", plain.err);
    assert!(plain.err.contains("`--from redcap`"), "{}", plain.err);
}

#[test]
fn occasions_of_a_long_table_are_rows() {
    let at = tempfile::tempdir().expect("a temporary folder");
    let mut table = "who,when,what,says\n".to_owned();
    for (when, first) in [("w1", 0), ("w2", 3)] {
        for (item, answer) in [("t_1", first), ("t_2", 0), ("t_3", 1), ("t_yes", 0), ("t_with", 2)]
        {
            table.push_str(&format!("a,{when},{item},{answer}\n"));
        }
    }
    fs::write(at.path().join("long.csv"), table).expect("the file is writable");
    let own = folder().join("tea-time.toml");
    let own = own.to_str().expect("the path is text");
    let columns = "id=who,item=what,answer=says,session=when";
    let args = ["score", own, "long.csv", "--columns", "scores", "--long", columns];
    let result = run(&args, at.path());
    assert_eq!(result.code, 0, "{}", result.err);
    assert_eq!(
        result.out, "who,when,tea,mix\na,w1,1.6666666666666667,1\na,w2,2.6666666666666665,1\n",
        "{}",
        result.err
    );
    assert!(!result.err.contains("more than once"), "{}", result.err);
    let wrong = run(&[&args[..6], &["id=who,item"]].concat(), Path::new(at.path()));
    assert_eq!(wrong.code, 2, "{}", wrong.err);
}
