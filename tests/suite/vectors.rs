//! Published test vectors: answers with scores from third-party tests or rules.
//!
//! `tests/vectors/scoring_vectors.json` has the numbers with their sources. `tests/vectors/map.toml` states which
//! definition scores them, and what each number is in it. Every vector is scored, or the map gives a reason why it
//! cannot be. `UPDATE_DOCS=1 cargo test -p scalewright-tests vectors` generates `docs/src/vectors.md` from both.

mod files;
mod map;
mod page;
mod published;
mod tables;

use std::collections::BTreeMap;
use std::fs;

use scalewright_check::Checked;
use scalewright_model::{ItemIx, ResponseKind};
use scalewright_scoring::{Column, Responses, Scored, evaluate};
use serde_json::Value;

use crate::support::{load, root};
use map::{Key, Map};

/// The tolerance for numbers that a source prints with all digits.
const EXACT: f64 = 1e-9;

fn text(name: &str) -> String {
    let path = root().join("tests/vectors").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn map() -> Map {
    toml::from_str(&text("map.toml")).unwrap_or_else(|error| panic!("map.toml: {error}"))
}

fn vectors() -> Value {
    serde_json::from_str(&text("scoring_vectors.json")).expect("the vectors are valid JSON")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("`{key}` is not a list"))
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("`{key}` is not a string"))
}

/// A definition with scored respondents.
struct Sheet<'a> {
    checked: &'a Checked,
    scored: Vec<Scored>,
}

impl<'a> Sheet<'a> {
    /// Scores `rows`, each with the answers by item id.
    fn new(checked: &'a Checked, rows: &[BTreeMap<String, f64>]) -> Self {
        let instrument = checked.instrument.as_ref().expect("loaded without error");
        for id in rows.iter().flat_map(BTreeMap::keys) {
            let known = instrument.items.iter().any(|item| &item.id == id);
            assert!(known, "{}: there is no item `{id}`", instrument.id);
        }
        let column = |id: &str| {
            let mut column = Column::default();
            for row in rows {
                column.push(row.get(id).copied());
            }
            column
        };
        let items = instrument.items.iter().map(|item| column(&item.id)).collect();
        let responses = Responses { rows: rows.len(), items };
        Self { checked, scored: evaluate(&checked.program, &responses) }
    }

    /// The position of the scale, flag or derived score `id` among the scales.
    fn scale(&self, id: &str) -> usize {
        let instrument = self.checked.instrument.as_ref().expect("loaded without error");
        let found = instrument.scales.iter().position(|scale| scale.id == id);
        found.unwrap_or_else(|| panic!("{}: there is no score `{id}`", instrument.id))
    }

    fn score(&self, id: &str, row: usize) -> Option<f64> {
        let scale = scalewright_model::ScaleIx(self.scale(id));
        let position = self.checked.program.position(scale);
        let position = position.unwrap_or_else(|| panic!("`{id}` is never scored"));
        self.scored[position].score.get(row)
    }

    fn band(&self, id: &str, row: usize) -> Option<&str> {
        let instrument = self.checked.instrument.as_ref().expect("loaded without error");
        let score = self.score(id, row)?;
        let bands = &instrument.scales[self.scale(id)].bands;
        bands.iter().find(|band| band.contains(score)).map(|band| band.label.as_str())
    }

    /// Describes how the value of `key` for respondent `row` differs from `expected`, the value of the source. Returns
    /// `None` if they agree.
    fn fault(&self, key: &Key, expected: &Value, row: usize) -> Option<String> {
        let fault = |ours: String| Some(format!("the source has {expected}, ours is {ours}"));
        if let Some(id) = &key.scale {
            let ours = self.score(id, row).map(|score| score / key.divide.unwrap_or(1.0));
            let near = key.decimals.map_or(EXACT, half);
            let equal = match (ours, expected.as_f64()) {
                (Some(ours), Some(theirs)) => (ours - theirs).abs() <= near,
                (None, None) => expected.is_null(),
                _ => false,
            };
            return if equal { None } else { fault(shown(ours)) };
        }
        if let Some(id) = &key.flag {
            let ours = self.score(id, row);
            let theirs = expected.as_bool().map(|truth| if truth { 1.0 } else { 0.0 });
            return if ours == theirs { None } else { fault(shown(ours)) };
        }
        if let Some(id) = &key.band {
            let theirs = expected.as_str().filter(|label| !label.is_empty());
            let theirs = theirs.map(|label| key.words.get(label).map_or(label, String::as_str));
            let ours = self.band(id, row);
            return if ours == theirs { None } else { fault(ours.unwrap_or("none").to_owned()) };
        }
        if let Some(id) = &key.scored {
            let ours = self.score(id, row);
            let equal = expected.as_bool() == Some(ours.is_some());
            return if equal { None } else { fault(shown(ours)) };
        }
        assert!(key.when_not_asked, "a key of the map names no value");
        let instrument = self.checked.instrument.as_ref().expect("loaded without error");
        let theirs = expected.as_object().expect("the imputed answers by item");
        theirs.iter().find_map(|(number, value)| {
            let item = number.parse::<usize>().ok().and_then(|n| instrument.items.get(n - 1));
            let ours = item.and_then(|item| item.ask.as_ref()).and_then(|ask| ask.otherwise);
            if ours == value.as_f64() { None } else { fault(format!("{ours:?} for {number}")) }
        })
    }
}

/// Half a unit of the last decimal: the greatest difference between a number and its printed form.
fn half(decimals: i32) -> f64 {
    0.5 * 10_f64.powi(-decimals) + EXACT
}

fn shown(score: Option<f64>) -> String {
    score.map_or("missing".to_owned(), |score| score.to_string())
}

/// The items with response options that are not background items, each with its values in ascending order.
fn coded(checked: &Checked) -> Vec<(String, Vec<f64>)> {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let items = instrument.items.iter().enumerate().filter(|(_, item)| !item.background);
    let coded = items.filter_map(|(index, item)| {
        let response = instrument.response(ItemIx(index));
        matches!(response.kind, ResponseKind::Coded { .. }).then_some(())?;
        let values = response
            .scored_values()?
            .into_iter()
            .map(scalewright_model::OptionValue::number)
            .collect();
        Some((item.id.clone(), values))
    });
    coded.collect()
}

/// The definitions, each loaded only once.
#[derive(Default)]
struct Definitions(BTreeMap<String, Checked>);

impl Definitions {
    fn get(&mut self, folder: &str) -> &Checked {
        self.0.entry(folder.to_owned()).or_insert_with(|| load(&root().join(folder)))
    }
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} numbers differ:\n{}", faults.len(), faults.join("\n"));
}
