//! Coefficients of internal consistency: alpha with its intervals, the lambdas of Guttman, and halves of a test.

use serde::Serialize;

use super::matrix::Matrix;
use super::quantiles::{NORMAL, f_quantile};

/// Alpha (Cronbach 1951): k / (k − 1) · (1 − Σ variances / variance of the total). Not finite below two items.
pub(crate) fn alpha(v: &Matrix) -> f64 {
    let k = v.k as f64;
    k / (k - 1.0) * (1.0 - v.trace() / v.sum())
}

/// The lower and the upper end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

/// Intervals of alpha at 95 %. `None` where the sample is too small for the formula.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AlphaIntervals {
    /// After Feldt, Woodruff and Salih (1987), exact for parallel normal items.
    pub feldt: Option<Interval>,
    /// After Bonett (2002).
    pub bonett: Option<Interval>,
    /// After Hakstian and Whalen (1976).
    pub hakstian_whalen: Option<Interval>,
    /// After Duhachek and Iacobucci (2004), which needs no parallel items.
    pub duhachek_iacobucci: Option<WithError>,
}

/// An interval from a standard error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WithError {
    /// The asymptotic standard error.
    pub ase: f64,
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

/// The interval of Feldt, Woodruff and Salih (1987) for `alpha` of `n` respondents and `k` items, which leaves `tail` on
/// each side.
pub(crate) fn feldt(alpha: f64, n: f64, k: f64, tail: f64) -> Option<Interval> {
    let quantile = |p| f_quantile(p, n - 1.0, (n - 1.0) * (k - 1.0));
    let end = |p| quantile(p).map(|f| 1.0 - (1.0 - alpha) * f);
    Some(Interval { lower: end(1.0 - tail)?, upper: end(tail)? })
}

impl AlphaIntervals {
    /// The intervals for the covariances `v` of `n` respondents.
    pub(crate) fn of(v: &Matrix, n: f64) -> Self {
        let (a, k) = (alpha(v), v.k as f64);
        Self {
            feldt: feldt(a, n, k, 0.025),
            bonett: (n > 2.0 && a < 1.0).then(|| bonett(a, n, k)),
            hakstian_whalen: (n > 2.0).then(|| hakstian_whalen(a, n, k)),
            duhachek_iacobucci: duhachek(v, n),
        }
    }
}

fn bonett(a: f64, n: f64, k: f64) -> Interval {
    let width = NORMAL * (2.0 * k / ((k - 1.0) * (n - 2.0))).sqrt();
    let end = |by: f64| 1.0 - ((1.0 - a).ln() + by).exp();
    Interval { lower: end(width), upper: end(-width) }
}

fn hakstian_whalen(a: f64, n: f64, k: f64) -> Interval {
    let root = (1.0 - a).cbrt();
    let part = 18.0 * k * (n - 1.0) * (1.0 - a).cbrt().powi(2);
    let width = NORMAL * (part / ((k - 1.0) * (9.0 * n - 11.0).powi(2))).sqrt();
    let end = |by: f64| 1.0 - (root + by).powi(3);
    Interval { lower: end(width), upper: end(-width) }
}

fn duhachek(v: &Matrix, n: f64) -> Option<WithError> {
    let (a, k, s, trace) = (alpha(v), v.k as f64, v.sum(), v.trace());
    let squares: f64 = (0..v.k).flat_map(|i| v.row(i)).map(|cell| cell * cell).sum();
    let sums: f64 = (0..v.k).map(|i| v.row_sum(i).powi(2)).sum();
    let q = 2.0 * k * k / ((k - 1.0).powi(2) * s.powi(3))
        * (s * (squares + trace * trace) - 2.0 * trace * sums);
    let ase = (q / n).sqrt();
    let end = |by: f64| a + by * ase;
    ase.is_finite().then(|| WithError { ase, lower: end(-NORMAL), upper: end(NORMAL) })
}

/// Squared multiple correlations of each item with the others. `None` if the correlations `r` are singular.
pub(crate) fn squared_multiple(r: &Matrix) -> Option<Vec<f64>> {
    let (inverse, _) = r.inverse()?;
    Some(inverse.diagonal().iter().map(|d| 1.0 - 1.0 / d).collect())
}

/// The lower bounds of reliability of Guttman (1945).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Guttman {
    /// λ1 = 1 − Σ variances / variance of the total.
    pub lambda1: f64,
    /// λ2.
    pub lambda2: f64,
    /// λ3, which is alpha.
    pub lambda3: f64,
    /// λ4, the best of all halves, by covariances. `None` above 16 items.
    pub lambda4_cov: Option<Lambda4>,
    /// The same by correlations.
    pub lambda4_std: Option<Lambda4>,
    /// λ5.
    pub lambda5: f64,
    /// λ6 by covariances. `None` if an item is an exact combination of others.
    pub lambda6_cov: Option<f64>,
    /// λ6 by correlations, as the R package psych prints it (G6).
    #[serde(rename = "lambda6_std_psych_G6")]
    pub lambda6_std: Option<f64>,
}

impl Guttman {
    /// The bounds for covariances `v` with the correlations `r`, and the squared multiple correlations.
    pub(crate) fn of(v: &Matrix, r: &Matrix, smc: Option<&[f64]>) -> Self {
        let (k, s) = (v.k as f64, v.sum());
        let lambda1 = 1.0 - v.trace() / s;
        let others = |i: usize| -> f64 {
            let cells = v.row(i).iter().enumerate().filter(|(j, _)| *j != i);
            cells.map(|(_, cell)| cell * cell).sum()
        };
        let off: f64 = (0..v.k).map(others).sum();
        let most = (0..v.k).map(others).fold(0.0, f64::max);
        let lambda6 = |of: &Matrix| {
            let left = of.diagonal().iter().zip(smc?).map(|(v, smc)| v * (1.0 - smc)).sum::<f64>();
            Some(1.0 - left / of.sum())
        };
        Self {
            lambda1,
            lambda2: lambda1 + (k / (k - 1.0) * off).sqrt() / s,
            lambda3: alpha(v),
            lambda4_cov: Lambda4::of(v),
            lambda4_std: Lambda4::of(r),
            lambda5: lambda1 + 2.0 * most.sqrt() / s,
            lambda6_cov: lambda6(v),
            lambda6_std: lambda6(r),
        }
    }
}

/// Guttman's λ4 over all ways to divide the items into two parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lambda4 {
    /// The greatest, over parts of any size.
    pub lambda4_max_any: f64,
    /// The items of one part of that division, counted from 1.
    pub split_max: Vec<usize>,
    /// The smallest, over parts of any size.
    pub lambda4_min_any: f64,
    /// The greatest, over parts of equal size, or with one item more.
    pub lambda4_max_equal: f64,
    /// The smallest, over such parts.
    pub lambda4_min_equal: f64,
}

impl Lambda4 {
    /// Above this number of items, the divisions are not enumerated.
    const MOST: usize = 16;

    fn of(v: &Matrix) -> Option<Self> {
        let k = v.k;
        if !(2..=Self::MOST).contains(&k) {
            return None;
        }
        let total = v.sum();
        let (mut best, mut split) = (f64::NEG_INFINITY, 1);
        let (mut worst, mut equal) = (f64::INFINITY, (f64::INFINITY, f64::NEG_INFINITY));
        // The first item is always in the first part, and the second part has an item.
        for others in 0..(1_u32 << (k - 1)) - 1 {
            let part = others << 1 | 1;
            let value = 4.0 * across(v, part) / total;
            if value > best {
                (best, split) = (value, part);
            }
            worst = worst.min(value);
            let size = part.count_ones() as usize;
            if size == k / 2 || size == k - k / 2 {
                equal = (equal.0.min(value), equal.1.max(value));
            }
        }
        Some(Self {
            lambda4_max_any: best,
            split_max: (0..k).filter(|i| split >> i & 1 == 1).map(|i| i + 1).collect(),
            lambda4_min_any: worst,
            lambda4_max_equal: equal.1,
            lambda4_min_equal: equal.0,
        })
    }
}

/// The covariance between the items of `part`, a set of bits, and the others.
fn across(v: &Matrix, part: u32) -> f64 {
    let is_in = |i: usize| part >> i & 1 == 1;
    let row = |i: usize| -> f64 {
        let cells = v.row(i).iter().enumerate().filter(|(j, _)| !is_in(*j));
        cells.map(|(_, cell)| cell).sum()
    };
    (0..v.k).filter(|&i| is_in(i)).map(row).sum()
}

/// Reliability from two halves of the items.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Halves {
    /// The number of items in the first half.
    pub n_first: usize,
    /// The correlation of the halves.
    pub r: f64,
    /// Stepped up to the whole length (Spearman 1910; Brown 1910).
    pub spearman_brown: f64,
    /// From the variances of the halves (Guttman 1945; Flanagan 1937; Rulon 1939).
    pub guttman_flanagan_rulon: f64,
    /// Stepped up for halves of unequal length (Horst 1951).
    pub horst: f64,
}

/// Reliability from the two usual divisions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SplitHalf {
    /// Items with odd and with even positions.
    pub odd_even: Halves,
    /// The first items and the last.
    pub first_second: Halves,
}

impl SplitHalf {
    /// Of covariances `v`, which are of at least two items. `None` if a half does not vary.
    pub(crate) fn of(v: &Matrix) -> Option<Self> {
        let first = v.k.div_ceil(2);
        Some(Self {
            odd_even: Halves::of(v, |i| i % 2 == 0)?,
            first_second: Halves::of(v, |i| i < first)?,
        })
    }
}

impl Halves {
    fn of(v: &Matrix, is_first: impl Fn(usize) -> bool) -> Option<Self> {
        let sum = |rows: bool, columns: bool| -> f64 {
            let rows = (0..v.k).filter(|&i| is_first(i) == rows);
            let row = |i: usize| -> f64 {
                (0..v.k).filter(|&j| is_first(j) == columns).map(|j| v.at(i, j)).sum()
            };
            rows.map(row).sum()
        };
        let (a, b, both) = (sum(true, true), sum(false, false), sum(true, false));
        let n_first = (0..v.k).filter(|&i| is_first(i)).count();
        let r = both / (a * b).sqrt();
        let p = n_first as f64 / v.k as f64;
        let pq = p * (1.0 - p);
        let rest = 1.0 - r * r;
        (a > 0.0 && b > 0.0).then(|| Self {
            n_first,
            r,
            spearman_brown: 2.0 * r / (1.0 + r),
            guttman_flanagan_rulon: 2.0 * (1.0 - (a + b) / (a + b + 2.0 * both)),
            horst: r * ((r * r + 4.0 * pq * rest).sqrt() - r) / (2.0 * pq * rest),
        })
    }
}

/// Correlations between items.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct InterItem {
    /// The mean.
    pub mean_r: f64,
    /// The median.
    pub median_r: f64,
    /// The lowest.
    pub min_r: f64,
    /// The highest.
    pub max_r: f64,
    /// Their standard deviation. `None` for a single one.
    pub sd_r: Option<f64>,
    /// The mean covariance.
    pub mean_cov: f64,
}

impl InterItem {
    /// Of covariances `v` with the correlations `r` of at least two items.
    pub(crate) fn of(v: &Matrix, r: &Matrix) -> Self {
        let mut all = r.below();
        all.sort_by(f64::total_cmp);
        let n = all.len() as f64;
        let mean = all.iter().sum::<f64>() / n;
        let squares: f64 = all.iter().map(|r| (r - mean).powi(2)).sum();
        Self {
            mean_r: mean,
            median_r: f64::midpoint(all[(all.len() - 1) / 2], all[all.len() / 2]),
            min_r: all[0],
            max_r: all[all.len() - 1],
            sd_r: (all.len() > 1).then(|| (squares / (n - 1.0)).sqrt()),
            mean_cov: v.below().iter().sum::<f64>() / n,
        }
    }
}
