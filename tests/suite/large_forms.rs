//! Forms that would need too much memory are rejected.

use std::fmt::Write;
use std::path::Path;

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
    // Many small cells, fewer large ones, and forms that are too large only with fields or in large print.
    let long = "a label that goes on for quite a while, as labels of single items do, ".repeat(4);
    let refused: [(usize, usize, &str, &[&str]); 5] = [
        (300, 200, "Option", &[]),
        (900, 5, "O", &[]),
        (100, 15, &long, &[]),
        (80, 40, "Option", &["--set", "pdf.fillable=yes", "--layout", "large-print"]),
        (500, 7, "Option", &["--layout", "large-print"]),
    ];
    for (items, options, label, extra) in refused {
        let (code, err) = exported(&definition(items, options, label), extra, folder.path());
        assert_eq!(code, 1, "{items} x {options}: {err}");
        assert!(err.contains("error[form-too-large]"), "{err}");
        assert!(!folder.path().join("out").exists(), "nothing was written");
    }
}
