//! Notes between items: every form shows them at their places, and imports give them back.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use serde_json::Value;

use crate::support::{root, run};

const FIXTURE: &str = "tests/fixtures/notes";

/// Words of the items and the notes of the fixture, in the order of presentation.
const ORDER: [&str; 12] = [
    "Noteone",
    "Itemone",
    "Notetwo",
    "Itemtwo",
    "Notethree",
    "Itemthree",
    "Notefour",
    "Notefive",
    "Itemfour",
    "Notesix",
    "Itemfive",
    "Notelast",
];

/// The targets whose main file has all words in the order of presentation.
const IN_ORDER: [&str; 9] =
    ["docx", "fhir", "fhir-r5", "html", "limesurvey", "qualtrics", "redcap", "surveyjs", "xlsform"];

/// The targets whose files contain the texts of notes.
fn carrying() -> Vec<String> {
    let result = run(&["targets", "--keys", "--format", "json"], &root());
    let rows: Vec<Value> = serde_json::from_str(&result.out).expect("JSON");
    let row = rows.iter().find(|row| row["key"] == "notes[].text").expect("the key is listed");
    let targets = row["targets"].as_object().expect("an object");
    targets.iter().filter(|(_, how)| *how != "no").map(|(name, _)| name.clone()).collect()
}

/// The texts of exported files by name; those in a zip are separate.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("the folder exists").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let bytes = std::fs::read(entry.path()).expect("a file");
        let mut zipped = zip::ZipArchive::new(Cursor::new(bytes.clone())).ok();
        for index in 0..zipped.as_ref().map_or(0, zip::ZipArchive::len) {
            let mut file = zipped.as_mut().expect("a zip").by_index(index).expect("a file");
            let mut text = Vec::new();
            file.read_to_end(&mut text).expect("it can be read");
            texts.insert(
                format!("{name}/{}", file.name()),
                String::from_utf8_lossy(&text).into_owned(),
            );
        }
        texts.insert(name, String::from_utf8_lossy(&bytes).into_owned());
    }
    texts
}

fn export(target: &str, folder: &Path) {
    let out = folder.display().to_string();
    let result = run(&["export", FIXTURE, "--to", target, "--out", &out], &root());
    assert_eq!(result.code, 0, "{target}: {}", result.err);
}

#[test]
fn forms_show_notes_at_their_places() {
    let carrying = carrying();
    // The text of a PDF is compressed; its pages have tests of their own.
    for target in carrying.iter().filter(|target| *target != "pdf") {
        let folder = tempfile::tempdir().expect("a temporary folder");
        export(target, folder.path());
        let texts = texts(folder.path());
        for word in ORDER {
            assert!(texts.values().any(|text| text.contains(word)), "{target} lacks {word}");
        }
        if !IN_ORDER.contains(&target.as_str()) {
            continue;
        }
        let whole = texts.values().find(|text| ORDER.iter().all(|word| text.contains(word)));
        let whole = whole.unwrap_or_else(|| panic!("{target}: no file has all words"));
        let places: Vec<Option<usize>> = ORDER.iter().map(|word| whole.find(word)).collect();
        assert!(places.is_sorted(), "{target}: {places:?}");
    }
    assert!(IN_ORDER.iter().all(|target| carrying.iter().any(|own| own == target)), "{carrying:?}");
}

#[test]
fn imports_give_notes_back() {
    let definition = std::fs::read(root().join(FIXTURE).join("instrument.toml")).expect("a file");
    for target in ["fhir", "fhir-r5", "limesurvey", "qualtrics", "redcap", "surveyjs", "xlsform"] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        export(target, folder.path());
        let files = std::fs::read_dir(folder.path()).expect("the folder exists").flatten();
        let form = files
            .map(|entry| entry.path())
            .find(|path| {
                let name = path.to_string_lossy();
                !name.ends_with("-names.csv")
                    && !name.ends_with("-mlm.json")
                    && !name.ends_with(".zip")
            })
            .expect("a form");
        let made = tempfile::tempdir().expect("a temporary folder");
        let (form, out) = (form.display().to_string(), made.path().display().to_string());
        let result = run(&["import", &form, "--out", &out], &root());
        assert_eq!(result.code, 0, "{target}: {}", result.err);
        let own = std::fs::read(made.path().join("notes/instrument.toml"));
        assert_eq!(own.expect("the definition"), definition, "{target}");
    }
}
