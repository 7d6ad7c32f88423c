//! The command: series of the long tables of the oracles, faults by row, and bad input.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json as value};

use super::agree::{json, rows};
use crate::support::{Run, root, run};

/// Runs the command on a table of the oracles.
fn course(table: &str, more: &[&str]) -> Run {
    let path = format!("tests/course/oracles/{table}");
    run(&[&["course", "side-by-side", &path, "--scale", "sbs_total"], more].concat(), &root())
}

/// The rows of a table as objects.
fn objects(result: &Run) -> Vec<Value> {
    assert_eq!(result.code, 0, "{}", result.err);
    let lines = result.out.lines();
    lines.map(|line| serde_json::from_str(line).expect("an object")).collect()
}

/// The text of a cell; empty for null.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Compares a score with the text of the oracle.
fn same_score(expected: &str, got: &Value, place: &str) {
    match expected.parse::<f64>() {
        Err(_) => assert!(got.is_null(), "{place}: {got} instead of nothing"),
        Ok(expected) => {
            let got = got.as_f64().unwrap_or_else(|| panic!("{place}: no score"));
            assert!((got - expected).abs() < 1e-9, "{place}: {got} instead of {expected}");
        }
    }
}

#[test]
fn series_do_not_depend_on_the_order_of_rows() {
    let found = objects(&course("sessions_clean.csv", &["--table", "series", "--format", "jsonl"]));
    let expected = rows("sessions_clean_expected.csv");
    assert_eq!(found.len(), expected.len());
    for (got, want) in found.iter().zip(&expected) {
        let names = ["respondent", "form", "rater", "session"].map(|name| cell(&got[name]));
        assert_eq!(names, want[..4], "{got}");
        same_score(&want[4], &got["score"], &got.to_string());
    }
    let summary = objects(&course("sessions_clean.csv", &["--format", "jsonl"]));
    let of_series: BTreeMap<String, Value> = summary
        .iter()
        .map(|row| {
            let names = ["respondent", "form", "rater"].map(|name| cell(&row[name]));
            let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
            let counts = value!({
                "rows": row["rows"], "scored": row["scored"], "first": row["first_session"],
                "last": row["last_session"], "between_missed": row["missed_between"],
            });
            (names.join("/"), counts)
        })
        .collect();
    assert_eq!(json("sessions_expected.json")["series"], value!(of_series));
}

#[test]
fn dates_are_ranked_over_all_forms_of_a_respondent() {
    let found = objects(&course("sessions_dates.csv", &["--table", "series", "--format", "jsonl"]));
    let mut found: Vec<Vec<String>> = found
        .iter()
        .map(|row| {
            let names = ["respondent", "form", "session", "date", "days", "score"];
            names.map(|name| cell(&row[name])).to_vec()
        })
        .collect();
    found.sort();
    let mut expected = rows("sessions_dates_expected.csv");
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn every_fault_is_reported_with_its_row_in_one_run() {
    let result = course("sessions_faults.csv", &[]);
    assert_eq!((result.code, result.out.as_str()), (1, ""));
    let words = |kind: &str| match kind {
        "identical-duplicate" => "the same session and answers as row",
        "conflicting-duplicate" => "with other answers",
        "no-session" => "the session is missing",
        "session-not-a-whole-number" => "is not a whole number",
        "dates-against-sessions" => "is before the date of session",
        "date-not-iso" => "is not a date such as",
        "session-below-0" => "is below 0",
        "no-respondent" => "no respondent is named",
        "form-differs-in-case-only" => "differs from `client` only in case or blanks",
        other => panic!("there is no fault `{other}`"),
    };
    let oracle = json("sessions_expected.json");
    let faults = oracle["faults"].as_array().expect("a list");
    for fault in faults {
        let (row, words) = (&fault["row"], words(fault["kind"].as_str().expect("a kind")));
        let place = [format!("row {row}:"), format!("row {row},")];
        let is_meant = |line: &&str| place.iter().any(|place| line.contains(place));
        let mut lines = result.err.lines().filter(is_meant);
        assert!(lines.any(|line| line.contains(words)), "{fault}: {}", result.err);
    }
    let reported = result.err.lines().filter(|line| line.contains("sessions_faults.csv: row "));
    assert_eq!(reported.count(), faults.len(), "{}", result.err);
}

#[test]
fn rows_with_faults_can_be_left_out() {
    let more = ["--on-error", "skip", "--duplicates", "last", "--format", "jsonl"];
    let found = objects(&course("sessions_faults.csv", &more));
    let of = |row: &Value| (cell(&row["respondent"]), cell(&row["form"]), cell(&row["scored"]));
    let found: Vec<(String, String, String)> = found.iter().map(of).collect();
    let expected = [
        ("a1", "client", "4"),
        ("a2", "client", "2"),
        ("a2", "therapist", "1"),
        ("a3", "client", "2"),
    ];
    assert_eq!(found, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
}

#[test]
fn bad_input_has_a_reason_each() {
    let folder = root().join("tests/course/bad");
    let mut cases = 0;
    let mut names: Vec<_> = fs::read_dir(&folder).expect("it exists").flatten().collect();
    names.retain(|entry| entry.path().is_dir());
    names.sort_by_key(fs::DirEntry::file_name);
    for entry in names {
        let name = entry.file_name().to_string_lossy().into_owned();
        let table = format!("bad/{name}/sessions.csv");
        let instrument = "steady-three/instrument.toml";
        let args = ["course", instrument, &table, "--criteria", "steady-three.toml"];
        let result = run(&args, &root().join("tests/course"));
        let text = fs::read_to_string(entry.path().join("expected.txt")).expect("it exists");
        let (code, expected) = text.split_once('\n').expect("lines");
        assert_eq!(code, format!("exit {}", result.code), "{name}: {}", result.err);
        assert!(result.code == 0 || result.out.is_empty(), "{name}: {}", result.out);
        let all = result.out + &result.err;
        for line in expected.lines() {
            assert!(all.contains(line), "{name}: no `{line}` in\n{all}");
        }
        cases += 1;
    }
    assert!(cases >= 10);
}

#[test]
fn frozen_parameters_keep_the_result_of_a_client() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = fs::read_to_string(root().join("tests/course/oracles/sessions_clean.csv"));
    let table = table.expect("it exists");
    let few: Vec<&str> =
        table.lines().filter(|line| !line.starts_with("a3") && !line.starts_with("a4")).collect();
    fs::write(folder.path().join("few.csv"), few.join("\n") + "\n").expect("it can be written");
    fs::write(folder.path().join("all.csv"), &table).expect("it can be written");
    let library = root().join("instruments").display().to_string();
    let of_a1 = |table: &str, parameters: &[&str]| -> Vec<String> {
        let args = ["course", "side-by-side", table, "--library", &library, "--table", "episodes"];
        let result = run(&[&args, parameters].concat(), folder.path());
        assert_eq!(result.code, 0, "{}", result.err);
        result.out.lines().filter(|line| line.starts_with("a1")).map(str::to_owned).collect()
    };
    let frozen = ["--parameters", "frozen.toml"];
    let before = of_a1("few.csv", &frozen);
    assert!(!before.is_empty());
    assert_eq!(of_a1("all.csv", &frozen), before);
    // Without them, the pooled standard deviation is that of the sample.
    assert_ne!(of_a1("all.csv", &[]), before);
}

#[test]
fn tables_are_the_same_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    for table in [
        "summary", "series", "episodes", "dyads", "missed", "sample", "criteria", "outcome",
        "groups", "surface", "evidence",
    ] {
        let csv = course("sessions_clean.csv", &["--table", table]);
        let json = course("sessions_clean.csv", &["--table", table, "--format", "json"]);
        let list: Vec<Value> = serde_json::from_str(&json.out).expect("a list");
        assert_eq!(csv.out.lines().count(), list.len() + 1, "{table}");
        let header: Vec<&str> = csv.out.lines().next().expect("a header").split(',').collect();
        let names: Vec<&String> = list[0].as_object().expect("an object").keys().collect();
        assert_eq!(header, names, "{table}");
        let file = folder.path().join(format!("{table}.parquet")).display().to_string();
        let result = course("sessions_clean.csv", &["--table", table, "--out", &file]);
        assert_eq!(result.code, 0, "{}", result.err);
        let rows: usize = super::columnar::rows_of(&file);
        assert_eq!(rows, list.len(), "{table}");
    }
    let printed = course("sessions_clean.csv", &["--format", "parquet"]);
    assert_eq!(printed.code, 2, "{}", printed.err);
}

#[test]
fn an_explanation_states_each_step() {
    let result = course("sessions_clean.csv", &["--explain", "a2"]);
    for line in [
        "a2, client, sbs_total",
        "  scores by session  1: 51  2: 52  4: 49  5: 35  6: 50.1818  7: 52  9: 45.8182",
        "  sessions 1 to 9: 7 scored, 1 unscored, 2 missed between",
        "  reliable (jt): not judged: the reliability or the standard deviation of the scale is unknown",
        "    a drop of at least 10.4716: 49 in session 4 to 35 in session 5, lowest 35 in session 5: repaired in session 6",
        "  early score: 52 in session 2",
    ] {
        assert!(result.out.lines().any(|other| other == line), "no `{line}` in\n{}", result.out);
    }
    let nobody = course("sessions_clean.csv", &["--explain", "nobody"]);
    assert_eq!((nobody.code, nobody.out.as_str()), (1, ""));
}
