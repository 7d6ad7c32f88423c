//! An option that means nothing to the formats asked for is refused, instead of ignored; and each one that means
//! something does something.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use scalewright_export::EXPORTERS;

use crate::support::{root, run};

/// Every option of `export` with a value for it.
const OPTIONS: [(&str, &[&str]); 23] = [
    ("accept-recalled-keys", &[]),
    ("admin-fields", &[]),
    ("deny-loss", &[]),
    ("fillable", &[]),
    ("fonts", &["docs"]),
    ("language", &["de"]),
    ("layout", &["large-print"]),
    ("leave-out-scores", &[]),
    ("library", &["instruments"]),
    ("matrix", &["lhc"]),
    ("no-attachments", &[]),
    ("no-record-id", &[]),
    ("out", &[]),
    ("paper", &["us-letter"]),
    ("project", &[]),
    ("quiet", &[]),
    ("scoring", &["weight"]),
    ("study", &["trial"]),
    ("title", &["A trial"]),
    ("to", &[]),
    ("value-sets", &["contained"]),
    ("with", &["scoring"]),
    ("wording", &["tests/fixtures/wording"]),
];

/// What no single format takes: it is about all of them, or has a declaration of its own.
const COMMON: [&str; 10] = [
    "accept-recalled-keys",
    "deny-loss",
    "language",
    "library",
    "out",
    "quiet",
    "study",
    "title",
    "to",
    "wording",
];

#[test]
fn every_option_is_about_some_format_or_about_all() {
    let help = run(&["export", "--help"], &root()).out;
    let words = help.lines().filter(|line| line.starts_with("  ")).flat_map(|line| {
        let line = line.trim_start();
        let option = line.strip_prefix("-").map(|_| line).unwrap_or_default();
        option.split([' ', ',']).find_map(|word| word.strip_prefix("--"))
    });
    let listed: BTreeSet<&str> =
        words.filter(|word| !matches!(*word, "help" | "version")).collect();
    let known: BTreeSet<&str> = OPTIONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed, known, "the options of `export`");
    for option in known {
        let taken = EXPORTERS.iter().any(|exporter| exporter.options.contains(&option));
        assert_ne!(taken, COMMON.contains(&option), "`--{option}`: one or the other");
    }
}

/// What an export wrote.
fn written(format: &str, more: &[&str]) -> (crate::support::Run, BTreeMap<String, Vec<u8>>) {
    let out = tempfile::tempdir().expect("a temporary folder");
    let folder = out.path().join("out").display().to_string();
    let args = ["export", "side-by-side", "--to", format, "--out", &folder];
    let result = run(&[&args[..], more].concat(), &root());
    let entries = std::fs::read_dir(Path::new(&folder)).into_iter().flatten().flatten();
    let files = entries.map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, std::fs::read(entry.path()).expect("it was written"))
    });
    (result, files.collect())
}

#[test]
fn options_of_other_formats_are_refused_and_named() {
    for exporter in EXPORTERS {
        for (option, values) in OPTIONS.iter().filter(|(name, _)| !COMMON.contains(name)) {
            if exporter.options.contains(option) {
                continue;
            }
            let option = format!("--{option}");
            let more = [&[option.as_str()], *values].concat();
            let (result, files) = written(exporter.name, &more);
            assert_eq!(result.code, 2, "{} {option}: {}", exporter.name, result.err);
            assert!(files.is_empty(), "{} {option}", exporter.name);
            let said = format!("`{option}` has no effect on `{}`", exporter.name);
            assert!(result.err.contains(&said), "{}", result.err);
            let goes = format!("`{option}` goes with `");
            assert!(result.err.contains(&goes), "which format takes it: {}", result.err);
        }
    }
}

#[test]
fn options_of_a_format_change_what_is_written() {
    for exporter in EXPORTERS {
        let plain = written(exporter.name, &[]);
        assert_eq!(plain.0.code, 0, "{}", plain.0.err);
        for (option, values) in OPTIONS.iter().filter(|(name, _)| exporter.options.contains(name)) {
            // No score of this instrument is refused, and the fonts that are embedded suffice.
            let idle = matches!(*option, "leave-out-scores" | "fonts");
            let option = format!("--{option}");
            let (result, files) = written(exporter.name, &[&[option.as_str()], *values].concat());
            if option == "--fonts" {
                continue;
            }
            assert_eq!(result.code, 0, "{} {option}: {}", exporter.name, result.err);
            assert_eq!(files == plain.1, idle, "{} {option}", exporter.name);
        }
    }
}

#[test]
fn an_option_counts_as_used_when_one_of_several_formats_takes_it() {
    let (result, files) = written("fhir,redcap", &["--project", "--value-sets", "contained"]);
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(files.keys().any(|name| name.ends_with(".redcap.xml")));
    let (result, _) = written("pdf", &["--value-sets", "contained", "--project"]);
    assert_eq!(result.code, 2);
    assert!(
        result.err.contains("`--project`, `--value-sets` have no effect on `pdf`"),
        "{}",
        result.err
    );
}

#[test]
fn other_commands_refuse_what_they_would_ignore() {
    let answers = "tests/fixtures/answers.csv";
    let stranger = "tests/fixtures/wording/wai-36/en.toml";
    for (args, said) in [
        (vec!["score", "side-by-side", answers, "--explain", "1", "--columns", "all"], "--columns"),
        (
            vec!["score", "side-by-side", answers, "--explain", "1", "--on-error", "skip"],
            "--on-error",
        ),
        (
            vec!["score", "side-by-side", answers, "--format", "fhir", "--columns", "scores"],
            "`--columns` has no effect on Observations",
        ),
        (vec!["check", "side-by-side", "--wording", stranger], "is wording for `wai-36`"),
        (
            vec!["report", "side-by-side", answers, "--out", "no", "--wording", stranger],
            "is wording for `wai-36`",
        ),
    ] {
        let result = run(&args, &root());
        assert_eq!(result.code, 2, "{args:?}: {}", result.err);
        assert!(result.err.contains(said), "{args:?}: {}", result.err);
    }
}
