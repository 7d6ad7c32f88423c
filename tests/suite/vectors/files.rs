//! Whole files: our scores equal, cell by cell, those computed in exact rational arithmetic, and those of public tools
//! under their rules for missing answers.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Definitions, Sheet, assert_none, map, shown, text};

/// The rows of a file, each by column. No cell of these files contains a comma or a quotation mark.
fn rows(name: &str) -> Vec<BTreeMap<String, String>> {
    let text = text(name);
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned));
    let header: Vec<String> = lines.next().expect("a file has a header").collect();
    lines.map(|cells| header.iter().cloned().zip(cells).collect()).collect()
}

fn answers(row: &BTreeMap<String, String>) -> BTreeMap<String, f64> {
    let cells = row.iter().filter(|(column, cell)| *column != "id" && !cell.is_empty());
    cells.map(|(column, cell)| (column.clone(), cell.parse().expect("an answer"))).collect()
}

fn cell(cell: &str) -> Value {
    match cell.parse::<f64>() {
        Ok(number) => json!(number),
        Err(_) if cell.is_empty() => Value::Null,
        Err(_) => json!(cell),
    }
}

#[test]
fn every_cell_equals_exact_arithmetic() {
    let (map, mut definitions) = (map(), Definitions::default());
    let (mut faults, mut cells) = (Vec::new(), 0);
    for file in &map.files {
        let given = rows(&format!("{}.responses.csv", file.name));
        let expected = rows(&format!("{}.expected.csv", file.name));
        assert_eq!(given.len(), expected.len(), "{}: the number of rows differs", file.name);
        let answers: Vec<_> = given.iter().map(answers).collect();
        let sheet = Sheet::new(definitions.get(&file.definition), &answers);
        for (row, expected) in expected.iter().enumerate() {
            for (column, theirs) in expected.iter().filter(|(column, _)| *column != "id") {
                let key = file.columns.get(column);
                let key = key.unwrap_or_else(|| panic!("{}: `{column}`", file.name));
                let fault = sheet.fault(key, &cell(theirs), row);
                let place = format!("{} row {} {column}", file.name, row + 1);
                faults.extend(fault.map(|why| format!("{place}: {why}")));
                cells += 1;
            }
        }
    }
    assert_none(&faults);
    assert!(cells > 10_000, "only {cells} cells");
}

/// Collects the columns of the tools' output, by tool and rule.
fn columns(value: &Value, path: &str, found: &mut BTreeMap<String, Vec<Option<f64>>>) {
    if let Some(object) = value.as_object() {
        for (key, value) in object {
            let path = if path.is_empty() { key.clone() } else { format!("{path}/{key}") };
            columns(value, &path, found);
        }
    } else if let Some(numbers) = value.as_array().filter(|numbers| numbers.len() > 10) {
        found.insert(path.to_owned(), numbers.iter().map(Value::as_f64).collect());
    }
}

#[test]
fn public_tools_agree_if_their_rules_can_be_expressed() {
    let (map, mut definitions) = (map(), Definitions::default());
    let policies = map.policies;
    let given: Vec<_> = rows("policies_9x5.csv").iter().map(answers).collect();
    let output = serde_json::from_str(&text("policies_9x5.expected.json")).expect("valid JSON");
    let mut found = BTreeMap::new();
    columns(&output, "", &mut found);
    let sheet = Sheet::new(definitions.get(&policies.definition), &given);
    let mut faults = Vec::new();
    for (path, theirs) in &found {
        let Some(id) = policies.columns.get(path) else {
            assert!(policies.not_expressible.contains_key(path), "{path}: not in the map");
            continue;
        };
        assert_eq!(theirs.len(), given.len(), "{path}: the number of rows differs");
        for (row, theirs) in theirs.iter().enumerate() {
            let ours = sheet.score(id, row);
            let equal = match (ours, theirs) {
                (Some(ours), Some(theirs)) => (ours - theirs).abs() <= super::EXACT,
                (None, Some(_)) if policies.differences.contains_key(path) => given[row].is_empty(),
                (ours, theirs) => ours.is_none() && theirs.is_none(),
            };
            if !equal {
                let theirs = shown(*theirs);
                faults.push(format!("{path} row {}: {theirs}, ours is {}", row + 1, shown(ours)));
            }
        }
    }
    assert_none(&faults);
}
