//! What a survey contains besides its scores, what is refused, and how responses are read.

use std::path::Path;

use serde_json::json;

use super::node;
use crate::support::{Run, root, run};

fn export(folder: &Path, more: &[&str]) -> Run {
    let out = folder.display().to_string();
    let args = ["export", "side-by-side", "--to", "limesurvey", "--out", &out];
    run(&[&args[..], more].concat(), &root())
}

fn written(more: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let result = export(folder.path(), more);
    assert_eq!(result.code, 0, "{}", result.err);
    let path = folder.path().join("side-by-side.en.limesurvey.txt");
    std::fs::read_to_string(path).expect("it was written")
}

#[test]
fn options_change_the_survey() {
    let all = written(&[]);
    assert!(
        all.starts_with('\u{feff}') && all.contains("\tadditional_languages\t\tde es\t"),
        "{all}"
    );
    assert!(written(&["--set", "limesurvey.languages=one"]).contains("additional_languages\t\t\t"));
    let has = |survey: &str, row: &str| survey.contains(row);
    assert!(has(&all, "\tQ\tF\tsbs\t") && has(&all, "\tS\t\tformat\t\tA\t"), "{all}");
    let single = written(&["--set", "limesurvey.matrices=no"]);
    assert!(!has(&single, "\tQ\tF\t") && has(&single, "\tQ\tL\tsbs1\t"), "{single}");
    assert!(has(&written(&["--set", "limesurvey.pages=sections"]), "\tS\t\tformat\t\tG\t"));
    let scores = written(&["--set", "limesurvey.columns=scores"]);
    assert!(has(&all, "\tsbstotalanswered\t") && !has(&scores, "\tsbstotalanswered\t"));
    assert!(!has(&written(&["--set", "limesurvey.attachments=no"]), "scalewright-definition:"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let more = ["--set", "limesurvey.format=lss", "--language", "de"];
    assert_eq!(export(folder.path(), &more).code, 0);
    let names: Vec<String> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().display().to_string())
        .collect();
    assert!(names.contains(&"side-by-side.de.limesurvey.lss".to_owned()), "{names:?}");
    assert!(!names.iter().any(|name| name.ends_with(".txt")), "{names:?}");
}

#[test]
fn ids_that_are_not_codes_are_listed_or_refused_with_their_place() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(export(folder.path(), &[]).code, 0);
    let names = folder.path().join("side-by-side.en.limesurvey-names.csv");
    let names = std::fs::read_to_string(names).expect("it was written");
    assert!(names.starts_with("field_name,id\nsbs[i1],sbs_1\n"), "{names}");
    assert!(names.contains("\nsbstotal,sbs_total\n"), "{names}");
    let result = export(folder.path(), &["--set", "limesurvey.names=same"]);
    assert_eq!(result.code, 1, "{}", result.err);
    assert!(result.err.contains("`sbs_total` cannot be a code in LimeSurvey"), "{}", result.err);
    assert!(result.err.contains("instrument.toml:"), "{}", result.err);
}

const DEFINITION: &str = r#"format = 1
id = "odd-codes"
title = "\"Odd\" codes"
version = "1.0.0"
status = "active"
language = "en"
[rights]
holder = "scalewright authors"
licence = "CC0-1.0"
wording = "included"
[administration]
respondent = "self"
[response-scales.choice]
options = [
    { value = -1, label = "less\t{than} | zero" },
    { value = 0, label = "\"nothing\"" },
    { value = 123456, label = "a lot" },
    { value = -99, label = "N/A", non-response = true },
]
[response-scales.clock]
type = "time"
[response-scales.many]
type = "several-choice"
options = [{ value = 1, label = "x" }, { value = -2, label = "y" }]
[response-scales.feeling]
type = "visual-analogue"
min = 0
max = 10
min-label = "bad"
max-label = "good"
[[items]]
id = "lt"
stem = "an operator\nof expressions"
response = "choice"
[[items]]
id = "seed"
stem = "a column"
response = "choice"
[[items]]
id = "an_id_that_has_more_than_twenty_letters_in_it"
stem = "\u05d0\u202e <b> & {x.NAOK} \\"
response = "choice"
ask-if = "lt = -1"
[[items]]
id = "bed"
stem = "bed"
response = "clock"
[[items]]
id = "what"
stem = "what"
response = "many"
[[items]]
id = "line"
stem = "line"
response = "feeling"
[[scales]]
id = "array1"
title = "Sum"
items = ["lt", "seed", "an_id_that_has_more_than_twenty_letters_in_it"]
score = "sum"
missing = "answered-only"
min-answered = 1
[[scales]]
id = "late"
title = "Late"
score = "formula"
formula = "bed + line"
missing = "in-formula"
"#;

#[test]
fn odd_codes_are_kept_by_a_rule_that_the_reader_knows() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    std::fs::write(path.join("odd-codes.toml"), DEFINITION).expect("writable");
    let args = ["export", "odd-codes.toml", "--to", "limesurvey", "--out", "."];
    let more = ["--set", "limesurvey.format=both"];
    let result = run(&[&args[..], &more].concat(), path);
    assert_eq!(result.code, 0, "{}", result.err);
    let long = "an_id_that_has_more_than_twenty_letters_in_it";
    let rows = json!([
        {"lt": -1, "seed": 123456, long: 0, "bed": 1380, "line": 3},
        {"lt": 0, "seed": -99, long: -1, "bed": null, "line": 0},
        {"lt": null, "seed": null},
    ]);
    std::fs::write(path.join("rows.json"), rows.to_string()).expect("writable");
    let file = |name: &str| path.join(name);
    let job = json!([{"code": file("odd-codes.en.limesurvey.txt"),
        "lss": file("odd-codes.en.limesurvey.lss"), "names": file("odd-codes.en.limesurvey-names.csv"),
        "rows": file("rows.json"), "results": file("results.json")}]);
    std::fs::write(file("jobs.json"), job.to_string()).expect("writable");
    node("score.mjs", &[&file("jobs.json")]).expect("the survey is answered");
    let results = std::fs::read_to_string(file("results.json")).expect("it was written");
    let results: Vec<serde_json::Value> = serde_json::from_str(&results).expect("JSON");
    let of = |row: usize, id: &str| results[row]["results"][id].as_f64();
    assert_eq!(of(0, "array1"), Some(123_455.0), "{}", results[0]["results"]);
    assert_eq!((of(0, "late"), of(1, "array1")), (Some(1383.0), Some(0.0)), "{results:?}");
    assert_eq!((of(2, "array1"), of(1, "late")), (None, None), "{results:?}");
    let rows = results.iter().map(|found| found["data"]["csv"].as_str().expect("a table"));
    let table: String = rows
        .enumerate()
        .map(|(at, csv)| {
            if at == 0 {
                csv.to_owned()
            } else {
                csv.split_once("\r\n").expect("rows").1.to_owned()
            }
        })
        .collect();
    std::fs::write(file("data.csv"), table).expect("writable");
    let args = ["score", "odd-codes.toml", "data.csv", "--from", "limesurvey", "--drop-all"];
    let result = run(&[&args[..], &["--columns", "scores"]].concat(), path);
    assert_eq!(result.code, 0, "{}", result.err);
    assert_eq!(result.out, "id,array1,late\n1,123455,1383\n2,0,\n3,,\n", "{}", result.err);
    assert!(!result.err.contains("states"), "{}", result.err);
}

/// A folder with the instrument `tiny` and a table of responses.
fn score(table: &str, more: &[&str]) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let new = run(&["new", "tiny"], folder.path());
    assert_eq!(new.code, 0, "{}", new.err);
    std::fs::write(folder.path().join("data.csv"), table).expect("the file is writable");
    let names = "field_name,id,instrument\nab[7],tiny_1,tiny\nabtotal,tiny_total,tiny\n";
    std::fs::write(folder.path().join("names.csv"), names).expect("the file is writable");
    let args =
        ["score", "tiny", "data.csv", "--from", "limesurvey", "--drop-all", "--columns", "scores"];
    run(&[&args[..], more].concat(), folder.path())
}

#[test]
fn exports_with_codes_or_answers_are_read() {
    let metadata = "\u{feff}\"id\",\"submitdate\",\"lastpage\",\"startlanguage\",\"seed\"";
    let row = "\"7\",\"2026-01-05 10:00:00\",\"1\",\"en\",\"12\"";
    for header in [
        "\"tiny[1]\",\"tiny[2]\",\"tiny[3]\"",
        "\"tiny_1\",\"tiny_2\",\"tiny_3\"",
        "\"tiny1\",\"array1[tiny2]\",\"tiny3\"",
    ] {
        let table = format!("{metadata},{header},\"tinytotal\"\n{row},\"3\",\"0\",\"3\",\"9\"\n");
        let result = score(&table, &[]);
        assert_eq!(result.code, 0, "{header}: {}", result.err);
        assert_eq!(result.out, "id,tiny_total\n7,9\n", "{}", result.err);
        assert!(!result.err.contains("states"), "{}", result.err);
    }
    let stated = score("id,tiny[i1],tiny[i2],tiny[i3],tinytotal\n7,3,0,3,8\n", &[]);
    assert!(stated.err.contains("states 8"), "{}", stated.err);
    let hidden = score("id,tiny[i1],tiny[i2],tiny[i3]\n7,3,N/A,\n", &[]);
    assert_eq!((hidden.code, hidden.out.as_str()), (0, "id,tiny_total\n7,\n"), "{}", hidden.err);
    let named = score("id,ab[7],tiny[i2],tiny[i3],abtotal\n7,3,0,3,8\n", &["--names", "names.csv"]);
    assert_eq!(named.out, "id,tiny_total\n7,9\n", "{}", named.err);
    assert!(named.err.contains("states 8"), "{}", named.err);
}

#[test]
fn answers_that_are_not_understood_are_reported() {
    let other = score("id,tiny[i1],tiny[i2],tiny[i3]\n7,3,A9,0\n", &[]);
    assert_eq!(other.code, 1, "{}", other.err);
    assert!(other.err.contains("A9"), "{}", other.err);
    let missing = score("id,feel[i1],tiny[i2],tiny[i3]\n7,3,1,0\n", &[]);
    assert_eq!(missing.code, 1, "{}", missing.err);
}

#[test]
fn a_study_is_one_survey_whose_responses_are_read_by_instrument() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let more = ["tests/scoring/steady-ten", "--study", "trial", "--set", "limesurvey.format=both"];
    let result = export(folder.path(), &more);
    assert_eq!(result.code, 0, "{}", result.err);
    let file = |name: &str| folder.path().join(name);
    let items = |count: usize, name: &'static str| {
        (1..=count).map(move |item| (format!("{name}_{item}"), json!(1 + item % 3)))
    };
    let rows: serde_json::Value = items(12, "sbs").chain(items(10, "steady")).collect();
    std::fs::write(file("rows.json"), json!([rows]).to_string()).expect("writable");
    let names = file("trial.en.limesurvey-names.csv");
    let job = json!([{"code": file("trial.en.limesurvey.txt"), "lss": file("trial.en.limesurvey.lss"),
        "names": names, "rows": file("rows.json"), "results": file("results.json")}]);
    std::fs::write(file("jobs.json"), job.to_string()).expect("writable");
    node("score.mjs", &[&file("jobs.json")]).expect("the survey is answered");
    let found = std::fs::read_to_string(file("results.json")).expect("it was written");
    let found: serde_json::Value = serde_json::from_str(&found).expect("JSON");
    std::fs::write(file("data.csv"), found[0]["data"]["csv"].as_str().expect("a table"))
        .expect("writable");
    let (data, names) = (file("data.csv").display().to_string(), names.display().to_string());
    for (id, expected) in
        [("instruments/side-by-side", "sbs_total"), ("tests/scoring/steady-ten", "steady_total")]
    {
        let args = ["score", id, &data, "--from", "limesurvey", "--names", &names, "--drop-all"];
        let result = run(&args, &root());
        assert_eq!(result.code, 0, "{}", result.err);
        assert!(result.out.contains(expected), "{}", result.out);
        assert!(!result.err.contains("states"), "{}", result.err);
    }
}
