//! Printed pages as readers, screen readers and search find them: `tests/oracles/pdf/pages.py` looks at every page.
//!
//! `cargo xtask test` looks at a form that is hard to lay out, in seven languages, with its scoring sheet and reports.
//! `PAGES_ALL=1` looks at all instruments too, in every layout and on both papers, to print and to fill in, which takes minutes.

use std::path::{Path, PathBuf};

use crate::pdf::command;
use crate::support::{root, run};

const FONTS: [&str; 2] = ["--fonts", "/usr/share/fonts"];
const LAYOUTS: [&str; 3] = ["compact", "comfortable", "large-print"];
const PAPERS: [&str; 2] = ["a4", "us-letter"];

/// A form with a label of 32 letters, long anchors, conditions on several items, numbers below zero and a long id.
const HARD: &str = "tests/fixtures/harbour-day";

fn written(args: &[&str], out: &Path) -> Vec<PathBuf> {
    let folder = out.display().to_string();
    let result = run(&[args, &FONTS, &["--quiet", "--out", &folder]].concat(), &root());
    assert_eq!(result.code, 0, "{}{}\nrun `tests/oracles/setup`", result.out, result.err);
    let entries = std::fs::read_dir(out).expect("the folder exists").flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    files.sort();
    files
}

/// Exports forms in all languages, with their scoring sheets or with fields.
fn forms(source: &str, (layout, paper): (&str, &str), set: &str, out: &Path) -> Vec<PathBuf> {
    let what = ["export", source, "--to", "pdf", "--language", "all", "--set", set];
    let how = ["--layout", layout, "--paper", paper, "--wording", "tests/fixtures/wording"];
    written(&[&what[..], &how, &["--accept-recalled-keys"]].concat(), out)
}

/// Asserts that no page has a fault.
fn assert_flawless(pdfs: &[PathBuf]) {
    let python = root().join("target/oracles/venv/bin/python").display().to_string();
    let pdfs: Vec<String> = pdfs.iter().map(|pdf| pdf.display().to_string()).collect();
    let args = std::iter::once("tests/oracles/pdf/pages.py").chain(pdfs.iter().map(String::as_str));
    let output = command(&python, &args.collect::<Vec<_>>());
    assert_eq!(output.lines().count(), pdfs.len(), "one line per file:\n{output}");
}

#[test]
fn pages_that_are_hard_to_lay_out_have_no_faults() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let mut pdfs = Vec::new();
    for (layout, paper, set) in [
        ("compact", "us-letter", "pdf.fillable=yes"),
        ("comfortable", "a4", "pdf.with=scoring"),
        ("large-print", "a4", "pdf.fillable=no"),
    ] {
        pdfs.extend(forms(HARD, (layout, paper), set, &out.path().join(layout)));
    }
    assert_eq!(pdfs.len(), 28, "seven languages, and their scoring sheets");
    assert_flawless(&pdfs);
}

#[test]
fn equal_conditions_on_several_items_are_one_sentence() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let pdfs = forms(HARD, ("comfortable", "a4"), "pdf.fillable=no", out.path());
    let printed = |language: &str| {
        let ending = format!(".{language}.pdf");
        let pdf =
            pdfs.iter().map(|pdf| pdf.display().to_string()).find(|pdf| pdf.ends_with(&ending));
        let text = command("pdftotext", &["-raw", &pdf.expect("the form exists"), "-"]);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for (language, sentence) in [
        ("en", "Only if at least one of no. 1–4 was answered: On more than half of the days"),
        ("en", "Only if the answers to no. 1–3 add up to more than −2"),
        ("en", "Only if exactly 2 of no. 1–4 were answered: On more than half of the days"),
        ("de", "Nur wenn bei mindestens einer der Fragen Nr. 1–4 geantwortet wurde: An mehr"),
        ("de", "Nur wenn die Antworten auf Nr. 1–3 zusammen mehr als −2 ergeben"),
    ] {
        let printed = printed(language);
        assert!(printed.contains(sentence), "{language}: no `{sentence}`:\n{printed}");
    }
}

#[test]
fn pages_of_reports_have_no_faults() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let answers = out.path().join("answers.csv");
    let rows = "id,calm_1,calm_2,calm_3\n1,-2,2,-2\n2,2,-2,1\n3,-1,,1\n";
    std::fs::write(&answers, rows).expect("the file is writable");
    let (answers, mut pdfs) = (answers.display().to_string(), Vec::new());
    for language in ["en", "ar", "he", "ja", "de"] {
        let what = ["report", "tests/fixtures/evening", &answers, "--language", language];
        let folder = out.path().join(language);
        pdfs.extend(written(&[&what[..], &["--format", "pdf"]].concat(), &folder));
    }
    assert!(pdfs.len() >= 15, "a report for each respondent and language: {pdfs:?}");
    assert_flawless(&pdfs);
}

#[test]
fn pages_of_all_instruments_have_no_faults() {
    if std::env::var_os("PAGES_ALL").is_none() {
        return;
    }
    for paper in PAPERS {
        for layout in LAYOUTS {
            for set in ["pdf.with=scoring", "pdf.fillable=yes"] {
                for source in
                    ["instruments", HARD, "tests/fixtures/scripts", "tests/fixtures/evening"]
                {
                    let out = tempfile::tempdir().expect("a temporary folder");
                    assert_flawless(&forms(source, (layout, paper), set, out.path()));
                }
            }
        }
    }
}
