//! Intraclass correlations of several measurements of each respondent: occasions, raters or items.

use serde::Serialize;

use super::matrix::Matrix;
use super::quantiles::f_quantile;

/// Intraclass correlations after Shrout and Fleiss (1979) and McGraw and Wong (1996).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Iccs {
    /// The number of respondents.
    pub n: u64,
    /// The number of measurements of each.
    pub k: usize,
    /// The mean squares.
    pub ms: MeanSquares,
    /// The coefficients.
    pub icc: IccTable,
}

/// Mean squares of a table of respondents by measurements.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub struct MeanSquares {
    /// Between respondents.
    pub msr: f64,
    /// Between measurements.
    pub msc: f64,
    /// Of what is left.
    pub mse: f64,
    /// Within respondents.
    pub msw: f64,
}

/// The six usual coefficients.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct IccTable {
    /// One-way random, a single measurement: ICC(1,1).
    #[serde(rename = "ICC1")]
    pub one: Icc,
    /// Two-way random, absolute agreement, a single measurement: ICC(2,1).
    #[serde(rename = "ICC2")]
    pub two: Icc,
    /// Two-way mixed, consistency, a single measurement: ICC(3,1).
    #[serde(rename = "ICC3")]
    pub three: Icc,
    /// One-way random, the mean of all measurements: ICC(1,k).
    #[serde(rename = "ICC1k")]
    pub one_mean: Icc,
    /// Two-way random, absolute agreement, the mean: ICC(2,k).
    #[serde(rename = "ICC2k")]
    pub two_mean: Icc,
    /// Two-way mixed, consistency, the mean: ICC(3,k).
    #[serde(rename = "ICC3k")]
    pub three_mean: Icc,
}

/// A coefficient with its F test and its interval at 95 %.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Icc {
    /// The coefficient.
    pub icc: f64,
    /// The F statistic.
    #[serde(rename = "F")]
    pub f: f64,
    /// Its degrees of freedom in the numerator.
    pub df1: f64,
    /// Its degrees of freedom in the denominator.
    pub df2: f64,
    /// The lower end of the interval. `None` if it is not defined.
    pub lower95: Option<f64>,
    /// The upper end of the interval. `None` if it is not defined.
    pub upper95: Option<f64>,
}

/// Leaves 2.5 % on each side.
const HIGH: f64 = 0.975;

impl Iccs {
    /// From the means and the covariances `v` (divisor n − 1) of the measurements. `None` below two respondents or
    /// measurements, or if nothing is left to compare with.
    pub(crate) fn of(n: u64, means: &[f64], v: &Matrix) -> Option<Self> {
        let (rows, k) = (crate::moments::count(n), v.k as f64);
        if n < 2 || v.k < 2 {
            return None;
        }
        let grand = means.iter().sum::<f64>() / k;
        let msr = v.sum() / k;
        let between: f64 = means.iter().map(|mean| (mean - grand).powi(2)).sum();
        let msc = rows * between / (k - 1.0);
        // The sum of squares within measurements, less that between respondents.
        let mse = (v.trace() - msr) / (k - 1.0);
        let msw = (mse * (rows - 1.0) * (k - 1.0) + msc * (k - 1.0)) / (rows * (k - 1.0));
        let ms = MeanSquares { msr, msc, mse, msw };
        (mse > 0.0 && msw > 0.0).then(|| Self { n, k: v.k, ms, icc: IccTable::of(rows, k, ms) })
    }
}

impl IccTable {
    fn of(n: f64, k: f64, ms: MeanSquares) -> Self {
        let MeanSquares { msr, msc, mse, msw } = ms;
        let one = Test { f: msr / msw, df1: n - 1.0, df2: n * (k - 1.0) };
        let three = Test { f: msr / mse, df1: n - 1.0, df2: (n - 1.0) * (k - 1.0) };
        let two = (msr - mse) / (msr + (k - 1.0) * mse + k * (msc - mse) / n);
        let two_ends = two_way(n, k, ms, two);
        // The interval of a mean is that of a single measurement, stepped up.
        let stepped = two_ends.map(|end| end.map(|end| end * k / (1.0 + end * (k - 1.0))));
        let single = |f: f64| (f - 1.0) / (f + k - 1.0);
        let mean = |f: f64| 1.0 - 1.0 / f;
        Self {
            one: one.icc(single(one.f), one.ends().map(|end| end.map(single))),
            two: three.icc(two, two_ends),
            three: three.icc(single(three.f), three.ends().map(|end| end.map(single))),
            one_mean: one.icc(mean(one.f), one.ends().map(|end| end.map(mean))),
            two_mean: three.icc((msr - mse) / (msr + (msc - mse) / n), stepped),
            three_mean: three.icc(mean(three.f), three.ends().map(|end| end.map(mean))),
        }
    }
}

/// An F test.
#[derive(Clone, Copy)]
struct Test {
    f: f64,
    df1: f64,
    df2: f64,
}

impl Test {
    fn icc(self, icc: f64, [lower95, upper95]: [Option<f64>; 2]) -> Icc {
        Icc { icc, f: self.f, df1: self.df1, df2: self.df2, lower95, upper95 }
    }

    /// The ends of the interval of the ratio of variances.
    fn ends(self) -> [Option<f64>; 2] {
        [
            f_quantile(HIGH, self.df1, self.df2).map(|q| self.f / q),
            f_quantile(HIGH, self.df2, self.df1).map(|q| self.f * q),
        ]
    }
}

/// The interval of ICC(2,1), by the approximate degrees of freedom of Shrout and Fleiss (1979).
fn two_way(n: f64, k: f64, ms: MeanSquares, icc: f64) -> [Option<f64>; 2] {
    let MeanSquares { msr, msc, mse, msw: _ } = ms;
    let f = msc / mse;
    let part = n * (1.0 + (k - 1.0) * icc) - k * icc;
    let above = (k - 1.0) * (n - 1.0) * (k * icc * f + part).powi(2);
    let below = (n - 1.0) * k.powi(2) * icc.powi(2) * f.powi(2) + part.powi(2);
    let df = above / below;
    let rest = k * msc + (k * n - k - n) * mse;
    let lower = f_quantile(HIGH, n - 1.0, df).map(|q| n * (msr - q * mse) / (q * rest + n * msr));
    let upper = f_quantile(HIGH, df, n - 1.0).map(|q| n * (q * msr - mse) / (rest + n * q * msr));
    [lower, upper]
}

#[cfg(test)]
mod tests {
    use super::super::matrix::Matrix;
    use super::Iccs;
    use crate::moments::{Cells, Joint};

    /// The ratings and the coefficients of Shrout and Fleiss (1979), tables 2 and 4.
    #[test]
    fn coefficients_are_those_of_shrout_and_fleiss() {
        let judges =
            [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]];
        let mut joint = Joint::new(4);
        joint.add(&judges.map(|ratings| Cells::Whole(ratings.to_vec())));
        let moments = joint.moments();
        let v = Matrix::new(4, moments.covariances());
        let found = Iccs::of(6, &moments.means, &v).expect("it is defined").icc;
        let all = [
            (found.one, 0.17),
            (found.two, 0.29),
            (found.three, 0.71),
            (found.one_mean, 0.44),
            (found.two_mean, 0.62),
            (found.three_mean, 0.91),
        ];
        for (icc, published) in all {
            assert!((icc.icc - published).abs() < 0.006, "{} {published}", icc.icc);
        }
    }
}
