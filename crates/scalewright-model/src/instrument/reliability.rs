//! Reliability of a score, with the standard error of measurement and the reliable change that follow from it.

use crate::index::ReferenceIx;
use crate::vocabulary::ReliabilityKind;

/// The reliability of a score in a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// The coefficient, from 0 to 1.
    pub value: f64,
    /// The kind of coefficient.
    pub kind: ReliabilityKind,
    /// The standard deviation of the score in the sample.
    pub sd: Option<f64>,
    /// The people in the sample.
    pub population: Option<String>,
    /// The works that the numbers are taken from.
    pub source: Vec<ReferenceIx>,
}

/// The 97.5 % quantile of the standard normal distribution, 1.96: a two-sided 95 % interval leaves 2.5 % on each side.
const QUANTILE: f64 = 1.959_963_984_540_054;

impl Reliability {
    /// Returns the standard error of measurement, sd · √(1 − reliability), in units of the score. `None` without a
    /// standard deviation.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.sd.map(|sd| sd * (1.0 - self.value).sqrt())
    }

    /// Returns half the width of the 95 % interval around a score, in units of the score: 1.96 standard errors of
    /// measurement.
    #[must_use]
    pub fn half_width(&self) -> Option<f64> {
        self.standard_error().map(|error| QUANTILE * error)
    }

    /// Returns the smallest difference between two scores that is a reliable change, in units of the score. The
    /// reliable change index (Jacobson & Truax 1991) is the difference divided by √2 · SEM, where SEM is the standard
    /// error of measurement; it equals 1.96 for this difference.
    #[must_use]
    pub fn reliable_change(&self) -> Option<f64> {
        self.standard_error().map(|error| QUANTILE * std::f64::consts::SQRT_2 * error)
    }
}

#[cfg(test)]
mod tests {
    use super::{Reliability, ReliabilityKind};

    #[test]
    fn reliable_change_equals_that_of_an_r_package() {
        let reliability = Reliability {
            value: 0.8,
            kind: ReliabilityKind::Retest,
            sd: Some(7.5),
            population: None,
            source: Vec::new(),
        };
        // The expected value in the tests of the R package CECPfuns, for SD 7.5, reliability .8 and 95 %.
        let change = reliability.reliable_change().expect("the standard deviation is given");
        assert!((change - 9.296_925_484_568_419).abs() < 1e-12, "{change}");
        assert_eq!(Reliability { sd: None, ..reliability }.reliable_change(), None);
    }
}
