//! Translations that say that they are incomplete: counted once, listed, and never published.

use std::fs;

use tempfile::TempDir;

use crate::support::{root, run};

/// The fixture with two wording files that say that they are incomplete, in an empty library.
fn library() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("instruments/begun");
    fs::create_dir_all(&to).expect("it can be made");
    for entry in fs::read_dir(root().join("tests/malformed/wording/begun")).expect("it exists") {
        let from = entry.expect("it is readable").path();
        fs::copy(&from, to.join(from.file_name().expect("a name"))).expect("it can be copied");
    }
    folder
}

#[test]
fn nothing_is_published_in_an_incomplete_language() {
    let folder = library();
    for target in ["redcap", "fhir", "pdf", "codebook", "surveyjs", "html", "docx"] {
        let args = ["export", "begun", "--to", target, "--language", "de", "--out", "out"];
        let ran = run(&args, folder.path());
        assert_eq!(ran.code, 1, "{target}: {}", ran.err);
        assert!(
            ran.err.contains("the wording in `de` is incomplete: it lacks 17 texts"),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("instruments/begun/de.toml"), "{}", ran.err);
        assert!(!folder.path().join("out").exists(), "{target} wrote something");
    }
    let ran = run(
        &["export", "begun", "--to", "surveyjs", "--language", "all", "--out", "out"],
        folder.path(),
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("note: the wording in `de` is incomplete"), "{}", ran.err);
    assert!(
        ran.err.contains("note: the wording in `fr` says that it is incomplete, and lacks nothing"),
        "{}",
        ran.err
    );
    let written = fs::read_dir(folder.path().join("out")).expect("it was written").count();
    assert_eq!(written, 1, "only English");
}

#[test]
fn incomplete_languages_are_listed_and_checked_once() {
    let folder = library();
    let ran = run(&["list"], folder.path());
    assert!(ran.out.contains("en (de) (fr)"), "{}", ran.out);
    let ran = run(&["check", "begun", "--format", "concise"], folder.path());
    assert_eq!(ran.code, 0, "{}", ran.out);
    let about = ran.out.lines().filter(|line| line.contains("de.toml"));
    let about: Vec<&str> = about.collect();
    assert_eq!(about.len(), 1, "{}", ran.out);
    assert!(about[0].contains("warning[incomplete-translation]"), "{}", about[0]);
    let ran = run(&["wording", "begun", "--language", "de"], folder.path());
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.err.contains("it lacks 17 texts"), "{}", ran.err);
    let ran = run(&["check", "begun", "--deny-warnings"], folder.path());
    assert_eq!(ran.code, 1, "{}", ran.out);
}
