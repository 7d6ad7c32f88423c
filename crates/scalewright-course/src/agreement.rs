//! Agreement of two raters on the same sessions.
//!
//! Intraclass correlations after McGraw and Wong (1996); concordance after Lin (1989), with divisor n and the variance
//! as corrected in 2000; limits of agreement after Bland and Altman (1986, and 2007 for several pairs a dyad).

use crate::numbers::{QUANTILE, correlation, deviation, mean, products, squares};

/// Intraclass correlations of single ratings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Icc {
    /// ICC(1,1), one-way.
    pub one_way: f64,
    /// ICC(A,1), absolute agreement.
    pub agreement: f64,
    /// ICC(C,1), consistency.
    pub consistency: f64,
}

/// The intraclass correlations of pairs. `None` for fewer than two pairs, or if nothing varies.
#[must_use]
pub fn icc(x: &[f64], y: &[f64]) -> Option<Icc> {
    let n = x.len() as f64;
    if x.len() < 2 {
        return None;
    }
    let means: Vec<f64> = x.iter().zip(y).map(|(x, y)| (x + y) / 2.0).collect();
    let all: Vec<f64> = x.iter().chain(y).copied().collect();
    let (rows, total) = (2.0 * squares(&means), squares(&all));
    let columns = n * squares(&[mean(x)?, mean(y)?]);
    let error = (total - rows - columns) / (n - 1.0);
    let (of_rows, within) = (rows / (n - 1.0), (total - rows) / n);
    let of_columns = columns;
    let icc = Icc {
        one_way: (of_rows - within) / (of_rows + within),
        agreement: (of_rows - error) / (of_rows + error + 2.0 * (of_columns - error) / n),
        consistency: (of_rows - error) / (of_rows + error),
    };
    (total > 0.0).then_some(icc)
}

/// Lin's concordance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Concordance {
    /// The coefficient, with divisor n.
    pub value: f64,
    /// The Pearson correlation.
    pub pearson: f64,
    /// The bias correction: the coefficient by the correlation.
    pub bias: f64,
    /// The coefficient with divisor n − 1, which other programs print.
    pub by_n_minus_1: f64,
    /// Its standard error and its interval at 95 %. `None` for two pairs.
    pub error: Option<(f64, (f64, f64))>,
}

/// The concordance of pairs. `None` if one side does not vary.
#[must_use]
pub fn concordance(x: &[f64], y: &[f64]) -> Option<Concordance> {
    let n = x.len() as f64;
    let r = correlation(x, y)?;
    let (sx, sy, sxy) = (squares(x) / n, squares(y) / n, products(x, y) / n);
    let apart = mean(x)? - mean(y)?;
    let value = 2.0 * sxy / (sx + sy + apart.powi(2));
    let more = n / (n - 1.0);
    let by_n_minus_1 = 2.0 * sxy * more / ((sx + sy) * more + apart.powi(2));
    let u = apart / (sx.sqrt() * sy.sqrt()).sqrt();
    let (p, r2) = (value, r * r);
    let variance = ((1.0 - r2) * p.powi(2) * (1.0 - p.powi(2)) / r2
        + 2.0 * p.powi(3) * (1.0 - p) * u.powi(2) / r
        - p.powi(4) * u.powi(4) / (2.0 * r2))
        / (n - 2.0);
    let error = variance.sqrt();
    let (z, by_z) = (p.atanh(), error / (1.0 - p.powi(2)));
    let interval = ((z - QUANTILE * by_z).tanh(), (z + QUANTILE * by_z).tanh());
    let error = (n > 2.0 && by_z.is_finite() && z.is_finite()).then_some((error, interval));
    Some(Concordance { value, pearson: r, bias: value / r, by_n_minus_1, error })
}

/// The limits of agreement of differences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The mean difference.
    pub mean: f64,
    /// The standard deviation of the differences.
    pub sd: f64,
    /// The limits, as if all pairs were independent.
    pub limits: (f64, f64),
}

/// The limits for several pairs a dyad.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RepeatedLimits {
    /// The variance within dyads.
    pub within: f64,
    /// The variance between dyads.
    pub between: f64,
    /// The standard deviation of both.
    pub sd: f64,
    /// The limits.
    pub limits: (f64, f64),
}

/// The limits of agreement. `None` for fewer than two differences.
#[must_use]
pub fn limits(differences: &[f64]) -> Option<Limits> {
    let (mean, sd) = (mean(differences)?, deviation(differences)?);
    Some(Limits { mean, sd, limits: (mean - QUANTILE * sd, mean + QUANTILE * sd) })
}

/// The limits of agreement of the differences of each dyad. `None` for fewer than two dyads, or without repetition.
#[must_use]
pub fn repeated_limits(dyads: &[Vec<f64>]) -> Option<RepeatedLimits> {
    let all: Vec<f64> = dyads.iter().flatten().copied().collect();
    let mean = mean(&all)?;
    let parts = crate::within::Variance::of(dyads.iter().map(Vec::as_slice))?;
    let between = ((parts.between - parts.within) / parts.size).max(0.0);
    let sd = (parts.within + between).sqrt();
    let limits = (mean - QUANTILE * sd, mean + QUANTILE * sd);
    Some(RepeatedLimits { within: parts.within, between, sd, limits })
}
