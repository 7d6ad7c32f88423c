//! Means and co-moments, and where each pair of variables is in a triangle.

/// Means and co-moments of `k` variables.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// The number of rows.
    pub n: u64,
    /// The means.
    pub means: Vec<f64>,
    /// The sums of products of deviations from the means: `k` rows of `k`.
    pub products: Vec<f64>,
}

impl Moments {
    /// The covariances, with divisor n − 1, as `k` rows of `k`.
    #[must_use]
    pub fn covariances(&self) -> Vec<f64> {
        let by = count(self.n) - 1.0;
        self.products.iter().map(|product| product / by).collect()
    }
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2⁵³")]
pub(crate) fn count(n: u64) -> f64 {
    n as f64
}

/// The position of the pair (i, j), i ≤ j, among the pairs of `k` variables in rows of the upper triangle.
pub(super) fn pair(k: usize, i: usize, j: usize) -> usize {
    i * k - i * (i + 1) / 2 + j
}

/// A symmetric matrix of `k` rows of `k` from a function of its upper triangle.
pub(super) fn symmetric(k: usize, of: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let at = |cell: usize| (cell / k).min(cell % k)..(cell / k).max(cell % k);
    (0..k * k).map(|cell| of(at(cell).start, at(cell).end)).collect()
}
