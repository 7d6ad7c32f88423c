//! How scores are made and how sure they are: kinds of score, rules for missing answers, tables and models.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How keyed answers become a score.
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
    /// What `formula` says.
    Formula,
}

/// What happens when answers are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingKind {
    /// One missing answer and there is no score.
    NoScore,
    /// Each missing answer counts as the mean of the respondent's own answers (prorating, person-mean
    /// substitution), when enough are answered: give `min-answered` or `min-proportion`.
    Prorate,
    /// The score is made of the answers there are, when enough are answered: give `min-answered` or
    /// `min-proportion`. A sum is then a lower bound.
    AnsweredOnly,
    /// Each missing answer counts as the fixed number given by `substitute`, or by `substitutes` item by item.
    Substitute,
    /// The formula says it itself, aggregate by aggregate (for `score = "formula"`).
    InFormula,
}

/// How sure the key of a scale is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyStatus {
    /// Read in the instrument's own publication, or in two independent sources that agree.
    Verified,
    /// Read in one source.
    SingleSource,
    /// From memory of the literature. Scored only when asked to with a flag.
    Recalled,
    /// Not known well enough to score. Never scored.
    Unverified,
}

/// A coefficient of reliability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReliabilityKind {
    /// Cronbach's alpha: internal consistency.
    Alpha,
    /// McDonald's omega: internal consistency.
    Omega,
    /// The correlation of two times.
    Retest,
    /// The correlation of two halves, corrected for length.
    SplitHalf,
    /// The correlation of two forms.
    ParallelForms,
    /// Person separation, of a Rasch or another item response model.
    Separation,
}

impl ReliabilityKind {
    /// What it is called.
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

/// The range a source states for a score.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, JsonSchema)]
#[schemars(rename = "RangeFile")]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScoreRange {
    /// The lowest score stated.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub low: f64,
    /// The highest score stated.
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
    /// Standard nine: 5 + 2 z, rounded, 1 to 9.
    Stanine,
    /// Standard ten: 5.5 + 2 z, rounded, 1 to 10.
    Sten,
    /// Percentile rank: 100 Φ(z), which takes raw scores to be normally distributed. Better from a table.
    Percentile,
    /// Whatever the group's table gives under a name of its own, such as a Rasch measure.
    Measure,
}

/// How a number is found in a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Matching {
    /// It must be there.
    #[default]
    Exact,
    /// The last row that is not above it: a row holds from its number up to the next.
    Step,
    /// Between two rows, in proportion. Only for a table with one looked-up number.
    Linear,
}

/// What a number that is not in a table gives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outside {
    /// Nothing: the derived score is missing.
    #[default]
    Missing,
    /// What the lowest or highest row gives, for numbers below or above them all.
    Nearest,
}

/// Which item response model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ModelType {
    /// Graded response model (Samejima 1969): the k-th threshold is where an answer above the k lowest is as
    /// likely as not. With one threshold it is the two-parameter logistic model.
    GradedResponse,
    /// Generalised partial credit model (Muraki 1992): the k-th threshold is where the k-th and the next
    /// answer are equally likely.
    GeneralizedPartialCredit,
}
