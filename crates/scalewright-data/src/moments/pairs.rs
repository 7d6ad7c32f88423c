//! Moments by pairs: each pair of variables over the rows in which both are present.

use super::block::{Cells, Marked};
use super::layout::{count, pair};

mod exact;
mod near;

use exact::Sums;
use near::Near;

/// Blocks of fewer rows are added row by row, which costs less than a pass over each pair of columns.
const FEW: usize = 32;

/// The moments of each pair of variables, while rows are added.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairs {
    k: usize,
    /// Whether the squares of each pair are summed too, for correlations.
    squares: bool,
    /// The rows in which both are whole numbers, exactly.
    whole: Vec<Sums>,
    /// The other rows. Empty as long as there are none.
    near: Vec<Near>,
    /// The rows in which at least one variable is present.
    rows: u64,
}

impl Pairs {
    /// No rows of `k` variables, for means and covariances.
    #[must_use]
    pub fn new(k: usize) -> Self {
        let whole = vec![Sums::default(); k * (k + 1) / 2];
        Self { k, squares: false, whole, near: Vec::new(), rows: 0 }
    }

    /// The same, also for correlations over the rows that each pair has.
    #[must_use]
    pub fn with_squares(k: usize) -> Self {
        Self { squares: true, ..Self::new(k) }
    }

    /// The size of the moments of `k` variables, in bytes.
    #[must_use]
    pub fn bytes(k: usize) -> usize {
        k * (k + 1) / 2 * (size_of::<Sums>() + size_of::<Near>())
    }

    /// Adds a block of rows: a column for each variable.
    pub fn add(&mut self, columns: &[&Cells]) {
        let rows = columns.first().map_or(0, |cells| cells.len());
        let mut any = vec![false; rows];
        columns.iter().for_each(|cells| cells.mark(&mut any));
        self.rows += any.iter().filter(|any| **any).count() as u64;
        let marked: Vec<Option<Marked>> =
            columns.iter().map(|cells| cells.marked(self.squares)).collect();
        if rows < FEW
            && let Some(whole) = marked.iter().map(Option::as_ref).collect::<Option<Vec<_>>>()
        {
            return (0..rows).for_each(|row| self.add_row(row, &whole));
        }
        for i in 0..self.k {
            for j in i..self.k {
                let at = pair(self.k, i, j);
                match (&marked[i], &marked[j]) {
                    (Some(x), Some(y)) => self.whole[at].add(Sums::of(x, y, self.squares)),
                    _ => self.near_mut(at).add(Near::of(columns[i], columns[j])),
                }
            }
        }
    }

    /// Adds a row of whole numbers.
    fn add_row(&mut self, row: usize, columns: &[&Marked]) {
        let given: Vec<(usize, i64)> = columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| Some((at, column.get(row)?)))
            .collect();
        for (at, &(i, x)) in given.iter().enumerate() {
            for &(j, y) in &given[at..] {
                self.whole[pair(self.k, i, j)].add(Sums::of_one(x, y));
            }
        }
    }

    fn near_mut(&mut self, at: usize) -> &mut Near {
        if self.near.is_empty() {
            self.near = vec![Near::default(); self.whole.len()];
        }
        &mut self.near[at]
    }

    /// Adds the rows of `other`, which has the same variables.
    pub fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.whole.iter_mut().zip(&other.whole).for_each(|(pair, more)| pair.add(*more));
        for (at, more) in other.near.iter().enumerate() {
            self.near_mut(at).add(*more);
        }
    }

    /// The rows without those of `part`, which was merged.
    #[must_use]
    pub fn without(&self, part: &Self) -> Self {
        let mut rest = Self { rows: self.rows - part.rows, ..self.clone() };
        if self.near.is_empty() {
            rest.whole.iter_mut().zip(&part.whole).for_each(|(pair, less)| pair.remove(*less));
            return rest;
        }
        // Rows that are whole numbers in the part may be others in a larger block.
        rest.whole.fill(Sums::default());
        for (at, pair) in rest.near.iter_mut().enumerate() {
            *pair = self.at(at);
            pair.remove(part.at(at));
        }
        rest
    }

    /// The moments of the pair at a position.
    fn at(&self, at: usize) -> Near {
        let mut moments = self.whole[at].moments();
        if let Some(more) = self.near.get(at) {
            moments.add(*more);
        }
        moments
    }

    /// The moments of a pair, the first variable first.
    fn of(&self, i: usize, j: usize) -> Near {
        let moments = self.at(pair(self.k, i.min(j), i.max(j)));
        if i > j { moments.turned() } else { moments }
    }

    /// The number of rows in which at least one variable is present.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The number of rows with both variables.
    #[must_use]
    pub fn n(&self, i: usize, j: usize) -> u64 {
        let at = pair(self.k, i.min(j), i.max(j));
        self.whole[at].n() + self.near.get(at).map_or(0, |more| more.n)
    }

    /// The mean of a variable over the rows in which it is present.
    #[must_use]
    pub fn mean(&self, i: usize) -> f64 {
        self.of(i, i).means[0]
    }

    /// The covariance over the rows with both variables, with divisor n − 1. Not a number below two rows.
    #[must_use]
    pub fn covariance(&self, i: usize, j: usize) -> f64 {
        let pair = self.of(i, j);
        pair.product / (count(pair.n) - 1.0)
    }

    /// The correlation over the rows with both variables. `None` below three rows, if one of them does not vary, or
    /// without squares.
    #[must_use]
    pub fn correlation(&self, i: usize, j: usize) -> Option<f64> {
        let pair = self.of(i, j);
        let both = (pair.squares[0] * pair.squares[1]).sqrt();
        (both > 0.0 && pair.n > 2).then(|| pair.product / both)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cells, Pairs};

    fn cells(column: &[Option<f64>], factor: f64) -> Cells {
        Cells::of_numbers(column.iter().map(|cell| cell.map(|cell| cell * factor)))
    }

    #[test]
    fn each_pair_uses_the_rows_that_have_both() {
        let x = [Some(1.0), Some(2.0), None, Some(4.0), Some(6.0)];
        let y = [Some(2.0), None, Some(3.0), Some(5.0), Some(2.0)];
        for (factor, repeats) in [(1.0, 1), (0.5, 1), (1.0, 20), (0.5, 20)] {
            let mut pairs = Pairs::with_squares(2);
            pairs.add(&[&cells(&x.repeat(repeats), factor), &cells(&y.repeat(repeats), factor)]);
            let n = repeats as u64;
            assert_eq!((pairs.rows(), pairs.n(0, 0), pairs.n(1, 0)), (5 * n, 4 * n, 3 * n));
            // The rows with both are (1, 2), (4, 5) and (6, 2): sums of deviations 38/3, 6 and 1.
            let r = 1.0 / (38.0_f64 / 3.0 * 6.0).sqrt();
            assert!((pairs.correlation(0, 1).unwrap_or(0.0) - r).abs() < 1e-14);
            let divisor = 3.0 * repeats as f64 - 1.0;
            let covariance = factor * factor * repeats as f64 / divisor;
            assert!((pairs.covariance(1, 0) - covariance).abs() < 1e-14);
            assert!((pairs.mean(0) - 3.25 * factor).abs() < 1e-15);
        }
    }

    #[test]
    fn parts_are_added_and_taken_away() {
        let x: Vec<Option<f64>> =
            (0..100_u32).map(|row| (row % 7 != 0).then(|| f64::from(row % 5))).collect();
        let y: Vec<Option<f64>> = (0..100_u32).map(|row| Some(f64::from(row % 9))).collect();
        for (factor, is_whole) in [(1.0, true), (0.3, false)] {
            let of = |from: usize, to: usize| {
                let mut pairs = Pairs::with_squares(2);
                pairs.add(&[&cells(&x[from..to], factor), &cells(&y[from..to], factor)]);
                pairs
            };
            let whole = of(0, 100);
            let mut sum = of(0, 12);
            sum.merge(&of(12, 100));
            assert_eq!(sum.rows(), 100);
            for (sums, expected) in [(&sum, &whole), (&whole.without(&of(0, 12)), &of(12, 100))] {
                assert_eq!(sums.n(0, 1), expected.n(0, 1));
                let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
                near(sums.covariance(0, 1), expected.covariance(0, 1));
                near(sums.mean(1), expected.mean(1));
                near(
                    sums.correlation(0, 1).unwrap_or(9.0),
                    expected.correlation(0, 1).unwrap_or(8.0),
                );
            }
            if is_whole {
                // Exact sums do not depend on how rows are divided.
                assert_eq!(sum, whole);
            }
        }
    }
}
