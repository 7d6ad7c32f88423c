//! The scores of an instrument on the wire.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::expression::{Formula, Test};
use crate::normal::Normal;
use crate::number::Number;

/// The scores of an instrument, and how each is computed: as text (`formula`), as a tree (`tree`) and as steps
/// (`normal`). All three give the same score. A platform with a language of its own is easiest to serve from `normal`,
/// in which missing answers and undefined results are already handled.
///
/// Publish only scores that are `published`. A scale of the instrument whose key is not known has no score here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scores {
    /// What counts as an answer to each item, by its id. Items that cannot be scored, such as texts, are left out.
    pub answers: BTreeMap<String, AnswerRule>,
    /// The scores, each after those that it is computed from.
    pub scores: Vec<Score>,
    /// The order in which conditions of items and scores are evaluated.
    pub order: Vec<EvaluationStep>,
    /// All scores as steps and checks.
    pub normal: Normal,
}

/// What counts as an answer to an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerRule {
    /// The answers that are accepted. Any other value counts as a missing answer.
    pub accepted: Accepted,
    /// When the item is asked. Left out if it is always asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
}

/// The answers that are accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Accepted {
    /// One of these values.
    Values {
        /// The values, ascending.
        values: Vec<Number>,
    },
    /// Any number of options: the answer is the sum of 2 to the power of the position, counted from 0, of each chosen
    /// option. Without any, there is no answer.
    Choices {
        /// The values of the options, in printed order.
        values: Vec<Number>,
    },
    /// Any number from `min` to `max`, both included, with a tolerance of 1e-9.
    Between {
        /// The lowest answer.
        min: Number,
        /// The highest answer.
        max: Number,
        /// How many decimal places are recorded.
        decimals: u32,
    },
}

/// When an item is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Asked {
    /// The condition. If it is false, the item was not asked, and a recorded value is ignored. If it is missing, a
    /// recorded value counts.
    pub when: Test,
    /// The value that counts as the answer if the item was not asked. Without it, the answer is then missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Number>,
}

/// A step of evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvaluationStep {
    /// Evaluate whether the item with this id was asked.
    Ask(String),
    /// Compute the score of the scale with this id.
    Score(String),
}

/// A score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Score {
    /// The id of the scale. Its title, bands and place are in `scales` of the instrument.
    pub scale: String,
    /// The place of the scale in the definition, a JSON pointer.
    pub at: String,
    /// Whether the score may be published.
    pub published: bool,
    /// Why it may not, as a clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld_because: Option<String>,
    /// The ids of the items that it uses, directly or through other scores, in the order of the instrument.
    pub items: Vec<String>,
    /// The possible scores.
    pub range: Range,
    /// How it is computed, as text for readers.
    pub formula: String,
    /// How it is computed, as a tree: a number, a truth value, or one of a list of words.
    pub tree: Formula,
}

/// The possible values of a score. A truth value is 1 or 0; a word is its position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Range {
    /// With all patterns of missing answers that still give a score.
    pub any: Reach,
    /// With all items answered.
    pub complete: Reach,
}

/// A set of possible numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reach {
    /// The lowest number; 0 if no number is possible, and the lowest double, about -1.8e308, if there is no limit.
    pub low: Number,
    /// The highest number; 0 if no number is possible, and the highest double if there is no limit.
    pub high: Number,
    /// All numbers, ascending, if they are few enough to list. If `exact` is false, some of them may be impossible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<Number>>,
    /// Whether the lowest, the highest and all listed numbers are possible. Otherwise `low` and `high` are bounds, which
    /// scores may not reach.
    pub exact: bool,
    /// Whether the score can be missing. `true` is certain only if `exact` is true and `values` are listed.
    pub may_miss: bool,
}
