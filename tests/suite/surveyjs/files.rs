//! What a form contains besides its scores, what is refused, and how results are read.

use std::path::Path;

use serde_json::{Value, json};

use super::run as node;
use crate::support::{Run, root, run};

fn export(folder: &Path, more: &[&str]) -> Run {
    let out = folder.display().to_string();
    let args = ["export", "side-by-side", "--to", "surveyjs", "--out", &out];
    run(&[&args[..], more].concat(), &root())
}

fn form(folder: &Path, name: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(name)).expect("it was written");
    serde_json::from_str(&text).expect("valid JSON")
}

fn written(more: &[&str]) -> Value {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let result = export(folder.path(), more);
    assert_eq!(result.code, 0, "{}", result.err);
    form(folder.path(), "side-by-side.en.surveyjs.json")
}

#[test]
fn texts_are_in_all_languages_or_in_one() {
    let all = written(&[]);
    assert!(all["title"]["default"].as_str().is_some_and(|title| title.starts_with("Side")));
    assert!(all["title"]["de"].as_str().is_some_and(|title| title.starts_with("Seite")));
    assert_eq!(all["locale"], Value::Null, "English is the built-in locale");
    let one = written(&["--set", "surveyjs.languages=one"]);
    assert!(one["title"].is_string());
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(export(folder.path(), &["--language", "de"]).code, 0);
    let german = form(folder.path(), "side-by-side.de.surveyjs.json");
    assert_eq!(german["locale"], "de");
    assert!(german["title"].is_string(), "a translation is published alone");
}

#[test]
fn options_change_the_form() {
    let has = |form: &Value, kind: &str| form.to_string().contains(&format!("\"type\":\"{kind}\""));
    assert!(has(&written(&[]), "matrix"));
    assert!(!has(&written(&["--set", "surveyjs.matrices=no"]), "matrix"));
    let scores = written(&["--set", "surveyjs.columns=scores"]).to_string();
    assert!(scores.contains("\"sbs_total\"") && !scores.contains("sbs_total_answered"));
    assert!(!written(&["--set", "surveyjs.attachments=no"]).to_string().contains("definition:"));
}

/// The definition of a fixture, with another id of its first item and another name of a band.
fn definition(item: &str, band: &str) -> String {
    let text = std::fs::read_to_string(root().join("tests/scoring/bands/instrument.toml"));
    let text = text.expect("the fixture exists");
    assert!(text.contains("\"band_1\"") && text.contains("label = \"low\""), "{text}");
    text.replace("\"band_1\"", &format!("\"{item}\""))
        .replace("label = \"low\"", &format!("label = \"{band}\""))
}

fn refused(item: &str, band: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("odd.toml"), definition(item, band)).expect("writable");
    let args = ["export", "odd.toml", "--to", "surveyjs", "--out", "out", "--accept-recalled-keys"];
    let result = run(&args, folder.path());
    assert_eq!(result.code, 1, "{}", result.err);
    assert!(!folder.path().join("out").exists(), "nothing is written");
    result.err
}

#[test]
fn names_and_labels_that_would_be_read_differently_are_refused_with_their_place() {
    let locale = refused("locale", "low");
    assert!(
        locale.contains("error[unusable-name]: SurveyJS reserves the name `locale`"),
        "{locale}"
    );
    assert!(locale.contains("odd.toml:"), "{locale}");
    for label in ["a <> b", "x => y", "equals", "end\\\\"] {
        let err = refused("q_1", label);
        assert!(err.contains("an expression of SurveyJS cannot contain a text"), "{label}: {err}");
        assert!(err.contains("odd.toml:"), "{err}");
    }
}

#[test]
fn a_study_is_one_form_whose_results_are_read_by_instrument() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let more = ["tests/scoring/steady-ten", "--study", "trial"];
    let result = export(folder.path(), &more);
    assert_eq!(result.code, 0, "{}", result.err);
    let path = folder.path().join("trial.en.surveyjs.json");
    assert_eq!(node("lint.mjs", &[&path]), "", "the linter finds nothing");
    let items = |count: usize, name: &str| -> Value {
        (1..=count).map(|item| (format!("{name}_{item}"), json!(1 + item % 3))).collect()
    };
    let mut saved = serde_json::Map::new();
    for (id, rows) in [("side-by-side", items(12, "sbs")), ("steady-ten", items(10, "steady"))] {
        let (list, results) = (folder.path().join("jobs.json"), folder.path().join("results.json"));
        std::fs::write(folder.path().join("rows.json"), json!([rows]).to_string())
            .expect("writable");
        let job = json!([{"code": path, "rows": folder.path().join("rows.json"), "results": results,
            "prefix": format!("{id}__")}]);
        std::fs::write(&list, job.to_string()).expect("writable");
        node("score.mjs", &[&list]);
        let found = form(folder.path(), "results.json");
        saved.extend(found[0]["data"].as_object().expect("an object").clone());
    }
    assert!(saved.contains_key("steady-ten__steady_total"), "{saved:?}");
    let results = folder.path().join("saved.json");
    std::fs::write(&results, Value::Object(saved).to_string()).expect("writable");
    let results = results.display().to_string();
    for (id, expected) in
        [("instruments/side-by-side", "sbs_total"), ("tests/scoring/steady-ten", "steady_total")]
    {
        let args = ["score", id, &results, "--from", "surveyjs", "--drop-all"];
        let result = run(&args, &root());
        assert_eq!(result.code, 0, "{}", result.err);
        assert!(result.out.contains(expected), "{}", result.out);
        assert!(!result.err.contains("states"), "{}", result.err);
    }
}

fn score(results: &str) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("results.json");
    std::fs::write(&path, results).expect("writable");
    let path = path.display().to_string();
    let args = ["score", "side-by-side", &path, "--from", "surveyjs", "--columns", "scores"];
    run(&args, &root())
}

const ANSWERS: &str = r#""items__1": {"sbs_1": 4, "sbs_2": "3", "sbs_3": 5, "sbs_4": 2, "sbs_5": 4, "sbs_6": 1, "sbs_7": 4,
    "sbs_8": 3, "sbs_9": 1, "sbs_10": 4, "sbs_11": 2, "sbs_12": 5}"#;

#[test]
fn results_are_read_alone_in_lists_in_lines_and_from_jspsych() {
    let one = format!("{{\"respondent\": \"r1\", {ANSWERS}}}");
    let line = one.replace('\n', " ");
    for results in
        [one.clone(), format!("[{one}, {one}]").replace("r1\"", "r1\""), format!("{line}\n")]
    {
        let result = score(&results.replacen("r1", "r0", 1));
        assert_eq!(result.code, 0, "{}", result.err);
        assert!(result.out.contains("r0,"), "{}", result.out);
    }
    let trials = format!(
        r#"[{{"trial_type": "html-button-response", "response": 0}},
            {{"trial_type": "survey", "rt": 900, "response": {{"text__rights": null, {ANSWERS}}}}}]"#
    );
    let result = score(&trials);
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(result.err.contains("1 trial is not a survey"), "{}", result.err);
}

#[test]
fn scores_in_results_are_compared_with_ours() {
    let result = score(&format!("{{\"sbs_total\": 20, {ANSWERS}}}"));
    assert!(result.err.contains("states 20 for `sbs_total`"), "{}", result.err);
    let version = "\"form__version\": \"side-by-side 0.1.0\"";
    let [with, without] =
        ["\"sbs_total\": 50, ", ""].map(|total| format!("{{{total}{version}, {ANSWERS}}}"));
    let result = score(&format!("[{with}, {without}]"));
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(
        result.err.contains("response 2 (`2`), `sbs_total`: states no score"),
        "{}",
        result.err
    );
    assert!(!result.err.contains("response 1"), "{}", result.err);
}

#[test]
fn other_forms_and_broken_results_are_refused() {
    let version = "\"form__version\": \"side-by-side 9.0.0\"";
    let result = score(&format!("{{{version}, {ANSWERS}}}"));
    assert_eq!(result.code, 1, "{}", result.err);
    assert!(result.err.contains("`side-by-side 0.1.0` is scored"), "{}", result.err);
    for (results, expected) in [
        ("{\"a\": 1}", "no result answers an item of `side-by-side`"),
        ("{\"items__1\": {\"sbs_1\": 9}}", "`9` is not an answer"),
        ("{\"items__1\": {\"sbs_1\": 1}, \"sbs_1\": 2}", "twice"),
        ("{\"sbs_1\": 1, \"sbs_1\": 2}", "a key occurs twice"),
        ("[1]", "a result is not an object"),
        ("{\"sbs_1\": ", "this is not valid JSON"),
    ] {
        let result = score(results);
        assert_eq!(result.code, 1, "{results}: {}", result.err);
        assert!(result.err.contains(expected), "{results}: {}", result.err);
    }
}
