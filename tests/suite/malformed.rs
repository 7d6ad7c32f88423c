//! Broken files and their findings: one snapshot each, to be read as by a person at night.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use scalewright_check::lints::LINTS;

use crate::support::{root, run};
use crate::tidy::sources;

/// Every code of finding that `check` can give, except lints, which have their own fixtures.
const CODES: [&str; 79] = [
    "backward-range",
    "broken-model",
    "broken-norm",
    "broken-table",
    "case-not-reproduced",
    "control-character",
    "duplicate-band",
    "duplicate-id",
    "duplicate-language",
    "duplicate-value",
    "empty-band",
    "empty-case",
    "empty-list",
    "empty-range",
    "empty-response-range",
    "empty-scale",
    "empty-text",
    "formula-arguments",
    "formula-cycle",
    "formula-syntax",
    "formula-too-deep",
    "formula-too-long",
    "formula-type",
    "incomplete-missing-rule",
    "incomplete-table",
    "incomplete-translation",
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
    "not-a-flag",
    "not-a-word",
    "not-an-answer",
    "not-utf8",
    "open-band",
    "out-of-range",
    "recode-incomplete",
    "recoded-twice",
    "reversal-off-scale",
    "reversed-scale",
    "scale-cycle",
    "split-section",
    "stale-allow",
    "stated-items",
    "syntax",
    "too-long",
    "too-many",
    "two-limits",
    "two-transforms",
    "unjustified-tolerance",
    "unknown-band-set",
    "unknown-format",
    "unknown-function",
    "unknown-item",
    "unknown-key",
    "unknown-lint",
    "unknown-model",
    "unknown-name",
    "unknown-reference",
    "unknown-response-scale",
    "unknown-scale",
    "unknown-section",
    "unknown-table",
    "unknown-value",
    "unknown-word",
    "unknown-wording-id",
    "unscorable-item",
    "withheld-wording",
    "wrong-file-name",
    "wrong-folder",
    "wrong-form",
    "wrong-instrument",
    "wrong-type",
];

/// The broken definitions, each a file or a folder, sorted by stage.
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
    let entries = std::fs::read_dir(folder).expect("the fixtures exist");
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// The exit code and the printed output of `check` for a fixture.
fn check(topic: &Path) -> (u8, String) {
    let folder = topic.parent().expect("a topic is in a folder");
    let name = topic.file_name().expect("a topic has a name").to_string_lossy();
    let result = run(&["check", &name], folder);
    (result.code, format!("{}{}exit code {}\n", result.out, result.err, result.code))
}

#[test]
fn broken_files_are_reported() {
    let topics = topics();
    assert!(topics.len() >= 280, "only {} fixtures", topics.len());
    for topic in topics {
        let (code, text) = check(&topic);
        assert_eq!(code, u8::from(text.contains("error[")), "{}:\n{text}", topic.display());
        let name = topic.file_stem().expect("a topic has a name").to_string_lossy().into_owned();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(topic.parent().expect("a topic is in a folder"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
}

/// The codes in `text` that follow `sign`.
fn codes_after<'a>(text: &'a str, sign: &str) -> BTreeSet<&'a str> {
    let parts = text.split(sign).skip(1);
    parts.filter_map(|part| part.trim_start().strip_prefix('"')?.split('"').next()).collect()
}

#[test]
fn every_kind_of_finding_has_a_fixture() {
    let listed: BTreeSet<&str> = CODES.into();
    let mut shown = BTreeSet::new();
    for topic in topics() {
        let (_, text) = check(&topic);
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
            for sign in ["Diagnostic::error(", "Diagnostic::warning(", " code: ", ".code("] {
                for code in codes_after(&text, sign) {
                    counted += 1;
                    // `internal` is a bug in the program, which no file should trigger. The others come from
                    // `--mutants`, `diff`, settings, packs and keys, which have their own tests.
                    let others = [
                        "internal",
                        "unnoticed-mutant",
                        "version-not-bumped",
                        "instrument-removed",
                        "forms-diverge",
                        "settings-changed",
                        "faint-colour",
                        "outside-pack",
                        "empty-range",
                        "reserved-name",
                        "unsupported-format",
                        "no-such-date",
                        "unread-key",
                        "superfluous-key",
                    ];
                    let listed = CODES.contains(&code) || others.contains(&code);
                    assert!(
                        listed,
                        "{}: `{code}` is not in CODES: list it, with a fixture",
                        path.display()
                    );
                }
            }
        }
    }
    assert!(counted > 40, "only {counted} codes were found in the sources");
}

#[test]
fn every_finding_has_a_location_and_help() {
    for topic in topics() {
        let (_, text) = check(&topic);
        for finding in text
            .split("\n\n")
            .filter(|part| part.starts_with("error[") || part.starts_with("warning["))
        {
            let name = topic.display();
            assert!(finding.contains("--> "), "{name}: no location:\n{finding}");
            assert!(finding.contains("help: "), "{name}: no help:\n{finding}");
            assert!(!finding.contains("error[internal]"), "{name}: an internal error:\n{finding}");
        }
    }
}

/// Files with arbitrary content are rejected with a message, never with a panic.
#[test]
fn hostile_bytes_are_rejected_with_a_message() {
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
        std::fs::write(folder.path().join("a.toml"), bytes).expect("the file is writable");
        let result = run(&["check", "a.toml"], folder.path());
        assert_eq!(result.code, 1, "{what}: {}", result.out);
        assert!(result.out.contains("error["), "{what}: {}", result.out);
        assert!(!result.out.contains('\u{1b}'), "{what}: control characters reach the terminal");
    }
}

/// A definition with two items that uses `formula` as the formula of a scale and as the condition of a flag, an item
/// and a norm's group.
fn with_formula(formula: &str) -> String {
    let whole = root().join("tests/malformed/formula/hostile.txt");
    let text = std::fs::read_to_string(whole).expect("the fixture exists");
    text.replace("FORMULA", &formula.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Each hostile formula is rejected with a message, quickly and on the small stack of a thread.
#[test]
fn hostile_formulas_are_rejected_with_a_message() {
    let nested = |open: &str, close: &str, times: usize| {
        format!("{}rest_1{}", open.repeat(times), close.repeat(times))
    };
    let chains = |times: usize| {
        let chain = "+1".repeat(190);
        (0..times).fold("rest_1".to_owned(), |inner, _| format!("-({inner}{chain})"))
    };
    let choices = |times: usize| {
        let chain = "if 1=1 then 1 else ".repeat(100);
        (0..times).fold("rest_1".to_owned(), |inner, _| format!("{chain}({inner})"))
    };
    let hostile: Vec<(&str, String)> = vec![
        ("brackets", nested("(", ")", 10_000)),
        ("brackets in 8,000 bytes", nested("(", ")", 3_900)),
        ("a megabyte", "rest_1 + ".repeat(120_000) + "rest_1"),
        ("not", "not ".repeat(1_900) + "rest_1"),
        ("many not", "not ".repeat(5_000) + "rest_1"),
        ("minus", "- ".repeat(3_900) + "hunger"),
        ("many minus", "- ".repeat(5_000) + "hunger"),
        ("coalesce", nested("coalesce(", ", 0)", 45)),
        ("coalesce of coalesce", nested("coalesce(coalesce(", ", 0), 1)", 24)),
        ("powers", nested("(", "^12)", 45)),
        ("powers of conditions", nested("(if rest_1 > 0 then ", " else 1)^12", 20)),
        ("a long coalesce", format!("coalesce({}hunger)", "rest_1, ".repeat(900))),
        ("a longer coalesce", format!("coalesce({}hunger)", "1,".repeat(3_900))),
        ("long sums in one another", chains(18)),
        ("long choices in one another", choices(4)),
        ("else if", "if 1=1 then 1 else ".repeat(400) + "1"),
        ("ranges", format!("sum({}rest_1)", "rest_1..rest_2, ".repeat(450)) + " + hunger"),
        (
            "range in range",
            format!("count({}hunger)", "rest_1..rest_2 > sum(rest_1..rest_2), ".repeat(200)),
        ),
        ("comparisons", "rest_1 = ".repeat(800) + "1"),
        ("and", "rest_1 and ".repeat(700) + "rest_1"),
        ("or in brackets", nested("(rest_1 = 1 or ", ")", 45)),
        ("commas", format!("sum({})", ",".repeat(7_000))),
        ("semicolons", format!("sum(rest_1{})", ";".repeat(7_000))),
        ("quotes", "\"".repeat(3_000)),
        ("colons", "recode(rest_1, 1: ".repeat(400)),
        ("digits", "9".repeat(7_000)),
        ("points", ".".repeat(7_000)),
        ("wide characters", "😀".repeat(2_000)),
    ];
    for (what, formula) in hostile {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let text = with_formula(&formula);
        std::fs::write(folder.path().join("rest.toml"), text).expect("the file is writable");
        let start = std::time::Instant::now();
        let result = run(&["check", "rest.toml"], folder.path());
        let took = start.elapsed();
        assert_eq!(result.code, 1, "{what}: {}", result.out);
        assert!(result.out.contains("error["), "{what}: {}", result.out);
        assert!(result.out.len() < 100_000, "{what}: the report has {} bytes", result.out.len());
        assert!(took.as_secs() < 8, "{what}: {took:?}");
    }
}
