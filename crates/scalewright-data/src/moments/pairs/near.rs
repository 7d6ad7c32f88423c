//! The moments of a pair of any numbers.

use crate::moments::block::Cells;
use crate::moments::layout::count;

/// The moments of the rows that have both of two numbers: sums of squares and of products of deviations from the means.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Near {
    pub(super) n: u64,
    pub(super) means: [f64; 2],
    pub(super) squares: [f64; 2],
    pub(super) product: f64,
}

impl Near {
    /// The moments of a block, centred within it.
    pub(super) fn of(x: &Cells, y: &Cells) -> Self {
        let both = (0..x.len()).filter_map(|row| Some([x.get(row)?, y.get(row)?]));
        let both: Vec<[f64; 2]> = both.collect();
        let n = both.len() as u64;
        if n == 0 {
            return Self::default();
        }
        let means = [0, 1].map(|at| both.iter().map(|both| both[at]).sum::<f64>() / count(n));
        let apart = |both: &[f64; 2]| [both[0] - means[0], both[1] - means[1]];
        let sum = |of: fn([f64; 2]) -> f64| both.iter().map(|both| of(apart(both))).sum();
        let squares = [sum(|[x, _]| x * x), sum(|[_, y]| y * y)];
        Self { n, means, squares, product: sum(|[x, y]| x * y) }
    }

    /// Adds the rows of `other`, after Chan, Golub and LeVeque (1983).
    pub(super) fn add(&mut self, other: Self) {
        if other.n == 0 {
            return;
        }
        if self.n == 0 {
            *self = other;
            return;
        }
        let (a, b) = (count(self.n), count(other.n));
        let apart = [other.means[0] - self.means[0], other.means[1] - self.means[1]];
        let weight = a * b / (a + b);
        self.product += other.product + apart[0] * apart[1] * weight;
        for (at, apart) in apart.into_iter().enumerate() {
            self.squares[at] += other.squares[at] + apart * apart * weight;
            self.means[at] += apart * (b / (a + b));
        }
        self.n += other.n;
    }

    /// Takes the rows of `part` away: the inverse of [`Near::add`].
    pub(super) fn remove(&mut self, part: Self) {
        let rest = self.n.saturating_sub(part.n);
        if rest == 0 {
            *self = Self::default();
            return;
        }
        let (n, a, b) = (count(self.n), count(rest), count(part.n));
        let mean = |at: usize| (self.means[at] * n - part.means[at] * b) / a;
        let means = [mean(0), mean(1)];
        let apart = [part.means[0] - means[0], part.means[1] - means[1]];
        let weight = a * b / n;
        let square = |at: usize| {
            (self.squares[at] - part.squares[at] - apart[at] * apart[at] * weight).max(0.0)
        };
        let product = self.product - part.product - apart[0] * apart[1] * weight;
        *self = Self { n: rest, means, squares: [square(0), square(1)], product };
    }

    /// The same with the second variable first.
    pub(super) fn turned(self) -> Self {
        let turned = |[x, y]: [f64; 2]| [y, x];
        Self { means: turned(self.means), squares: turned(self.squares), ..self }
    }
}
