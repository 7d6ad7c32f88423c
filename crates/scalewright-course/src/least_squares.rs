//! Linear least squares with few columns.

/// A fitted linear model.
pub(crate) struct Fit {
    /// The coefficient of each column.
    pub(crate) coefficients: Vec<f64>,
    /// The sum of squared residuals.
    pub(crate) residual: f64,
    /// The inverse of the triangle that the columns were decomposed into.
    of_r: Vec<Vec<f64>>,
}

impl Fit {
    /// The inverse of the cross products of the columns.
    pub(crate) fn inverse(&self) -> Vec<Vec<f64>> {
        let of_r = &self.of_r;
        of_r.iter().map(|one| of_r.iter().map(|other| dot(one, other)).collect()).collect()
    }
}

/// Fits `y` by the `columns`. `None` if a column depends linearly on those before it.
pub(crate) fn fit(columns: &[Vec<f64>], y: &[f64]) -> Option<Fit> {
    nested(columns, y)?.pop()
}

/// Fits `y` by the first of the `columns`, the first two, and so on. `None` if a column depends linearly on those
/// before it.
pub(crate) fn nested(columns: &[Vec<f64>], y: &[f64]) -> Option<Vec<Fit>> {
    let (q, r) = decomposed(columns)?;
    let (mut rest, mut along) = (y.to_vec(), Vec::with_capacity(q.len()));
    let fits = (1..=q.len()).map(|count| {
        along.push(0.0);
        // Once for the new direction, and once more for all, because the first pass leaves rounding errors.
        for at in std::iter::once(count - 1).chain(0..count) {
            along[at] += remove(&mut rest, &q[at]);
        }
        let of_r = upper_inverse(&r, count);
        let coefficients = of_r.iter().map(|row| dot(row, &along)).collect();
        Fit { coefficients, residual: dot(&rest, &rest), of_r }
    });
    Some(fits.collect())
}

/// Orthogonal unit vectors, and the upper triangle that makes the columns of them.
type Decomposed = (Vec<Vec<f64>>, Vec<Vec<f64>>);

/// Decomposes the columns by Gram and Schmidt's method. `None` if a column depends linearly on those before it.
fn decomposed(columns: &[Vec<f64>]) -> Option<Decomposed> {
    let k = columns.len();
    let mut q: Vec<Vec<f64>> = Vec::with_capacity(k);
    let mut r = vec![vec![0.0; k]; k];
    for (at, column) in columns.iter().enumerate() {
        let mut rest = column.clone();
        let whole = dot(&rest, &rest).sqrt();
        // Twice, because the first pass leaves rounding errors.
        for _ in 0..2 {
            for (before, direction) in q.iter().enumerate() {
                r[before][at] += remove(&mut rest, direction);
            }
        }
        let length = dot(&rest, &rest).sqrt();
        if length <= 1e-12 * whole || whole == 0.0 {
            return None;
        }
        rest.iter_mut().for_each(|value| *value /= length);
        r[at][at] = length;
        q.push(rest);
    }
    Some((q, r))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Removes the part of `rest` along the unit vector `direction`, and returns its length.
fn remove(rest: &mut [f64], direction: &[f64]) -> f64 {
    let along = dot(rest, direction);
    rest.iter_mut().zip(direction).for_each(|(value, unit)| *value -= along * unit);
    along
}

/// The inverse of the first `k` rows and columns of an upper triangular matrix.
fn upper_inverse(r: &[Vec<f64>], k: usize) -> Vec<Vec<f64>> {
    let mut inverse = vec![vec![0.0; k]; k];
    for column in 0..k {
        inverse[column][column] = 1.0 / r[column][column];
        for row in (0..column).rev() {
            let sum: f64 =
                (row + 1..=column).map(|between| r[row][between] * inverse[between][column]).sum();
            inverse[row][column] = -sum / r[row][row];
        }
    }
    inverse
}
