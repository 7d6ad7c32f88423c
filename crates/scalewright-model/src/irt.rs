//! Item response models: how likely each answer is, and what the sum of the answers says of the trait.

use std::collections::BTreeMap;

use crate::file::{Matching, ModelType, Outside};
use crate::{Model, ModelItem, Table};

impl Model {
    /// How likely each answer of `item` is at each point, from the lowest answer up.
    ///
    /// Graded response (Samejima 1969): the chance of the k-th answer or above is logistic in
    /// D·a·(θ − b_k). Generalised partial credit (Muraki 1992): the k-th answer has the weight
    /// exp(Σ_{j≤k} D·a·(θ − b_j)).
    #[must_use]
    pub fn probabilities(&self, item: &ModelItem) -> Vec<Vec<f64>> {
        let at = |&(point, _): &(f64, f64)| match self.kind {
            ModelType::GradedResponse => self.graded(item, point),
            ModelType::GeneralizedPartialCredit => self.partial_credit(item, point),
        };
        self.points.iter().map(at).collect()
    }

    fn graded(&self, item: &ModelItem, point: f64) -> Vec<f64> {
        let above =
            |b: &f64| 1.0 / (1.0 + (-self.scaling * item.discrimination * (point - b)).exp());
        let mut cumulative = vec![1.0];
        cumulative.extend(item.thresholds.iter().map(above));
        cumulative.push(0.0);
        cumulative.windows(2).map(|pair| (pair[0] - pair[1]).max(0.0)).collect()
    }

    fn partial_credit(&self, item: &ModelItem, point: f64) -> Vec<f64> {
        let mut exponents = vec![0.0];
        let mut sum = 0.0;
        for b in &item.thresholds {
            sum += self.scaling * item.discrimination * (point - b);
            exponents.push(sum);
        }
        let largest = exponents.iter().copied().fold(f64::MIN, f64::max);
        let weights: Vec<f64> = exponents.iter().map(|e| (e - largest).exp()).collect();
        let total: f64 = weights.iter().sum();
        weights.into_iter().map(|weight| weight / total).collect()
    }

    /// The mean and standard deviation of the trait, given how likely the answers are at each point.
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

    /// From the sum of the answers to the expected trait, or its standard deviation: how likely each sum is
    /// at each point, item by item (Lord & Wingersky 1984; Thissen et al. 1995). `None` when answers are no
    /// whole numbers.
    #[must_use]
    pub fn sum_table(&self, sd: bool) -> Option<Table> {
        let mut sums: BTreeMap<i64, Vec<f64>> = BTreeMap::from([(0, vec![1.0; self.points.len()])]);
        for item in &self.items {
            let probabilities = self.probabilities(item);
            let mut next: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
            for (category, value) in item.values.iter().enumerate() {
                if value.fract() != 0.0 {
                    return None;
                }
                #[expect(clippy::cast_possible_truncation, reason = "a coded value")]
                let value = *value as i64;
                for (sum, likelihood) in &sums {
                    let entry =
                        next.entry(sum + value).or_insert_with(|| vec![0.0; self.points.len()]);
                    for (point, total) in entry.iter_mut().enumerate() {
                        *total += likelihood[point] * probabilities[point][category];
                    }
                }
            }
            sums = next;
        }
        let rows = sums.into_iter().filter_map(|(sum, likelihood)| {
            let (mean, deviation) = self.posterior(&likelihood)?;
            #[expect(clippy::cast_precision_loss, reason = "a sum of coded values")]
            Some(vec![sum as f64, if sd { deviation } else { mean }])
        });
        Some(Table {
            name: self.name.clone(),
            matching: vec![Matching::Exact],
            outside: Outside::Missing,
            rows: rows.collect(),
            source: self.source.clone(),
        })
    }
}
