//! Linear least squares with few columns.

/// A fitted linear model.
pub(crate) struct Fit {
    /// The coefficient of each column.
    pub(crate) coefficients: Vec<f64>,
    /// The sum of squared residuals.
    pub(crate) residual: f64,
    /// The inverse of the cross products of the columns.
    pub(crate) inverse: Vec<Vec<f64>>,
}

/// Fits `y` by the `columns`. `None` if a column depends linearly on those before it.
pub(crate) fn fit(columns: &[Vec<f64>], y: &[f64]) -> Option<Fit> {
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
    let mut rest = y.to_vec();
    let mut along = vec![0.0; k];
    for _ in 0..2 {
        for (at, direction) in q.iter().enumerate() {
            along[at] += remove(&mut rest, direction);
        }
    }
    let of_r = upper_inverse(&r);
    let coefficients = of_r.iter().map(|row| dot(row, &along)).collect();
    let inverse = of_r.iter().map(|one| of_r.iter().map(|other| dot(one, other)).collect());
    Some(Fit { coefficients, residual: dot(&rest, &rest), inverse: inverse.collect() })
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

/// The inverse of an upper triangular matrix.
fn upper_inverse(r: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let k = r.len();
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
