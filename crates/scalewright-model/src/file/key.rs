//! A key file: the key of an instrument, supplied by somebody who has its manual.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cases::CaseFile;
use super::factor::FactorFile;
use crate::vocabulary::{KeyDisclosure, KeyStatus, MissingKind, ScoreKind, ScoreRange};

/// The key of an instrument. The definition lacks it: which items belong to which scale, which are reverse keyed, and
/// what happens when answers are missing. Somebody who has the manual fills it in, and supplies it with `--key FILE`.
/// It does not belong into a public library unless the holder of the key permits it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "scalewright key")]
pub struct KeyFile {
    /// Version of the file format: `1`.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// The id of the instrument that this key belongs to.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), length(max = 64))]
    pub instrument: String,
    /// How well the key is known: `verified` if it was read in the instrument's own publication or in two independent
    /// sources that agree, otherwise `single-source`. A key from memory cannot be supplied.
    pub key_status: KeyStatus,
    /// Which outputs may contain the key. Scores never do. A form that computes scores contains it.
    pub may_appear_in: KeyDisclosure,
    /// What the holder of the key permits, on what evidence, in a sentence or two.
    #[schemars(length(min = 1, max = 4000))]
    pub terms: Option<String>,
    /// Where the key was read.
    pub source: KeySourceFile,
    /// The key of each scale.
    #[schemars(length(min = 1, max = 1000))]
    pub scales: Vec<KeyScaleFile>,
    /// Responses with the scores that the manual publishes for them. The check scores each and compares.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 2000))]
    pub cases: Vec<CaseFile>,
}

/// Where a key was read.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KeySourceFile {
    /// The citation of the manual or the paper.
    #[schemars(length(min = 1, max = 1500))]
    pub citation: String,
    /// The page of the key, or another way to find it: `p. 12`, `Appendix B`.
    #[schemars(length(min = 1, max = 200))]
    pub page: String,
    /// The day on which the key was read: `2026-01-05`.
    #[schemars(regex(pattern = r"^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$"))]
    pub read: String,
    /// What the source leaves open, and how it was decided.
    #[schemars(length(min = 1, max = 2000))]
    pub note: Option<String>,
}

/// The key of one scale. Its keys have the same meaning as in `[[scales]]` of a definition.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KeyScaleFile {
    /// The id of the scale in the definition.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 64))]
    pub id: String,
    /// The items, each with its keying: `"calm_1"` if a higher answer means more of the scale, `"-calm_1"` if the item
    /// is reverse keyed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(min = 1, max = 5000))]
    pub items: Vec<String>,
    /// The scales that this one is computed from, instead of items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(min = 1, max = 1000))]
    pub scales: Vec<String>,
    /// The weight of each item (or scale) in a sum, by id. If one has a weight, all must have one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub weights: BTreeMap<String, FactorFile>,
    /// How the keyed answers become the score: `sum` or `mean`. Default: as the definition states.
    pub score: Option<ScoreKind>,
    /// The number that the sum or mean is multiplied by, or an exact fraction: `"1/3"`. Default: as the definition states.
    pub multiply: Option<FactorFile>,
    /// The number of decimal places the score is rounded to. Default: as the definition states.
    #[schemars(range(min = 0, max = 6))]
    pub round: Option<u32>,
    /// What happens when answers are missing. If the manual states no rule, write `no-score`.
    pub missing: MissingKind,
    /// The least number of answers needed for a score.
    #[schemars(range(min = 1, max = 5000))]
    pub min_answered: Option<u32>,
    /// The least share of the answers needed for a score, written exactly: `"80%"` or `"2/3"`.
    #[schemars(regex(pattern = r"^([0-9]+([.][0-9]+)?%|[0-9]+/[0-9]+)$"), length(max = 12))]
    pub min_proportion: Option<String>,
    /// The greatest number of answers that may be missing.
    #[schemars(range(min = 0, max = 5000))]
    pub max_missing: Option<u32>,
    /// The items that must be answered for a score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 5000))]
    pub mandatory: Vec<String>,
    /// The keyed value that each missing answer counts as (for `missing = "substitute"`).
    #[schemars(range(min = -1000000, max = 1000000))]
    pub substitute: Option<f64>,
    /// The range that the manual states for the score. It is compared with the range computed from the key.
    pub stated_range: Option<ScoreRange>,
}
