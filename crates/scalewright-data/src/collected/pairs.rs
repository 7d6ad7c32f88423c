//! The moments of each pair of items, by the positions of the items in the instrument.

use crate::moments::{self, Cells};
use crate::statistics::float;

/// The moments of the rows that have answers to both of two items.
#[derive(Clone)]
pub(crate) struct Pairs {
    /// The items, by their positions among those of the instrument, ascending.
    items: Vec<usize>,
    moments: moments::Pairs,
}

impl Pairs {
    pub(crate) fn new(items: Vec<usize>) -> Self {
        let moments = moments::Pairs::with_squares(items.len());
        Self { items, moments }
    }

    /// The size of the moments of so many items.
    pub(crate) fn bytes(items: usize) -> usize {
        moments::Pairs::bytes(items)
    }

    /// Adds rows: a column for each item of the instrument.
    pub(crate) fn add(&mut self, columns: &[Cells]) {
        let own: Vec<&Cells> = self.items.iter().map(|&item| &columns[item]).collect();
        self.moments.add(&own);
    }

    /// Adds the rows of another group.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.moments.merge(&other.moments);
    }

    /// Returns the rows without those of a part of them.
    pub(crate) fn without(&self, part: &Self) -> Self {
        Self { items: self.items.clone(), moments: self.moments.without(&part.moments) }
    }

    fn at(&self, a: usize, b: usize) -> Option<(usize, usize)> {
        let position = |item| self.items.binary_search(&item).ok();
        position(a).zip(position(b))
    }

    /// The number of rows with answers to both items.
    pub(crate) fn count(&self, a: usize, b: usize) -> f64 {
        self.at(a, b).map_or(0.0, |(a, b)| float(self.moments.n(a, b)))
    }

    /// The mean of an item; NaN without answers.
    pub(crate) fn mean(&self, item: usize) -> f64 {
        let is_there = |(at, _): &(usize, usize)| self.moments.n(*at, *at) > 0;
        self.at(item, item).filter(is_there).map_or(f64::NAN, |(at, _)| self.moments.mean(at))
    }

    /// The variance of an item, with n − 1.
    pub(crate) fn variance(&self, item: usize) -> f64 {
        self.covariance(item, item).unwrap_or(f64::NAN)
    }

    /// The covariance of two items over the rows that have both answers.
    pub(crate) fn covariance(&self, a: usize, b: usize) -> Option<f64> {
        let (a, b) = self.at(a, b)?;
        (self.moments.n(a, b) > 1).then(|| self.moments.covariance(a, b))
    }

    /// The correlation of two items over the rows that have both answers.
    pub(crate) fn correlation(&self, a: usize, b: usize) -> Option<f64> {
        let (a, b) = self.at(a, b)?;
        self.moments.correlation(a, b)
    }

    /// The correlation of an item with the keyed sum of other items, and the least number of rows of a pair. It is
    /// computed from the covariances of pairs, so no row is left out because of another item. An item among `others` is
    /// left out of the sum.
    pub(crate) fn with_rest(&self, item: usize, others: &[(usize, f64)]) -> Option<(f64, f64)> {
        let rest = || others.iter().filter(|(other, _)| *other != item);
        let mut n = f64::INFINITY;
        let (mut shared, mut variance) = (0.0, 0.0);
        for &(a, sign) in rest() {
            n = n.min(self.count(item, a));
            shared += sign * self.covariance(item, a)?;
            for &(b, other) in rest() {
                variance += sign * other * self.covariance(a, b)?;
            }
        }
        let both = (self.variance(item) * variance).sqrt();
        (both > 0.0 && n.is_finite()).then(|| ((shared / both).clamp(-1.0, 1.0), n))
    }
}
