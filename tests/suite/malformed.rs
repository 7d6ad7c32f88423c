//! Broken files and what is said of them: a snapshot each, to be read as a person would at night.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use scalewright_check::lints::LINTS;

use crate::support::{root, run};
use crate::tidy::sources;

/// Every kind of finding that `check` can give, lints apart: those have fixtures of their own.
const CODES: [&str; 52] = [
    "case-not-reproduced",
    "control-character",
    "duplicate-band",
    "duplicate-id",
    "duplicate-language",
    "duplicate-value",
    "empty-band",
    "empty-case",
    "empty-list",
    "empty-response-range",
    "empty-scale",
    "empty-text",
    "incomplete-missing-rule",
    "item-twice",
    "items-and-scales",
    "limit-above-items",
    "mandatory-off-scale",
    "misplaced-key",
    "missing-key",
    "missing-translation",
    "missing-wording",
    "no-options",
    "no-such-date",
    "not-an-answer",
    "not-utf8",
    "open-band",
    "out-of-range",
    "reversal-off-scale",
    "scale-cycle",
    "split-section",
    "stale-allow",
    "syntax",
    "too-long",
    "too-many",
    "two-limits",
    "unknown-format",
    "unknown-item",
    "unknown-key",
    "unknown-lint",
    "unknown-reference",
    "unknown-response-scale",
    "unknown-scale",
    "unknown-section",
    "unknown-value",
    "unknown-wording-id",
    "unscorable-item",
    "withheld-wording",
    "wrong-file-name",
    "wrong-folder",
    "wrong-form",
    "wrong-instrument",
    "wrong-type",
];

/// The files and folders that are each one broken definition, by gate.
fn topics() -> Vec<PathBuf> {
    let mut topics = Vec::new();
    for gate in children(&root().join("tests/malformed")) {
        topics.extend(children(&gate).into_iter().filter(|path| {
            let ending = path.extension();
            path.is_dir() || ending.is_some_and(|ending| ending == "toml" || ending == "bin")
        }));
    }
    topics.sort();
    topics
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the fixtures are there");
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// What `check` says of a topic, as it is printed, with the exit code.
fn said(topic: &Path) -> (u8, String) {
    let folder = topic.parent().expect("a topic is in a folder");
    let name = topic.file_name().expect("a topic has a name").to_string_lossy();
    let result = run(&["check", &name], folder);
    (result.code, format!("{}{}exit code {}\n", result.out, result.err, result.code))
}

#[test]
fn what_is_said_of_broken_files() {
    let topics = topics();
    assert!(topics.len() >= 130, "the fixtures are there: {}", topics.len());
    for topic in topics {
        let (code, text) = said(&topic);
        assert_eq!(code, u8::from(text.contains("error[")), "{}:\n{text}", topic.display());
        let name = topic.file_stem().expect("a topic has a name").to_string_lossy().into_owned();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(topic.parent().expect("a topic is in a folder"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
}

/// The codes in `text`, by what stands before them.
fn codes_after<'a>(text: &'a str, sign: &str) -> BTreeSet<&'a str> {
    let parts = text.split(sign).skip(1);
    parts.filter_map(|part| part.trim_start().strip_prefix('"')?.split('"').next()).collect()
}

#[test]
fn every_kind_of_finding_has_a_fixture() {
    let listed: BTreeSet<&str> = CODES.into();
    let mut shown = BTreeSet::new();
    for topic in topics() {
        let (_, text) = said(&topic);
        for sign in ["error[", "warning["] {
            let lines = text.lines().filter_map(|line| line.strip_prefix(sign)?.split(']').next());
            shown.extend(lines.map(str::to_owned));
        }
    }
    let lacking: Vec<_> = listed.iter().filter(|code| !shown.contains(**code)).collect();
    assert!(lacking.is_empty(), "add a fixture to tests/malformed for {lacking:?}");
    let strangers: Vec<_> = shown
        .iter()
        .filter(|code| !listed.contains(code.as_str()) && LINTS.iter().all(|l| l.name != **code))
        .collect();
    assert!(strangers.is_empty(), "add to CODES in tests/suite/malformed.rs: {strangers:?}");
}

#[test]
fn every_kind_of_finding_in_the_sources_is_listed() {
    let mut counted = 0;
    for folder in ["crates/scalewright-model/src", "crates/scalewright-check/src"] {
        for (path, text) in sources(folder) {
            for sign in ["Diagnostic::error(", "Diagnostic::warning(", " code: "] {
                for code in codes_after(&text, sign) {
                    counted += 1;
                    // A defect of ours, which no file should be able to show.
                    let listed = CODES.contains(&code) || code == "internal";
                    assert!(
                        listed,
                        "{}: `{code}` is not in CODES: list it, with a fixture",
                        path.display()
                    );
                }
            }
        }
    }
    assert!(counted > 40, "the sources are searched: {counted}");
}

#[test]
fn every_finding_has_a_place_and_says_what_to_do() {
    for topic in topics() {
        let (_, text) = said(&topic);
        for finding in text
            .split("\n\n")
            .filter(|part| part.starts_with("error[") || part.starts_with("warning["))
        {
            let name = topic.display();
            assert!(finding.contains("--> "), "{name}: no place:\n{finding}");
            assert!(finding.contains("help: "), "{name}: nothing to do:\n{finding}");
            assert!(!finding.contains("error[internal]"), "{name}: not in our words:\n{finding}");
        }
    }
}

/// Files of no kind: whatever they hold, they are refused with a message, never with a panic.
#[test]
fn hostile_bytes_are_refused_with_a_message() {
    let many = "[[items]]\nid = \"a\"\n".repeat(20_000);
    let large = format!("title = \"{}\"\n", "x".repeat(3 << 20));
    let dotted = format!("{} = 1\n", vec!["a"; 5_000].join("."));
    let tables = (0..3_000).map(|n| format!("[t{n}]\n")).collect::<String>();
    let long_line = format!("title = \"{}\" extra\n", "é😀".repeat(20_000));
    let hostile: [(&str, Vec<u8>); 12] = [
        ("nothing", Vec::new()),
        ("not UTF-8", b"title = \"\xff\xfe\"\n".to_vec()),
        ("a NUL", b"title = \"a\0b\"\n".to_vec()),
        ("an escape sequence as a key", b"\"\\u001b[31mred\" = 1\n".to_vec()),
        ("lone carriage returns", b"format = 1\rtitle = 2\r".to_vec()),
        ("braces", "a = {".repeat(2_000).into_bytes()),
        ("brackets", "[".repeat(50_000).into_bytes()),
        ("one long line", long_line.into_bytes()),
        ("many items", many.into_bytes()),
        ("many tables", tables.into_bytes()),
        ("a long dotted key", dotted.into_bytes()),
        ("a large file", large.into_bytes()),
    ];
    for (what, bytes) in hostile {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("a.toml"), bytes).expect("it can be written to");
        let result = run(&["check", "a.toml"], folder.path());
        assert_eq!(result.code, 1, "{what}: {}", result.out);
        assert!(result.out.contains("error["), "{what}: {}", result.out);
        assert!(!result.out.contains('\u{1b}'), "{what}: control characters reach the terminal");
    }
}
