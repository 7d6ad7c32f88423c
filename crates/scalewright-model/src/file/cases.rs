//! `cases.toml`: responses with the scores a source publishes for them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Responses with the scores that a source outside this program gives for them. Typed by hand from
/// the manual or paper; never generated. `scalewright check` scores each case and compares.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "scalewright cases")]
pub struct CasesFile {
    /// Version of the file format: `1`.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// The id of the instrument these cases belong to.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), length(max = 64))]
    pub instrument: String,
    /// Where the expected scores come from, for all cases that do not name their own source: a manual
    /// with its page, a paper, or the key and rule they were worked out from by hand.
    #[schemars(length(min = 1, max = 2000))]
    pub source: String,
    /// How far a score may be from the published one, where the source prints it rounded: `0.005` for two
    /// decimals. A millionth when left out. Needs `tolerance-reason`.
    #[schemars(range(min = 0, max = 1000))]
    pub tolerance: Option<f64>,
    /// Why the scores cannot be compared exactly: `the table prints two decimals`.
    #[schemars(length(min = 1, max = 1000))]
    pub tolerance_reason: Option<String>,
    /// The cases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 2000))]
    pub cases: Vec<CaseFile>,
}

/// One respondent's responses and the scores they must give.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CaseFile {
    /// What this case shows, in a few words.
    #[schemars(length(min = 1, max = 500))]
    pub title: Option<String>,
    /// Where these expected scores come from, when it is not the file's `source`.
    #[schemars(length(min = 1, max = 2000))]
    pub source: Option<String>,
    /// The responses, item id to coded value (yes is 1, no is 0). An item left out was not answered.
    #[schemars(extend("maxProperties" = 5000))]
    pub responses: BTreeMap<String, f64>,
    /// The scores expected, scale id to score.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub scores: BTreeMap<String, f64>,
    /// How far a score may be from the published one in this case. Needs `tolerance-reason`.
    #[schemars(range(min = 0, max = 1000))]
    pub tolerance: Option<f64>,
    /// Why the scores of this case cannot be compared exactly.
    #[schemars(length(min = 1, max = 1000))]
    pub tolerance_reason: Option<String>,
    /// The flags expected, flag id to whether it is true.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub flags: BTreeMap<String, bool>,
    /// The words expected of scales whose formula gives a word, scale id to word.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub codes: BTreeMap<String, String>,
    /// The bands expected of named band sets: scale id to band set to label.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub band_sets: BTreeMap<String, BTreeMap<String, String>>,
    /// The scales whose score must be marked as prorated: something stood in for a missing answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub prorated: Vec<String>,
    /// The scales, norms' derived scores and flags that must give no score for these responses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub no_score: Vec<String>,
    /// The bands expected, scale id to band label.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub bands: BTreeMap<String, String>,
}
