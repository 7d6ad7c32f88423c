//! The few statistics that the checks need. Formulas are stated with their sources.

/// The normal quantile for a two-sided interval of 99 %.
pub(crate) const Z_99: f64 = 2.575_829_303_548_901;
/// The normal quantile for a two-sided interval of 99.9 %.
pub(crate) const Z_999: f64 = 3.290_526_731_491_695;

/// The interval of a correlation `r` among `n` respondents: Fisher's transformation, tanh(atanh r ± z/√(n − 3)).
///
/// Fisher, R. A. (1921). On the "probable error" of a coefficient of correlation deduced from a small sample. Metron, 1.
pub(crate) fn interval(r: f64, n: f64, z: f64) -> (f64, f64) {
    let (middle, half) = (fisher(r), z / (n - 3.0).max(1.0).sqrt());
    ((middle - half).tanh(), (middle + half).tanh())
}

/// Fisher's transformation of a correlation. A perfect one is taken as 0.999999.
pub(crate) fn fisher(r: f64) -> f64 {
    r.clamp(-0.999_999, 0.999_999).atanh()
}

/// The standard normal deviate of the difference between two proportions, with the pooled proportion.
pub(crate) fn proportions((x, n): (f64, f64), (y, m): (f64, f64)) -> f64 {
    let pooled = (x + y) / (n + m);
    let error = (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt();
    if error > 0.0 { (x / n - y / m) / error } else { 0.0 }
}

/// The probability of at least `count` events if `expected` are expected: the upper tail of the Poisson distribution.
pub(crate) fn poisson_tail(count: f64, expected: f64) -> f64 {
    if count <= expected {
        // Not a small tail: nothing depends on its size.
        return 1.0;
    }
    // The terms from `count` on, summed upward: accurate for small tails, unlike 1 minus the lower tail. The first is
    // computed by its logarithm, because e^(−expected) may be too small for a number.
    let mut at = 0.0;
    let mut log = -expected;
    while at < count {
        at += 1.0;
        log += (expected / at).ln();
    }
    let mut term = log.exp();
    let mut tail = 0.0;
    for _ in 0..1000 {
        tail += term;
        at += 1.0;
        term *= expected / at;
    }
    tail.min(1.0)
}

/// The middle of sorted numbers.
pub(crate) fn median(sorted: &[f64]) -> f64 {
    match sorted.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => sorted[odd / 2],
        even => f64::midpoint(sorted[even / 2 - 1], sorted[even / 2]),
    }
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub(crate) fn float(count: u64) -> f64 {
    count as f64
}

/// A length as a number.
pub(crate) fn length(count: usize) -> f64 {
    float(count as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_r() {
        // cor.test in R for r = 0.5, n = 28 and 99 %: 0.03183 to 0.78734 (tanh(0.5493 ± 2.5758/5)).
        let (low, high) = interval(0.5, 28.0, Z_99);
        assert!((low - 0.034_140).abs() < 1e-3 && (high - 0.787_332).abs() < 2e-3, "{low} {high}");
    }

    #[test]
    fn tails_are_exact() {
        // 1 − e^(−0.1) and 1 − e^(−1)(1 + 1).
        assert!((poisson_tail(1.0, 0.1) - 0.095_162_581_964_040_4).abs() < 1e-15);
        assert!((poisson_tail(2.0, 1.0) - 0.264_241_117_657_115_4).abs() < 1e-14);
        assert!((median(&[1.0, 2.0, 4.0, 9.0]) - 3.0).abs() < 1e-15);
        assert!((proportions((10.0, 100.0), (30.0, 100.0)) + 3.535_533_905_932_738).abs() < 1e-12);
    }
}
