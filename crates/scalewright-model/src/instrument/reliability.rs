//! Reliability of a score, and what follows from it for single scores and for change.

use crate::index::ReferenceIx;
use crate::vocabulary::ReliabilityKind;

/// How reliable a score is in a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// The coefficient, 0 to 1.
    pub value: f64,
    /// Which one.
    pub kind: ReliabilityKind,
    /// The standard deviation of the score in the sample.
    pub sd: Option<f64>,
    /// Who the sample was.
    pub population: Option<String>,
    /// Where the numbers are from.
    pub source: Vec<ReferenceIx>,
}

/// The quantile of the normal distribution that leaves a fortieth above it: 1.96.
const QUANTILE: f64 = 1.959_963_984_540_054;

impl Reliability {
    /// The standard error of measurement, sd · √(1 − reliability), in units of the score.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.sd.map(|sd| sd * (1.0 - self.value).sqrt())
    }

    /// Half the width of the 95 % interval around a score, in units of the score.
    #[must_use]
    pub fn margin(&self) -> Option<f64> {
        self.standard_error().map(|error| QUANTILE * error)
    }

    /// The least difference of two scores that is reliable, in units of the score: the reliable change index, the difference by
    /// √2 standard errors of measurement, is then 1.96 (Jacobson & Truax 1991).
    #[must_use]
    pub fn reliable_change(&self) -> Option<f64> {
        self.standard_error().map(|error| QUANTILE * std::f64::consts::SQRT_2 * error)
    }
}

#[cfg(test)]
mod tests {
    use super::{Reliability, ReliabilityKind};

    #[test]
    fn reliable_change_is_what_others_compute() {
        let reliability = Reliability {
            value: 0.8,
            kind: ReliabilityKind::Retest,
            sd: Some(7.5),
            population: None,
            source: Vec::new(),
        };
        // The expected value of the tests of the R package CECPfuns, for SD 7.5, reliability .8 and 95 %.
        let change = reliability.reliable_change().expect("there is a standard deviation");
        assert!((change - 9.296_925_484_568_419).abs() < 1e-12, "{change}");
        assert_eq!(Reliability { sd: None, ..reliability }.reliable_change(), None);
    }
}
