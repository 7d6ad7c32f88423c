//! Item response models: the probabilities of the answers, and the expected trait given the sum of the answers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::expr::{Model, ModelItem, OfSums, Table};
use crate::vocabulary::{Matching, ModelType, Outside};

/// The greatest number of likelihoods that are in memory at a time: 64 MB of them.
const MOST_KEPT: usize = 8_000_000;

impl Model {
    /// Returns the probability of each answer of `item`, from the lowest answer up, at each point of the trait.
    ///
    /// Graded response (Samejima 1969): with answers counted from 0, the probability of the k-th answer or a higher one
    /// is 1 / (1 + exp(−D·a·(θ − b_k))) for k ≥ 1. Generalised partial credit (Muraki 1992): the probability of the
    /// k-th answer is proportional to exp(Σ_{1≤j≤k} D·a·(θ − b_j)).
    #[must_use]
    pub fn probabilities(&self, item: &ModelItem) -> Vec<Vec<f64>> {
        let at = |&(point, _): &(f64, f64)| match self.kind {
            ModelType::GradedResponse => self.graded(item, point),
            ModelType::GeneralizedPartialCredit => self.partial_credit(item, point),
        };
        self.points.iter().map(at).collect()
    }

    fn graded(&self, item: &ModelItem, point: f64) -> Vec<f64> {
        // If `exp` overflows to infinity, the quotient is 0, which is the limit of the probability.
        let above =
            |b: &f64| 1.0 / (1.0 + (-self.scaling * item.discrimination * (point - b)).exp());
        let mut cumulative = vec![1.0];
        cumulative.extend(item.thresholds.iter().map(above));
        cumulative.push(0.0);
        // Not below 0: rounding could give a tiny negative difference where two probabilities are nearly equal.
        cumulative.windows(2).map(|pair| (pair[0] - pair[1]).max(0.0)).collect()
    }

    fn partial_credit(&self, item: &ModelItem, point: f64) -> Vec<f64> {
        let mut exponents = vec![0.0];
        let mut sum = 0.0;
        for b in &item.thresholds {
            sum += self.scaling * item.discrimination * (point - b);
            exponents.push(sum);
        }
        // Subtracting the largest exponent keeps `exp` from overflowing. It cancels out in the quotient.
        let largest = exponents.iter().copied().fold(f64::MIN, f64::max);
        let weights: Vec<f64> = exponents.iter().map(|e| (e - largest).exp()).collect();
        let total: f64 = weights.iter().sum();
        weights.into_iter().map(|weight| weight / total).collect()
    }

    /// Returns the posterior mean and standard deviation of the trait, given the likelihood of the answers at each
    /// point. Returns `None` if the likelihood is 0 at all points.
    #[must_use]
    pub fn posterior(&self, likelihood: &[f64]) -> Option<(f64, f64)> {
        let weights: Vec<f64> =
            self.points.iter().zip(likelihood).map(|((_, weight), l)| weight * l).collect();
        let total: f64 = weights.iter().sum();
        if total <= 0.0 {
            return None;
        }
        let points = self.points.iter().zip(&weights);
        let mean = points.clone().map(|((point, _), w)| point * w).sum::<f64>() / total;
        let square = |point: f64| (point - mean) * (point - mean);
        let variance = points.map(|((point, _), w)| square(*point) * w).sum::<f64>() / total;
        Some((mean, variance.max(0.0).sqrt()))
    }

    /// Computes the tables from the sum of the answers to the trait. The likelihood of each sum at each point is
    /// computed item by item (Lord & Wingersky 1984; Thissen et al. 1995). Each combination of a sum, an answer and a
    /// point takes one step from `left`.
    pub(crate) fn sum_tables(&self, left: &mut usize) -> Result<SumTables, NoTable> {
        let values = self.items.iter().flat_map(|item| &item.values);
        if values.into_iter().any(|value| value.fract() != 0.0) {
            return Err(NoTable::NotWhole);
        }
        let points = self.points.len();
        // A sorted map, because the rows of the tables must ascend.
        let mut sums: BTreeMap<i64, Vec<f64>> = BTreeMap::from([(0, vec![1.0; points])]);
        for item in &self.items {
            let steps = (sums.len() + 1).saturating_mul(item.values.len()).saturating_mul(points);
            *left = left.checked_sub(steps).ok_or(NoTable::TooLarge)?;
            // Before the likelihoods are computed, which take the memory.
            if next_sums(&sums, item).len().saturating_mul(points) > MOST_KEPT {
                return Err(NoTable::TooLarge);
            }
            sums = convolved(&sums, item, &self.probabilities(item));
        }
        let (mut means, mut deviations) = (Vec::new(), Vec::new());
        for (sum, likelihood) in sums {
            // A sum whose likelihood is 0 everywhere gets no row, so that its score is missing instead of NaN.
            let Some((mean, deviation)) = self.posterior(&likelihood) else { continue };
            #[expect(clippy::cast_precision_loss, reason = "a sum of coded values")]
            let sum = sum as f64;
            means.push(vec![sum, mean]);
            deviations.push(vec![sum, deviation]);
        }
        let table = |rows, of_sums| {
            Arc::new(Table {
                name: self.name.clone(),
                matching: vec![Matching::Exact],
                outside: Outside::Missing,
                rows,
                source: self.source.clone(),
                of_sums: Some(of_sums),
            })
        };
        Ok(SumTables {
            means: table(means, OfSums::Mean),
            deviations: table(deviations, OfSums::Deviation),
        })
    }
}

/// Returns the possible sums once `item` is answered as well.
fn next_sums(sums: &BTreeMap<i64, Vec<f64>>, item: &ModelItem) -> BTreeSet<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "coded values")]
    let values: Vec<i64> = item.values.iter().map(|value| *value as i64).collect();
    sums.keys().flat_map(|sum| values.iter().map(move |value| sum + value)).collect()
}

/// Returns the likelihood of each sum at each point once `item` is answered as well, given the probability of each of
/// its answers at each point.
fn convolved(
    sums: &BTreeMap<i64, Vec<f64>>,
    item: &ModelItem,
    probabilities: &[Vec<f64>],
) -> BTreeMap<i64, Vec<f64>> {
    let mut next: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
    for (category, value) in item.values.iter().enumerate() {
        // Collected into one vector, so that the innermost loop reads only contiguous memory.
        let answer: Vec<f64> = probabilities.iter().map(|at_point| at_point[category]).collect();
        #[expect(clippy::cast_possible_truncation, reason = "a coded value")]
        let value = *value as i64;
        for (sum, likelihood) in sums {
            // Several pairs of a sum and an answer give the same new sum; their likelihoods add up.
            let entry = next.entry(sum + value).or_insert_with(|| vec![0.0; answer.len()]);
            for ((total, likelihood), answer) in entry.iter_mut().zip(likelihood).zip(&answer) {
                *total += likelihood * answer;
            }
        }
    }
    next
}

/// The tables from the sum of the answers to the expected trait, and to its standard deviation.
#[derive(Debug, Clone)]
pub(crate) struct SumTables {
    pub(crate) means: Arc<Table>,
    pub(crate) deviations: Arc<Table>,
}

/// The reason why there is no table of sums.
#[derive(Debug, Clone, Copy)]
pub(crate) enum NoTable {
    /// Some answers are not whole numbers.
    NotWhole,
    /// The table would take too long to compute, or too much memory.
    TooLarge,
}
