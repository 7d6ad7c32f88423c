//! An option that has no effect on the requested targets is rejected, not ignored, and every other option has an
//! effect.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use scalewright_export::{Exporter, OptionKind, OptionSpec, exporters, listed};

use crate::support::{root, run};

/// Every plain option of `export` with a value for it.
const FLAGS: [(&str, &[&str]); 17] = [
    ("accept-recalled-keys", &[]),
    ("deny-loss", &[]),
    ("fonts", &["docs"]),
    ("key", &["tests/fixtures/keys/calpas-p.toml"]),
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
    ("trust-plugins", &[]),
    ("wording", &["tests/fixtures/wording"]),
];

/// Options that no single target declares: they apply to all targets, or are handled separately.
const COMMON: [&str; 13] = [
    "accept-recalled-keys",
    "deny-loss",
    "key",
    "language",
    "library",
    "out",
    "quiet",
    "set",
    "study",
    "title",
    "to",
    "trust-plugins",
    "wording",
];

#[test]
fn every_option_applies_to_some_target_or_to_all() {
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
        assert_ne!(
            taken,
            COMMON.contains(&flag),
            "`--{flag}` must be common or declared by a target, not both"
        );
    }
}

/// Exports to a target, and returns the files that it wrote.
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
fn options_of_other_targets_are_rejected_by_name() {
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
            let expected = format!("`{flag}` has no effect on `{}`", exporter.name);
            assert!(result.err.contains(&expected), "{}", result.err);
            let goes = format!("`{flag}` is for `");
            assert!(result.err.contains(&goes), "the target is not named: {}", result.err);
        }
        for (_, other) in listed().filter(|(_, other)| other.name != exporter.name) {
            let Some(set) = other.options.first().map(|option| changed(other, option)) else {
                continue;
            };
            let (result, files) = written(exporter.name, &["--set", &set]);
            assert_eq!(result.code, 2, "{} {set}: {}", exporter.name, result.err);
            assert!(files.is_empty(), "{} {set}", exporter.name);
            let expected = format!("`--set {set}` has no effect on `{}`", exporter.name);
            assert!(result.err.contains(&expected), "{}", result.err);
        }
    }
}

/// The option with a value that is not its default: `redcap.project=yes`.
fn changed(exporter: &Exporter, option: &OptionSpec) -> String {
    let mut values = option.values();
    if option.kind == OptionKind::Names {
        values.push(("other", ""));
    }
    let other = values.iter().find(|(value, _)| *value != option.default);
    format!("{}.{}={}", exporter.name, option.name, other.expect("it has two values").0)
}

/// The option that only refuses: ids of this instrument are not codes in LimeSurvey.
const REFUSING: &str = "limesurvey.names=same";

#[test]
fn options_of_a_target_change_its_files() {
    for (_, exporter) in listed() {
        let plain = written(exporter.name, &[]);
        assert_eq!(plain.0.code, 0, "{}", plain.0.err);
        // The embedded fonts are sufficient, so other fonts change nothing.
        let flags =
            FLAGS.iter().filter(|(name, _)| exporter.flags.contains(name) && *name != "fonts");
        for (flag, values) in flags {
            let flag = format!("--{flag}");
            let (result, files) = written(exporter.name, &[&[flag.as_str()], *values].concat());
            assert_eq!(result.code, 0, "{} {flag}: {}", exporter.name, result.err);
            // Every target can compute every score of this instrument, so none is left out.
            let idle = flag == "--leave-out-scores";
            assert_eq!(files == plain.1, idle, "{} {flag}", exporter.name);
        }
        for option in exporter.options {
            let set = changed(exporter, option);
            let (result, files) = written(exporter.name, &["--set", &set]);
            let code = i32::from(set == REFUSING);
            assert_eq!(i32::from(result.code), code, "{set}: {}", result.err);
            assert_ne!(files, plain.1, "{set}");
            let default = format!("{}.{}={}", exporter.name, option.name, option.default);
            let (_, same) = written(exporter.name, &["--set", &default]);
            assert_eq!(same, plain.1, "{default}");
        }
    }
}

#[test]
fn an_option_is_accepted_if_one_of_several_targets_has_it() {
    let sets = ["--set", "redcap.project=yes", "--set", "fhir.value-sets=contained"];
    let (result, files) = written("fhir,redcap", &sets);
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(files.keys().any(|name| name.ends_with(".redcap.xml")));
    let (result, _) = written("pdf", &sets);
    assert_eq!(result.code, 2);
    let expected =
        "`--set redcap.project=yes`, `--set fhir.value-sets=contained` have no effect on `pdf`";
    assert!(result.err.contains(expected), "{}", result.err);
}

#[test]
fn other_commands_reject_options_without_effect() {
    let answers = "tests/fixtures/answers.csv";
    let stranger = "tests/fixtures/wording/wai-36/en.toml";
    for (args, expected) in [
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
        assert!(result.err.contains(expected), "{args:?}: {}", result.err);
    }
}
