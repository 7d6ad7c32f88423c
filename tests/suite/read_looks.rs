//! The values and the appearance of a form must agree: otherwise it is unclear which of them the respondent meant.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{Run, root, run};

/// The fixture with an item of every kind, and its form in `out`.
fn every_kind(out: &Path) -> (String, PathBuf) {
    let source = root().join("tests/fixtures/read/every-kind").display().to_string();
    let folder = out.display().to_string();
    let args =
        ["export", &source, "--to", "pdf", "--set", "pdf.fillable=yes", "-q", "--out", &folder];
    let result = run(&args, &root());
    assert_eq!(result.code, 0, "{}", result.err);
    (source, out.join("every-kind.en.pdf"))
}

fn fill(jobs: &[Value], folder: &Path) {
    let path = folder.join("jobs.json");
    std::fs::write(&path, json!(jobs).to_string()).expect("the file is writable");
    let python = root().join("target/oracles/venv/bin/python");
    let mut command = Command::new(python);
    command.arg("tests/oracles/pdf/fill.py").arg(path).current_dir(root());
    let output = command.output().expect("python can be run: `tests/oracles/setup` installs it");
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{why}");
}

fn answers() -> Value {
    json!({
        "scalewright-respondent": "r1", "scalewright-date": "2026-11-23", "warm": "-2", "light": "9",
        "drinks___1": "1", "drinks___3": "3", "height": "72,5", "effort": "40", "again": "0",
        "remark": "some words", "date": "28.11.2026", "came": "9.05 pm",
    })
}

/// Reads copies of a filled form, each changed in one way.
fn read_changed(changes: &[Value]) -> Vec<Run> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (source, form) = every_kind(folder.path());
    let path = |at: usize| folder.path().join(format!("h{at}.pdf")).display().to_string();
    let jobs: Vec<Value> = changes
        .iter()
        .enumerate()
        .map(|(at, change)| {
            let mut job =
                json!({ "program": "pikepdf", "form": form, "out": path(at), "answers": answers() });
            for (key, value) in change.as_object().expect("an object") {
                match key.as_str() {
                    "answers" => {
                        for (field, text) in value.as_object().expect("an object") {
                            job["answers"][field] = text.clone();
                        }
                    }
                    _ => job[key] = value.clone(),
                }
            }
            job
        })
        .collect();
    fill(&jobs, folder.path());
    let read = |at: usize| run(&["read", "-q", "--instrument", &source, &path(at)], &root());
    (0..changes.len()).map(read).collect()
}

#[test]
fn a_form_whose_values_and_appearance_differ_is_rejected() {
    let cases = [
        (json!({ "show": { "warm": "none" } }), "answers `warm` with `-2`, but shows no mark"),
        (json!({ "show": { "warm": "2" } }), "answers `warm` with `-2`, but shows `2`"),
        (json!({ "say": { "warm": null } }), "answers `warm` with nothing, but shows `-2`"),
        (json!({ "say": { "warm": "1" } }), "answers `warm` with `1`, but shows `-2`"),
        (json!({ "claim": { "warm": "2" } }), "answers `warm` with `-2`, but shows no mark"),
        (json!({ "blank": ["warm"] }), "answers `warm` with `-2`, but shows no mark"),
        (
            json!({ "show": { "drinks___1": "none" } }),
            "answers `drinks` with `1`, but shows no mark",
        ),
        (json!({ "say": { "drinks___3": null } }), "answers `drinks` with nothing, but shows `3`"),
        (json!({ "say": { "again": "Off" } }), "answers `again` with nothing, but shows `0`"),
        (json!({ "show": { "height": "72,6" } }), "answers `height` with `72,5`, but shows `72,6`"),
        (json!({ "say": { "height": "1" } }), "answers `height` with `1`, but shows `72,5`"),
        (json!({ "say": { "height": "" } }), "answers `height` with nothing, but shows `72,5`"),
        (
            json!({ "show": { "remark": "other words" } }),
            "answers `remark` with `some words`, but shows `other words`",
        ),
        (
            json!({ "show": { "scalewright-respondent": "r2" } }),
            "gives `scalewright-respondent` as `r1`, but shows `r2`",
        ),
        (
            json!({ "swap": [[["warm", 0], ["warm", 4]]] }),
            "was altered: it has a field of `warm` in another place",
        ),
        (
            json!({ "swap": [[["warm", 0], ["light", 0]]] }),
            "was altered: it has a field of `light` in another place",
        ),
        (
            json!({ "swap": [[["drinks___1", 0], ["drinks___2", 0]]] }),
            "was altered: it has a field of `drinks` in another place",
        ),
        (
            json!({ "swap": [[["height", 0], ["effort", 0]]] }),
            "was altered: it has a field of `effort` in another place",
        ),
        (json!({ "hide": ["warm"] }), "was altered: it does not show every field of `warm`"),
        (json!({ "unpage": ["came"] }), "was altered: it does not show every field of `came`"),
    ];
    let changes: Vec<Value> = cases.iter().map(|(change, _)| change.clone()).collect();
    for (result, (change, reason)) in read_changed(&changes).iter().zip(&cases) {
        assert_eq!((result.code, result.out.as_str()), (1, ""), "{change}: {}", result.err);
        assert!(result.err.contains(reason), "{change}: {}", result.err);
    }
}

#[test]
fn fields_without_a_complete_appearance_are_read() {
    let changes = [
        json!({}),
        json!({ "show": { "remark": "some" } }),
        // Some programs leave drawing to the viewer.
        json!({ "show": { "height": "", "remark": "" } }),
    ];
    for result in read_changed(&changes) {
        assert_eq!(result.code, 0, "{}", result.err);
        let row = result.out.lines().nth(1).expect("a row");
        // Dates and times are normalised in the table.
        assert!(row.starts_with("r1,2026-11-23,en,"), "{row}");
        assert!(row.ends_with(",-2,9,1;3,72.5,40,0,some words,2026-11-28,21:05"), "{row}");
    }
}

#[test]
fn ambiguous_or_invalid_times_and_dates_are_rejected() {
    let time = "which is not an unambiguous clock time such as 21:05";
    let day = "which is not an existing date with its year, such as 2026-01-31";
    let mut cases: Vec<(Value, String)> = ["7", "930", "1130", "9.05", "24:00"]
        .map(|text| {
            (
                json!({ "answers": { "came": text } }),
                format!("answers `came` with `{text}`, {time}"),
            )
        })
        .to_vec();
    for text in ["2026-02-30", "30 February 2026", "2026-13-01", "20234-01-01", "1 May"] {
        cases.push((
            json!({ "answers": { "date": text } }),
            format!("answers `date` with `{text}`, {day}"),
        ));
    }
    cases.push((
        json!({ "answers": { "date": "5/4/2026" } }),
        "which may mean two different days".to_owned(),
    ));
    cases.push((
        json!({ "answers": { "scalewright-date": "30.2.2026" } }),
        "is dated `30.2.2026`, a day that does not exist".to_owned(),
    ));
    let changes: Vec<Value> = cases.iter().map(|(change, _)| change.clone()).collect();
    for (result, (change, reason)) in read_changed(&changes).iter().zip(&cases) {
        assert_eq!((result.code, result.out.as_str()), (1, ""), "{change}");
        assert!(result.err.contains(reason), "{change}: {}", result.err);
    }
}
