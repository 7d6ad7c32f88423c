//! What a survey contains besides its scores, what is refused, and how exports from Qualtrics are read.

use std::path::Path;

use serde_json::{Value, json};

use super::python;
use crate::support::{Run, root, run};

fn export(folder: &Path, more: &[&str]) -> Run {
    let out = folder.display().to_string();
    let args = ["export", "side-by-side", "--to", "qualtrics", "--out", &out];
    run(&[&args[..], more].concat(), &root())
}

fn json_of(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("it was written");
    serde_json::from_str(&text).expect("valid JSON")
}

fn written(more: &[&str]) -> Value {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let result = export(folder.path(), more);
    assert_eq!(result.code, 0, "{}", result.err);
    json_of(&folder.path().join("side-by-side.en.qsf"))
}

fn questions(survey: &Value) -> Vec<&Value> {
    let elements = survey["SurveyElements"].as_array().expect("a list");
    let questions = elements.iter().filter(|element| element["Element"] == "SQ");
    questions.map(|element| &element["Payload"]).collect()
}

#[test]
fn texts_are_in_all_languages_or_in_one() {
    let all = written(&[]);
    assert_eq!(all["SurveyEntry"]["SurveyLanguage"], "EN");
    let matrix = questions(&all).into_iter().find(|question| question["QuestionType"] == "Matrix");
    let matrix = matrix.expect("a matrix");
    assert!(matrix["Language"]["DE"]["Choices"]["1"]["Display"].is_string(), "{matrix}");
    assert!(matrix["Language"]["DE"]["Answers"]["1"]["Display"].is_string(), "{matrix}");
    let one = written(&["--set", "qualtrics.languages=one"]);
    assert!(questions(&one).iter().all(|question| question["Language"] == json!([])));
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(export(folder.path(), &["--language", "de"]).code, 0);
    let german = json_of(&folder.path().join("side-by-side.de.qsf"));
    assert_eq!(german["SurveyEntry"]["SurveyLanguage"], "DE");
}

#[test]
fn options_change_the_survey_and_bytes_are_the_same_again() {
    let all = written(&[]).to_string();
    assert_eq!(all, written(&[]).to_string());
    assert!(all.contains("\"Matrix\"") && all.contains("scalewright-definition:"));
    assert!(all.contains("\"Value\":\"side-by-side 0.1.0\""), "the version is part of the data");
    let one = written(&["--set", "qualtrics.matrices=no"]).to_string();
    assert!(!one.contains("\"Matrix\"") && one.contains("\"SAVR\""));
    let scores = written(&["--set", "qualtrics.columns=scores"]).to_string();
    assert!(scores.contains("\"sbs_total\"") && !scores.contains("sbs_total_answered"));
    assert!(!written(&["--set", "qualtrics.attachments=no"]).to_string().contains("definition:"));
}

/// A definition with another id of its first item and another name of a band.
fn refused(item: &str, band: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bands = format!(
        "bands = [{{ label = \"{band}\", from = 2, to = 3 }}, {{ label = \"high\", from = 4, to = 6 }}]\n"
    );
    let definition = format!("{}{bands}", SMALL.replace("band_1", item));
    std::fs::write(folder.path().join("odd.toml"), definition).expect("writable");
    let result = run(&["export", "odd.toml", "--to", "qualtrics", "--out", "out"], folder.path());
    assert_eq!(result.code, 1, "{}", result.err);
    assert!(!folder.path().join("out").exists(), "nothing is written");
    assert!(result.err.contains("odd.toml:"), "{}", result.err);
    result.err
}

#[test]
fn names_and_labels_that_would_be_read_differently_are_refused_with_their_place() {
    let status = refused("status", "low");
    assert!(status.contains("error[unusable-name]: Qualtrics uses the name `status`"), "{status}");
    let replaced = "Qualtrics would replace `${` or `$e{`";
    let one_line = "one line of text without spaces around it";
    for (label, reason) in [
        ("a ${q://QID1}", replaced),
        ("$e{ 1 + 1 }", replaced),
        (" low", one_line),
        ("one\\ntwo", one_line),
    ] {
        let err = refused("q_1", label);
        assert!(err.contains(reason), "{label}: {err}");
    }
}

const HOSTILE: &str = r#"format = 1
id = "odd"
title = "Odd ${q://QID1/QuestionText} \"form\" </script>"
version = "1.0.0"
status = "active"
language = "en"
instructions = "[[Block:x]]\n$e{ 1 + 1 } & <b>"
[rights]
holder = "scalewright authors"
licence = "CC0-1.0"
wording = "included"
[administration]
respondent = "self"
[response-scales.choice]
options = [{ value = -2, label = "No, never | ${x}" }, { value = 0, label = "0" }, { value = 30, label = "[[Answer:1]] \u05d0\u202e" }]
[response-scales.amount]
type = "numeric"
min = -1.5
max = 10
decimals = 1
[response-scales.feeling]
type = "visual-analogue"
min = 0
max = 100
min-label = "<bad>"
max-label = "good"
[response-scales.which]
type = "several-choice"
options = [{ value = 1, label = "a, b" }, { value = 3, label = "c" }]
[response-scales.words]
type = "text"
lines = 3
[response-scales.day]
type = "date"
[[items]]
id = "q1"
stem = "Line one\nline two ${e://Field/q1}"
response = "choice"
required = true
[[items]]
id = "q2"
stem = "Second"
response = "choice"
ask-if = "q1 = 30"
when-not-asked = 0
[[items]]
id = "amount"
stem = "Amount"
response = "amount"
[[items]]
id = "feeling"
stem = "Feeling"
response = "feeling"
[[items]]
id = "which"
stem = "Which"
response = "which"
[[items]]
id = "words"
stem = "Words"
response = "words"
[[items]]
id = "day"
stem = "Day"
response = "day"
[[scales]]
id = "total"
title = "Total"
items = ["q1", "q2"]
weights = { q1 = -0.5, q2 = 2 }
score = "sum"
missing = "no-score"
bands = [{ label = "low", from = -19, to = 0 }, { label = "high", above = 0, to = 61 }]
[[scales]]
id = "second"
title = "Mean"
items = ["q1", "q2"]
score = "mean"
missing = "answered-only"
min-answered = 1
"#;

fn respond(folder: &Path, survey: &Path, rows: &Value) -> Value {
    let path = |name: &str| folder.join(name);
    std::fs::write(path("rows.json"), rows.to_string()).expect("writable");
    let job = json!([{"code": survey, "rows": path("rows.json"), "results": path("results.json"),
        "table": path("saved.csv")}]);
    std::fs::write(path("jobs.json"), job.to_string()).expect("writable");
    let (is_right, errors) = python("respond.py", &[&path("jobs.json")]);
    assert!(is_right, "{errors}");
    json_of(&path("results.json"))
}

#[test]
fn hostile_texts_and_codes_are_kept_and_read_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("odd.toml"), HOSTILE).expect("writable");
    let args = ["export", "odd.toml", "--to", "qualtrics", "--out", "out"];
    let more = ["--set", "qualtrics.format=both"];
    let result = run(&[&args[..], &more].concat(), folder.path());
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(result.err.contains("the form of the answer to `day`"), "{}", result.err);
    let survey = folder.path().join("out/odd.en.qsf");
    let rows = json!([
        {"q1": -2, "amount": 1.5, "feeling": 33},
        {"q1": 30, "q2": 0, "amount": -1.5},
        {"q2": 30},
        {"q1": 0}
    ]);
    let found = respond(folder.path(), &survey, &rows);
    let fields = |row: usize| &found[row]["results"];
    // The second question is hidden, and counts as 0.
    assert_eq!(fields(0)["total"], "1.0", "{found}");
    assert_eq!((&fields(0)["second"], &fields(0)["total_band"]), (&json!("-1.0"), &json!("high")));
    assert_eq!(fields(2)["total"], Value::Null, "nothing was answered: {found}");
    for table in ["saved.csv", "saved.csv.labels.csv"] {
        let args = ["score", "odd.toml", table, "--from", "qualtrics", "--drop-all"];
        let result = run(&args, folder.path());
        assert_eq!(result.code, 0, "{table}: {}", result.err);
        assert!(!result.err.contains("states"), "{table}: {}", result.err);
        assert!(result.out.contains("R_1,1,"), "{table}: {}", result.out);
    }
    let text = std::fs::read_to_string(folder.path().join("out/odd.en.qualtrics.txt"));
    let text = text.expect("it was written");
    assert!(text.contains("[[Choice:-2]]\nNo, never | &#36;{x}\n"), "{text}");
}

#[test]
fn a_study_is_one_survey_whose_data_are_read_by_instrument() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let more = ["tests/scoring/steady-ten", "--study", "trial"];
    let result = export(folder.path(), &more);
    assert_eq!(result.code, 0, "{}", result.err);
    let mut answers = serde_json::Map::new();
    for (id, count, name) in [("side-by-side", 12, "sbs"), ("steady-ten", 10, "steady")] {
        let own = (1..=count).map(|at| (format!("{id}__{name}_{at}"), json!(1 + at % 3)));
        answers.extend(own);
    }
    let found = respond(folder.path(), &folder.path().join("trial.en.qsf"), &json!([answers]));
    assert!(found[0]["results"]["steady-ten__steady_total"].is_string(), "{found}");
    let saved = folder.path().join("saved.csv").display().to_string();
    for (id, expected) in
        [("instruments/side-by-side", "sbs_total"), ("tests/scoring/steady-ten", "steady_total")]
    {
        let args = ["score", id, &saved, "--from", "qualtrics", "--drop-all"];
        let result = run(&args, &root());
        assert_eq!(result.code, 0, "{}", result.err);
        assert!(result.out.contains(expected), "{}", result.out);
        assert!(!result.err.contains("states"), "{}", result.err);
    }
}

const HEAD: &str = "StartDate,Finished,ResponseId,band_1,band_2,total\n\
    Start Date,Finished,Response ID,\"First, or\nnot\",Second,total\n\
    \"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"finished\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID1_1\"\"}\",\"{\"\"ImportId\"\":\"\"QID1_2\"\"}\",\"{\"\"ImportId\"\":\"\"total\"\"}\"\n";

fn score(table: &str) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("odd.toml"), SMALL).expect("writable");
    std::fs::write(folder.path().join("data.csv"), table).expect("writable");
    let args = ["score", "odd.toml", "data.csv", "--from", "qualtrics", "--columns", "scores"];
    run(&args, folder.path())
}

const SMALL: &str = r#"format = 1
id = "small"
title = "Small"
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
options = [{ value = 1, label = "2" }, { value = 2, label = "Yes, 1" }, { value = 3, label = "More" }]
[[items]]
id = "band_1"
stem = "First"
response = "choice"
[[items]]
id = "band_2"
stem = "Second"
response = "choice"
[[scales]]
id = "total"
title = "Total"
items = ["band_1", "band_2"]
score = "sum"
missing = "no-score"
"#;

#[test]
fn codes_and_labels_are_distinguished_by_the_row_and_refused_if_they_cannot_be() {
    let codes = score(&format!("{HEAD}x,1,R_1,2,3,5\nx,1,R_2,-99,3,\nx,0,R_3,,,\n"));
    assert_eq!(codes.code, 0, "{}", codes.err);
    assert!(codes.out.contains("R_1,x,1,5\n") && codes.out.contains("R_2,x,1,\n"), "{}", codes.out);
    // The label `2` is the text of the code 1.
    let labels = score(&format!("{HEAD}x,True,R_1,2,\"Yes, 1\",3\n"));
    assert_eq!(labels.code, 0, "{}", labels.err);
    assert!(labels.out.contains("R_1,x,True,3\n"), "{}", labels.out);
    let unknown = score(&format!("{HEAD}x,,R_1,2,3,\n"));
    assert_eq!(unknown.code, 1, "{}", unknown.err);
    assert!(unknown.err.contains("can be a code or a label"), "{}", unknown.err);
    let other = score(&format!("{HEAD}x,True,R_1,1,More,\n"));
    assert_eq!(other.code, 1, "{}", other.err);
    assert!(other.err.contains("is not the label of one choice"), "{}", other.err);
}

#[test]
fn scores_are_compared_and_tables_without_three_headers_are_refused() {
    let result = score(&format!("{HEAD}x,1,R_1,2,3,6\n"));
    assert!(result.err.contains("states 6 for `total`"), "{}", result.err);
    let refused = score("ResponseId,band_1,band_2\nR_1,2,3\nR_2,1,1\n");
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.contains("three rows of headers"), "{}", refused.err);
}
