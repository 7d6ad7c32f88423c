//! Dense symmetric matrices: what coefficients need of linear algebra, for a few hundred variables.

/// A square matrix, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Matrix {
    pub(crate) k: usize,
    cells: Vec<f64>,
}

impl Matrix {
    /// The matrix with `k` rows of `k`.
    pub(crate) fn new(k: usize, cells: Vec<f64>) -> Self {
        Self { k, cells }
    }

    pub(crate) fn at(&self, i: usize, j: usize) -> f64 {
        self.cells[i * self.k + j]
    }

    pub(crate) fn set(&mut self, i: usize, j: usize, value: f64) {
        self.cells[i * self.k + j] = value;
    }

    pub(crate) fn of(k: usize, of: impl Fn(usize, usize) -> f64) -> Self {
        Self { k, cells: (0..k * k).map(|cell| of(cell / k, cell % k)).collect() }
    }

    pub(crate) fn row(&self, i: usize) -> &[f64] {
        &self.cells[i * self.k..(i + 1) * self.k]
    }

    pub(crate) fn diagonal(&self) -> Vec<f64> {
        (0..self.k).map(|i| self.at(i, i)).collect()
    }

    pub(crate) fn trace(&self) -> f64 {
        self.diagonal().iter().sum()
    }

    pub(crate) fn sum(&self) -> f64 {
        self.cells.iter().sum()
    }

    pub(crate) fn row_sum(&self, i: usize) -> f64 {
        self.row(i).iter().sum()
    }

    /// The cells below the diagonal, row by row.
    pub(crate) fn below(&self) -> Vec<f64> {
        (0..self.k).flat_map(|i| self.row(i)[..i].to_vec()).collect()
    }

    /// The rows and columns `keep` alone.
    pub(crate) fn only(&self, keep: &[usize]) -> Self {
        Self::of(keep.len(), |i, j| self.at(keep[i], keep[j]))
    }

    /// The matrix without row and column `drop`.
    pub(crate) fn without(&self, drop: usize) -> Self {
        self.only(&(0..self.k).filter(|&i| i != drop).collect::<Vec<_>>())
    }

    /// The correlations of covariances. The diagonal must be positive.
    pub(crate) fn correlations(&self) -> Self {
        let sd: Vec<f64> = self.diagonal().iter().map(|v| v.sqrt()).collect();
        Self::of(self.k, |i, j| if i == j { 1.0 } else { self.at(i, j) / (sd[i] * sd[j]) })
    }

    /// The lower Cholesky factor. `None` unless the matrix is positive definite, with room for rounding.
    pub(crate) fn cholesky(&self) -> Option<Self> {
        let k = self.k;
        let mut lower = Self::new(k, vec![0.0; k * k]);
        for i in 0..k {
            for j in 0..=i {
                let inner: f64 = (0..j).map(|l| lower.at(i, l) * lower.at(j, l)).sum();
                let rest = self.at(i, j) - inner;
                if i == j {
                    let is_positive = rest > self.at(i, i).abs() * 1e-11;
                    lower.set(i, i, is_positive.then(|| rest.sqrt())?);
                } else {
                    lower.set(i, j, rest / lower.at(j, j));
                }
            }
        }
        Some(lower)
    }

    /// The inverse, and the logarithm of the determinant. `None` unless the matrix is positive definite.
    pub(crate) fn inverse(&self) -> Option<(Self, f64)> {
        let (k, lower) = (self.k, self.cholesky()?);
        let log: f64 = lower.diagonal().iter().map(|d| 2.0 * d.ln()).sum();
        let mut inverse = Self::new(k, vec![0.0; k * k]);
        for column in 0..k {
            let unit = |i: usize| if i == column { 1.0 } else { 0.0 };
            for (i, value) in lower.solve((0..k).map(unit).collect()).into_iter().enumerate() {
                inverse.set(i, column, value);
            }
        }
        Some((inverse, log))
    }

    /// The solution x of L L' x = `right`, where L is this lower Cholesky factor.
    pub(crate) fn solve(&self, mut right: Vec<f64>) -> Vec<f64> {
        let k = self.k;
        for i in 0..k {
            let inner: f64 = (0..i).map(|j| self.at(i, j) * right[j]).sum();
            right[i] = (right[i] - inner) / self.at(i, i);
        }
        for i in (0..k).rev() {
            let inner: f64 = (i + 1..k).map(|j| self.at(j, i) * right[j]).sum();
            right[i] = (right[i] - inner) / self.at(i, i);
        }
        right
    }

    /// The eigenvalues, descending, each with its vector of length 1: Jacobi's rotations.
    pub(crate) fn eigen(&self) -> Vec<(f64, Vec<f64>)> {
        const MOST_SWEEPS: usize = 100;
        let k = self.k;
        let (mut a, mut vectors) =
            (self.clone(), Self::of(k, |i, j| if i == j { 1.0 } else { 0.0 }));
        for _ in 0..MOST_SWEEPS {
            let off: f64 = a.below().iter().map(|cell| cell * cell).sum();
            let on: f64 = a.diagonal().iter().map(|cell| cell * cell).sum();
            if off <= on * 1e-32 {
                break;
            }
            for p in 0..k {
                for q in p + 1..k {
                    a.rotate(&mut vectors, p, q);
                }
            }
        }
        let mut all: Vec<(f64, Vec<f64>)> =
            (0..k).map(|j| (a.at(j, j), (0..k).map(|i| vectors.at(i, j)).collect())).collect();
        all.sort_by(|one, other| other.0.total_cmp(&one.0));
        all
    }

    /// One rotation, which makes the cell (p, q) zero.
    fn rotate(&mut self, vectors: &mut Self, p: usize, q: usize) {
        if self.at(p, q) == 0.0 {
            return;
        }
        let theta = (self.at(q, q) - self.at(p, p)) / (2.0 * self.at(p, q));
        let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
        let t = if theta == 0.0 { 1.0 } else { t };
        let c = 1.0 / t.hypot(1.0);
        let s = t * c;
        for i in 0..self.k {
            let (x, y) = (self.at(i, p), self.at(i, q));
            self.set(i, p, c * x - s * y);
            self.set(i, q, s * x + c * y);
        }
        for i in 0..self.k {
            let (x, y) = (self.at(p, i), self.at(q, i));
            self.set(p, i, c * x - s * y);
            self.set(q, i, s * x + c * y);
        }
        for i in 0..self.k {
            let (x, y) = (vectors.at(i, p), vectors.at(i, q));
            vectors.set(i, p, c * x - s * y);
            vectors.set(i, q, s * x + c * y);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Matrix;

    #[test]
    fn inverses_and_eigenvalues_rebuild_the_matrix() {
        let matrix = Matrix::new(3, vec![4.0, 1.0, 0.5, 1.0, 3.0, -0.25, 0.5, -0.25, 2.0]);
        let (inverse, log) = matrix.inverse().expect("it is positive definite");
        let eigen = matrix.eigen();
        for i in 0..3 {
            for j in 0..3 {
                let one: f64 = (0..3).map(|l| matrix.at(i, l) * inverse.at(l, j)).sum();
                assert!((one - f64::from(u8::from(i == j))).abs() < 1e-14);
                let cell: f64 = eigen.iter().map(|(value, v)| value * v[i] * v[j]).sum();
                assert!((cell - matrix.at(i, j)).abs() < 1e-13);
            }
        }
        let product: f64 = eigen.iter().map(|(value, _)| value.ln()).sum();
        assert!((product - log).abs() < 1e-13);
    }

    #[test]
    fn a_singular_matrix_has_no_inverse() {
        assert!(Matrix::new(2, vec![1.0, 1.0, 1.0, 1.0]).inverse().is_none());
    }
}
