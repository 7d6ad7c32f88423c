//! Moments by pairs: each pair of variables over the rows in which both are present.

use super::block::{Cells, dot};
use super::layout::{count, pair};

/// The moments of each pair of variables, while rows are added.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairs {
    k: usize,
    pairs: Vec<Pair>,
    /// The rows in which at least one variable is present.
    rows: u64,
}

/// The rows in which both variables of a pair are present.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Pair {
    n: u64,
    means: [f64; 2],
    product: f64,
}

impl Pairs {
    /// No rows of `k` variables.
    #[must_use]
    pub fn new(k: usize) -> Self {
        Self { k, pairs: vec![Pair::default(); k * (k + 1) / 2], rows: 0 }
    }

    /// Adds a block of rows: a column for each variable.
    pub fn add(&mut self, columns: &[Cells]) {
        let rows = columns.first().map_or(0, Cells::len);
        let any = (0..rows).filter(|&row| columns.iter().any(|cells| cells.get(row).is_some()));
        self.rows += any.count() as u64;
        let whole: Vec<Option<(Vec<i16>, Vec<i16>)>> =
            columns.iter().map(Cells::with_marks).collect();
        for i in 0..self.k {
            for j in i..self.k {
                let block = match (&whole[i], &whole[j]) {
                    (Some(x), Some(y)) => Pair::of_whole(x, y),
                    _ => Pair::of_real(&columns[i], &columns[j]),
                };
                self.pairs[pair(self.k, i, j)].merge(block);
            }
        }
    }

    /// Adds the rows of `other`, which has the same variables.
    pub fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.pairs.iter_mut().zip(&other.pairs).for_each(|(pair, more)| pair.merge(*more));
    }

    /// The number of rows in which at least one variable is present.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The number of rows with both variables.
    #[must_use]
    pub fn n(&self, i: usize, j: usize) -> u64 {
        self.pairs[pair(self.k, i.min(j), i.max(j))].n
    }

    /// The mean of a variable over the rows in which it is present.
    #[must_use]
    pub fn mean(&self, i: usize) -> f64 {
        self.pairs[pair(self.k, i, i)].means[0]
    }

    /// The covariance over the rows with both variables, with divisor n − 1. Not a number below two rows.
    #[must_use]
    pub fn covariance(&self, i: usize, j: usize) -> f64 {
        let pair = self.pairs[pair(self.k, i.min(j), i.max(j))];
        pair.product / (count(pair.n) - 1.0)
    }
}

impl Pair {
    /// Exact sums of whole numbers. Missing ones are 0, and the marks count the rows.
    fn of_whole((x, in_x): &(Vec<i16>, Vec<i16>), (y, in_y): &(Vec<i16>, Vec<i16>)) -> Self {
        let n = dot(in_x, in_y);
        let (sum_x, sum_y) = (dot(x, in_y), dot(y, in_x));
        if n == 0 {
            return Self::default();
        }
        let deviation =
            i128::from(n) * i128::from(dot(x, y)) - i128::from(sum_x) * i128::from(sum_y);
        let rows = n.unsigned_abs();
        let means = [sum_x as f64 / count(rows), sum_y as f64 / count(rows)];
        Self { n: rows, means, product: deviation as f64 / count(rows) }
    }

    fn of_real(x: &Cells, y: &Cells) -> Self {
        let both = (0..x.len()).filter_map(|row| Some((x.get(row)?, y.get(row)?)));
        let both: Vec<(f64, f64)> = both.collect();
        let n = both.len() as u64;
        if n == 0 {
            return Self::default();
        }
        let mean = |of: fn(&(f64, f64)) -> f64| both.iter().map(of).sum::<f64>() / count(n);
        let means = [mean(|both| both.0), mean(|both| both.1)];
        let product = both.iter().map(|(x, y)| (x - means[0]) * (y - means[1])).sum();
        Self { n, means, product }
    }

    /// Adds the rows of `other`, after Chan, Golub and LeVeque (1983).
    fn merge(&mut self, other: Self) {
        if other.n == 0 {
            return;
        }
        let (a, b) = (count(self.n), count(other.n));
        let apart = [other.means[0] - self.means[0], other.means[1] - self.means[1]];
        self.product += other.product + apart[0] * apart[1] * (a * b / (a + b));
        self.means[0] += apart[0] * (b / (a + b));
        self.means[1] += apart[1] * (b / (a + b));
        self.n += other.n;
    }
}

#[cfg(test)]
mod tests {
    use super::{Cells, Pairs};

    #[test]
    fn each_pair_uses_the_rows_that_have_both() {
        let x = [Some(1.0), Some(2.0), None, Some(4.0)];
        let y = [Some(2.0), None, Some(3.0), Some(5.0)];
        for factor in [1.0, 0.5] {
            let scaled = |column: [Option<f64>; 4]| {
                Cells::of_numbers(column.into_iter().map(|cell| cell.map(|cell| cell * factor)))
            };
            let mut pairs = Pairs::new(2);
            pairs.add(&[scaled(x), scaled(y)]);
            assert_eq!((pairs.rows(), pairs.n(0, 0), pairs.n(1, 0)), (4, 3, 2));
            // The rows with both are (1, 2) and (4, 5): the covariance is 4.5. The variance of 1, 2, 4 is 7/3.
            assert!((pairs.covariance(0, 1) - 4.5 * factor * factor).abs() < 1e-15);
            assert!((pairs.covariance(0, 0) - 7.0 / 3.0 * factor * factor).abs() < 1e-15);
        }
    }
}
