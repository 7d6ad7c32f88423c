//! Terms for scoring: kinds of score, rules for missing answers, evidence for keys, reliability, tables and models.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How keyed answers are combined into a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScoreKind {
    /// The sum of the keyed answers.
    Sum,
    /// The mean of the keyed answers.
    Mean,
    /// The lowest keyed answer.
    Min,
    /// The highest keyed answer.
    Max,
    /// The result of `formula`.
    Formula,
}

/// What happens when answers are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingKind {
    /// No score if any answer is missing.
    NoScore,
    /// Each missing answer counts as the mean of the respondent's own keyed answers on the scale (prorating,
    /// person-mean substitution), if enough items are answered: give `min-answered`, `min-proportion` or another limit.
    Prorate,
    /// The score is computed from the answers that were given, if enough items are answered: give `min-answered`,
    /// `min-proportion` or another limit. If no keyed answer is negative, a sum is then a lower bound.
    AnsweredOnly,
    /// Each missing answer counts as a fixed keyed value: that of its item in `substitutes`, else `substitute`.
    Substitute,
    /// The formula states the rule for each of its lists (for `score = "formula"`).
    InFormula,
}

/// How well the key of a scale is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyStatus {
    /// Read in the publication of the instrument itself, or in two independent sources that agree.
    Verified,
    /// Read in one source.
    SingleSource,
    /// Recalled from the literature without reading it again. Scored only with `--accept-recalled-keys`.
    Recalled,
    /// Not known well enough to score. Never scored.
    Unverified,
}

/// Which outputs may contain a key that somebody supplied.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum KeyDisclosure {
    /// Only scores, which do not contain it: responses are scored here, and no form that computes scores is exported.
    Scores,
    /// Also exported forms that compute scores. The definitions that some of them contain remain without the key.
    Forms,
    /// Also the definitions that exported forms contain.
    Definitions,
}

/// A coefficient of reliability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReliabilityKind {
    /// Cronbach's alpha: internal consistency.
    Alpha,
    /// McDonald's omega: internal consistency.
    Omega,
    /// Test-retest reliability: the correlation between two administrations.
    Retest,
    /// Split-half reliability: the correlation between two halves, corrected for length.
    SplitHalf,
    /// Parallel-forms reliability: the correlation between two forms.
    ParallelForms,
    /// Person separation reliability, from a Rasch or another item response model.
    Separation,
}

impl ReliabilityKind {
    /// Returns the name of the coefficient in words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Alpha => "Cronbach's alpha",
            Self::Omega => "McDonald's omega",
            Self::Retest => "retest correlation",
            Self::SplitHalf => "split-half reliability",
            Self::ParallelForms => "correlation of parallel forms",
            Self::Separation => "person separation reliability",
        }
    }
}

/// A range of scores: that of a source, or that of a rescaled score.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, JsonSchema)]
#[schemars(rename = "RangeFile")]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScoreRange {
    /// The lowest score. In `rescale`: the number that the lowest possible score becomes.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub low: f64,
    /// The highest score. In `rescale`: the number that the highest possible score becomes.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub high: f64,
}

/// A kind of derived score.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Derived {
    /// Standard score: (raw − mean) / sd.
    Z,
    /// T score: 50 + 10 z.
    T,
    /// Deviation quotient: 100 + 15 z.
    Iq,
    /// Standard nine: 5 + 2 z, rounded, from 1 to 9.
    Stanine,
    /// Standard ten: 5.5 + 2 z, rounded, from 1 to 10.
    Sten,
    /// Percentile rank: 100 Φ(z), which assumes normally distributed raw scores. A table is preferable.
    Percentile,
    /// The number that the table of the group gives, if it is none of the above: a Rasch measure, for example.
    Measure,
}

/// How a number is found in a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Matching {
    /// The number must be equal to that of a row.
    #[default]
    Exact,
    /// The last row whose number is not greater: a row applies from its own number up to that of the next row.
    Step,
    /// Linear interpolation between two rows. Only for a table with one number to look up.
    Linear,
}

/// The result for a number that is not in a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outside {
    /// The derived score is missing.
    #[default]
    Missing,
    /// The result of the lowest row for numbers below it, and of the highest row for numbers above it.
    Nearest,
}

/// The type of an item response model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ModelType {
    /// Graded response model (Samejima 1969): at the k-th threshold, the probability of an answer above the k lowest is
    /// one half. With one threshold it is the two-parameter logistic model.
    GradedResponse,
    /// Generalised partial credit model (Muraki 1992): at the k-th threshold, the k-th lowest answer and the next
    /// higher one are equally likely.
    GeneralizedPartialCredit,
}
