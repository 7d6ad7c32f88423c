//! Published tables and item response models that formulas rest on.

use super::Expr;
use crate::index::ReferenceIx;
use crate::vocabulary::{Matching, ModelType, Outside};

/// A table from numbers to a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name in the file.
    pub name: String,
    /// How each key is matched.
    pub matching: Vec<Matching>,
    /// What a number that is not there gives.
    pub outside: Outside,
    /// The rows, ascending by their keys: the keys, then the result.
    pub rows: Vec<Vec<f64>>,
    /// Where it is published.
    pub source: Vec<ReferenceIx>,
}

/// An item response model with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Its name in the file.
    pub name: String,
    /// Which model.
    pub kind: ModelType,
    /// The items.
    pub items: Vec<ModelItem>,
    /// The scaling constant D.
    pub scaling: f64,
    /// The points, ascending, each with its weight in the population; weights add up to 1.
    pub points: Vec<(f64, f64)>,
    /// Where its parameters are published.
    pub source: Vec<ReferenceIx>,
}

/// The parameters of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelItem {
    /// The keyed answer.
    pub answer: Expr,
    /// The keyed answers there are, ascending: one more than thresholds.
    pub values: Vec<f64>,
    /// Discrimination.
    pub discrimination: f64,
    /// Thresholds, from the lowest answer up.
    pub thresholds: Vec<f64>,
}
