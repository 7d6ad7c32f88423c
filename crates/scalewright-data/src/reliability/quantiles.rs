//! Probabilities and quantiles of the F and chi-square distributions, to about twelve digits for any degrees of freedom.
//!
//! The incomplete beta and gamma functions are continued fractions (Press et al. 2007, sections 6.2 and 6.4). Their
//! leading factor is computed with the saddle-point terms of Loader (2000), so that large degrees of freedom do not
//! cancel digits.

use std::f64::consts::PI;

/// The 97.5 % quantile of the standard normal distribution.
pub(crate) const NORMAL: f64 = 1.959_963_984_540_054;
/// Terms of a continued fraction; it needs about √(degrees of freedom).
const MOST_TERMS: usize = 2_000_000;
const TINY: f64 = 1e-300;

/// The quantile at `p` of the F distribution with `a` and `b` degrees of freedom. `None` for degrees below a
/// thousandth, or if it is not finite.
pub(crate) fn f_quantile(p: f64, a: f64, b: f64) -> Option<f64> {
    let is_usable = |df: f64| df.is_finite() && df >= 1e-3;
    if !(is_usable(a) && is_usable(b) && p > 0.0 && p < 1.0) {
        return None;
    }
    // The larger tail of the beta distribution is solved for the odds, which lose no digits near 0 or 1.
    let below = |f: f64| {
        let x = a * f / (a * f + b);
        incomplete_beta(a / 2.0, b / 2.0, x, b / (a * f + b))
    };
    let (mut low, mut high) = (-50.0_f64, 50.0_f64);
    // Bisection of the logarithm to the last bit: a few dozen steps.
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if below(middle.exp()) < p { low = middle } else { high = middle }
    }
    Some(f64::midpoint(low, high).exp()).filter(|f| f.is_finite() && low > -49.0 && high < 49.0)
}

/// The probability that a beta variable is below `x`; `y` is 1 − x.
fn incomplete_beta(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    let front = beta_front(a, b, x, y);
    match x < (a + 1.0) / (a + b + 2.0) {
        true => front * beta_fraction(a, b, x) / a,
        false => 1.0 - front * beta_fraction(b, a, y) / b,
    }
}

/// x^a · y^b / B(a, b).
fn beta_front(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    let error = stirling(n) - stirling(a) - stirling(b);
    let power = -deviance(a, n * x) - deviance(b, n * y);
    (a * b / (2.0 * PI * n)).sqrt() * (error + power).exp()
}

/// a · ln(a / m) + m − a, without cancellation near m = a.
fn deviance(a: f64, m: f64) -> f64 {
    let v = (a - m) / (a + m);
    if v.abs() >= 0.1 {
        return a * (a / m).ln() + m - a;
    }
    let mut sum = (a - m) * v;
    let mut power = 2.0 * a * v;
    for j in 1..1000 {
        power *= v * v;
        let next = sum + power / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// The error of Stirling's formula: ln Γ(z + 1) − ((z + ½) ln z − z + ½ ln 2π).
fn stirling(z: f64) -> f64 {
    if z < 16.0 {
        // From Γ(z + 2) = (z + 1) Γ(z + 1), until the series converges.
        return stirling(z + 1.0) + (z + 0.5) * (1.0 / z).ln_1p() - 1.0;
    }
    let w = 1.0 / (z * z);
    let terms =
        [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0];
    terms.iter().rev().fold(0.0, |sum, term| sum * w + term) / z
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let keep = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / keep(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for term in 1..MOST_TERMS {
        let m = term as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / keep(1.0 + even * d);
        c = keep(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / keep(1.0 + odd * d);
        c = keep(1.0 + odd / c);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

/// The natural logarithm of the probability that a chi-square variable with `df` degrees of freedom exceeds `x`.
pub(crate) fn chi_square_log_tail(x: f64, df: f64) -> f64 {
    let (a, x) = (df / 2.0, x / 2.0);
    if x <= 0.0 {
        return 0.0;
    }
    // x^a · e^−x / Γ(a), with Γ(a) = Γ(a + 1) / a.
    let log_front = -deviance(a, x) - stirling(a) + 0.5 * (a / (2.0 * PI)).ln();
    match x < a + 1.0 {
        true => (-(log_front.exp() * gamma_series(a, x))).ln_1p(),
        false => log_front + gamma_fraction(a, x).ln(),
    }
}

fn gamma_series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term) = (1.0 / a, 1.0 / a);
    for n in 1..MOST_TERMS {
        term *= x / (a + n as f64);
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    sum
}

fn gamma_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut h = d;
    for n in 1..MOST_TERMS {
        let n = n as f64;
        let factor = -n * (n - a);
        b += 2.0;
        d = 1.0 / (factor * d + b);
        c = b + factor / c;
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

#[cfg(test)]
mod tests {
    use super::{chi_square_log_tail, f_quantile};

    /// Values of `qf` and `pchisq(…, log.p = TRUE)` of R 4.2.2. The third is that of `qbeta`, because `qf` takes the limit of
    /// infinite degrees of freedom above 400,000.
    #[test]
    fn quantiles_equal_those_of_r() {
        let near = |ours: f64, r: f64| assert!((ours / r - 1.0).abs() < 1e-11, "{ours} {r}");
        let f = |p, a, b| f_quantile(p, a, b).expect("it is finite");
        near(f(0.975, 29.0, 174.0), QF[0]);
        near(f(0.025, 5.0, 18.0), QF[1]);
        near(f(0.975, 999_999.0, 34_999_965.0), QF[2]);
        near(f(0.975, 2.5, 0.75), QF[3]);
        near(f(0.95, 1.0, 1.0), QF[4]);
        near(chi_square_log_tail(32_959.910_268_038_1, 190.0), CHI[0]);
        near(chi_square_log_tail(3.84, 1.0), CHI[1]);
        near(chi_square_log_tail(20.0, 35.0), CHI[2]);
    }

    const QF: [f64; 5] = [
        1.661538417028813,
        0.15718616136624455,
        1.0028131868763426,
        7464.642660051086,
        161.44763879758818,
    ];
    const CHI: [f64; 3] = [-15903.479988505029, -2.9948622271800254, -0.019967105650031857];
}
