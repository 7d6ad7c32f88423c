//! The instruments of the kit use every key and every value of the format.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("the file is in the repository")
}

/// Adds what a schema defines: `ItemFile.stem` for a key, `Mode=paper` for a value.
fn defined(schema: &Value, name: &str, found: &mut BTreeSet<String>) {
    for key in schema["properties"].as_object().into_iter().flat_map(|keys| keys.keys()) {
        found.insert(format!("{name}.{key}"));
    }
    for value in schema["oneOf"].as_array().into_iter().flatten() {
        found.extend(value["const"].as_str().map(|value| format!("{name}={value}")));
    }
}

/// Adds what a file uses, by following its schema.
fn used(value: &Value, schema: &Value, name: &str, root: &Value, found: &mut BTreeSet<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().expect("a reference has a name");
        return used(value, &root["$defs"][name], name, root, found);
    }
    match value {
        Value::Object(table) => {
            for (key, value) in table {
                let own = &schema["properties"][key];
                if own.is_null() {
                    used(value, &schema["additionalProperties"], name, root, found);
                } else {
                    found.insert(format!("{name}.{key}"));
                    used(value, own, name, root, found);
                }
            }
        }
        Value::Array(list) => {
            list.iter().for_each(|value| used(value, &schema["items"], name, root, found));
        }
        Value::String(word) => {
            found.insert(format!("{name}={word}"));
        }
        _ => {}
    }
}

#[test]
fn the_kit_uses_every_key_and_value_of_the_format() {
    let folder = root().join("crates/scalewright-plugins/src/kit/instruments");
    let (mut all, mut found) = (BTreeSet::new(), BTreeSet::new());
    for (kind, is_kind) in [("instrument", true), ("wording", false)] {
        let schema = text(&format!("schemas/{kind}.schema.json"));
        let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
        defined(&schema, kind, &mut all);
        for (name, schema) in schema["$defs"].as_object().expect("there are definitions") {
            defined(schema, name, &mut all);
        }
        for entry in std::fs::read_dir(&folder).expect("the folder exists").flatten() {
            let file = std::fs::read_to_string(entry.path()).expect("the file can be read");
            let value: Value = toml::from_str(&file).expect("the file is TOML");
            if value.get("id").is_some() == is_kind {
                used(&value, &schema, kind, &schema, &mut found);
            }
        }
    }
    let missing: Vec<&String> = all.difference(&found).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_page_lists_every_rule() {
    let page = text("docs/src/plug-ins/check.md");
    for rule in scalewright_plugins::kit::Rule::ALL {
        let kinds: Vec<String> =
            rule.kinds().iter().map(|kind| format!("{kind:?}").to_lowercase()).collect();
        let kinds = if kinds.len() == 3 { "all".to_owned() } else { kinds.join(", ") };
        let row = format!("| `{}` | {kinds} | {} |", rule.name(), rule.checks());
        assert!(page.contains(&row), "the page lacks the row {row}");
    }
}
