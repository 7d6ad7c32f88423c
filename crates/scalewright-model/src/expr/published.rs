//! Published tables and item response models that formulas use.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Expr;
use crate::index::ReferenceIx;
use crate::vocabulary::{Matching, ModelType, Outside};

/// A table from one or more numbers to a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The name in the file.
    pub name: String,
    /// How each key column is matched.
    pub matching: Vec<Matching>,
    /// The result for a number that is not in the table.
    pub outside: Outside,
    /// The rows, in ascending order of their keys: the keys, then the result.
    pub rows: Vec<Vec<f64>>,
    /// The works in which the table is published.
    pub source: Vec<ReferenceIx>,
    /// What the results are, if the table is computed from a model. `None` if it is published.
    pub of_sums: Option<OfSums>,
}

/// The results of a table from the sum of the answers to a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OfSums {
    /// The expected value of the trait: `eap_sum`.
    Mean,
    /// Its standard deviation: `eap_sum_sd`.
    Deviation,
}

/// An item response model with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The name in the file.
    pub name: String,
    /// The type of model.
    pub kind: ModelType,
    /// The items.
    pub items: Vec<ModelItem>,
    /// The scaling constant D.
    pub scaling: f64,
    /// The values of the trait, ascending, each with its weight in the population. The weights add up to 1.
    pub points: Vec<(f64, f64)>,
    /// The works in which the parameters are published.
    pub source: Vec<ReferenceIx>,
}

/// The parameters of one item of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelItem {
    /// The keyed answer.
    pub answer: Expr,
    /// The possible keyed answers, ascending: one more than thresholds.
    pub values: Vec<f64>,
    /// The discrimination.
    pub discrimination: f64,
    /// The thresholds, from the lowest answer up.
    pub thresholds: Vec<f64>,
}
