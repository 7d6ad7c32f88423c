//! `scalewright plugin new`: what it writes passes the conformance kit without a change.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{MOST_LINES_OF_A_START, lines};
use crate::support::{root, run};

const KINDS: [&str; 3] = ["export", "lint", "import"];

/// Writes a plug-in into `folder`.
fn new(language: &str, kind: &str, folder: &Path) {
    let args = ["plugin", "new", "my-own", "--language", language, "--kind", kind];
    let done = run(&args, folder);
    assert_eq!(done.code, 0, "{language}, {kind}: {}", done.err);
    for path in done.out.lines() {
        let text = fs::read_to_string(folder.join(path)).expect("the file is written");
        assert!(!text.contains("example-name") && !text.contains("#BUILD"), "{path}: {text}");
    }
}

fn passes(language: &str, kind: &str, folder: &Path) {
    let done = run(&["plugin", "check", "my-own", "--trust-plugins"], &folder.join("my-own"));
    assert_eq!(done.code, 0, "{language}, {kind}: {}{}", done.out, done.err);
}

#[test]
fn a_new_program_passes_the_kit() {
    for (language, ending) in [("python", "py"), ("shell", "sh")] {
        for kind in KINDS {
            let folder = tempfile::tempdir().expect("a temporary folder");
            new(language, kind, folder.path());
            let count = lines(&folder.path().join(format!("my-own/my-own.{ending}")));
            assert!(count < MOST_LINES_OF_A_START, "{language}, {kind}: {count} lines");
            passes(language, kind, folder.path());
        }
    }
}

#[test]
fn new_templates_pass_the_kit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    new("template", "export", folder.path());
    passes("template", "export", folder.path());
}

#[test]
fn a_new_program_in_rust_passes_the_kit() {
    for kind in KINDS {
        let folder = tempfile::tempdir().expect("a temporary folder");
        new("rust", kind, folder.path());
        let own = folder.path().join("my-own");
        let count = lines(&own.join("src/main.rs"));
        assert!(count < MOST_LINES_OF_A_START, "rust, {kind}: {count} lines");
        // The versions that this workspace uses, so that nothing is downloaded.
        fs::copy(root().join("Cargo.lock"), own.join("Cargo.lock")).expect("it can be copied");
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let built = Command::new(cargo)
            .args(["build", "--release", "--offline", "--target-dir", "target"])
            .current_dir(&own)
            .output()
            .expect("cargo can be run");
        assert!(built.status.success(), "{kind}: {}", String::from_utf8_lossy(&built.stderr));
        passes("rust", kind, folder.path());
    }
}

#[test]
fn templates_only_export() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for kind in ["lint", "import"] {
        let args = ["plugin", "new", "page", "--language", "template", "--kind", kind];
        let done = run(&args, folder.path());
        assert_eq!(done.code, 2, "{}", done.err);
        assert!(done.err.contains("templates can only export"), "{}", done.err);
    }
    let entries = fs::read_dir(folder.path()).expect("the folder exists");
    assert_eq!(entries.count(), 0, "nothing is written");
}

#[test]
fn nothing_is_overwritten_and_no_built_in_target_is_shadowed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("mine")).expect("the folder can be made");
    let long = "a-name-that-is-longer-than-the-forty-characters";
    for (name, message) in [
        ("mine", "`mine` already exists"),
        ("redcap", "`redcap` is the name of a built-in target"),
        (long, "the name of a plug-in has at most 40"),
    ] {
        let done = run(&["plugin", "new", name, "--language", "python"], folder.path());
        assert_eq!(done.code, 2, "{name}: {}", done.err);
        assert!(done.err.contains(message), "{}", done.err);
    }
    let entries = fs::read_dir(folder.path()).expect("the folder exists");
    assert_eq!(entries.count(), 1, "nothing is written");
    let empty = fs::read_dir(folder.path().join("mine")).expect("the folder exists");
    assert_eq!(empty.count(), 0, "nothing is written");
}
