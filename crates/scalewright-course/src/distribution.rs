//! Tail probabilities and quantiles of the t, F, chi-squared and binomial distributions.

/// The natural logarithm of the gamma function of a positive number: Lanczos' approximation with g = 7.
pub(crate) fn ln_gamma(x: f64) -> f64 {
    const PARTS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let rest = PARTS.iter().enumerate().skip(1).map(|(at, part)| part / (x + at as f64));
    let sum = PARTS[0] + rest.sum::<f64>();
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// The continued fraction of the incomplete beta function, by Lentz' method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let safe = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut c, mut d) = (1.0, 1.0 / safe(1.0 - (a + b) * x / (a + 1.0)));
    let mut result = d;
    for step in 1..500 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / safe(1.0 + even * d);
        c = safe(1.0 + even / c);
        result *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / safe(1.0 + odd * d);
        c = safe(1.0 + odd / c);
        result *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    result
}

/// The regularised incomplete beta function.
fn beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p();
    match x < (a + 1.0) / (a + b + 2.0) {
        true => front.exp() * fraction(a, b, x) / a,
        false => 1.0 - front.exp() * fraction(b, a, 1.0 - x) / b,
    }
}

/// The probability that |t| with `df` degrees of freedom exceeds |`t`|.
pub(crate) fn beyond_t(t: f64, df: f64) -> f64 {
    beta(df / 2.0, 0.5, df / (df + t * t))
}

/// The probability that F with 1 and `df` degrees of freedom exceeds `f`.
pub(crate) fn beyond_f(f: f64, df: f64) -> f64 {
    match f.is_finite() {
        true => beyond_t(f.max(0.0).sqrt(), df),
        false => 0.0,
    }
}

/// The probability that chi-squared with `df` degrees of freedom exceeds `x`: the incomplete gamma function, by its series
/// below the mean and by its continued fraction above.
pub(crate) fn beyond_chi(x: f64, df: f64) -> f64 {
    let (a, x) = (df / 2.0, x / 2.0);
    if x <= 0.0 {
        return 1.0;
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum) = (1.0 / a, 1.0 / a);
        for step in 1..10_000 {
            term *= x / (a + f64::from(step));
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        return 1.0 - front * sum;
    }
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1e300, 1.0 / b);
    let mut result = d;
    for step in 1..10_000 {
        let step = f64::from(step);
        let an = -step * (step - a);
        b += 2.0;
        d = 1.0 / (an * d + b);
        c = b + an / c;
        result *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front * result
}

/// The value that |t| exceeds with the probability `alpha`.
pub(crate) fn two_sided_t(alpha: f64, df: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1e9);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        match beyond_t(middle, df) > alpha {
            true => low = middle,
            false => high = middle,
        }
    }
    (low + high) / 2.0
}

/// The smallest count that as many as `share` of `n` fair coin tosses do not exceed.
pub(crate) fn binomial(share: f64, n: usize) -> usize {
    let mut term = 0.5_f64.powi(i32::try_from(n).unwrap_or(i32::MAX));
    let (mut sum, mut count) = (term, 0);
    // Beyond about 1000 tosses the first term is 0 in binary. The normal approximation is exact enough there.
    if term == 0.0 {
        return (n as f64 / 2.0 - 1.644_853_626_951_472_7 * (n as f64).sqrt() / 2.0).ceil()
            as usize;
    }
    while sum < share * (1.0 - 1e-14) && count < n {
        term *= (n - count) as f64 / (count + 1) as f64;
        count += 1;
        sum += term;
    }
    count
}
