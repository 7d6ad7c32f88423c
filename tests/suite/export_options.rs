//! An option that means nothing to the targets asked for is refused, instead of ignored; and each one that means
//! something does something.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use scalewright_export::{Exporter, OptionSpec, exporters, listed};

use crate::support::{root, run};

/// Every plain option of `export` with a value for it.
const FLAGS: [(&str, &[&str]); 15] = [
    ("accept-recalled-keys", &[]),
    ("deny-loss", &[]),
    ("fonts", &["docs"]),
    ("language", &["de"]),
    ("layout", &["large-print"]),
    ("leave-out-scores", &[]),
    ("library", &["instruments"]),
    ("out", &[]),
    ("paper", &["us-letter"]),
    ("quiet", &[]),
    ("set", &["pdf.fillable=yes"]),
    ("study", &["trial"]),
    ("title", &["A trial"]),
    ("to", &[]),
    ("wording", &["tests/fixtures/wording"]),
];

/// What no single target takes: it is about all of them, or has a declaration of its own.
const COMMON: [&str; 11] = [
    "accept-recalled-keys",
    "deny-loss",
    "language",
    "library",
    "out",
    "quiet",
    "set",
    "study",
    "title",
    "to",
    "wording",
];

#[test]
fn every_option_is_about_some_target_or_about_all() {
    let help = run(&["export", "--help"], &root()).out;
    let words = help.lines().filter(|line| line.starts_with("  ")).flat_map(|line| {
        let line = line.trim_start();
        let option = line.strip_prefix("-").map(|_| line).unwrap_or_default();
        option.split([' ', ',']).find_map(|word| word.strip_prefix("--"))
    });
    let in_help: BTreeSet<&str> =
        words.filter(|word| !matches!(*word, "help" | "version")).collect();
    let known: BTreeSet<&str> = FLAGS.iter().map(|(name, _)| *name).collect();
    assert_eq!(in_help, known, "the options of `export`");
    for flag in known {
        let taken = exporters().any(|(_, exporter)| exporter.flags.contains(&flag));
        assert_ne!(taken, COMMON.contains(&flag), "`--{flag}`: one or the other");
    }
}

/// What an export wrote.
fn written(target: &str, more: &[&str]) -> (crate::support::Run, BTreeMap<String, Vec<u8>>) {
    let out = tempfile::tempdir().expect("a temporary folder");
    let folder = out.path().join("out").display().to_string();
    let args = ["export", "side-by-side", "--to", target, "--out", &folder];
    let result = run(&[&args[..], more].concat(), &root());
    let entries = std::fs::read_dir(Path::new(&folder)).into_iter().flatten().flatten();
    let files = entries.map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, std::fs::read(entry.path()).expect("it was written"))
    });
    (result, files.collect())
}

#[test]
fn options_of_other_targets_are_refused_and_named() {
    for (_, exporter) in listed() {
        for (flag, values) in FLAGS.iter().filter(|(name, _)| !COMMON.contains(name)) {
            if exporter.flags.contains(flag) {
                continue;
            }
            let flag = format!("--{flag}");
            let more = [&[flag.as_str()], *values].concat();
            let (result, files) = written(exporter.name, &more);
            assert_eq!(result.code, 2, "{} {flag}: {}", exporter.name, result.err);
            assert!(files.is_empty(), "{} {flag}", exporter.name);
            let said = format!("`{flag}` has no effect on `{}`", exporter.name);
            assert!(result.err.contains(&said), "{}", result.err);
            let goes = format!("`{flag}` is for `");
            assert!(result.err.contains(&goes), "which target takes it: {}", result.err);
        }
        for (_, other) in listed().filter(|(_, other)| other.name != exporter.name) {
            let Some(set) = other.options.first().map(|option| changed(other, option)) else {
                continue;
            };
            let (result, files) = written(exporter.name, &["--set", &set]);
            assert_eq!(result.code, 2, "{} {set}: {}", exporter.name, result.err);
            assert!(files.is_empty(), "{} {set}", exporter.name);
            let said = format!("`--set {set}` has no effect on `{}`", exporter.name);
            assert!(result.err.contains(&said), "{}", result.err);
        }
    }
}

/// The option with a value that is not its default: `redcap.project=yes`.
fn changed(exporter: &Exporter, option: &OptionSpec) -> String {
    let values = option.values();
    let other = values.iter().find(|(value, _)| *value != option.default);
    format!("{}.{}={}", exporter.name, option.name, other.expect("it has two values").0)
}

#[test]
fn options_of_a_target_change_what_is_written() {
    for (_, exporter) in listed() {
        let plain = written(exporter.name, &[]);
        assert_eq!(plain.0.code, 0, "{}", plain.0.err);
        // The fonts that are embedded suffice.
        let flags =
            FLAGS.iter().filter(|(name, _)| exporter.flags.contains(name) && *name != "fonts");
        for (flag, values) in flags {
            let flag = format!("--{flag}");
            let (result, files) = written(exporter.name, &[&[flag.as_str()], *values].concat());
            assert_eq!(result.code, 0, "{} {flag}: {}", exporter.name, result.err);
            // No score of this instrument is refused.
            let idle = flag == "--leave-out-scores";
            assert_eq!(files == plain.1, idle, "{} {flag}", exporter.name);
        }
        for option in exporter.options {
            let set = changed(exporter, option);
            let (result, files) = written(exporter.name, &["--set", &set]);
            assert_eq!(result.code, 0, "{set}: {}", result.err);
            assert_ne!(files, plain.1, "{set}");
            let default = format!("{}.{}={}", exporter.name, option.name, option.default);
            let (_, same) = written(exporter.name, &["--set", &default]);
            assert_eq!(same, plain.1, "{default}");
        }
    }
}

#[test]
fn an_option_counts_as_used_when_one_of_several_targets_takes_it() {
    let sets = ["--set", "redcap.project=yes", "--set", "fhir.value-sets=contained"];
    let (result, files) = written("fhir,redcap", &sets);
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(files.keys().any(|name| name.ends_with(".redcap.xml")));
    let (result, _) = written("pdf", &sets);
    assert_eq!(result.code, 2);
    let said =
        "`--set redcap.project=yes`, `--set fhir.value-sets=contained` have no effect on `pdf`";
    assert!(result.err.contains(said), "{}", result.err);
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
