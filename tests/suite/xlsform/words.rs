//! Words that XLSForm reads as something else are kept exactly, reported, or refused with their place.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::{Run, root, run};

/// Exports the definition `tiny` with another text instead of that of its first item.
fn export(stem: &str, folder: &Path) -> Run {
    let new = run(&["new", "tiny"], folder);
    assert_eq!(new.code, 0, "{}", new.err);
    let path = definition(folder);
    let text = std::fs::read_to_string(&path).expect("it was written");
    let line = text.lines().find(|line| line.trim_start().starts_with("stem")).expect("a stem");
    let toml = toml_text(stem);
    std::fs::write(&path, text.replacen(line, &format!("stem = {toml}"), 1)).expect("writable");
    run(&["export", "tiny", "--to", "xlsform", "--out", "out"], folder)
}

/// The definition that `scalewright new` wrote.
fn definition(folder: &Path) -> PathBuf {
    let paths = ["tiny/instrument.toml", "instruments/tiny/instrument.toml"];
    let paths = paths.map(|path| folder.join(path));
    paths.into_iter().find(|path| path.exists()).expect("it was written")
}

/// A text as TOML writes it, which is as JSON does.
fn toml_text(text: &str) -> String {
    serde_json::json!(text).to_string()
}

/// The labels of a form after its conversion, by names.
fn labels(form: &Path) -> Value {
    let python = root().join("target/oracles/xlsform/venv/bin/python");
    let script = root().join("tests/oracles/xlsform/labels.py");
    let output = Command::new(python).arg(script).arg(form).output().expect("it runs");
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}");
    serde_json::from_slice(&output.stdout).expect("valid JSON")
}

#[test]
fn hostile_words_arrive_as_they_are() {
    for (stem, label) in [
        ("a  b", "a  b"),
        ("=1+1", "=1+1"),
        ("a & <b and \"c\" 'd'", "a & <b and \"c\" 'd'"),
        ("one\ntwo", "one\ntwo"),
        ("*a* _b_ #c", "\\*a\\* \\_b\\_ #c"),
        ("שלום \u{1f600}", "שלום \u{1f600}"),
        ("$ {x} {{y}} [z] | %s", "$ {x} {{y}} [z] | %s"),
        ("_x0041_", "\\_x0041\\_"),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let result = export(stem, folder.path());
        assert_eq!(result.code, 0, "{stem}: {}", result.err);
        let labels = labels(&folder.path().join("out/tiny.en.xlsform.xlsx"));
        let found = labels["tiny_1"].as_str().unwrap_or_default();
        assert_eq!(found, format!("1. {label}"), "{stem}");
    }
}

#[test]
fn words_that_no_form_can_contain_are_refused_or_reported() {
    for (stem, code, message) in [
        ("${tiny_2}", 1, "XLSForm takes `${` for a reference to an answer"),
        ("it\u{2019}s", 0, "the shape of the quotation marks is not kept"),
        ("- one", 0, "the form of the text is not kept"),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let result = export(stem, folder.path());
        assert_eq!(result.code, code, "{}", result.err);
        assert!(result.err.contains(message), "{message}: {}", result.err);
        assert!(result.err.contains("instrument.toml:"), "the place is stated: {}", result.err);
    }
}

#[test]
fn a_reserved_id_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    export("one", folder.path());
    let path = definition(folder.path());
    for path in [path.with_file_name("cases.toml"), path] {
        let text = std::fs::read_to_string(&path).expect("it was written");
        std::fs::write(&path, text.replace("tiny_1", "meta")).expect("writable");
    }
    let args = ["export", "tiny", "--to", "xlsform", "--out", "again"];
    let result = run(&args, folder.path());
    assert_eq!(result.code, 1, "{}", result.err);
    assert!(result.err.contains("XLSForm reserves the name `meta`"), "{}", result.err);
}

#[test]
fn the_same_definition_gives_the_same_bytes() {
    let read = || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(export("one", folder.path()).code, 0);
        std::fs::read(folder.path().join("out/tiny.en.xlsform.xlsx")).expect("it was written")
    };
    assert_eq!(read(), read());
}
