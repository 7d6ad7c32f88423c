//! Expected a posteriori (EAP) estimates of a trait: the mean of its posterior distribution given the answers.

use scalewright_model::{Model, TOLERANCE};

use super::lane::Lane;

/// The estimate, or its standard deviation if `sd`, for each row with at least `need` answers (Bock & Mislevy 1982).
///
/// Items are the outer loop, so that only one item's probabilities are in memory, however many items the model has.
pub(super) fn estimate(
    model: &Model,
    answers: &[Lane],
    need: usize,
    sd: bool,
    rows: usize,
) -> Lane {
    let points = model.points.len();
    let mut likelihoods = vec![1.0; points * rows];
    let mut present = vec![0_usize; rows];
    for (item, answer) in model.items.iter().zip(answers) {
        let probabilities = model.probabilities(item);
        // `chunks_exact_mut` panics on a size of 0.
        for (row, likelihood) in likelihoods.chunks_exact_mut(points.max(1)).enumerate() {
            // A missing answer contributes no factor: the estimate uses the other answers only.
            let Some(answer) = answer.get(row) else { continue };
            let near = |value: &f64| (value - answer).abs() <= TOLERANCE;
            let Some(category) = item.values.iter().position(near) else { continue };
            present[row] += 1;
            for (likelihood, at_point) in likelihood.iter_mut().zip(&probabilities) {
                *likelihood *= at_point[category];
            }
        }
    }
    let mut lane = Lane::missing(rows);
    for (row, likelihood) in likelihoods.chunks_exact(points.max(1)).enumerate() {
        let estimate = if present[row] >= need { model.posterior(likelihood) } else { None };
        lane.set(row, estimate.map(|(mean, deviation)| if sd { deviation } else { mean }));
    }
    lane
}

/// The standard normal distribution function at `x`, with an absolute error below 2e-15.
///
/// Uses the continued fraction of Mills' ratio in the tails (|x| ≥ 3) and a power series between them (Abramowitz &
/// Stegun 1964, 26.2.14 and 26.2.11).
pub(super) fn normal_cdf(x: f64) -> f64 {
    let density = (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
    // In the lower tail the series would subtract nearly equal numbers. The fraction is precise there, relative to the
    // result.
    if x.abs() < 3.0 {
        let (mut term, mut sum, mut n) = (x, x, 1.0);
        // A NaN makes the comparison false and ends the loop.
        while f64::abs(term) > 1e-17 * f64::abs(sum) && n < 400.0 {
            n += 2.0;
            term *= x * x / n;
            sum += term;
        }
        return 0.5 + density * sum;
    }
    let mut fraction = x.abs();
    // Evaluated from the innermost fraction outwards, so the number of levels is fixed in advance.
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
    fn the_normal_distribution_agrees_with_published_tables() {
        // Abramowitz & Stegun 1964, table 26.1, with its fifteen decimals.
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
