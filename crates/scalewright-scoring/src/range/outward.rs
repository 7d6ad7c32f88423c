//! Bounds for other programs: short decimals that no score exceeds, on any engine.

use super::Reach;

/// Bounds are rounded outward to multiples of `1 / PARTS`.
const PARTS: f64 = 1e6;

impl Reach {
    /// The lowest and the highest score, as bounds for other programs. Numbers that binary arithmetic represents
    /// exactly are unchanged. For other numbers, engines differ slightly in both directions, so the bound is moved
    /// outward.
    #[must_use]
    pub fn outward(&self) -> (f64, f64) {
        (moved(self.low, f64::floor, -MARGIN), moved(self.high, f64::ceil, MARGIN))
    }
}

/// Far more than the difference between engines.
const MARGIN: f64 = 1e-9;

fn moved(end: f64, to: fn(f64) -> f64, by: f64) -> f64 {
    // Multiples of 1/1024 are exact, and so are sums of a few of them.
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
