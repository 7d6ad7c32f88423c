//! Published vectors: answers with the scores that somebody else's test or rule gives for them.
//!
//! `tests/vectors/scoring_vectors.json` has the numbers, each with its source; `tests/vectors/map.toml` says which
//! definition scores them and what each number is there. Every vector is scored, or the map says why it cannot
//! be. `docs/src/vectors.md` is written from both: `UPDATE_DOCS=1 cargo test -p scalewright-tests vectors`.

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

/// Numbers that a source prints in full are ours when they differ by less than this.
const EXACT: f64 = 1e-9;

fn text(name: &str) -> String {
    let path = root().join("tests/vectors").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn map() -> Map {
    toml::from_str(&text("map.toml")).unwrap_or_else(|error| panic!("map.toml: {error}"))
}

fn vectors() -> Value {
    serde_json::from_str(&text("scoring_vectors.json")).expect("the vectors are JSON")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("`{key}` is a list"))
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("`{key}` is text"))
}

/// A definition with respondents of it scored.
struct Sheet<'a> {
    checked: &'a Checked,
    scored: Vec<Scored>,
}

impl<'a> Sheet<'a> {
    /// Scores `rows`, each the answers by item id.
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

    /// The position among the scales of what is called `id`: a scale, a flag, a derived score.
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

    /// What is wrong with what `key` says of respondent `row`, if anything is, when a source says `expected`.
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
        assert!(key.when_not_asked, "a key of the map says nothing");
        let instrument = self.checked.instrument.as_ref().expect("loaded without error");
        let theirs = expected.as_object().expect("what was imputed, by item");
        theirs.iter().find_map(|(number, value)| {
            let item = number.parse::<usize>().ok().and_then(|n| instrument.items.get(n - 1));
            let ours = item.and_then(|item| item.ask.as_ref()).and_then(|ask| ask.otherwise);
            if ours == value.as_f64() { None } else { fault(format!("{ours:?} for {number}")) }
        })
    }
}

/// Half of the last of so many decimals: how far a number may be from the same number printed.
fn half(decimals: i32) -> f64 {
    0.5 * 10_f64.powi(-decimals) + EXACT
}

fn shown(score: Option<f64>) -> String {
    score.map_or("missing".to_owned(), |score| score.to_string())
}

/// The items that are answered by options and are part of the instrument, each with its values, ascending.
fn coded(checked: &Checked) -> Vec<(String, Vec<f64>)> {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let items = instrument.items.iter().enumerate().filter(|(_, item)| !item.background);
    let coded = items.filter_map(|(index, item)| {
        let response = instrument.response(ItemIx(index));
        matches!(response.kind, ResponseKind::Coded { .. }).then_some(())?;
        #[expect(clippy::cast_precision_loss, reason = "coded values are small")]
        let values = response.scored_values()?.into_iter().map(|value| value as f64).collect();
        Some((item.id.clone(), values))
    });
    coded.collect()
}

/// Definitions, each loaded once.
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
