//! The types of `tests/vectors/map.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Map {
    pub(super) instruments: Vec<Entry>,
    pub(super) reliability: Vec<Reliability>,
    pub(super) tables: Vec<Table>,
    pub(super) files: Vec<File>,
    pub(super) policies: Policies,
}

/// One instrument of the vectors.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Entry {
    /// Its name in the vectors.
    pub(super) name: String,
    pub(super) definition: Option<String>,
    pub(super) not_expressible: Option<String>,
    /// The items in the order of the responses.
    #[serde(default)]
    pub(super) items: Vec<String>,
    /// The items by their names in the responses, if these are not in order.
    #[serde(default)]
    pub(super) names: BTreeMap<String, String>,
    pub(super) note: Option<String>,
    #[serde(default)]
    pub(super) expected: BTreeMap<String, Key>,
    /// Vectors that another definition scores, or that none can score.
    #[serde(default)]
    pub(super) vectors: BTreeMap<String, Other>,
    /// Wrong numbers of a source, by vector and key.
    #[serde(default)]
    pub(super) known_bad: BTreeMap<String, BTreeMap<String, f64>>,
}

/// The value in the definition that corresponds to an expected number.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Key {
    pub(super) scale: Option<String>,
    pub(super) flag: Option<String>,
    pub(super) band: Option<String>,
    /// The labels of the source, each with that of the definition.
    #[serde(default)]
    pub(super) words: BTreeMap<String, String>,
    pub(super) scored: Option<String>,
    #[serde(default)]
    pub(super) when_not_asked: bool,
    pub(super) decimals: Option<i32>,
    pub(super) divide: Option<f64>,
}

/// A vector that differs from the others of its instrument.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Other {
    pub(super) definition: Option<String>,
    pub(super) not_expressible: Option<String>,
    pub(super) reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Reliability {
    pub(super) id: String,
    pub(super) definition: String,
    /// The items by the names of the inputs.
    pub(super) names: BTreeMap<String, String>,
    /// Inputs that are constants of the definition.
    #[serde(default)]
    pub(super) fixed: BTreeMap<String, f64>,
    pub(super) expected: BTreeMap<String, Key>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) definition: String,
    pub(super) how: How,
    #[serde(default)]
    pub(super) columns: BTreeMap<String, String>,
    pub(super) decimals: Option<i32>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum How {
    Spread,
    Parameters,
    Weights,
    ByAgeAndSex,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) definition: String,
    pub(super) columns: BTreeMap<String, Key>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Policies {
    pub(super) definition: String,
    pub(super) columns: BTreeMap<String, String>,
    pub(super) not_expressible: BTreeMap<String, String>,
    /// How a tool differs from us if all answers are missing.
    pub(super) differences: BTreeMap<String, String>,
}
