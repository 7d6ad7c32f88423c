//! `cases.toml`: responses with the scores that a source publishes for them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Responses with the scores that an independent source gives for them. Copy them by hand from the manual or paper;
/// never generate them. `scalewright check` scores each case and compares.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "scalewright cases")]
pub struct CasesFile {
    /// Version of the file format: `1`.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// The id of the instrument that these cases belong to.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), length(max = 64))]
    pub instrument: String,
    /// Where the expected scores come from, for all cases without a source of their own: a manual with its page, a
    /// paper, or the key and rule from which they were worked out by hand.
    #[schemars(length(min = 1, max = 2000))]
    pub source: String,
    /// The largest difference allowed between a computed and a published score, if the source rounds: `0.005` for two
    /// decimals. Requires `tolerance-reason`. Default: one millionth.
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

/// The responses of one respondent, and the scores they must give.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CaseFile {
    /// What this case tests, in a few words.
    #[schemars(length(min = 1, max = 500))]
    pub title: Option<String>,
    /// Where the expected scores of this case come from. Default: the `source` of the file.
    #[schemars(length(min = 1, max = 2000))]
    pub source: Option<String>,
    /// The responses: the coded value for each item id (yes is 1, no is 0). An item that is left out was not answered.
    #[schemars(extend("maxProperties" = 5000))]
    pub responses: BTreeMap<String, f64>,
    /// The chosen options of items with several choices: the values by item id. An item that is left out was not answered:
    /// no option is chosen.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub chosen: BTreeMap<String, Vec<f64>>,
    /// The expected scores, by scale id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub scores: BTreeMap<String, f64>,
    /// The largest difference allowed between a computed and a published score in this case. Requires
    /// `tolerance-reason`. Default: the `tolerance` of the file.
    #[schemars(range(min = 0, max = 1000))]
    pub tolerance: Option<f64>,
    /// Why the scores of this case cannot be compared exactly.
    #[schemars(length(min = 1, max = 1000))]
    pub tolerance_reason: Option<String>,
    /// The expected flags: `true` or `false` for each flag id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub flags: BTreeMap<String, bool>,
    /// The expected words of scales whose formula gives a word, by scale id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub codes: BTreeMap<String, String>,
    /// The expected bands from named sets of bands: by scale id, the label by the id of the set.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub band_sets: BTreeMap<String, BTreeMap<String, String>>,
    /// The ids of the scales whose score must be marked as prorated, because a missing answer was replaced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub prorated: Vec<String>,
    /// The ids of the scales, derived scores and flags that must have no score for these responses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub no_score: Vec<String>,
    /// The expected bands from the scales' own bands: the label by scale id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub bands: BTreeMap<String, String>,
}
