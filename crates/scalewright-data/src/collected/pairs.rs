//! Moments of each pair of items, over the rows that have both answers. Sums of whole numbers are exact up to 2^53.

/// The sums over rows that have answers to both of two items.
#[derive(Clone)]
pub(crate) struct Pairs {
    /// The items, by their positions among those of the instrument.
    items: Vec<usize>,
    /// For the items `a` and `b`, at `a * items + b`: the rows with both answers.
    n: Vec<f64>,
    /// The sum of the answers to `a`.
    sum: Vec<f64>,
    /// The sum of the squared answers to `a`.
    square: Vec<f64>,
    /// The sum of the products.
    product: Vec<f64>,
    /// The answers of the row that is being added: the position among `items`, and the number.
    row: Vec<(usize, f64)>,
}

impl Pairs {
    pub(crate) fn new(items: Vec<usize>) -> Self {
        let empty = vec![0.0; items.len() * items.len()];
        Self {
            items,
            n: empty.clone(),
            sum: empty.clone(),
            square: empty.clone(),
            product: empty,
            row: Vec::new(),
        }
    }

    /// The size of the moments of so many items.
    pub(crate) fn bytes(items: usize) -> usize {
        items * items * 4 * size_of::<f64>()
    }

    /// Adds a row; NaN is no answer.
    pub(crate) fn add(&mut self, answers: &[f64]) {
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        let given = self.items.iter().enumerate().map(|(at, &item)| (at, answers[item]));
        row.extend(given.filter(|(_, answer)| !answer.is_nan()));
        for &(a, x) in &row {
            let start = a * self.items.len();
            for &(b, y) in &row {
                let at = start + b;
                self.n[at] += 1.0;
                self.sum[at] += x;
                self.square[at] += x * x;
                self.product[at] += x * y;
            }
        }
        self.row = row;
    }

    /// Adds the rows of another group.
    pub(crate) fn merge(&mut self, other: &Self) {
        let add = |to: &mut [f64], from: &[f64]| {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        };
        add(&mut self.n, &other.n);
        add(&mut self.sum, &other.sum);
        add(&mut self.square, &other.square);
        add(&mut self.product, &other.product);
    }

    /// Returns the rows without those of a part of them.
    pub(crate) fn without(&self, part: &Self) -> Self {
        let mut rest = self.clone();
        let take = |to: &mut [f64], from: &[f64]| {
            to.iter_mut().zip(from).for_each(|(to, from)| *to -= from);
        };
        take(&mut rest.n, &part.n);
        take(&mut rest.sum, &part.sum);
        take(&mut rest.square, &part.square);
        take(&mut rest.product, &part.product);
        rest
    }

    fn at(&self, a: usize, b: usize) -> Option<usize> {
        let position = |item| self.items.binary_search(&item).ok();
        Some(position(a)? * self.items.len() + position(b)?)
    }

    /// The number of rows with answers to both items.
    pub(crate) fn count(&self, a: usize, b: usize) -> f64 {
        self.at(a, b).map_or(0.0, |at| self.n[at])
    }

    /// The mean of an item; NaN without answers.
    pub(crate) fn mean(&self, item: usize) -> f64 {
        self.at(item, item).map_or(f64::NAN, |at| self.sum[at] / self.n[at])
    }

    /// The variance of an item, with n − 1.
    pub(crate) fn variance(&self, item: usize) -> f64 {
        self.covariance(item, item).unwrap_or(f64::NAN)
    }

    /// The covariance of two items over the rows that have both answers: (n Σxy − Σx Σy) / (n (n − 1)).
    pub(crate) fn covariance(&self, a: usize, b: usize) -> Option<f64> {
        let (at, back) = (self.at(a, b)?, self.at(b, a)?);
        let n = self.n[at];
        (n > 1.0).then(|| {
            n.mul_add(self.product[at], -(self.sum[at] * self.sum[back])) / (n * (n - 1.0))
        })
    }

    /// The correlation of two items over the rows that have both answers.
    pub(crate) fn correlation(&self, a: usize, b: usize) -> Option<f64> {
        let (at, back) = (self.at(a, b)?, self.at(b, a)?);
        let spread = |at: usize| self.n[at].mul_add(self.square[at], -self.sum[at].powi(2));
        let both = (spread(at) * spread(back)).sqrt();
        (both > 0.0 && self.n[at] > 2.0)
            .then(|| self.covariance(a, b).unwrap_or(0.0) * self.n[at] * (self.n[at] - 1.0) / both)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_rows_with_both_answers() {
        let mut pairs = Pairs::new(vec![0, 1, 2]);
        let rows = [[1.0, 2.0, 5.0], [2.0, 1.0, 3.0], [4.0, f64::NAN, 1.0], [3.0, 4.0, 2.0]];
        rows.iter().for_each(|row| pairs.add(row));
        assert!((pairs.mean(0) - 2.5).abs() < 1e-15);
        // The rows 1, 2 and 4: x = 1, 2, 3 and y = 2, 1, 4.
        assert!((pairs.covariance(0, 1).unwrap_or(0.0) - 1.0).abs() < 1e-15);
        let r = 1.0 / (1.0_f64 * 7.0 / 3.0).sqrt();
        assert!((pairs.correlation(0, 1).unwrap_or(0.0) - r).abs() < 1e-15);
        let mut first = Pairs::new(vec![0, 1, 2]);
        first.add(&rows[0]);
        let rest = pairs.without(&first);
        assert!((rest.mean(0) - 3.0).abs() < 1e-15);
    }
}
