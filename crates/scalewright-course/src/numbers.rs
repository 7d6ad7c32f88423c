//! Comparisons of scores, and the statistics that several methods use.

/// The 97.5 % quantile of the standard normal distribution.
pub const QUANTILE: f64 = 1.959_963_984_540_054;

/// Scores are rationals, but 5.3 − 4.3 is less than 1 in binary. A difference up to this share of the numbers compared,
/// or of 1, is such a rounding error, so that comparisons are those of the decimal numbers.
const ROUNDING: f64 = 1e-12;

fn rounding(a: f64, b: f64) -> f64 {
    ROUNDING * a.abs().max(b.abs()).max(1.0)
}

/// Whether `a` is at least `b`. Ties count.
pub(crate) fn at_least(a: f64, b: f64) -> bool {
    a - b >= -rounding(a, b)
}

/// Whether `a` is more than `b`. Ties do not count.
pub(crate) fn more_than(a: f64, b: f64) -> bool {
    a - b > rounding(a, b)
}

/// The mean; `None` without values.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The sum of products of deviations from the means.
pub(crate) fn products(x: &[f64], y: &[f64]) -> f64 {
    let (Some(mx), Some(my)) = (mean(x), mean(y)) else { return 0.0 };
    x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum()
}

/// The sum of squared deviations from the mean.
pub(crate) fn squares(values: &[f64]) -> f64 {
    products(values, values)
}

/// The standard deviation with divisor n − 1; `None` for fewer than two values.
#[must_use]
pub fn deviation(values: &[f64]) -> Option<f64> {
    (values.len() > 1).then(|| (squares(values) / (values.len() - 1) as f64).sqrt())
}

/// The root mean square of successive differences; `None` for fewer than two values.
#[must_use]
pub fn successive(values: &[f64]) -> Option<f64> {
    let steps: Vec<f64> = values.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).collect();
    mean(&steps).map(f64::sqrt)
}

/// The Pearson correlation; `None` for fewer than two pairs, or if one side does not vary.
#[must_use]
pub fn correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    let (sx, sy) = (squares(x), squares(y));
    (sx > 0.0 && sy > 0.0).then(|| products(x, y) / (sx * sy).sqrt())
}

/// The values in ascending order.
pub(crate) fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The median; `None` without values.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    let sorted = sorted(values);
    let (half, n) = (sorted.len() / 2, sorted.len());
    match n {
        0 => None,
        n if n % 2 == 1 => Some(sorted[half]),
        _ => Some((sorted[half - 1] + sorted[half]) / 2.0),
    }
}
