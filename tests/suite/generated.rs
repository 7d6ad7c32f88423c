//! Generated files are up to date: they equal the output of the public commands, or what is made from the sources.

use std::collections::BTreeSet;

use scalewright_export::fhir_mapping::MAPPING;
use serde_json::Value;
use xtask::{api, list};

use crate::oracles::{Way, corpus, export_scores};
use crate::support::{load, root, run};

#[test]
fn schemas_match_the_program() {
    let kinds = [
        "instrument",
        "wording",
        "cases",
        "key",
        "config",
        "pack",
        "target",
        "map",
        "baseline",
        "report",
        "plugin-request",
        "plugin-response",
    ];
    for kind in kinds {
        let path = root().join(format!("schemas/{kind}.schema.json"));
        let there = std::fs::read_to_string(&path).expect("the schema exists");
        let result = run(&["schema", kind], &root());
        assert_eq!(there, result.out, "schemas/ is out of date: run `cargo xtask generate`");
    }
}

#[test]
fn the_page_of_fhir_matches_the_program() {
    let there = std::fs::read_to_string(root().join("docs/src/reference/fhir.md"));
    let result = run(&["schema", "fhir", "--format", "markdown"], &root());
    assert_eq!(there.expect("the page exists"), result.out, "run `cargo xtask generate`");
}

#[test]
fn the_pages_of_targets_match_the_program() {
    let page = |name: &str| std::fs::read_to_string(root().join("docs/src/reference").join(name));
    let list = run(&["targets", "--format", "markdown"], &root()).out;
    assert_eq!(page("targets.md").expect("the page exists"), list, "run `cargo xtask generate`");
    let keys = run(&["targets", "--keys"], &root()).out;
    assert_eq!(page("targets-keys.md").expect("it exists"), keys, "run `cargo xtask generate`");
    for (_, target) in scalewright_export::listed() {
        let printed = run(&["targets", target.name, "--format", "markdown"], &root()).out;
        let written = page(&format!("targets/{}.md", target.name)).expect("the page exists");
        assert_eq!(written, printed, "run `cargo xtask generate`");
    }
}

#[test]
fn the_pages_of_crates_match_the_sources() {
    let pages = api::pages(&root()).expect("every public item is found, and has a comment");
    for (path, text) in &pages {
        let there = std::fs::read_to_string(root().join(path)).expect("the page exists");
        assert!(there == *text, "{path} is out of date: run `cargo xtask generate`");
    }
    let mut crates = Vec::new();
    for entry in std::fs::read_dir(root().join("crates")).expect("the crates exist").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        crates.extend(entry.path().is_dir().then(|| format!("{}/{name}.md", api::FOLDER)));
    }
    let mut listed: Vec<String> = pages.into_iter().map(|(path, _)| path).collect();
    crates.sort();
    listed.sort();
    assert_eq!(listed, crates, "each crate has a page");
}

#[test]
fn the_pages_of_crates_are_short() {
    for (path, text) in api::pages(&root()).expect("every public item has a comment") {
        let words = text.split_whitespace().count();
        let advice = "list fewer methods in xtask/src/api.rs, or make items private to their crate";
        assert!(words <= 2_000, "{path} has {words} words: {advice}");
    }
}

#[test]
fn the_example_of_the_page_on_crates_is_tested() {
    let page = std::fs::read_to_string(root().join("docs/src/crates.md")).expect("it exists");
    let example = page.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next());
    let example = example.expect("the page has an example");
    let tested = include_str!("another_program.rs");
    assert!(tested.contains(example), "the example differs from tests/suite/another_program.rs");
}

/// The keys of `instrument.toml` that contain no others, as paths.
pub(crate) fn keys_of_the_format() -> BTreeSet<String> {
    let path = root().join("schemas/instrument.schema.json");
    let schema = std::fs::read(&path).expect("the schema exists");
    let schema: Value = serde_json::from_slice(&schema).expect("valid JSON");
    let mut known = BTreeSet::new();
    keys(&schema, (&schema, ""), &[], &mut known);
    assert!(known.len() > 120, "only {} keys were found in the schema", known.len());
    known
}

#[test]
fn the_list_of_instruments_matches_the_program() {
    let page = std::fs::read_to_string(root().join(list::PAGE)).expect("the page exists");
    let csv = run(&["list", "--format", "csv"], &root()).out;
    let wanted = list::with_list(&page, &csv).expect("the page has a list");
    assert!(page == wanted, "{} is out of date: run `cargo xtask generate`", list::PAGE);
}

/// Collects the keys of a table that contain no other tables, as paths.
fn keys(schema: &Value, at: (&Value, &str), within: &[&str], found: &mut BTreeSet<String>) {
    let (node, path) = at;
    if let Some(name) = node["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
        assert!(!within.contains(&name), "a table within itself: `{name}`");
        let within = [within, &[name]].concat();
        return keys(schema, (&schema["$defs"][name], path), &within, found);
    }
    let before = found.len();
    for choice in ["anyOf", "oneOf", "allOf"] {
        for choice in node[choice].as_array().into_iter().flatten() {
            keys(schema, (choice, path), within, found);
        }
    }
    for (key, rule) in node["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let before = found.len();
        keys(schema, (rule, &path), within, found);
        if found.len() == before {
            found.insert(path);
        }
    }
    if found.len() == before {
        for (inner, mark) in [("items", "[]"), ("additionalProperties", ".*")] {
            if node[inner].is_object() {
                keys(schema, (&node[inner], &format!("{path}{mark}")), within, found);
            }
        }
    }
}

#[test]
fn the_page_of_fhir_has_every_key_once() {
    let known = keys_of_the_format();
    let listed: Vec<&str> = MAPPING.iter().flat_map(|row| row.keys).copied().collect();
    let once: BTreeSet<String> = listed.iter().map(|&key| key.to_owned()).collect();
    assert_eq!(listed.len(), once.len(), "a key is listed twice");
    let missing: Vec<&String> = known.difference(&once).collect();
    let unknown: Vec<&String> = once.difference(&known).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "missing {missing:?}, unknown {unknown:?}");
}

/// Collects the names of the elements of a resource, and the last parts of the URLs of its extensions.
fn elements(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            for (key, inner) in entries {
                if let ("url", Some(url)) = (key.as_str(), inner.as_str()) {
                    found.extend(url.rsplit('/').next().map(str::to_owned));
                }
                found.insert(key.clone());
                elements(inner, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| elements(inner, found)),
        _ => {}
    }
}

#[test]
fn the_page_of_fhir_names_only_exported_elements() {
    let mut written = BTreeSet::new();
    let every_kind = load(&root().join("tests/fixtures/fhir"));
    for checked in corpus().into_iter().map(|(_, checked)| checked).chain([every_kind]) {
        for format in ["fhir", "fhir-r5"] {
            let (bytes, _) = export_scores(&checked, (format, Way::Portable), ".json");
            elements(&serde_json::from_slice(&bytes).expect("valid JSON"), &mut written);
        }
    }
    let named = MAPPING.iter().flat_map(|row| row.elements);
    let absent: Vec<_> = named.filter(|name| !written.contains(**name)).collect();
    // The corpus is exported in the language of the source.
    let absent: Vec<_> = absent.into_iter().filter(|name| **name != "derivedFrom").collect();
    assert!(absent.is_empty(), "no export has {absent:?}");
}
