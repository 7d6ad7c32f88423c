//! Pools effects of studies: correlations and reliabilities, with fixed and random effects.
//!
//! DerSimonian and Laird (1986), Paule and Mandel (1982), maximum likelihood and REML by Fisher scoring; the adjustment
//! of Knapp and Hartung (2003); correlations by Fisher's z, alpha by the transformation of Bonett (2002).

use scalewright_model::choices;

use crate::distribution::{beyond_chi, beyond_t, ln_gamma, two_sided_t};
use crate::numbers::{QUANTILE, deviation, mean};

choices! {
    /// How the variance between studies is estimated.
    Method {
        Fixed = "fixed": "There is none",
        Dl = "dl": "DerSimonian and Laird",
        Pm = "pm": "Paule and Mandel",
        Ml = "ml": "Maximum likelihood",
        Reml = "reml": "Restricted maximum likelihood",
    }
}

/// The effect of a study.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The effect.
    pub value: f64,
    /// Its sampling variance.
    pub variance: f64,
}

/// A correlation of `count` persons as Fisher's z. `None` if it is not between −1 and 1, or there are fewer than four.
#[must_use]
pub fn of_correlation(r: f64, count: f64) -> Option<Effect> {
    (r.abs() < 1.0 && count > 3.0)
        .then(|| Effect { value: r.atanh(), variance: 1.0 / (count - 3.0) })
}

/// Cronbach's alpha of `items` items and `count` persons as −ln(1 − alpha). `None` if one of them is out of range.
#[must_use]
pub fn of_alpha(alpha: f64, count: f64, items: f64) -> Option<Effect> {
    let variance = 2.0 * items / ((items - 1.0) * (count - 2.0));
    (alpha < 1.0 && count > 2.0 && items > 1.0)
        .then(|| Effect { value: -(1.0 - alpha).ln(), variance })
}

/// A pooled effect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pooled {
    /// The number of studies.
    pub count: usize,
    /// The variance between studies.
    pub tau2: f64,
    /// Its standard error. `None` for fixed effects, and for Paule and Mandel.
    pub tau2_error: Option<f64>,
    /// The pooled effect.
    pub estimate: f64,
    /// Its standard error.
    pub error: f64,
    /// Their ratio: normal, or t with `count` − 1 degrees of freedom if adjusted.
    pub statistic: f64,
    /// The two-sided p value.
    pub p: f64,
    /// The interval at 95 %.
    pub interval: (f64, f64),
    /// The share of the variance that is between studies, in percent.
    pub i2: f64,
    /// The total variance by that within studies.
    pub h2: f64,
    /// Cochran's Q, and its p value.
    pub q: (f64, f64),
    /// The interval of a further study's effect. `None` for fixed effects.
    pub prediction: Option<(f64, f64)>,
}

/// Pools effects; with `adjusted`, after Knapp and Hartung. `None` for fewer than two studies, or a variance that is not
/// above 0.
#[must_use]
pub fn pool(effects: &[Effect], method: Method, adjusted: bool) -> Option<Pooled> {
    let k = effects.len();
    let is_sound = |one: &Effect| one.value.is_finite() && one.variance > 0.0;
    if k < 2 || !effects.iter().all(is_sound) {
        return None;
    }
    let freedom = (k - 1) as f64;
    let fixed = Weighted::of(effects, 0.0);
    let tau2 = match method {
        Method::Fixed => 0.0,
        Method::Dl => ((fixed.q - freedom) / fixed.trace).max(0.0),
        Method::Pm => paule_mandel(effects, freedom),
        Method::Ml | Method::Reml => scoring(effects, method, fixed),
    };
    let at = Weighted::of(effects, tau2);
    let error = match adjusted {
        true => (at.q / (freedom * at.sum)).sqrt(),
        false => at.sum.recip().sqrt(),
    };
    let statistic = at.mean / error;
    let (p, reach) = match adjusted {
        true => (beyond_t(statistic, freedom), two_sided_t(0.05, freedom)),
        false => (beyond_chi(statistic.powi(2), 1.0), QUANTILE),
    };
    let around = |error: f64| (at.mean - reach * error, at.mean + reach * error);
    let typical = freedom / fixed.trace;
    let (i2, h2) = match method {
        Method::Fixed => (100.0 * ((fixed.q - freedom) / fixed.q).max(0.0), fixed.q / freedom),
        _ => (100.0 * tau2 / (tau2 + typical), tau2 / typical + 1.0),
    };
    let tau2_error = match method {
        Method::Fixed | Method::Pm => None,
        Method::Dl => {
            let two = 2.0 * freedom + 4.0 * tau2 * fixed.trace + 2.0 * tau2.powi(2) * fixed.trace2;
            Some(two.sqrt() / fixed.trace)
        }
        Method::Ml => Some((2.0 / at.squares).sqrt()),
        Method::Reml => Some((2.0 / at.trace2).sqrt()),
    };
    Some(Pooled {
        count: k,
        tau2,
        tau2_error,
        estimate: at.mean,
        error,
        statistic,
        p,
        interval: around(error),
        i2,
        h2,
        q: (fixed.q, beyond_chi(fixed.q, freedom)),
        prediction: (method != Method::Fixed).then(|| around((error.powi(2) + tau2).sqrt())),
    })
}

/// Sums over studies that are weighted by 1 / (variance + tau²).
#[derive(Clone, Copy)]
struct Weighted {
    sum: f64,
    squares: f64,
    mean: f64,
    /// The weighted squares around the mean.
    q: f64,
    /// The same with the squares of the weights.
    q2: f64,
    /// The traces of P and PP, where P removes the mean.
    trace: f64,
    trace2: f64,
}

impl Weighted {
    fn of(effects: &[Effect], tau2: f64) -> Self {
        let weight = |one: &Effect| 1.0 / (one.variance + tau2);
        let power = |power: i32| effects.iter().map(|one| weight(one).powi(power)).sum::<f64>();
        let (sum, squares, cubes) = (power(1), power(2), power(3));
        let mean = effects.iter().map(|one| weight(one) * one.value).sum::<f64>() / sum;
        let around = |power: i32| {
            effects.iter().map(|one| weight(one).powi(power) * (one.value - mean).powi(2)).sum()
        };
        Self {
            sum,
            squares,
            mean,
            q: around(1),
            q2: around(2),
            trace: sum - squares / sum,
            trace2: squares - 2.0 * cubes / sum + (squares / sum).powi(2),
        }
    }
}

/// The variance at which Q is what its degrees of freedom expect.
fn paule_mandel(effects: &[Effect], freedom: f64) -> f64 {
    let q = |tau2: f64| Weighted::of(effects, tau2).q;
    let (mut low, mut high) = (0.0, 1.0);
    if q(0.0) <= freedom {
        return 0.0;
    }
    while q(high) > freedom && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if q(middle) > freedom { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// Fisher scoring from the moment estimate, which stops where a step no longer matters.
fn scoring(effects: &[Effect], method: Method, fixed: Weighted) -> f64 {
    let freedom = (effects.len() - 1) as f64;
    let mut tau2 = ((fixed.q - freedom) / fixed.trace).max(0.0);
    for _ in 0..1000 {
        let at = Weighted::of(effects, tau2);
        let step = match method {
            Method::Ml => (at.q2 - at.sum) / at.squares,
            _ => (at.q2 - at.trace) / at.trace2,
        };
        let next = (tau2 + step).max(0.0);
        if (next - tau2).abs() <= 1e-14 * (1.0 + tau2) {
            return next;
        }
        tau2 = next;
    }
    tau2
}

/// Hedges' g of two groups, with the exact correction for small samples (Hedges 1981). `None` if a group has fewer than
/// two values, or nothing varies.
#[must_use]
pub fn hedges(first: &[f64], second: &[f64]) -> Option<f64> {
    let freedom = (first.len() + second.len()).checked_sub(2)? as f64;
    let part = |values: &[f64]| deviation(values).map(|sd| sd.powi(2) * (values.len() - 1) as f64);
    let sd = ((part(first)? + part(second)?) / freedom).sqrt();
    let half = freedom / 2.0;
    let correction = (ln_gamma(half) - ln_gamma(half - 0.5)).exp() / half.sqrt();
    (sd > 0.0).then_some(correction * (mean(first)? - mean(second)?) / sd)
}
