//! Published tables, weights and parameters: every number is reproduced.

use std::collections::BTreeMap;

use scalewright_check::Checked;
use serde_json::Value;

use super::map::{How, Table};
use super::{Definitions, EXACT, Sheet, assert_none, coded, half, list, map, shown, vectors};
use crate::support::root;

/// Answers with the sum `raw`: the first items have their highest value, one item a value between, the others their
/// lowest.
fn spread(checked: &Checked, raw: f64) -> BTreeMap<String, f64> {
    let items = coded(checked);
    let lowest: f64 = items.iter().map(|(_, values)| values[0]).sum();
    let mut left = raw - lowest;
    let mut row = BTreeMap::new();
    for (id, values) in items {
        let more = left.min(values[values.len() - 1] - values[0]);
        row.insert(id, values[0] + more);
        left -= more;
    }
    assert!(left.abs() < EXACT, "{raw} is not a raw score");
    row
}

/// The rows of a published table: a raw score, and a number for each column.
fn rows(table: &Value) -> Vec<(f64, BTreeMap<String, f64>)> {
    let number = |value: &Value| value.as_f64().expect("a table has numbers");
    if let Some(numbers) = table["index_is_raw_0_to_48"].as_array() {
        #[expect(clippy::cast_precision_loss, reason = "raw scores are small")]
        let row = |(raw, value): (usize, &Value)| {
            (raw as f64, BTreeMap::from([("metric".to_owned(), number(value))]))
        };
        return numbers.iter().enumerate().map(row).collect();
    }
    let names: Vec<&str> = list(table, "columns").iter().filter_map(Value::as_str).collect();
    let row = |row: &Value| {
        let row = row.as_array().expect("a row is a list");
        let named = names.iter().zip(row).skip(1);
        (number(&row[0]), named.map(|(name, v)| ((*name).to_owned(), number(v))).collect())
    };
    list(table, "rows").iter().map(row).collect()
}

fn compare(ours: Option<f64>, theirs: f64, near: f64, what: &str, faults: &mut Vec<String>) {
    if !ours.is_some_and(|ours| (ours - theirs).abs() <= near) {
        faults.push(format!("{what}: the table has {theirs}, ours is {}", shown(ours)));
    }
}

fn by_raw_score(entry: &Table, table: &Value, checked: &Checked, faults: &mut Vec<String>) {
    let table = rows(table);
    let answers: Vec<_> = table.iter().map(|(raw, _)| spread(checked, *raw)).collect();
    let sheet = Sheet::new(checked, &answers);
    for (row, (raw, numbers)) in table.iter().enumerate() {
        for (column, theirs) in numbers {
            let ours = sheet.score(&entry.columns[column], row);
            let what = format!("{} {column} of {raw}", entry.name);
            compare(ours, *theirs, entry.decimals.map_or(EXACT, half), &what, faults);
        }
    }
}

fn by_weight(entry: &Table, table: &Value, checked: &Checked, faults: &mut Vec<String>) {
    let items = coded(checked);
    let lowest: BTreeMap<String, f64> =
        items.iter().map(|(id, values)| (id.clone(), values[0])).collect();
    for (name, scale) in &entry.columns {
        let weights = &table["coefficients"][name];
        let weight = |item: &str, answer: f64| {
            let weight = &weights[item][answer.to_string()];
            weight.as_f64().unwrap_or_else(|| panic!("{name}: {item} = {answer} has no weight"))
        };
        let intercept = weights["NA"]["NA"].as_f64().expect("the model has an intercept");
        for (item, values) in &items {
            for &answer in values {
                let mut row = lowest.clone();
                row.insert(item.clone(), answer);
                let theirs =
                    intercept + row.iter().map(|(item, answer)| weight(item, *answer)).sum::<f64>();
                let ours = Sheet::new(checked, &[row]).score(scale, 0);
                compare(ours, theirs, EXACT, &format!("{name} of {item} = {answer}"), faults);
            }
        }
    }
}

fn by_age_and_sex(entry: &Table, table: &Value, checked: &Checked, faults: &mut Vec<String>) {
    let mut there = BTreeMap::new();
    for row in list(table, "rows") {
        let text = |column: usize| row[column].as_str().expect("a name");
        let sex = if text(2) == "F" { 1.0 } else { 2.0 };
        let age = row[1].as_u64().expect("an age");
        there.insert((text(0), age, sex.to_string()), row[3].as_f64().expect("a cut-off"));
    }
    for (name, scale) in &entry.columns {
        for age in 9..20_u32 {
            for sex in [1.0, 2.0] {
                let row = [("age".to_owned(), f64::from(age)), ("sex".to_owned(), sex)];
                let ours = Sheet::new(checked, &[row.into()]).score(scale, 0);
                let theirs = there.get(&(name.as_str(), u64::from(age), sex.to_string()));
                match theirs {
                    Some(&theirs) => {
                        compare(ours, theirs, EXACT, &format!("{name} of {age}, {sex}"), faults);
                    }
                    None if ours.is_some() => faults.push(format!("{name} has no {age}, {sex}")),
                    None => {}
                }
            }
        }
    }
}

fn by_parameter(entry: &Table, table: &Value) {
    let path = root().join(&entry.definition).join("instrument.toml");
    let text = std::fs::read_to_string(path).expect("the definition exists");
    let definition: Value = toml::from_str(&text).expect("the definition is valid TOML");
    let models = definition["models"].as_object().expect("the definition has models");
    let model = models.values().next().expect("the definition has a model");
    let column = |key: &str| {
        list(model, "items").iter().map(|item| item[key].clone()).collect::<Vec<Value>>()
    };
    assert_eq!(Value::from(column("discrimination")), table["a"], "{}", entry.name);
    assert_eq!(Value::from(column("thresholds")), table["b"], "{}", entry.name);
}

#[test]
fn every_number_of_a_published_table_is_reproduced() {
    let (map, vectors, mut definitions) = (map(), vectors(), Definitions::default());
    let mut faults = Vec::new();
    for (name, table) in vectors["lookup_tables"].as_object().expect("tables by name") {
        let entry = map.tables.iter().find(|entry| &entry.name == name);
        let entry = entry.unwrap_or_else(|| panic!("{name}: not in the map"));
        let checked = definitions.get(&entry.definition);
        match entry.how {
            How::Spread => by_raw_score(entry, table, checked, &mut faults),
            How::Weights => by_weight(entry, table, checked, &mut faults),
            How::ByAgeAndSex => by_age_and_sex(entry, table, checked, &mut faults),
            How::Parameters => by_parameter(entry, table),
        }
    }
    assert_none(&faults);
}
