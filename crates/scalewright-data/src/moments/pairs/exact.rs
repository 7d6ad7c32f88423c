//! The sums of a pair of whole numbers, exactly.

use super::near::Near;
use crate::moments::block::{Marked, dot};
use crate::moments::layout::count;

/// The sums over the rows that have both of two whole numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sums {
    n: i64,
    sums: [i64; 2],
    /// The sums of squares; 0 if they are not wanted.
    squares: [i64; 2],
    product: i64,
}

impl Sums {
    /// The sums of a block. Missing numbers are 0 there, and the marks count the rows.
    pub(super) fn of(x: &Marked, y: &Marked, squares: bool) -> Self {
        let square = |x: &Marked, marks: &[i16]| if squares { dot(&x.squares, marks) } else { 0 };
        Self {
            n: dot(&x.marks, &y.marks),
            sums: [dot(&x.values, &y.marks), dot(&y.values, &x.marks)],
            squares: [square(x, &y.marks), square(y, &x.marks)],
            product: dot(&x.values, &y.values),
        }
    }

    /// The sums of one row.
    pub(super) fn of_one(x: i64, y: i64) -> Self {
        Self { n: 1, sums: [x, y], squares: [x * x, y * y], product: x * y }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.combine(other, 1);
    }

    pub(super) fn remove(&mut self, other: Self) {
        self.combine(other, -1);
    }

    fn combine(&mut self, other: Self, sign: i64) {
        self.n += sign * other.n;
        self.product += sign * other.product;
        for at in 0..2 {
            self.sums[at] += sign * other.sums[at];
            self.squares[at] += sign * other.squares[at];
        }
    }

    pub(super) fn n(&self) -> u64 {
        self.n.unsigned_abs()
    }

    /// The moments, without cancellation: n · Σxy − Σx · Σy is exact.
    pub(super) fn moments(&self) -> Near {
        if self.n == 0 {
            return Near::default();
        }
        let n = count(self.n());
        let [x, y] = self.sums;
        let deviation = |product: i64, x: i64, y: i64| {
            (i128::from(self.n) * i128::from(product) - i128::from(x) * i128::from(y)) as f64 / n
        };
        Near {
            n: self.n(),
            means: [x as f64 / n, y as f64 / n],
            squares: [deviation(self.squares[0], x, x), deviation(self.squares[1], y, y)],
            product: deviation(self.product, x, y),
        }
    }
}
