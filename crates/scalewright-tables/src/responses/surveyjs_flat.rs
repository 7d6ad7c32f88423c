//! Flattens a result of a SurveyJS form to one row.
//!
//! A result has an answer for each question, an object with several answers for each matrix, and the values that the form
//! computed. In a study, the names of all of them begin with the id of their instrument.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Instrument, ScaleIx};
use serde_json::{Map as Object, Value};

use super::json_row::Cell;
use super::json_sound::TWICE;
use super::map_file::Map;

/// What precedes the name of a question in a study, after the id of its instrument.
const SEPARATOR: &str = "__";
/// The name of a matrix of our own forms, before its number.
const MATRIX: &str = "items__";
/// The names of texts, sections and pages of our own forms begin with these. jsPsych adds a null for each text.
const WITHOUT_ANSWERS: [&str; 3] = ["text__", "section__", "page__"];
/// The value that names the instrument and its version.
const VERSION: &str = "form__version";

/// The names that results may have.
pub(super) struct Names {
    instrument: String,
    version: String,
    /// The column of each item.
    items: BTreeSet<String>,
    /// The scale of each computed score.
    scores: BTreeMap<String, ScaleIx>,
    /// The computed values that are not scores.
    others: BTreeSet<String>,
}

/// A result as one row.
pub(super) struct Flat {
    /// The cells, or the fault of the whole row.
    pub(super) cells: Result<Vec<(String, Cell)>, &'static str>,
    /// The scores that the form computed.
    pub(super) scores: BTreeMap<ScaleIx, Value>,
    /// Whether our own form saved the result. It saves no score that has no value.
    pub(super) is_own: bool,
    /// The version of the form, if it is another one than that of the definition.
    pub(super) other_version: Option<String>,
    /// Whether there is an answer to any item.
    pub(super) has_answers: bool,
}

impl Names {
    pub(super) fn new(instrument: &Instrument, map: &Map) -> Self {
        let column = |id: &String| map.column(id).to_owned();
        let items: BTreeSet<String> =
            instrument.items.iter().map(|item| column(&item.id)).collect();
        let (mut scores, mut others) = (BTreeMap::new(), BTreeSet::new());
        for (index, scale) in instrument.scales.iter().enumerate() {
            let id = &scale.id;
            let name = map.named_stated(id).unwrap_or(id);
            // A scale may have the name of an item. Then the value is an answer.
            if !items.contains(name) {
                scores.insert(name.to_owned(), ScaleIx(index));
            }
            others.extend(["answered", "prorated", "band"].map(|mark| format!("{id}_{mark}")));
            let sets = scale.band_sets.iter().map(|set| format!("{id}_band_{}", set.id));
            others.extend(sets);
        }
        let (instrument, version) = (instrument.id.clone(), instrument.version.clone());
        Self { instrument, version, items, scores, others }
    }

    /// Flattens a result.
    pub(super) fn flat(&self, result: Object<String, Value>) -> Flat {
        let mut flat = Flat {
            cells: Ok(Vec::new()),
            scores: BTreeMap::new(),
            is_own: false,
            other_version: None,
            has_answers: false,
        };
        let prefix = format!("{}{SEPARATOR}", self.instrument);
        let is_study = result.keys().any(|name| name.starts_with(&prefix));
        let (mut cells, mut version) = (Vec::new(), None);
        for (name, value) in result {
            let name = match name.strip_prefix(&prefix) {
                Some(own) => own.to_owned(),
                // The values of other instruments of a study.
                None if is_study && name.contains(SEPARATOR) => continue,
                None => name,
            };
            match value {
                _ if name == VERSION => version = Some(value),
                Value::Object(answers) if self.is_matrix(&name, &answers) => cells.extend(answers),
                value if !self.items.contains(&name) && self.scores.contains_key(&name) => {
                    flat.scores.insert(self.scores[&name], value);
                }
                _ if self.is_no_answer(&name) => {}
                Value::Null if name.starts_with(MATRIX) => {}
                value => cells.push((name, value)),
            }
        }
        if let Some(version) = version {
            self.check_version(&version, &mut flat);
        }
        flat.has_answers = cells.iter().any(|(name, _)| self.items.contains(name));
        let mut seen = BTreeSet::new();
        flat.cells = match cells.iter().all(|(name, _)| seen.insert(name.clone())) {
            true => Ok(cells.into_iter().map(|(name, value)| (name, Cell::of(value))).collect()),
            false => Err(TWICE),
        };
        flat
    }

    /// Whether an object has the answers to the rows of a matrix: its name is that of a matrix in our own forms, or all
    /// its names are those of items.
    fn is_matrix(&self, name: &str, answers: &Object<String, Value>) -> bool {
        name.starts_with(MATRIX)
            || !answers.is_empty() && answers.keys().all(|row| self.items.contains(row))
    }

    /// Whether a name is that of a part of our own forms that has no answer, or of a value that is not a score.
    fn is_no_answer(&self, name: &str) -> bool {
        let is_own = self.others.contains(name)
            || WITHOUT_ANSWERS.iter().any(|beginning| name.starts_with(beginning));
        is_own && !self.items.contains(name)
    }

    /// Notes the version of the form.
    fn check_version(&self, version: &Value, flat: &mut Flat) {
        let version = version.as_str().unwrap_or_default();
        if version != format!("{} {}", self.instrument, self.version) {
            flat.other_version = Some(version.to_owned());
        }
        flat.is_own = true;
    }

    /// The columns of the items.
    pub(super) fn items(&self) -> impl Iterator<Item = &String> {
        self.items.iter()
    }

    /// What the form should state as its version.
    pub(super) fn version(&self) -> String {
        format!("{} {}", self.instrument, self.version)
    }
}
