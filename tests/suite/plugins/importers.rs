//! Importers that plug-ins provide: on the command line.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::examples;
use crate::support::{Run, run};

/// A folder whose settings name an importer of `tests/plugins`, with a file to import.
fn study(name: &str, file: &str, text: &str) -> TempDir {
    let study = tempfile::tempdir().expect("a temporary folder");
    let script = examples().join(format!("{name}/{name}.py")).display().to_string();
    let settings = format!("[plugins.import.{name}]\ncommand = [\"python3\", {script:?}]\n");
    fs::write(study.path().join("scalewright.toml"), settings).expect("writable");
    fs::write(study.path().join(file), text).expect("writable");
    study
}

fn diary() -> TempDir {
    let text = fs::read_to_string(examples().join("diary/evening.txt")).expect("the example");
    study("diary", "evening.txt", &text)
}

/// Runs the program with a record of trusted plug-ins of its own.
fn done(args: &[&str], folder: &Path) -> Run {
    let config = folder.join("config").display().to_string();
    run(&[args, &["--config-dir", &config]].concat(), folder)
}

#[test]
fn a_file_is_recognised_by_the_texts_that_a_plugin_declares_and_its_scores_are_proved() {
    let study = diary();
    let imported = done(&["import", "evening.txt", "--trust-plugins"], study.path());
    assert_eq!(imported.code, 0, "{}{}", imported.out, imported.err);
    for part in [
        "evening.txt is a diary, read by the plug-in `diary` as an Open Scale Definition: 1 instrument",
        "equal           quiet",
        "equal           seen",
        "not understood: evening.txt: line 9: `(draw the path here)` is left out",
        "scores are compared with the form, not with the file",
        "scores: 2 equal, 0 differ, 0 not understood\n",
    ] {
        assert!(imported.out.contains(part), "{part}: {}", imported.out);
    }
    let checked = done(&["check", "evening-garden"], study.path());
    assert_eq!(checked.code, 0, "{}", checked.out);
    // Scored by hand: (3 + (0 + 3 - 0) + 1) / 3 and 3 + 1.
    fs::write(study.path().join("data.csv"), "g1,g2,g3\n3,0,1\n").expect("writable");
    let scored =
        done(&["score", "evening-garden", "data.csv", "--columns", "scores"], study.path());
    assert!(scored.out.contains("2.3333333333333335,4"), "{}{}", scored.out, scored.err);
}

#[test]
fn an_audit_reads_the_form_that_a_plugin_makes() {
    let study = diary();
    let imported = done(&["import", "evening.txt", "--trust-plugins"], study.path());
    assert_eq!(imported.code, 0, "{}", imported.err);
    let audit = ["audit", "evening.txt", "--against", "evening-garden", "--trust-plugins"];
    let same = done(&audit, study.path());
    assert_eq!(same.code, 0, "{}{}", same.out, same.err);
    assert!(same.out.contains("2 of 2 scores are equal; no errors, no warnings"), "{}", same.out);
    let path = study.path().join("evening.txt");
    let text = fs::read_to_string(&path).expect("it is there").replace("-g2", "g2");
    fs::write(&path, text).expect("writable");
    let lost = done(&audit, study.path());
    assert_eq!(lost.code, 1, "{}", lost.err);
    assert!(lost.out.contains("error[score-differs]: `quiet` differs: "), "{}", lost.out);
    let fixed = done(&[&audit[..], &["--fix"]].concat(), study.path());
    assert!(fixed.err.contains("no target makes a diary"), "{}", fixed.err);
}

#[test]
fn options_of_an_importer_are_checked_like_those_of_targets() {
    let study = diary();
    let import = |more: &[&str]| {
        done(
            &[&["import", "evening.txt", "--dry-run", "--trust-plugins"], more].concat(),
            study.path(),
        )
    };
    let without = import(&["--set", "diary.scores=no"]);
    assert!(without.out.contains("scores: 0 equal"), "{}{}", without.out, without.err);
    for (more, part) in [
        (&["--set", "diary.scores=maybe"][..], "`diary.scores` cannot be `maybe`"),
        (&["--set", "diary.colour=no"], "`diary` has no option `colour`"),
        (&["--set", "scores=no"], "`--set scores=no` names no option of `diary`"),
        (&["--set", "diary.scores=no", "--set", "diary.scores=yes"], "`diary.scores` is set twice"),
        (
            &["--from", "osd", "--set", "diary.scores=no"],
            "is for a plug-in, and none reads this file",
        ),
        (&["--from", "dairy"], "no format and no plug-in is called `dairy`"),
        (&["--from", "diary", "--strict"], "nothing was written, because of `--strict`"),
    ] {
        let result = import(more);
        assert_ne!(result.code, 0, "{more:?}");
        assert!(result.err.contains(part), "{part}: {}", result.err);
    }
}

#[test]
fn an_importer_that_is_not_trusted_is_not_run_and_is_mentioned() {
    let study = diary();
    for more in [&[][..], &["--from", "diary"]] {
        let refused = done(&[&["import", "evening.txt"], more].concat(), study.path());
        assert_ne!(refused.code, 0);
        let part = "the plug-in `diary` was not run: you have not trusted its command";
        assert!(refused.err.contains(part), "{}", refused.err);
    }
    assert!(!study.path().join("evening-garden").exists());
    // Our own formats need no plug-in.
    fs::copy(
        crate::support::root().join("tests/fixtures/import/osd/GES4.osd"),
        study.path().join("GES4.osd"),
    )
    .expect("the fixture");
    let own = done(&["import", "GES4.osd", "--dry-run"], study.path());
    assert_eq!(own.code, 0, "{}", own.err);
}

#[test]
fn two_importers_that_recognise_a_file_are_both_named() {
    let study = diary();
    let script = fs::read_to_string(examples().join("diary/diary.py")).expect("the example");
    let other = script.replace("\"name\": \"diary\"", "\"name\": \"journal\"");
    fs::write(study.path().join("journal.py"), other).expect("writable");
    let path = study.path().join("scalewright.toml");
    let settings = fs::read_to_string(&path).expect("it is there")
        + "[plugins.import.journal]\ncommand = [\"python3\", \"journal.py\"]\n";
    fs::write(&path, settings).expect("writable");
    let both = done(&["import", "evening.txt", "--trust-plugins"], study.path());
    assert_eq!(both.code, 2);
    let part = "the plug-ins `diary` and `journal` both recognise the file";
    assert!(both.err.contains(part) && both.err.contains("--from diary"), "{}", both.err);
}

/// The answers of `tests/plugins/answers/cases`: what an importer answers, the exit code, and what is reported.
#[test]
fn every_answer_is_imported_or_refused_as_its_case_says() {
    let cases = fs::read_dir(examples().join("answers/cases")).expect("the folder is there");
    let mut paths: Vec<_> = cases.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    assert!(paths.len() >= 20, "the cases are there");
    for path in paths {
        let text = fs::read_to_string(&path).expect("it is readable");
        let case: Value = serde_json::from_str(&text).expect("it is JSON");
        let study = study("answers", "two.txt", &case["answer"].to_string());
        let args = ["import", "two.txt", "--from", "answers", "--trust-plugins"];
        let result = done(&args, study.path());
        let (name, all) = (path.display(), format!("{}{}", result.out, result.err));
        assert_eq!(Some(u64::from(result.code)), case["code"].as_u64(), "{name}: {all}");
        for part in case["says"].as_array().expect("a list") {
            let part = part.as_str().expect("a text");
            assert!(all.contains(part), "{name}: {part}: {all}");
        }
        let is_written = study.path().join("two-birds/instrument.toml").is_file();
        assert_eq!(is_written, all.contains("wrote two-birds"), "{name}: {all}");
        assert!(is_written || result.code != 0, "{name}");
    }
}

#[test]
fn options_for_our_own_definitions_have_no_effect_on_those_of_a_plugin() {
    let path = examples().join("answers/cases/definition.json");
    let text = fs::read_to_string(path).expect("it is readable");
    let case: Value = serde_json::from_str(&text).expect("it is JSON");
    let study = study("answers", "two.txt", &case["answer"].to_string());
    for (more, part) in [
        (
            &["--licence", "MIT"][..],
            "`--licence` has no effect: the plug-in `answers` makes the definition",
        ),
        (&["--id", "three-birds"], "calls the instrument `two-birds`, not `three-birds`"),
        (&["--strict"], "nothing was written, because of `--strict`"),
    ] {
        let args = ["import", "two.txt", "--from", "answers", "--trust-plugins"];
        let result = done(&[&args[..], more].concat(), study.path());
        assert_ne!(result.code, 0, "{more:?}");
        assert!(result.err.contains(part), "{part}: {}", result.err);
        assert!(!study.path().join("two-birds").exists());
    }
    let audit = ["audit", "two.txt", "--from", "answers", "--catalogue", "--trust-plugins"];
    let folder = study.path().join("instruments");
    fs::create_dir(&folder).expect("a folder");
    assert_eq!(done(&["new", "tiny"], study.path()).code, 0);
    let refused = done(&audit, study.path());
    assert!(refused.err.contains("makes a definition, not a form"), "{}", refused.err);
}

#[test]
fn a_hostile_importer_is_one_error_and_nothing_is_written() {
    // One of each kind; the tests of the crate have all of them, with processes and memory.
    for name in [
        "absolute-path",
        "another-protocol",
        "endless-output",
        "half-an-answer",
        "invalid-json",
        "sleeping",
    ] {
        let script = examples().join(format!("hostile/{name}.py")).display().to_string();
        let study = tempfile::tempdir().expect("a temporary folder");
        let settings = format!(
            "[plugins.import.hostile]\ncommand = [\"python3\", {script:?}]\ntime-limit = 1\noutput-limit = 2\nfile-limit = 50\n"
        );
        fs::write(study.path().join("scalewright.toml"), settings).expect("writable");
        fs::write(study.path().join("form.txt"), "a form").expect("writable");
        let args = ["import", "form.txt", "--from", "hostile", "--trust-plugins"];
        let result = done(&args, study.path());
        assert_ne!(result.code, 0, "{name}: {}", result.err);
        let errors = result.err.lines().filter(|line| line.starts_with("error"));
        assert_eq!(errors.count(), 1, "{name}: {}", result.err);
        assert_eq!(fs::read_dir(study.path()).expect("a folder").count(), 2, "{name}");
    }
}

#[test]
fn a_pack_provides_an_importer_which_runs_only_if_it_is_trusted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let made = done(&["pack", "new", "diaries"], folder.path());
    assert_eq!(made.code, 0, "{}", made.err);
    let pack = folder.path().join("diaries");
    fs::create_dir_all(pack.join("programs")).expect("a folder");
    fs::copy(examples().join("diary/diary.py"), pack.join("programs/diary.py"))
        .expect("the example");
    let path = pack.join("pack.toml");
    let text = fs::read_to_string(&path).expect("written")
        + "\n[importers.diary]\ncommand = [\"python3\", \"programs/diary.py\"]\n";
    fs::write(&path, text).expect("writable");
    fs::copy(examples().join("diary/evening.txt"), folder.path().join("evening.txt"))
        .expect("the example");
    fs::write(folder.path().join("scalewright.toml"), "[packs]\npaths = [\"diaries\"]\n")
        .expect("writable");
    let refused = done(&["import", "evening.txt", "--from", "diary"], folder.path());
    assert!(refused.err.contains("you have not trusted its command"), "{}", refused.err);
    let imported = done(&["import", "evening.txt", "--trust-plugins"], folder.path());
    assert_eq!(imported.code, 0, "{}{}", imported.out, imported.err);
    assert!(imported.out.contains("2 equal, 0 differ"), "{}", imported.out);
}
