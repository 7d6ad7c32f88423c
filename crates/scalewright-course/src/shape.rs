//! The shape of a whole series: lines, parabolas, broken lines, thirds and change points.
//!
//! F tests of a line and a parabola, and the best broken line by BIC; high-low-high by thirds; change points by binary
//! segmentation (Scott and Knott 1974) with a penalty of 2 ln n times the variance from moving ranges.

use scalewright_model::choices;

use crate::distribution::beyond_f;
use crate::least_squares::{fit, nested};
use crate::numbers::{at_least, mean, more_than};

choices! {
    /// The shape of a series.
    Form {
        U = "u": "A parabola that opens upwards, with its lowest point inside",
        InvertedU = "inverted-u": "A parabola that opens downwards, with its highest point inside",
        V = "v": "A broken line that falls and rises fits better than the parabola",
        Increase = "linear-increase": "A rising line",
        Decrease = "linear-decrease": "A falling line",
        None = "no-trend": "No line and no parabola explains the scores",
    }
}

/// The fits of a line and a parabola.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// The shape.
    pub form: Form,
    /// The mean session.
    pub middle: f64,
    /// The slope of the line.
    pub slope: f64,
    /// The p value of the line.
    pub p_line: f64,
    /// The coefficients of the parabola around the mean session.
    pub parabola: [f64; 3],
    /// The p value of the parabola.
    pub p_parabola: f64,
    /// Where the parabola turns. `None` if it is a line.
    pub vertex: Option<f64>,
    /// The sums of squared residuals of the mean, the line and the parabola.
    pub residuals: [f64; 3],
}

/// A line with one knot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Broken {
    /// The session of the knot.
    pub knot: f64,
    /// The slope before it.
    pub before: f64,
    /// The slope after it.
    pub after: f64,
    /// The sum of squared residuals.
    pub residual: f64,
}

/// The level of the tests.
const ALPHA: f64 = 0.05;
/// The vertex must keep this share of the range from both ends.
const MARGIN: f64 = 0.1;

/// The shape of a series. `None` for fewer than five scores.
#[must_use]
pub fn shape(sessions: &[i64], scores: &[f64]) -> Option<Shape> {
    if scores.len() < 5 {
        return None;
    }
    let times: Vec<f64> = sessions.iter().map(|session| *session as f64).collect();
    let middle = mean(&times)?;
    let powers: Vec<Vec<f64>> = (0..3)
        .map(|power| times.iter().map(|time| (time - middle).powi(power)).collect())
        .collect();
    let fits = nested(&powers, scores)?;
    let [level, line, curve] = fits.as_slice() else { return None };
    let residuals = [level.residual, line.residual, curve.residual];
    let none = 1e-24 * scores.iter().map(|score| score * score).sum::<f64>();
    let n = scores.len() as f64;
    let p_line = p_of(residuals[0], residuals[1], n - 2.0, none);
    let p_parabola = p_of(residuals[1], residuals[2], n - 3.0, none);
    let parabola = [curve.coefficients[0], curve.coefficients[1], curve.coefficients[2]];
    // Where a line leaves nothing to explain, the parabola is rounding.
    let is_curved = parabola[2] != 0.0 && residuals[1] > none;
    let vertex = is_curved.then(|| middle - parabola[1] / (2.0 * parabola[2]));
    let (first, last) = (times[0], times[times.len() - 1]);
    let inside = vertex.is_some_and(|vertex| {
        let margin = MARGIN * (last - first);
        first + margin <= vertex && vertex <= last - margin
    });
    let slope = if residuals[0] > none { line.coefficients[1] } else { 0.0 };
    let form = if p_parabola < ALPHA && inside {
        match parabola[2] > 0.0 {
            false => Form::InvertedU,
            true if is_broken(sessions, scores, residuals[2], none) => Form::V,
            true => Form::U,
        }
    } else if p_line < ALPHA {
        if slope > 0.0 { Form::Increase } else { Form::Decrease }
    } else {
        Form::None
    };
    Some(Shape { form, middle, slope, p_line, parabola, p_parabola, vertex, residuals })
}

/// The p value of one more term. Residuals up to `none` are 0: nothing is left to explain.
fn p_of(without: f64, with: f64, freedom: f64, none: f64) -> f64 {
    if without <= none {
        return 1.0;
    }
    if with <= none {
        return 0.0;
    }
    beyond_f((without - with) / (with / freedom), freedom)
}

/// Whether a line that falls and then rises beats the parabola by 2 in BIC, with one more parameter.
fn is_broken(sessions: &[i64], scores: &[f64], parabola: f64, none: f64) -> bool {
    let Some(broken) = broken(sessions, scores) else { return false };
    let n = scores.len() as f64;
    let gain = n * (broken.residual.max(1e-300) / parabola).ln() + n.ln();
    broken.before < 0.0 && broken.after > 0.0 && parabola > none && gain < -2.0
}

/// The most scores for which a broken line is looked for, because each session may be its knot.
const MOST_KNOTS: usize = 1_000;

/// The best broken line with a knot at an inner session. `None` for series of more than 1,000 scores.
#[must_use]
pub fn broken(sessions: &[i64], scores: &[f64]) -> Option<Broken> {
    if sessions.len() > MOST_KNOTS {
        return None;
    }
    let mut best: Option<Broken> = None;
    for &knot in sessions.get(1..sessions.len().checked_sub(1)?)? {
        let from: Vec<f64> = sessions.iter().map(|session| (session - knot) as f64).collect();
        let after: Vec<f64> = from.iter().map(|time| time.max(0.0)).collect();
        let Some(fit) = fit(&[vec![1.0; scores.len()], from, after], scores) else { continue };
        if best.is_none_or(|best| fit.residual < best.residual - 1e-12) {
            let (before, turn) = (fit.coefficients[1], fit.coefficients[2]);
            best = Some(Broken {
                knot: knot as f64,
                before,
                after: before + turn,
                residual: fit.residual,
            });
        }
    }
    best
}

/// The means of the first, middle and last third, and whether the middle is lower than both by `delta`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thirds {
    /// The means.
    pub means: [f64; 3],
    /// Whether the series is high, low and high again.
    pub high_low_high: bool,
}

/// The thirds of a series. `None` for fewer than six scores.
#[must_use]
pub fn thirds(scores: &[f64], delta: f64) -> Option<Thirds> {
    let n = scores.len();
    if n < 6 {
        return None;
    }
    let (first, last) = (n / 3, n - n / 3);
    let means = [mean(&scores[..first])?, mean(&scores[first..last])?, mean(&scores[last..])?];
    let falls = at_least(means[0] - means[1], delta);
    let rises = at_least(means[2] - means[1], delta);
    Some(Thirds { means, high_low_high: falls && rises })
}

/// The fewest scores between two change points.
const FEWEST: usize = 3;

/// The positions at which a new level begins.
#[must_use]
pub fn change_points(scores: &[f64]) -> Vec<usize> {
    let n = scores.len();
    if n < 2 * FEWEST {
        return Vec::new();
    }
    let steps: Vec<f64> = scores.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let sigma = mean(&steps).unwrap_or_default() / 1.128;
    let penalty = 2.0 * (n as f64).ln() * sigma * sigma;
    let sums = Sums::of(scores);
    let (mut found, mut open) = (Vec::new(), vec![(0, n)]);
    while let Some((start, end)) = open.pop() {
        let Some((gain, at)) = best_split(&sums, start, end) else { continue };
        if more_than(gain, penalty) {
            found.push(at);
            open.extend([(start, at), (at, end)]);
        }
    }
    found.sort_unstable();
    found
}

/// The sums up to each position, so that the sum of squares of any part is known at once.
struct Sums {
    values: Vec<f64>,
    squares: Vec<f64>,
}

impl Sums {
    fn of(scores: &[f64]) -> Self {
        // Centred, so that the differences of the sums keep their digits.
        let centre = mean(scores).unwrap_or_default();
        let (mut values, mut squares) = (vec![0.0], vec![0.0]);
        for score in scores.iter().map(|score| score - centre) {
            values.push(values[values.len() - 1] + score);
            squares.push(squares[squares.len() - 1] + score * score);
        }
        Self { values, squares }
    }

    fn around_mean(&self, start: usize, end: usize) -> f64 {
        let sum = self.values[end] - self.values[start];
        self.squares[end] - self.squares[start] - sum * sum / (end - start) as f64
    }
}

fn best_split(sums: &Sums, start: usize, end: usize) -> Option<(f64, usize)> {
    let whole = sums.around_mean(start, end);
    let mut best: Option<(f64, usize)> = None;
    for at in start + FEWEST..(end + 1).saturating_sub(FEWEST) {
        let gain = whole - sums.around_mean(start, at) - sums.around_mean(at, end);
        if best.is_none_or(|(most, _)| more_than(gain, most)) {
            best = Some((gain, at));
        }
    }
    best
}
