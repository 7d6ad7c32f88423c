//! The result of an analysis: what is printed, and serialised as JSON.

use serde::{Serialize, Serializer};

use super::alpha::{AlphaIntervals, Guttman, InterItem, Interval, SplitHalf};
use super::factor::{Factorability, Minres, OneFactor};
use super::icc::Iccs;
use super::retest::Retest;
use crate::moments::Spread;

/// The analysis of a sample.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    /// The id of the instrument.
    pub instrument: String,
    /// Its version.
    pub version: String,
    /// Its title.
    #[serde(skip)]
    pub title: String,
    /// The tables that were read.
    pub tables: Vec<String>,
    /// Which respondents count when answers are missing: `complete` or `pairwise`.
    pub missing: &'static str,
    /// The column that divides the sample into groups.
    pub by: Option<String>,
    /// The column that distinguishes occasions.
    pub occasion: Option<String>,
    /// The groups, or the whole sample.
    pub groups: Vec<GroupAnalysis>,
    /// Scales that are not analysed, each with the reason.
    #[serde(serialize_with = "as_map")]
    pub not_analysed: Vec<(String, String)>,
}

/// The analysis of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupAnalysis {
    /// The value of the column that divides the sample. `None` for the whole sample.
    pub group: Option<String>,
    /// The number of rows.
    pub rows: u64,
    /// The answers to each item, as given.
    #[serde(serialize_with = "as_map")]
    pub answers: Vec<(String, AnswerCounts)>,
    /// The scales.
    #[serde(serialize_with = "as_map")]
    pub scales: Vec<(String, ScaleAnalysis)>,
}

/// The answers to an item, as given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerCounts {
    /// The number of answers.
    pub n: u64,
    /// The number of missing answers.
    pub n_missing: u64,
    /// How often each answer was given, with those of the definition that nobody gave. Empty for numbers with too many
    /// different values.
    #[serde(serialize_with = "by_value")]
    pub counts: Vec<(f64, u64)>,
    /// The share of the lowest answer that the definition allows.
    pub floor_prop: Option<f64>,
    /// The share of the highest answer that the definition allows.
    pub ceiling_prop: Option<f64>,
    /// The distribution of the answers.
    pub spread: Option<Spread>,
}

/// The analysis of one scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScaleAnalysis {
    /// The title.
    pub title: String,
    /// The number of items of the key.
    pub items_of_key: usize,
    /// The number of respondents that the coefficients use. By pairs, the smallest number of any pair.
    pub n: u64,
    /// By pairs, the greatest number of any pair.
    pub n_most: u64,
    /// The number of items that the coefficients use.
    pub k: usize,
    /// Items with the same answer in all cases, which are left out.
    pub constant: Vec<String>,
    /// Why nothing was computed, if so.
    pub not_computed: Option<String>,
    /// The coefficients.
    #[serde(flatten)]
    pub statistics: Option<Statistics>,
    /// The same respondents on several occasions.
    pub test_retest: Option<Retest>,
}

/// The coefficients of a scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statistics {
    /// The sum of the keyed items, each with its weight. `None` by pairs.
    pub total: Option<Spread>,
    /// The same divided by the number of items.
    pub mean_score: Option<Spread>,
    /// The score as the definition makes it, of the same respondents.
    pub score: Option<Spread>,
    /// Cronbach's alpha.
    pub alpha: f64,
    /// Alpha of standardised items.
    pub alpha_std: f64,
    /// Alpha, if all items are scored 0 and 1 (Kuder & Richardson 1937).
    pub kr20_if_dichotomous: Option<f64>,
    /// Intervals of alpha at 95 %. `None` by pairs.
    pub alpha_ci95: Option<AlphaIntervals>,
    /// The interval of Feldt at 90 %.
    pub alpha_ci90_feldt: Option<Interval>,
    /// Correlations between items.
    pub inter_item: InterItem,
    /// The bounds of Guttman.
    pub guttman: Guttman,
    /// Reliability from halves.
    pub split_half: Option<SplitHalf>,
    /// The standard error of measurement of the total: SD · √(1 − alpha).
    pub sem_total: f64,
    /// The same of the mean of the items.
    pub sem_mean: f64,
    /// The same of the score of the definition.
    pub sem_score: Option<f64>,
    /// The smallest change of the total that measurement error does not explain, at 95 %: 1.96 · √2 · SEM.
    pub sdc95_total: f64,
    /// The same of the score of the definition.
    pub sdc95_score: Option<f64>,
    /// The share of respondents with the lowest and the highest possible total.
    pub floor_ceiling_sum: Option<FloorCeiling>,
    /// One factor by minimum residual, with omega total.
    pub omega_minres: Option<Minres>,
    /// One factor by maximum likelihood, with omega total.
    pub omega_cfa: Option<OneFactor>,
    /// Whether the items have enough in common.
    pub factorability: Option<Factorability>,
    /// Intraclass correlations, with the items as raters.
    pub icc: Option<Iccs>,
    /// The items.
    #[serde(serialize_with = "as_map")]
    pub items: Vec<(String, ItemAnalysis)>,
    /// The correlations between the keyed items, in the order of `items`.
    pub correlations: Vec<Vec<f64>>,
}

/// Respondents at the ends of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FloorCeiling {
    /// The lowest possible total.
    pub theoretical_min: f64,
    /// The highest possible total.
    pub theoretical_max: f64,
    /// The number of respondents with the lowest.
    pub floor_n: u64,
    /// The number of respondents with the highest.
    pub ceiling_n: u64,
    /// The share of the lowest.
    pub floor_prop: f64,
    /// The share of the highest.
    pub ceiling_prop: f64,
}

/// An item on a scale, keyed, over the respondents that the coefficients use.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ItemAnalysis {
    /// Whether a higher answer means less of the scale.
    pub reversed: bool,
    /// The weight of the item in the score.
    pub weight: f64,
    /// The number of respondents who answered it, whether or not they count here.
    pub n_answered: u64,
    /// The number of respondents who did not.
    pub n_missing: u64,
    /// The mean of the keyed item.
    pub mean: f64,
    /// The standard deviation of the keyed item.
    pub sd: f64,
    /// The skewness of the keyed item (type 2, as in SPSS and SAS).
    pub skew: Option<f64>,
    /// The share of the lowest keyed answer.
    pub floor_prop: Option<f64>,
    /// The share of the highest keyed answer.
    pub ceiling_prop: Option<f64>,
    /// The correlation with the total.
    pub r_item_total: f64,
    /// The correlation with the total of the other items. `None` if that does not vary.
    pub r_item_rest: Option<f64>,
    /// Its interval at 95 %, after Fisher (1921).
    pub r_item_rest_ci95: Option<Interval>,
    /// The correlation with the total, corrected for overlap and reliability, as the R package psych prints it (r.cor).
    pub r_cor_psych: Option<f64>,
    /// The correlation with the total of standardised items.
    pub r_std: f64,
    /// The squared multiple correlation with the other items.
    pub smc: Option<f64>,
    /// Alpha of the other items.
    pub alpha_if_deleted: Option<f64>,
    /// Standardised alpha of the other items.
    pub alpha_std_if_deleted: Option<f64>,
    /// λ6 of the other items, by correlations.
    pub lambda6_if_deleted: Option<f64>,
    /// The mean correlation between the other items.
    pub mean_r_if_deleted: Option<f64>,
}

/// Writes pairs as an object, in their order.
fn as_map<T: Serialize, S: Serializer>(
    pairs: &[(String, T)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(name, value)| (name, value)))
}

/// Writes counts as an object with the values as keys.
fn by_value<S: Serializer>(counts: &[(f64, u64)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(counts.iter().map(|(value, n)| (value.to_string(), n)))
}
