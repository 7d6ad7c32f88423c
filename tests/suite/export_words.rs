//! An export in another language is entirely in that language, and exceptions are reported. Drafts are marked as
//! drafts.

use std::path::Path;

use serde_json::Value;

use crate::pdf::command;
use crate::support::{root, run};

const FIXTURE: &str = "tests/fixtures/abroad";

fn export(format: &str, language: &str, out: &Path) -> crate::support::Run {
    let out = out.display().to_string();
    let args = ["export", FIXTURE, "--to", format, "--language", language, "--out", &out];
    run(&args, &root())
}

fn text(file: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(file).expect("it was written")).into_owned()
}

#[test]
fn a_questionnaire_is_entirely_in_one_language() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let result = export("fhir", "de", out.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let file = text(&out.path().join("abroad.de.fhir-r4.json"));
    let form: Value = serde_json::from_str(&file).expect("the export is valid JSON");
    assert_eq!(form["status"], "draft", "a draft translation is a draft");
    let described = form["description"].as_str().unwrap_or_default();
    for expected in
        ["Beantwortet von der beschriebenen Person.", "die letzte Woche", "etwa 2 Minuten"]
    {
        assert!(described.contains(expected), "{described}");
    }
    let expected = [
        "\"display\": \"Punkte\"",
        "\"display\": \"Stunden\"",
        "Stadtstichprobe (T)",
        "Testwerte",
        "'wenig'",
    ];
    for expected in expected {
        assert!(file.contains(expected), "the form lacks {expected}");
    }
    for lost in ["the translation of the description", "the translation of the words of `kind`"] {
        assert!(result.err.contains(lost), "{}", result.err);
    }
    assert!(!result.err.contains("untranslated"), "{}", result.err);
}

#[test]
fn notes_in_redcap_are_in_the_language_and_drafts_are_marked() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let result = export("redcap", "de", out.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let file = text(&out.path().join("abroad.de.redcap.csv"));
    for expected in [
        "\"Summe, 0 bis 4 Punkte\"",
        "Übersetzungsentwurf, nicht geprüft",
        "draft translation",
        "Datensatz-ID",
    ] {
        assert!(file.contains(expected), "the dictionary lacks {expected}:\n{file}");
    }
}

#[test]
fn missing_translations_are_reported_on_export() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let result = export("fhir,redcap", "eo", out.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let lacking = "not translated into `eo`: the unit of `hours`, the unit of `rest`";
    assert_eq!(result.err.matches(lacking).count(), 1, "{}", result.err);
    assert!(result.err.contains("english-form-words"), "{}", result.err);
    let checked = run(&["check", FIXTURE], &root());
    assert!(checked.out.contains(lacking), "{}", checked.out);
}

#[test]
fn a_form_of_a_draft_translation_is_marked() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let result = export("pdf", "de", out.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let pdf = out.path().join("abroad.de.pdf").display().to_string();
    let printed = command("pdftotext", &["-layout", &pdf, "-"]);
    assert!(printed.contains("Übersetzungsentwurf, nicht geprüft"), "{printed}");
}

#[test]
fn a_report_is_in_the_language_of_the_wording() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let answers = out.path().join("answers.csv");
    std::fs::write(&answers, "respondent,ab_1,ab_2,ab_3\nr1,2,,7\nr2,2,0,8\n").expect("written");
    let (answers, folder) = (answers.display().to_string(), out.path().display().to_string());
    let with = |language| ["report", FIXTURE, &answers, "--language", language, "--out", &folder];
    let result = run(&with("de"), &root());
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(!result.err.contains("english-form-words"), "{}", result.err);
    let printed = |name: &str| {
        let pdf = out.path().join(format!("abroad.{name}.pdf")).display().to_string();
        let text = command("pdftotext", &["-layout", &pdf, "-"]);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let first = printed("r1");
    for expected in [
        "Ergebnisbericht für r1",
        "Übersetzungsentwurf, nicht geprüft",
        "Erholung: kein Wert. 1 von 2 Items sind beantwortet, 2 sind nötig.",
        "nicht beantwortet",
        "Erholung (umgepolt)",
        "Seite 1 von",
    ] {
        assert!(first.contains(expected), "the report lacks `{expected}`:\n{first}");
    }
    assert!(printed("r2").contains("4 Punkte"), "the score has its unit");
    for english in ["Score", "Answered", "not answered", "Page"] {
        assert!(!first.contains(english), "`{english}` is English:\n{first}");
    }
    let other = run(&with("eo"), &root());
    assert_eq!(other.code, 0, "{}", other.err);
    assert!(other.err.contains("english-form-words"), "{}", other.err);
}
