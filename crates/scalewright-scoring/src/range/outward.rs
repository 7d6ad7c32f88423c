//! Bounds as others are told them: short decimals that no score lies outside of, on whatever engine.

use super::Reach;

/// A number is given in so many parts of 1.
const PARTS: f64 = 1e6;

impl Reach {
    /// The lowest and highest score, as bounds for other programs. What arithmetic of binary fractions gets exactly is
    /// given as it is; of what it does not, engines are a little off to either side, so such a bound is moved outward.
    #[must_use]
    pub fn outward(&self) -> (f64, f64) {
        (moved(self.low, f64::floor, -MARGIN), moved(self.high, f64::ceil, MARGIN))
    }
}

/// Far more than engines differ by.
const MARGIN: f64 = 1e-9;

fn moved(end: f64, to: fn(f64) -> f64, by: f64) -> f64 {
    // Multiples of 1/1024 are exact, and so are sums of few of them.
    let is_exact = (end * 1024.0).fract() == 0.0;
    if is_exact || !end.is_finite() { end } else { to((end + by) * PARTS) / PARTS }
}

#[cfg(test)]
mod tests {
    use super::{MARGIN, moved};

    #[test]
    fn bounds_leave_no_score_outside() {
        for (end, low) in
            [(5.0, 5.0), (-2.5, -2.5), (21.123_230_000_000_02, 21.123_229), (0.1 + 0.2, 0.299_999)]
        {
            assert_eq!(moved(end, f64::floor, -MARGIN), low);
        }
        assert_eq!(moved(71.830_000_000_000_01, f64::ceil, MARGIN), 71.830_001);
    }
}
