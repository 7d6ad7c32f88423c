//! Translation files for REDCap have the same texts as the dictionary in their language.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::invented::invent;
use crate::redcap_study::records;
use crate::support::{root, run};

/// The rows of a dictionary by field name.
fn dictionary(path: &Path) -> BTreeMap<String, Vec<String>> {
    let bytes = std::fs::read(path).expect("the dictionary exists");
    records(&bytes).into_iter().map(|cells| (cells[0].clone(), cells)).collect()
}

fn choices(value: &Value) -> String {
    let choices = value.as_array().into_iter().flatten().map(|choice| {
        let text = |key: &str| choice[key].as_str().expect("a string").to_owned();
        format!("{}, {}", text("id"), text("translation"))
    });
    choices.collect::<Vec<_>>().join(" | ")
}

/// Compares every translation file in a folder with the dictionary in its language. Returns the number of files.
fn compare(folder: &Path) -> usize {
    let mut compared = 0;
    for entry in std::fs::read_dir(folder).expect("it exists").flatten() {
        let name = entry.file_name().into_string().expect("a name");
        let Some(stem) = name.strip_suffix(".redcap-mlm.json") else { continue };
        compared += 1;
        let text = std::fs::read_to_string(entry.path()).expect("a string");
        let text = text
            .strip_prefix('\u{feff}')
            .expect("it begins with a byte order mark, like REDCap's own");
        let file: Value = serde_json::from_str(text).expect("valid JSON");
        assert_eq!(file["creator"], "REDCap MLM");
        assert!(stem.ends_with(file["key"].as_str().expect("a language")), "{name}");
        let rows = dictionary(&folder.join(format!("{stem}.redcap.csv")));
        let fields = file["fieldTranslations"].as_array().expect("fields");
        assert_eq!(fields.len() + 1, rows.len(), "{name}: every field but the record's");
        let mut matrices = BTreeMap::new();
        for field in fields {
            let row = &rows[field["id"].as_str().expect("a name")];
            let place = format!("{name}: {}", field["id"]);
            assert_eq!(
                (&field["form"], &field["label"]["translation"]),
                (&row[1].clone().into(), &row[4].clone().into()),
                "{place}"
            );
            if let Some(note) = field["note"]["translation"].as_str() {
                assert_eq!(note, row[6], "{place}");
            }
            match (row[3].as_str(), row[15].as_str()) {
                ("radio" | "checkbox", "") => {
                    assert_eq!(choices(&field["enum"]), row[5], "{place}")
                }
                ("radio" | "checkbox", matrix) => {
                    matrices.insert(matrix.to_owned(), row[5].clone());
                }
                _ => assert!(field["enum"].is_null(), "{place}"),
            }
        }
        let theirs = file["matrixTranslations"].as_array().expect("matrices").iter();
        let theirs: BTreeMap<String, String> = theirs
            .map(|matrix| {
                (matrix["id"].as_str().expect("a name").to_owned(), choices(&matrix["enum"]))
            })
            .collect();
        assert_eq!(theirs, matrices, "{name}: the choices of its matrices");
    }
    compared
}

#[test]
fn translation_files_match_the_dictionary_in_their_language() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out").display().to_string();
    let export = |place: &str| {
        let with = ["--leave-out-scores", "--accept-recalled-keys", "--quiet"];
        let args = ["export", place, "--to", "redcap", "--language", "all", "--out", &out];
        let result = run(&[&args[..], &with].concat(), folder.path());
        assert_eq!(result.code, 0, "{place}: {}", result.err);
    };
    // Random instruments are rarely good psychometrics, so lints only give hints.
    let settings = "format = 1\n[lints]\nall = \"hint\"\n";
    std::fs::write(folder.path().join("scalewright.toml"), settings).expect("written");
    export(&root().join("instruments/side-by-side").display().to_string());
    let translated = (0..12).map(invent).filter(|made| made.german.is_some());
    let mut places = Vec::new();
    for made in translated {
        let place = folder.path().join(&made.id);
        std::fs::create_dir(&place).expect("created");
        let write =
            |name: &str, text: &str| std::fs::write(place.join(name), text).expect("written");
        write("instrument.toml", &made.definition);
        write("de.toml", made.german.as_deref().unwrap_or_default());
        export(&place.display().to_string());
        places.push(place.display().to_string());
    }
    // A study has one translation file for all its forms.
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    let with = ["--to", "redcap", "--study", "all", "--language", "all", "--out", &out];
    let more = ["--leave-out-scores", "--accept-recalled-keys", "--quiet"];
    let result = run(&[&["export"], &places[..], &with, &more].concat(), folder.path());
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(Path::new(&out).join("all.de.redcap-mlm.json").is_file());
    assert!(compare(Path::new(&out)) > 4, "some are translated");
}
