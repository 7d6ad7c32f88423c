//! Languages of REDCap projects, which become translations if they are complete and drafts if they are not.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::run;

const DICTIONARY: &str = "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,\"Choices, Calculations, OR Slider Labels\",Matrix Group Name
record_id,birds,,text,Record,,
b1,birds,Look around.,radio,I see birds.,\"0, Never | 1, Often\",seen
b2,birds,,radio,I hear birds.,\"0, Never | 1, Often\",seen
";

/// A language with these labels of the two fields.
fn language(key: &str, labels: [&str; 2], more: &Value) -> Value {
    let field = |(id, label): (&str, &str)| json!({ "id": id, "label": { "hash": "1", "translation": label } });
    let mut fields: Vec<Value> = [("b1", labels[0]), ("b2", labels[1])].map(field).to_vec();
    fields.extend(more.as_array().into_iter().flatten().cloned());
    let options = json!([{ "id": "0", "translation": "Nie" }, { "id": "1", "translation": "Oft" }]);
    json!({
        "creator": "REDCap MLM", "key": key, "display": key, "rtl": false,
        "formTranslations": [{ "id": "birds", "translation": "Vögel" }],
        "fieldTranslations": fields,
        "matrixTranslations": [{ "id": "seen", "header": { "translation": "Umschau." }, "enum": options }],
        "surveyTranslations": [],
    })
}

fn folder(languages: &[(&str, Value)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("form.csv"), DICTIONARY).expect("writable");
    for (name, language) in languages {
        // REDCap writes a mark of the byte order.
        fs::write(folder.path().join(name), format!("\u{feff}{language}")).expect("writable");
    }
    folder
}

fn table(path: &Path) -> toml::Table {
    let text = fs::read_to_string(path).expect("written");
    toml::from_str(&text).expect("it is TOML")
}

#[test]
fn a_complete_language_is_a_translation_and_an_incomplete_one_is_a_draft() {
    let none = json!([]);
    let unknown = json!([{ "id": "other", "label": { "translation": "?" } }]);
    let folder = folder(&[
        ("de.json", language("de", ["Ich sehe Vögel.", "Ich höre Vögel."], &none)),
        ("nl.json", language("nl", ["Ik zie vogels.", ""], &unknown)),
    ]);
    let args = ["import", "form.csv", "--language", "en", "--licence", "CC0-1.0"];
    let result = run(
        &[&args[..], &["--translation", "de.json", "--translation", "nl.json"]].concat(),
        folder.path(),
    );
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
    for part in [
        "not understood: nl.json: the project has no place for the words of `other`",
        "the translation `nl` lacks 1 text and is not published",
    ] {
        assert!(result.out.contains(part), "{part}: {}", result.out);
    }
    let german = table(&folder.path().join("birds/de.toml"));
    assert_eq!(german["items"]["b2"].as_str(), Some("Ich höre Vögel."));
    assert_eq!(german["title"].as_str(), Some("Vögel"));
    let scales = german["response-scales"].as_table().expect("a table");
    let labels: Vec<_> = scales.iter().map(|(_, scale)| scale["options"]["1"].as_str()).collect();
    assert_eq!(labels, [Some("Oft")]);
    let dutch = table(&folder.path().join("birds/nl.toml"));
    assert_eq!(dutch["incomplete"].as_bool(), Some(true));
    assert_eq!(dutch["items"].as_table().map(toml::Table::len), Some(1));
    let english = table(&folder.path().join("birds/instrument.toml"));
    assert_eq!(english["items"][1]["stem"].as_str(), Some("I hear birds."));
    let checked = run(&["check", "birds"], folder.path());
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
}

#[test]
fn a_language_that_cannot_be_used_is_refused() {
    let none = json!([]);
    let labels = ["Ich sehe Vögel.", "Ich höre Vögel."];
    let folder = folder(&[
        ("de.json", language("de", labels, &none)),
        ("named.json", language("German", labels, &none)),
        ("other.json", json!({ "creator": "somebody" })),
        ("form.osd", json!({ "definition": { "scale_info": { "code": "a" }, "items": [] } })),
    ]);
    for (file, translation, more, part) in [
        ("form.csv", "de.json", &[][..], "does not say in which language it is"),
        ("form.csv", "named.json", &["--language", "en"], "`German` is not a language tag"),
        (
            "form.csv",
            "other.json",
            &["--language", "en"],
            "the file is no language of a REDCap project",
        ),
        (
            "form.csv",
            "form.csv",
            &["--language", "en"],
            "the file is no language of a REDCap project",
        ),
        ("form.osd", "de.json", &[], "`--translation` is for projects of REDCap"),
    ] {
        let args = ["import", file, "--translation", translation];
        let result = run(&[&args[..], more].concat(), folder.path());
        assert_ne!(result.code, 0, "{file} {translation}");
        assert!(result.err.contains(part), "{part}: {}", result.err);
        assert!(!folder.path().join("birds").exists());
    }
}
