//! Vectors of instruments, and of reliability and change: each is scored, or the map gives a reason.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::map::Entry;
use super::{Definitions, EXACT, Sheet, assert_none, list, map, vectors, word};

fn answers(entry: &Entry, vector: &Value) -> BTreeMap<String, f64> {
    let id = word(vector, "id");
    match &vector["responses"] {
        Value::Array(given) => {
            assert_eq!(
                given.len(),
                entry.items.len(),
                "{id}: the number of answers differs from the items"
            );
            let pairs = entry.items.iter().zip(given);
            pairs.filter_map(|(item, answer)| Some((item.clone(), answer.as_f64()?))).collect()
        }
        Value::Object(given) => {
            let name = |key: &str| {
                entry.names.get(key).unwrap_or_else(|| panic!("{id}: `{key}` is not an item"))
            };
            let pairs = given.iter();
            pairs.filter_map(|(key, answer)| Some((name(key).clone(), answer.as_f64()?))).collect()
        }
        other => panic!("{id}: {other} is not a response"),
    }
}

#[test]
fn every_vector_is_scored_or_excluded_with_a_reason() {
    let (map, vectors, mut definitions) = (map(), vectors(), Definitions::default());
    let (mut faults, mut used) = (Vec::new(), BTreeSet::new());
    for vector in list(&vectors, "vectors") {
        let (id, name) = (word(vector, "id"), word(vector, "instrument"));
        let Some(entry) = map.instruments.iter().find(|entry| entry.name == name) else {
            faults.push(format!("{id}: `{name}` is not in the map"));
            continue;
        };
        used.insert(name.to_owned());
        let other = entry.vectors.get(id);
        let reason =
            other.and_then(|o| o.not_expressible.as_ref()).or(entry.not_expressible.as_ref());
        if reason.is_some() {
            continue;
        }
        let folder =
            other.and_then(|other| other.definition.as_ref()).or(entry.definition.as_ref());
        let folder = folder.unwrap_or_else(|| panic!("{id}: neither a definition nor a reason"));
        let sheet = Sheet::new(definitions.get(folder), &[answers(entry, vector)]);
        let wrong = entry.known_bad.get(id);
        for (key, expected) in vector["expected"].as_object().expect("numbers by key") {
            let Some(meaning) = entry.expected.get(key) else {
                faults.push(format!("{id}: `{key}` is not in the map"));
                continue;
            };
            faults
                .extend(sheet.fault(meaning, expected, 0).map(|why| format!("{id}: {key}: {why}")));
            let theirs = wrong.and_then(|wrong| wrong.get(key));
            if let (Some(theirs), Some(scale)) = (theirs, &meaning.scale) {
                let ours = sheet.score(scale, 0);
                let differs = ours.is_some_and(|ours| (ours - theirs).abs() > EXACT);
                assert!(differs, "{id}: {key} equals the wrong number of the source: {ours:?}");
            }
        }
    }
    for entry in &map.instruments {
        assert!(used.contains(&entry.name), "{}: it has no vector", entry.name);
    }
    assert_none(&faults);
}

#[test]
fn every_wrong_vector_of_a_source_is_a_negative_test() {
    let (map, vectors) = (map(), vectors());
    let known: BTreeSet<&str> = map
        .instruments
        .iter()
        .flat_map(|entry| entry.known_bad.keys())
        .map(String::as_str)
        .collect();
    let marked = list(&vectors, "vectors").iter();
    let marked = marked.filter(|vector| word(vector, "check").starts_with("KNOWN-BAD"));
    let marked: BTreeSet<&str> = marked.map(|vector| word(vector, "id")).collect();
    assert_eq!(known, marked);
}

#[test]
fn reliability_and_change_equal_the_published_values() {
    let (map, vectors, mut definitions) = (map(), vectors(), Definitions::default());
    let mut faults = Vec::new();
    for vector in list(&vectors, "reliability_vectors") {
        let id = word(vector, "id");
        let entry = map.reliability.iter().find(|entry| entry.id == id);
        let entry = entry.unwrap_or_else(|| panic!("{id}: not in the map"));
        let mut row = BTreeMap::new();
        for (key, value) in vector["input"].as_object().expect("inputs by name") {
            let value = value.as_f64().expect("an input is a number");
            if let Some(item) = entry.names.get(key) {
                row.insert(item.clone(), value);
            } else {
                assert_eq!(entry.fixed.get(key), Some(&value), "{id}: `{key}` is not in the map");
            }
        }
        let sheet = Sheet::new(definitions.get(&entry.definition), &[row]);
        for (key, expected) in vector["expected"].as_object().expect("numbers by key") {
            let meaning = entry.expected.get(key).unwrap_or_else(|| panic!("{id}: `{key}`"));
            faults
                .extend(sheet.fault(meaning, expected, 0).map(|why| format!("{id}: {key}: {why}")));
        }
    }
    assert_none(&faults);
}
