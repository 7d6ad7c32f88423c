//! Response surfaces: how an outcome depends on two ratings, their agreement and their discrepancy.
//!
//! Edwards and Parry (1993); the lines of congruence and incongruence after Shanock and others (2010), and a5 after
//! Humberg and others (2019). Both ratings are centred on one common point.

use crate::distribution::beyond_t;
use crate::least_squares::fit;
use crate::numbers::squares;

/// A combination of coefficients with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// Their ratio.
    pub t: f64,
    /// The two-sided p value.
    pub p: f64,
}

/// A response surface z = b0 + b1 x + b2 y + b3 x² + b4 xy + b5 y².
#[derive(Debug, Clone, PartialEq)]
pub struct Surface {
    /// The number of dyads.
    pub count: usize,
    /// The coefficients.
    pub coefficients: Vec<f64>,
    /// Their standard errors.
    pub errors: Vec<f64>,
    /// The explained share of the variance.
    pub r2: f64,
    /// a1 to a5.
    pub lines: [Estimate; 5],
    /// Where the surface is level.
    pub stationary: (f64, f64),
    /// The slope and the intercept of the first principal axis.
    pub first_axis: (f64, f64),
}

impl Surface {
    /// The coefficients as estimates.
    #[must_use]
    pub fn each(&self) -> [Estimate; 6] {
        std::array::from_fn(|at| {
            let (value, error) = (self.coefficients[at], self.errors[at]);
            let t = value / error;
            Estimate { value, error, t, p: beyond_t(t, (self.count - 6) as f64) }
        })
    }
}

/// The weights of the coefficients in a1 to a5.
const LINES: [[f64; 6]; 5] = [
    [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
    [0.0, 0.0, 0.0, 1.0, 1.0, 1.0],
    [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
    [0.0, 0.0, 0.0, 1.0, -1.0, 1.0],
    [0.0, 0.0, 0.0, 1.0, 0.0, -1.0],
];

/// The surface of `z` over `x` and `y`, centred on `centre`. `None` for fewer than seven dyads, or if the ratings
/// depend on each other.
#[must_use]
pub fn surface(x: &[f64], y: &[f64], z: &[f64], centre: f64) -> Option<Surface> {
    let n = z.len();
    let of = |term: fn(f64, f64) -> f64| -> Vec<f64> {
        x.iter().zip(y).map(|(x, y)| term(x - centre, y - centre)).collect()
    };
    let terms: [fn(f64, f64) -> f64; 6] =
        [|_, _| 1.0, |x, _| x, |_, y| y, |x, _| x * x, |x, y| x * y, |_, y| y * y];
    let fit = fit(&terms.map(of), z).filter(|_| n > 6)?;
    let inverse = fit.inverse();
    let (b, variance) = (&fit.coefficients, fit.residual / (n - 6) as f64);
    let estimate = |line: [f64; 6]| {
        let value: f64 = line.iter().zip(b).map(|(weight, b)| weight * b).sum();
        let rows = inverse.iter().map(|row| line.iter().zip(row).map(|(w, v)| w * v).sum());
        let spread: f64 = line.iter().zip(rows).map(|(weight, row): (_, f64)| weight * row).sum();
        let error = (variance * spread).sqrt();
        let t = value / error;
        Estimate { value, error, t, p: beyond_t(t, (n - 6) as f64) }
    };
    let determinant = 4.0 * b[3] * b[5] - b[4] * b[4];
    let x0 = (b[2] * b[4] - 2.0 * b[1] * b[5]) / determinant;
    let y0 = (b[1] * b[4] - 2.0 * b[2] * b[3]) / determinant;
    let slope = (b[5] - b[3] + ((b[3] - b[5]).powi(2) + b[4] * b[4]).sqrt()) / b[4];
    Some(Surface {
        count: n,
        errors: (0..6).map(|at| (variance * inverse[at][at]).sqrt()).collect(),
        r2: 1.0 - fit.residual / squares(z),
        lines: LINES.map(estimate),
        stationary: (x0, y0),
        first_axis: (slope, y0 - slope * x0),
        coefficients: fit.coefficients.clone(),
    })
}
