//! Long forms are typeset in parts; those that would need too much memory are rejected.

use std::fmt::Write;
use std::path::Path;

use crate::pdf::{assert_kept, command};
use crate::support::run;

/// A definition with the given numbers of items and of options per item.
fn definition(items: usize, options: usize, label: &str) -> String {
    let mut text = String::from(
        r#"format = 1
id = "large-form"
title = "Large form"
version = "1.0.0"
status = "development"
language = "en"
[rights]
holder = "scalewright authors"
licence = "CC0-1.0"
wording = "included"
[administration]
respondent = "self"
[response-scales.r]
options = [
"#,
    );
    for option in 0..options {
        writeln!(text, "  {{ value = {option}, label = \"{label} {option}\" }},")
            .expect("valid UTF-8");
    }
    text.push_str("]\n");
    for item in 0..items {
        writeln!(
            text,
            "[[items]]\nid = \"q{item}\"\nstem = \"Statement {item}.\"\nresponse = \"r\""
        )
        .expect("valid UTF-8");
    }
    text
}

fn exported(text: &str, extra: &[&str], folder: &Path) -> (u8, String) {
    std::fs::write(folder.join("large.toml"), text).expect("the file is writable");
    let args = [&["export", "large.toml", "--to", "pdf", "--out", "out"], extra].concat();
    let ran = run(&args, folder);
    (ran.code, ran.err)
}

#[test]
fn a_form_that_would_need_too_much_memory_is_rejected() {
    let folder = tempfile::tempdir().expect("a folder");
    // More places than fields may have, a form that is too large only with fields, and one that would take an hour.
    let refused: [(usize, usize, &str, &[&str]); 3] = [
        (900, 5, "O", &["--set", "pdf.fillable=yes"]),
        (80, 40, "Option", &["--set", "pdf.fillable=yes", "--layout", "large-print"]),
        (700, 200, "Option", &[]),
    ];
    for (items, options, label, extra) in refused {
        let (code, err) = exported(&definition(items, options, label), extra, folder.path());
        assert_eq!(code, 1, "{items} x {options}: {err}");
        assert!(err.contains("error[form-too-large]"), "{err}");
        assert!(!folder.path().join("out").exists(), "nothing was written");
    }
}

#[test]
fn a_long_form_has_all_its_items_and_numbers_its_pages_through() {
    let folder = tempfile::tempdir().expect("a folder");
    // Divided into parts, because it has more than 4,000 places to mark.
    let (code, err) = exported(&definition(850, 5, "O"), &[], folder.path());
    assert_eq!(code, 0, "{err}");
    let pdf = folder.path().join("out/large-form.en.pdf");
    assert_kept(std::slice::from_ref(&pdf));
    let text = command("pdftotext", &["-layout", &pdf.display().to_string(), "-"]);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for item in 0..850 {
        let stem = format!("Statement {item}.");
        assert_eq!(text.matches(&stem).count(), 1, "{stem}");
    }
    let pages = lines.iter().filter_map(|line| Some(&line[line.find("Page ")?..]));
    let pages: Vec<&str> = pages.collect();
    let all = pages.len();
    let expected: Vec<String> = (1..=all).map(|page| format!("Page {page} of {all}")).collect();
    assert_eq!(pages, expected);
    assert_eq!(text.matches("Respondent").count(), all, "a line for the respondent on each page");
}
