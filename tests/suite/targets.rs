//! Targets: they are described in one place, and wrong options are reported.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use scalewright_export::{PLATFORMS, TARGETS, exporters, listed};
use serde_json::Value;
use tempfile::TempDir;

use crate::generated::keys_of_the_format;
use crate::support::{Run, root, run};
use crate::tidy::sources;

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("tests/targets"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn wrong_options_on_the_command_line_are_rejected() {
    let cases = fs::read_to_string(root().join("tests/targets/set.txt")).expect("the cases exist");
    let mut text = String::new();
    for case in cases.lines().filter(|line| !line.starts_with('#')) {
        let out = tempfile::tempdir().expect("a temporary folder");
        let folder = out.path().join("out").display().to_string();
        let args = ["export", "side-by-side", "--out", &folder].into_iter();
        let result = run(&args.chain(case.split(' ')).collect::<Vec<_>>(), &root());
        assert_eq!(result.code, 2, "{case}: {}", result.err);
        assert!(!Path::new(&folder).exists(), "{case}: nothing is written");
        text.push_str(&format!("$ {case}\n{}\n", result.err));
    }
    snapshot("set", &text);
}

/// A study with the given settings and the instrument `side-by-side`.
fn study(settings: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let instrument = folder.path().join("instruments/side-by-side");
    fs::create_dir_all(&instrument).expect("the folder can be created");
    for entry in fs::read_dir(root().join("instruments/side-by-side")).expect("it exists") {
        let entry = entry.expect("the file is readable");
        fs::copy(entry.path(), instrument.join(entry.file_name())).expect("it can be copied");
    }
    fs::write(folder.path().join("scalewright.toml"), settings).expect("the file is writable");
    folder
}

fn export(study: &TempDir, more: &[&str]) -> Run {
    let args = ["export", "side-by-side", "-q", "--out", "out"];
    run(&[&args[..], more].concat(), study.path())
}

/// The names of the written files.
fn written(study: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(study.path().join("out")).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn wrong_options_in_the_settings_are_reported_with_their_location() {
    let mut paths: Vec<_> = fs::read_dir(root().join("tests/targets/settings"))
        .expect("the cases exist")
        .map(|entry| entry.expect("the file is readable").path())
        .collect();
    paths.sort();
    let mut text = String::new();
    for path in paths {
        let study = study(&fs::read_to_string(&path).expect("valid UTF-8"));
        let result = export(&study, &["--to", "fhir"]);
        assert_eq!(result.code, 2, "{}: {}", path.display(), result.err);
        assert!(written(&study).is_empty(), "{}: nothing is written", path.display());
        let name = path.file_name().expect("it has a name").to_string_lossy();
        text.push_str(&format!("# {name}\n{}\n", result.err));
    }
    snapshot("settings", &text);
}

#[test]
fn settings_are_used_and_commands_override_them() {
    let has_project =
        |study: &TempDir| written(study).iter().any(|name| name.ends_with("redcap.xml"));
    let study =
        study("format = 1\n[export.redcap]\nproject = true\n[export.pdf]\nwith = [\"scoring\"]\n");
    let to = ["--to", "redcap"];
    assert_eq!(export(&study, &to).code, 0);
    assert!(has_project(&study), "the settings apply");
    fs::remove_dir_all(study.path().join("out")).expect("it was written");
    assert_eq!(export(&study, &[&to[..], &["--set", "redcap.project=no"]].concat()).code, 0);
    assert!(!has_project(&study), "the command line applies");
    // The setting `project` does not affect a study, which always has a project.
    let result = export(&study, &[&to[..], &["--study", "trial"]].concat());
    assert_eq!(result.code, 0, "{}", result.err);
    let text = "[export.fhir]\nscoring = \"weight\"\n";
    fs::write(study.path().join("scalewright.toml"), text).expect("written");
    let result = export(&study, &["--to", "fhir", "--set", "fhir.value-sets=contained"]);
    assert_eq!(result.code, 2, "{}", result.err);
    let expected =
        "`fhir.scoring=weight` in the settings and `--set fhir.value-sets=contained` exclude";
    assert!(result.err.contains(expected), "{}", result.err);
    // Every command reads the settings.
    fs::write(study.path().join("scalewright.toml"), "[export.redcp]\n").expect("written");
    let result = run(&["check", "side-by-side"], study.path());
    assert_eq!(result.code, 2, "{}", result.err);
    assert!(result.err.contains("did you mean `redcap`?"), "{}", result.err);
}

#[test]
fn targets_are_listed_and_described() {
    for (platform, exporter) in exporters() {
        let described = run(&["targets", exporter.name], &root());
        assert_eq!(described.code, 0, "{}", described.err);
        for option in exporter.options {
            assert!(described.out.contains(&*option.summary), "{}", described.out);
        }
        let json = run(&["targets", exporter.name, "--format", "json"], &root());
        let json: Value = serde_json::from_str(&json.out).expect("valid JSON");
        assert_eq!(json["platform"], platform.name);
        assert_eq!(json["options"].as_array().map(Vec::len), Some(exporter.options.len()));
    }
    let list = run(&["targets"], &root()).out;
    let all: Value = serde_json::from_str(&run(&["targets", "--format", "json"], &root()).out)
        .expect("valid JSON");
    assert_eq!(list.lines().count(), all.as_array().map_or(0, Vec::len));
    snapshot("redcap", &run(&["targets", "redcap"], &root()).out);
    let unknown = run(&["targets", "redkap"], &root());
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("did you mean `redcap`?"), "{}", unknown.err);
}

#[test]
fn help_and_completions_list_targets_and_options() {
    let help = run(&["export", "--help"], &root()).out;
    for (_, exporter) in listed() {
        assert!(help.contains(exporter.summary), "{help}");
    }
    for shell in ["bash", "zsh", "fish"] {
        let script = run(&["completions", shell], &root()).out;
        assert!(script.contains("redcap.project"), "{shell}");
        assert!(script.contains("fhir-r5"), "{shell}");
        assert!(!script.contains("--no-record-id"), "{shell}: a removed option is not completed");
    }
}

#[test]
fn every_option_has_a_valid_default() {
    let mut names = BTreeSet::new();
    for (_, exporter) in exporters() {
        assert!(names.insert(exporter.name), "two targets are called `{}`", exporter.name);
        let mut options = BTreeSet::new();
        for option in exporter.options {
            assert!(options.insert(&option.name), "`{}.{}` twice", exporter.name, option.name);
            let mut values = scalewright_export::OptionValues::default();
            assert!(values.set(option, &option.default).is_ok(), "{}", option.name);
            for (value, _) in option.values() {
                assert!(!value.contains([',', '+', '=', ' ']), "`{value}`");
                assert!(values.set(option, value).is_ok(), "{value}");
            }
        }
        for conflict in exporter.conflicts {
            for (name, _) in conflict.options.iter() {
                assert!(exporter.option(name).is_some(), "`{}.{name}`", exporter.name);
            }
        }
    }
}

#[test]
fn every_key_of_the_format_is_carried_or_declared_lost() {
    let known = keys_of_the_format();
    let listed: BTreeSet<&str> = listed().map(|(platform, _)| platform.name).collect();
    for platform in PLATFORMS.iter().filter(|platform| listed.contains(platform.name)) {
        let carried: Vec<&str> = platform.keys.iter().flat_map(|row| row.keys).copied().collect();
        let once: BTreeSet<&str> = carried.iter().copied().collect();
        assert_eq!(carried.len(), once.len(), "{}: a key is listed twice", platform.name);
        let lost = platform.losses.iter().flat_map(|loss| loss.keys).copied();
        let decided: BTreeSet<String> = once.into_iter().chain(lost).map(str::to_owned).collect();
        let undecided: Vec<_> = known.difference(&decided).collect();
        assert!(
            undecided.is_empty(),
            "{}: declare as carried or lost: {undecided:?}",
            platform.name
        );
        let strangers: Vec<_> = decided.difference(&known).collect();
        assert!(strangers.is_empty(), "{}: no such keys: {strangers:?}", platform.name);
    }
}

#[test]
fn every_target_decides_every_key() {
    let result = run(&["targets", "--keys", "--format", "json"], &root());
    let rows: Vec<serde_json::Value> = serde_json::from_str(&result.out).expect("JSON");
    let keys: BTreeSet<String> =
        rows.iter().map(|row| row["key"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(keys, keys_of_the_format());
    let targets = listed().count();
    for row in &rows {
        assert_eq!(row["targets"].as_object().map(serde_json::Map::len), Some(targets), "{row}");
    }
    // The same key is in an element, only in the definition, or lost.
    let cell = |key: &str, target: &str| {
        let row = rows.iter().find(|row| row["key"] == key).expect("the key is listed");
        row["targets"][target].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(cell("items[].stem", "html"), "yes");
    assert_eq!(cell("items[].stem", "xlsform"), "partly");
    assert_eq!(cell("items[].stem", "sql"), "no");
    assert_eq!(cell("allow[].lint", "html"), "embedded");
}

/// `[pdf]` in the settings applies to all printed sheets, including reports, so it is not the name of a platform.
const OF_THE_SETTINGS: &str = "pdf";

#[test]
fn check_names_no_platform() {
    let platforms = TARGETS.iter().map(|rules| rules.platform.to_lowercase());
    let names: BTreeSet<String> =
        platforms.chain(exporters().map(|(_, exporter)| exporter.name.to_owned())).collect();
    // Files that recognise the files of other programs, by their names, the tags of a markup language, and languages, by
    // their words.
    const OTHERS: [&str; 3] = ["src/kinds.rs", "src/lints/markup_in_text.rs", "src/tongues.rs"];
    let is_kinds = |path: &Path| OTHERS.iter().any(|other| path.ends_with(other));
    let sources = sources("crates/scalewright-check/src").into_iter();
    for (path, text) in sources.filter(|(path, _)| !is_kinds(path)) {
        let text = text.to_lowercase();
        let words: BTreeSet<&str> =
            text.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        // A single letter is a name in any code.
        for name in names.iter().filter(|name| *name != OF_THE_SETTINGS && name.len() > 1) {
            assert!(!words.contains(name.as_str()), "{} names `{name}`", path.display());
        }
    }
}

/// The modules of the command line that may name targets.
const OF_TARGETS: [&str; 3] = ["command/export", "command/targets", "cli/targets.rs"];

#[test]
fn the_command_line_names_platforms_only_in_examples() {
    let names: BTreeSet<String> =
        TARGETS.iter().map(|rules| rules.platform.to_lowercase()).collect();
    for (path, text) in sources("crates/scalewright/src") {
        let shown = path.display().to_string();
        if !OF_TARGETS.iter().any(|place| shown.contains(place)) {
            continue;
        }
        let is_code = |line: &&str| {
            let is_about_builds = line.contains("feature = ");
            !line.trim_start().starts_with("//") && !line.contains("--") && !is_about_builds
        };
        for line in text.lines().filter(is_code) {
            let named = names.iter().find(|name| line.contains(&format!("\"{name}\"")));
            assert!(named.is_none(), "{shown} names {named:?}: {line}");
        }
    }
}
