//! Expected a posteriori estimates of a trait: the mean of its distribution given a pattern of answers.

use scalewright_model::{Model, TOLERANCE};

use super::lane::Lane;

/// The estimate, or its standard deviation, for each row with enough answers (Bock & Mislevy 1982).
pub(super) fn estimate(
    model: &Model,
    answers: &[Lane],
    need: usize,
    sd: bool,
    rows: usize,
) -> Lane {
    let probabilities: Vec<Vec<Vec<f64>>> =
        model.items.iter().map(|item| model.probabilities(item)).collect();
    let mut lane = Lane::missing(rows);
    for row in 0..rows {
        let mut likelihood = vec![1.0; model.points.len()];
        let mut present = 0;
        for ((item, answer), probabilities) in model.items.iter().zip(answers).zip(&probabilities) {
            let Some(answer) = answer.get(row) else { continue };
            let near = |value: &f64| (value - answer).abs() <= TOLERANCE;
            let Some(category) = item.values.iter().position(near) else { continue };
            present += 1;
            for (likelihood, at_point) in likelihood.iter_mut().zip(probabilities) {
                *likelihood *= at_point[category];
            }
        }
        let estimate = if present >= need { model.posterior(&likelihood) } else { None };
        lane.set(row, estimate.map(|(mean, deviation)| if sd { deviation } else { mean }));
    }
    lane
}

/// The share of a standard normal distribution below `x`, to about 1e-15 of itself.
///
/// By the continued fraction of Mills' ratio in the tails and the series of the error function between
/// (Abramowitz & Stegun 1964, 26.2.10 and 26.2.14).
pub(super) fn normal_cdf(x: f64) -> f64 {
    let density = (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
    if x.abs() < 3.0 {
        let (mut term, mut sum, mut n) = (x, x, 1.0);
        while f64::abs(term) > 1e-17 * f64::abs(sum) && n < 400.0 {
            n += 2.0;
            term *= x * x / n;
            sum += term;
        }
        return 0.5 + density * sum;
    }
    let mut fraction = x.abs();
    for n in (1..=200).rev() {
        fraction = x.abs() + f64::from(n) / fraction;
    }
    let tail = density / fraction;
    if x < 0.0 { tail } else { 1.0 - tail }
}

#[cfg(test)]
mod tests {
    use super::normal_cdf;

    #[test]
    fn the_normal_distribution_is_as_tabulated() {
        // Abramowitz & Stegun 1964, table 26.1, to its fifteen decimals.
        for (x, expected) in [
            (0.0, 0.5),
            (1.0, 0.841_344_746_068_543),
            (2.0, 0.977_249_868_051_821),
            (3.0, 0.998_650_101_968_370),
            (-1.0, 0.158_655_253_931_457),
        ] {
            assert!((normal_cdf(x) - expected).abs() < 2e-15, "{x}: {}", normal_cdf(x));
        }
    }
}
