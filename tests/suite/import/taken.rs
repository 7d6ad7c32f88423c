//! `scalewright wording from`: the words of forms, taken into wording files or refused.
//!
//! Each file of `tests/fixtures/taken/cases` has a form, the definition that its words are for, the options, what the report
//! says, and the wording file as a table.

use std::fs;
use std::path::{Path, PathBuf};

use scalewright_check::Writer;
use scalewright_model::WordingPolicy;
use scalewright_model::file::InstrumentFile;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Run, root, run};

fn fixtures() -> PathBuf {
    root().join("tests/fixtures/taken")
}

fn case(path: &Path) -> Value {
    let text = fs::read_to_string(path).expect("it is readable");
    serde_json::from_str(&text).expect("it is JSON")
}

/// Takes the words of the form of a case in a new folder.
fn taken(case: &Value, more: &[&str]) -> (TempDir, Run) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = |key: &str| case[key].as_str().expect("a text").to_owned();
    fs::write(folder.path().join(text("file")), text("text")).expect("writable");
    for (name, text) in case["beside"].as_object().into_iter().flatten() {
        fs::write(folder.path().join(name), text.as_str().expect("a text")).expect("writable");
    }
    let (file, definition) = (text("file"), definition(case));
    let mut args = vec!["wording", "from", &file, "--for", &definition];
    args.extend(case["args"].as_array().into_iter().flatten().filter_map(Value::as_str));
    args.extend(more);
    let result = run(&args, folder.path());
    (folder, result)
}

fn definition(case: &Value) -> String {
    let name = case["definition"].as_str().expect("a text");
    fixtures().join("definitions").join(name).display().to_string()
}

#[test]
fn every_case_gives_its_words_or_is_refused() {
    let cases = fs::read_dir(fixtures().join("cases")).expect("the folder is there");
    let mut paths: Vec<_> = cases.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    assert!(paths.len() >= 35, "the cases are there");
    for path in paths {
        let (case, name) = (case(&path), path.display());
        let (folder, result) = taken(&case, &["--out", "words.toml"]);
        let all = format!("{}{}", result.out, result.err);
        assert_eq!(Some(u64::from(result.code)), case["code"].as_u64(), "{name}: {all}");
        for part in case["says"].as_array().expect("a list") {
            let part = part.as_str().expect("a text");
            assert!(all.contains(part), "{name}: {part}: {all}");
        }
        let written = fs::read_to_string(folder.path().join("words.toml"));
        assert_eq!(written.is_ok(), result.code == 0, "{name}: {all}");
        let (Ok(written), Some(expected)) = (written, case["words"].as_object()) else { continue };
        let words: toml::Table = toml::from_str(&written).expect("it is TOML");
        let words = serde_json::to_value(&words).expect("it can be written");
        assert_eq!(words, Value::Object(expected.clone()), "{name}");
    }
}

#[test]
fn words_that_were_taken_pass_the_check_and_have_the_digest_of_the_report() {
    let case = case(&fixtures().join("cases/by-id.json"));
    let (folder, result) = taken(&case, &["--out", "words.toml"]);
    let definition = definition(&case);
    let checked = run(&["check", &definition, "--wording", "words.toml"], folder.path());
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    let digest = run(
        &["wording", &definition, "--language", "en", "--wording", "words.toml", "--digest"],
        folder.path(),
    );
    assert!(result.out.contains(digest.out.trim()), "{}{}", digest.out, result.out);
    // Nothing is overwritten.
    let again = ["wording", "from", "form.csv", "--for", &definition, "--language", "en"];
    let again = run(&[&again[..], &["--out", "words.toml"]].concat(), folder.path());
    assert_eq!(again.code, 2);
    assert!(again.err.contains("`words.toml` already exists"), "{}", again.err);
}

#[test]
fn the_file_is_printed_and_the_report_goes_to_standard_error_and_to_a_file() {
    let case = case(&fixtures().join("cases/more-in-the-form.json"));
    let (folder, result) = taken(&case, &["--format", "json", "--report", "report.sarif"]);
    assert_eq!(result.code, 0, "{}", result.err);
    let words: toml::Table = toml::from_str(&result.out).expect("it is TOML");
    assert_eq!(words["items"]["calm_1"].as_str(), Some("I was calm."));
    let report: Value = serde_json::from_str(&result.err).expect("it is JSON");
    assert_eq!(report["items"].as_array().map(Vec::len), Some(3));
    assert_eq!(report["only-in-form"].as_array().map(Vec::len), Some(3));
    assert_eq!(report["digest"]["outcome"], "not-stated");
    let sarif = fs::read(folder.path().join("report.sarif")).expect("written");
    let sarif: Value = serde_json::from_slice(&sarif).expect("it is JSON");
    assert!(sarif["runs"][0]["results"].as_array().is_some_and(|results| results.len() >= 4));
}

#[test]
fn words_that_are_there_are_not_taken_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let form = root().join("tests/fixtures/import/osd/GES4.osd").display().to_string();
    let imported = run(&["import", &form], folder.path());
    assert_eq!(imported.code, 0, "{}", imported.err);
    let result = run(&["wording", "from", &form, "--for", "ges-4"], folder.path());
    assert_eq!(result.code, 2);
    assert!(result.err.contains("`ges-4` already has words in `en`"), "{}", result.err);
    let none = run(&["wording"], folder.path());
    assert_eq!(none.code, 2);
}

/// Our own exports lose no words.
#[test]
fn the_words_of_our_exports_are_the_words_that_were_exported() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = root().join("instruments");
    let source =
        fs::read_to_string(library.join("side-by-side/instrument.toml")).expect("it is there");
    for (target, file) in [
        ("redcap", "side-by-side.en.redcap.csv"),
        ("fhir", "side-by-side.en.fhir-r4.json"),
        ("surveyjs", "side-by-side.en.surveyjs.json"),
    ] {
        let path = library.join("side-by-side").display().to_string();
        let exported =
            run(&["export", &path, "--to", target, "--out", target, "--quiet"], folder.path());
        assert_eq!(exported.code, 0, "{target}: {}", exported.err);
        // The same definition, whose words are withheld.
        let own = folder.path().join("own/side-by-side");
        fs::create_dir_all(&own).expect("a folder");
        let withheld = withheld(&source);
        fs::write(own.join("instrument.toml"), withheld).expect("writable");
        let form = format!("{target}/{file}");
        let out = format!("{target}.toml");
        let args = ["wording", "from", &form, "--for", "own/side-by-side", "--language", "en"];
        let taken = run(&[&args[..], &["--out", &out]].concat(), folder.path());
        assert_eq!(taken.code, 0, "{target}: {}{}", taken.out, taken.err);
        let words: toml::Table =
            toml::from_str(&fs::read_to_string(folder.path().join(&out)).expect("written"))
                .expect("it is TOML");
        let definition: toml::Table = toml::from_str(&source).expect("it is TOML");
        for item in definition["items"].as_array().expect("items") {
            let id = item["id"].as_str().expect("an id");
            assert_eq!(words["items"][id].as_str(), item["stem"].as_str(), "{target}: {id}");
        }
    }
}

/// A definition without its words.
fn withheld(text: &str) -> String {
    let mut file: InstrumentFile = toml::from_str(text).expect("it is a definition");
    file.instructions = None;
    file.translations.clear();
    file.rights.wording = WordingPolicy::Withheld;
    file.rights.notice = None;
    file.items.iter_mut().for_each(|item| item.stem = None);
    for section in &mut file.sections {
        (section.title, section.lead_in, section.instructions) = (None, None, None);
    }
    for option in file.response_scales.values_mut().flat_map(|scale| &mut scale.options) {
        option.label = None;
    }
    Writer::new().instrument(&file)
}
