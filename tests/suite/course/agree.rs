//! Reads the oracles of courses, and compares what was computed with what they state.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::support::root;

/// The text of a file of the oracles.
pub(super) fn text(name: &str) -> String {
    let path = root().join("tests/course/oracles").join(name);
    fs::read_to_string(path).expect("the oracle exists")
}

/// A JSON file of the oracles.
pub(super) fn json(name: &str) -> Value {
    serde_json::from_str(&text(name)).expect("the oracle is JSON")
}

/// The cells of a table of the oracles, without its header.
pub(super) fn rows(name: &str) -> Vec<Vec<String>> {
    let text = text(name);
    let rows = text.lines().skip(1);
    rows.map(|row| row.split(',').map(str::to_owned).collect()).collect()
}

/// A series of a table: sessions, and one or more variables.
#[derive(Default)]
pub(super) struct Series {
    pub(super) sessions: Vec<i64>,
    pub(super) values: Vec<Vec<f64>>,
}

/// The series of a table with the columns person, session and one or more variables.
pub(super) fn series(name: &str) -> BTreeMap<String, Series> {
    let mut all: BTreeMap<String, Series> = BTreeMap::new();
    for row in rows(name) {
        let series = all.entry(row[0].clone()).or_default();
        series.sessions.push(row[1].parse().expect("a session number"));
        series.values.resize(row.len() - 2, Vec::new());
        for (values, cell) in series.values.iter_mut().zip(&row[2..]) {
            values.push(cell.parse().expect("a score"));
        }
    }
    all
}

/// Asserts that `got` is what the oracle has, to 1e-9, or to `tolerance`.
pub(super) fn near(want: &Value, got: Option<f64>, tolerance: f64, place: &str) {
    let Some(expected) = want.as_f64() else {
        assert!(want.is_null(), "{place}: {want} is no number");
        return assert_eq!(got, None, "{place}");
    };
    let got = got.unwrap_or_else(|| panic!("{place}: nothing instead of {expected}"));
    let bound = tolerance * expected.abs().max(1.0);
    assert!((expected - got).abs() <= bound, "{place}: {got} instead of {expected}");
}

/// The same to 1e-9.
pub(super) fn equal(want: &Value, got: f64, place: &str) {
    near(want, Some(got), 1e-9, place);
}

/// The whole numbers of a list.
pub(super) fn wholes(list: &Value) -> Vec<i64> {
    let list = list.as_array().expect("a list");
    list.iter().map(|one| one.as_i64().expect("a whole number")).collect()
}

/// The numbers of a list.
pub(super) fn floats(list: &Value) -> Vec<f64> {
    let list = list.as_array().expect("a list");
    list.iter().map(|one| one.as_f64().expect("a number")).collect()
}

/// The members of an object.
pub(super) fn members(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().expect("an object").iter()
}
