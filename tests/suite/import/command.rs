//! `scalewright import` and `scalewright audit` on the command line: files, exit codes and reports.

use std::fs;

use serde_json::Value;

use crate::support::{root, run};

fn source() -> String {
    root().join("tests/fixtures/import/osd/GES4.osd").display().to_string()
}

#[test]
fn an_import_writes_a_folder_that_passes_the_check() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let result = run(&["import", &source()], folder.path());
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(result.out.contains("equal           ease_transformed"), "{}", result.out);
    assert!(
        result.out.ends_with("scores: 2 equal, 0 differ, 0 not understood\n"),
        "{}",
        result.out
    );
    assert!(result.err.contains("wrote ges-4/instrument.toml\n"), "{}", result.err);
    let checked = run(&["check", "ges-4"], folder.path());
    assert_eq!(checked.code, 0, "{}", checked.out);
    let columns = fs::read_to_string(folder.path().join("ges-4/import/columns.toml"))
        .expect("a table of columns");
    assert!(columns.ends_with("ges4 = \"GES4\"\n"), "{columns}");

    // Data with the names of the source.
    fs::write(folder.path().join("data.csv"), "GES1,GES2,GES3,GES4,tools,often\n5,1,4,3,1,daily\n")
        .expect("writable");
    let scored = run(
        &[
            "score",
            "ges-4",
            "data.csv",
            "--map",
            "ges-4/import/columns.toml",
            "--columns",
            "scores",
        ],
        folder.path(),
    );
    assert_eq!(scored.code, 0, "{}", scored.err);
    assert!(scored.out.contains("17,81.25"), "{}", scored.out);

    // Nothing is overwritten.
    let again = run(&["import", &source()], folder.path());
    assert_eq!(again.code, 2);
    assert!(again.err.contains("`ges-4` already exists"), "{}", again.err);
}

#[test]
fn a_file_that_cannot_be_imported_keeps_no_other_from_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("broken.json"), "{").expect("writable");
    let dictionary = root().join("tests/fixtures/import/redcap/dictionary.csv");
    let dictionary = dictionary.display().to_string();
    let files = [&source(), "broken.json", &source(), &dictionary];
    let mut args = vec!["import"];
    args.extend(files);
    args.extend(["--language", "en", "--report", "report.json", "--format", "sarif"]);
    let result = run(&args, folder.path());
    assert_eq!(result.code, 1, "{}", result.err);
    assert!(result.err.contains("error: broken.json: "), "{}", result.err);
    assert!(
        result.err.contains("another file of this run is imported to `ges-4`"),
        "{}",
        result.err
    );
    assert!(folder.path().join("ges-4/instrument.toml").exists());
    let report = fs::read_to_string(folder.path().join("report.json")).expect("a report");
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let failed: Vec<bool> = report
        .as_array()
        .expect("an array")
        .iter()
        .map(|file| file["error"]["message"].is_string())
        .collect();
    assert_eq!(failed, [false, true, true, false]);
    let log: Value = serde_json::from_str(&result.out).expect("one SARIF log");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let rules = results.iter().filter(|result| result["ruleId"] == "import/file").count();
    assert_eq!(rules, 2);

    // Nothing at all is written if the run must be complete.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let strict = run(&["import", &source(), "no-such-file", "--strict"], folder.path());
    assert_eq!(strict.code, 1, "{}", strict.err);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn a_dry_run_and_a_strict_one_write_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let dry = run(&["import", &source(), "--dry-run"], folder.path());
    assert_eq!((dry.code, fs::read_dir(folder.path()).expect("a folder").count()), (0, 0));
    // A text has no place in a definition.
    let strict = run(&["import", &source(), "--strict"], folder.path());
    assert_eq!((strict.code, fs::read_dir(folder.path()).expect("a folder").count()), (1, 0));
    assert!(strict.err.contains("nothing was written, because of `--strict`"), "{}", strict.err);
}

#[test]
fn reports_are_valid_json_and_sarif() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let result = run(
        &["import", &source(), "--dry-run", "--format", "json", "--report", "report.sarif"],
        folder.path(),
    );
    assert_eq!(result.code, 0, "{}", result.err);
    let report: Value = serde_json::from_str(&result.out).expect("it is JSON");
    assert_eq!(report["summary"]["equal"], 2);
    assert_eq!(report["instruments"][0]["scores"][0]["outcome"], "equal");
    let places = report["instruments"][0]["findings"].as_array().expect("findings").iter();
    let at: Vec<&str> = places.filter_map(|finding| finding["place"]["at"].as_str()).collect();
    assert!(at.contains(&"/definition/items/6"), "{at:?}");
    let sarif: Value =
        serde_json::from_slice(&fs::read(folder.path().join("report.sarif")).expect("written"))
            .expect("it is JSON");
    assert_eq!(sarif["version"], "2.1.0");
    assert!(sarif["runs"][0]["results"].as_array().is_some_and(|results| results.len() > 5));
}

#[test]
fn a_missing_decision_is_asked_for() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let definition = r#"{"definition": {"scale_info": {"name": "A", "code": "a"}, "items": [{"id": "q", "type": "multi", "text_key": "t", "options": ["x", "y"]}]}}"#;
    fs::write(folder.path().join("a.osd"), definition).expect("writable");
    let result = run(&["import", "a.osd"], folder.path());
    assert_eq!(result.code, 2);
    assert!(
        result.err.contains("does not say in which language it is")
            && result.err.contains("--language"),
        "{}",
        result.err
    );
    let result = run(&["import", "a.osd", "--language", "en"], folder.path());
    assert_eq!(result.code, 0, "{}", result.err);
    // The wording is in a file of its own, because nobody stated that it may be redistributed.
    let text = fs::read_to_string(folder.path().join("a/instrument.toml")).expect("written");
    assert!(text.contains("wording = \"withheld\"") && !text.contains("stem"), "{text}");
    assert!(folder.path().join("a/private/en.toml").is_file());
    let checked = run(&["check", "a", "--wording", "a/private"], folder.path());
    assert_eq!(checked.code, 0, "{}", checked.out);
}
