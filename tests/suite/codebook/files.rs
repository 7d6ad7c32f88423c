//! The files of a codebook, and what is refused.

use std::path::Path;

use crate::support::{Run, root, run};

/// The definition of a fixture, with another id of its first item.
fn definition(item: &str) -> String {
    let text = std::fs::read_to_string(root().join("tests/scoring/bands/instrument.toml"));
    let text = text.expect("the fixture exists");
    assert!(text.contains("\"band_1\""), "{text}");
    text.replace("\"band_1\"", &format!("\"{item}\""))
}

fn export(folder: &Path, args: &[&str]) -> Run {
    let out = folder.display().to_string();
    run(&[&["export", "--to", "codebook", "--out", &out], args].concat(), &root())
}

fn names(more: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let result = export(folder.path(), &[&["side-by-side"], more].concat());
    assert_eq!(result.code, 0, "{}", result.err);
    let files = std::fs::read_dir(folder.path()).expect("it exists").flatten();
    let mut names: Vec<String> =
        files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn written(name: &str, more: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let result = export(folder.path(), more);
    assert_eq!(result.code, 0, "{}", result.err);
    std::fs::read_to_string(folder.path().join(name)).expect("it was written")
}

#[test]
fn each_format_is_a_file() {
    for (format, ending) in [
        ("markdown", "codebook.md"),
        ("html", "codebook.html"),
        ("csv", "codebook.csv"),
        ("xlsx", "codebook.xlsx"),
        ("frictionless", "datapackage.json"),
        ("bids", "phenotype.json"),
        ("psych-ds", "dataset_description.json"),
        ("ddi", "ddi.xml"),
    ] {
        let option = format!("codebook.format={format}");
        assert_eq!(names(&["--set", &option]), [format!("side-by-side.en.{ending}")]);
    }
    assert_eq!(names(&["--set", "codebook.format=all"]).len(), 8);
    assert_eq!(names(&["--language", "all"]).len(), 3, "Markdown in each language");
}

#[test]
fn a_codebook_is_in_one_language_and_ddi_in_all() {
    let ddi = "side-by-side.en.ddi.xml";
    let all = written(ddi, &["side-by-side", "--set", "codebook.format=ddi"]);
    assert!(all.contains("xml:lang=\"de\"") && all.contains("xml:lang=\"es\""), "{all}");
    let options = ["--set", "codebook.format=ddi", "--language", "es"];
    let one = written("side-by-side.es.ddi.xml", &[&["side-by-side"], &options[..]].concat());
    assert!(!one.contains("xml:lang=\"de\""), "{one}");
    let german = written("side-by-side.de.codebook.md", &["side-by-side", "--language", "de"]);
    assert!(german.contains("Selten") && !german.contains("Rarely"), "{german}");
}

#[test]
fn rows_are_identified_by_the_chosen_columns() {
    let options = ["--set", "codebook.format=frictionless", "--set", "codebook.keys=person+visit"];
    let text =
        written("side-by-side.en.datapackage.json", &[&["side-by-side"], &options[..]].concat());
    let package: serde_json::Value = serde_json::from_str(&text).expect("valid JSON");
    for resource in package["resources"].as_array().expect("a list") {
        let schema = &resource["schema"];
        assert_eq!(schema["primaryKey"], serde_json::json!(["person", "visit"]));
        assert_eq!(schema["fields"][1]["name"], "visit");
    }
}

#[test]
fn a_name_that_two_columns_have_is_refused_at_its_place() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("bands.toml");
    std::fs::write(&path, definition("respondent")).expect("it is writable");
    let path = path.display().to_string();
    let result = export(folder.path(), &[&path]);
    assert_eq!(result.code, 1, "{}", result.err);
    let expected = "the data have a column `respondent` for an item, and a column that identifies a row has this name";
    assert!(result.err.contains(expected), "{}", result.err);
    assert_eq!(export(folder.path(), &[&path, "--set", "codebook.keys=person"]).code, 0);
}

#[test]
fn a_psych_ds_study_describes_each_name_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str, text: String| {
        let path = folder.path().join(format!("{name}.toml"));
        std::fs::write(&path, text).expect("it is writable");
        path.display().to_string()
    };
    let text = definition("band_1");
    let one = at("one", text.clone());
    let other =
        text.replacen("id = \"", "id = \"other-", 1).replacen("stem = \"", "stem = \"Not ", 1);
    let other = at("other", other);
    let study = |format: &str| {
        let format = format!("codebook.format={format}");
        export(folder.path(), &[&one, &other, "--study", "both", "--set", &format])
    };
    let refused = study("psych-ds");
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(
        refused.err.contains("also has a column `band_1`, with another meaning"),
        "{}",
        refused.err
    );
    let result = study("frictionless");
    assert_eq!(result.code, 0, "{}", result.err);
}

#[test]
fn a_score_with_a_recalled_key_is_left_out_unless_asked_for() {
    let wording = "tests/fixtures/wording/wai-36";
    let at = ["wai-36", "--wording", wording];
    let name = "wai-36.en.codebook.md";
    let without = written(name, &at);
    assert!(!without.contains("_answered"), "{without}");
    let with = written(name, &[&at[..], &["--accept-recalled-keys"]].concat());
    assert!(with.contains("_answered"), "{with}");
}
