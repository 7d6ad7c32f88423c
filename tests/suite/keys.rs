//! Keys that somebody supplies for a definition without one: they are checked, used for scores and forms, and kept out of
//! every output that may not contain them.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Run, root, run};

const KEY: &str = "tests/fixtures/keys/calpas-p.toml";

/// A folder with the library, the invented key as `key.toml` after some changes, and answers.
fn study(changes: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut key = fs::read_to_string(root().join(KEY)).expect("the key exists");
    for (old, new) in changes {
        assert!(key.contains(old), "the key has {old:?}");
        key = key.replacen(old, new, 1);
    }
    fs::write(folder.path().join("key.toml"), key).expect("written");
    let items: Vec<String> = (1..=24).map(|item| format!("calpas_p_{item}")).collect();
    // Each scale: 7 6 5 4 3, and its reversed last item 8 - 2 = 6: 31 / 6.
    let answers = ["7,6,5,4,3,2"; 4].join(",");
    let table = format!("id,{}\nr1,{answers}\n", items.join(","));
    fs::write(folder.path().join("answers.csv"), table).expect("written");
    folder
}

fn with_library(args: &[&str], cwd: &Path) -> Run {
    let library = root().join("instruments").display().to_string();
    run(&[&["--library", &library], args].concat(), cwd)
}

#[test]
fn a_key_scores_as_its_cases_state_and_nothing_scores_without_it() {
    let folder = study(&[]);
    let score = ["score", "calpas-p", "answers.csv", "--columns", "scores"];
    let without = with_library(&score, folder.path());
    assert_eq!(without.code, 1, "{}", without.err);
    assert!(without.err.contains("scalewright key calpas-p"), "{}", without.err);
    let check = with_library(&["check", "calpas-p", "--key", "key.toml"], folder.path());
    assert_eq!((check.code, check.out.as_str()), (0, ""), "{}", check.err);
    let with = with_library(&[&score[..], &["--key", "key.toml"]].concat(), folder.path());
    assert_eq!(with.code, 0, "{}", with.err);
    let cells: Vec<&str> = with.out.lines().nth(1).expect("a row").split(',').collect();
    // The digest that the note states is beside each row.
    assert!(cells[1].starts_with("sha256:") && with.err.contains(cells[1]), "{}", with.out);
    for cell in &cells[2..] {
        let score: f64 = cell.parse().expect("a number");
        assert!((score - 31.0 / 6.0).abs() < 1e-9, "{}", with.out);
    }
    assert_eq!(cells.len(), 7, "{}", with.out);
    assert!(with.err.contains("Invented manual") && with.err.contains("sha256:"), "{}", with.err);
}

#[test]
fn mistakes_in_a_key_are_reported_in_its_file() {
    let cases = [
        ("\"calpas_p_1\"", "\"calpas_p_99\"", "unknown-item"),
        ("\"calpas_p_1\", ", "", "stated-items"),
        ("\"calpas_p_1\"", "\"calpas_p_2\"", "item-twice"),
        ("\"calpas_p_pc\"", "\"calpas_p_pcc\"", "unknown-scale"),
        ("\"calpas_p_pwc\"\nitems", "\"calpas_p_pc\"\nitems", "duplicate-id"),
        ("\"single-source\"", "\"recalled\"", "unread-key"),
        ("\"2026-01-05\"", "\"2026-02-30\"", "no-such-date"),
        ("citation = \"Invented manual, for tests only\"", "citation = \"\"", "empty-text"),
        ("calpas_p_pc = 7,", "calpas_p_pc = 6,", "case-not-reproduced"),
        ("low = 1, high = 7", "low = 0, high = 7", "stated-range"),
        ("\"-calpas_p_6\"", "\"calpas_p_6\"", "case-not-reproduced"),
    ];
    for (old, new, code) in cases {
        let folder = study(&[(old, new)]);
        let args = ["check", "calpas-p", "--key", "key.toml", "--deny-warnings"];
        let result = with_library(&args, folder.path());
        assert_eq!(result.code, 1, "{new}: {}", result.err);
        assert!(result.out.contains(code), "{new}: {}", result.out);
        assert!(result.out.contains("--> key.toml:"), "{new}: {}", result.out);
    }
    let superfluous = study(&[
        ("instrument = \"calpas-p\"", "instrument = \"wai-sr\""),
        ("id = \"calpas_p_pc\"", "id = \"wai_sr_task\""),
    ]);
    let result = with_library(&["check", "wai-sr", "--key", "key.toml"], superfluous.path());
    assert!(result.out.contains("superfluous-key"), "{}", result.out);
}

/// Exports with the key of `folder` to `target`, then imports the file and returns whether its definition has a key.
fn embeds_key(folder: &Path, target: &str, file: &str) -> bool {
    let wording = root().join("tests/fixtures/wording/calpas-p").display().to_string();
    let args = ["export", "calpas-p", "--to", target, "--key", "key.toml", "--wording", &wording];
    let result = with_library(&[&args[..], &["--out", target]].concat(), folder);
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(result.err.contains("sha256:"), "the digest is stated: {}", result.err);
    let (from, back) = (format!("{target}/{file}"), format!("{target}-back"));
    let import = with_library(&["import", &from, "--out", &back], folder);
    assert!(import.code < 2, "{}", import.err);
    let back = folder.join(back).join("calpas-p");
    assert!(back.join("instrument.toml").is_file(), "{}", import.err);
    back.join("key.toml").is_file()
}

#[test]
fn a_key_enters_no_output_that_may_not_contain_it() {
    let files = [("fhir", "calpas-p.en.fhir-r4.json"), ("surveyjs", "calpas-p.en.surveyjs.json")];
    let may = |word: &str| study(&[("\"definitions\"", &format!("\"{word}\""))]);
    for (target, file) in files {
        assert!(embeds_key(may("definitions").path(), target, file), "{target}");
        assert!(!embeds_key(may("forms").path(), target, file), "{target}");
    }
    let folder = may("scores");
    let wording = root().join("tests/fixtures/wording/calpas-p").display().to_string();
    let args = ["export", "calpas-p", "--to", "fhir", "--wording", &wording, "--out", "out"];
    let refused = with_library(&[&args[..], &["--key", "key.toml"]].concat(), folder.path());
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.contains("may-appear-in"), "{}", refused.err);
    assert!(!folder.path().join("out").exists());
    assert_eq!(with_library(&args, folder.path()).code, 0, "without the key, there are no scores");
}

#[test]
fn with_a_key_every_target_has_the_scores() {
    let folder = study(&[]);
    let wording = root().join("tests/fixtures/wording/calpas-p").display().to_string();
    for (_, target) in scalewright_export::listed() {
        let to = ["export", "calpas-p", "--to", target.name, "--key", "key.toml"];
        let rest = ["--wording", &wording, "--quiet", "--out", target.name];
        let result = with_library(&[&to[..], &rest].concat(), folder.path());
        assert_eq!(result.code, 0, "{}: {}", target.name, result.err);
    }
}

#[test]
fn the_keys_of_two_people_are_compared() {
    let folder = study(&[]);
    let other = root().join("tests/fixtures/keys/calpas-p-other.toml").display().to_string();
    let differ = with_library(&["diff", "key.toml", &other, "--for", "calpas-p"], folder.path());
    assert_eq!(differ.code, 1, "{}", differ.err);
    assert!(differ.out.contains("the keying of `calpas_p_5`"), "{}", differ.out);
    let same = with_library(&["diff", "key.toml", "key.toml", "--for", "calpas-p"], folder.path());
    assert_eq!(same.code, 0, "{}", same.err);
    assert!(same.err.contains("the keys score alike"), "{}", same.err);
}

#[test]
fn keys_are_found_by_the_settings_and_beside_the_definition() {
    let folder = study(&[]);
    let settings = "[keys]\npaths = [\"key.toml\"]\n";
    fs::write(folder.path().join("scalewright.toml"), settings).expect("written");
    let instrument = folder.path().join("instruments/calpas-p");
    fs::create_dir_all(&instrument).expect("created");
    let definition = root().join("instruments/calpas-p/instrument.toml");
    fs::copy(&definition, instrument.join("instrument.toml")).expect("copied");
    // The parallel forms are not beside it, which is a warning only.
    let score = ["score", "calpas-p", "answers.csv"];
    let by_settings = run(&score, folder.path());
    assert_eq!(by_settings.code, 0, "{}", by_settings.err);
    fs::remove_file(folder.path().join("scalewright.toml")).expect("removed");
    assert_eq!(run(&score, folder.path()).code, 1, "no key is left");
    fs::copy(folder.path().join("key.toml"), instrument.join("key.toml")).expect("copied");
    let beside = run(&score, folder.path());
    assert_eq!(beside.code, 0, "{}", beside.err);
    assert_eq!(beside.out, by_settings.out);
}

#[test]
fn a_key_for_no_named_instrument_is_refused() {
    let folder = study(&[]);
    for args in [["score", "wai-sr", "answers.csv"], ["explain-score", "wai-sr", "--format=text"]] {
        let result = with_library(&[&args[..], &["--key", "key.toml"]].concat(), folder.path());
        assert_eq!(result.code, 2, "{}", result.err);
        assert!(result.err.contains("is the key of `calpas-p`"), "{}", result.err);
    }
    let result = with_library(&["check", "wai-sr", "--key", "key.toml"], folder.path());
    assert_eq!(result.code, 2, "{}", result.err);
}

#[test]
fn the_file_to_fill_in_reports_what_is_missing() {
    let folder = study(&[]);
    let out = with_library(&["key", "calpas-p", "--out", "new.toml"], folder.path());
    assert_eq!(out.code, 0, "{}", out.err);
    let result = with_library(&["check", "calpas-p", "--key", "new.toml"], folder.path());
    assert_eq!(result.code, 1);
    assert!(result.out.contains("`items` is empty") && result.out.contains("`missing` cannot be"));
    let again = with_library(&["key", "calpas-p", "--out", "new.toml"], folder.path());
    assert_eq!(again.code, 2, "an existing key is not overwritten");
    assert_eq!(with_library(&["key", "wai-sr"], folder.path()).code, 2, "wai-sr has its key");
}
