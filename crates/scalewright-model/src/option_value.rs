//! The number that codes an option of a response scale.

use std::fmt;
use std::ops::{Add, Sub};

use serde::{Serialize, Serializer};

/// The exact decimal that codes an option.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OptionValue(
    /// In millionths: six decimals are the most that any key accepts.
    i64,
);

/// The parts of a whole.
const PARTS: i64 = 1_000_000;
/// The highest value.
const HIGHEST: f64 = 1e6;

impl OptionValue {
    /// A whole number.
    #[must_use]
    pub const fn whole(value: i64) -> Self {
        Self(value.saturating_mul(PARTS))
    }

    /// The value of a number. `None` if it has more than six decimals, or is beyond ±1,000,000.
    #[must_use]
    pub fn of(number: f64) -> Option<Self> {
        if !number.is_finite() || number.abs() > HIGHEST {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "a million")]
        let scaled = number * PARTS as f64;
        // A decimal fraction is not exact in binary: 0.1 times a million is a little off.
        if (scaled - scaled.round()).abs() > 1e-4 {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "at most 10^12")]
        Some(Self(scaled.round() as i64))
    }

    /// The number: the nearest one in binary, as if its digits were read.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most 10^12")]
    pub fn number(self) -> f64 {
        self.0 as f64 / PARTS as f64
    }

    /// The whole number. `None` if there are decimals.
    #[must_use]
    pub const fn as_whole(self) -> Option<i64> {
        if self.0 % PARTS == 0 { Some(self.0 / PARTS) } else { None }
    }
}

impl From<i64> for OptionValue {
    fn from(value: i64) -> Self {
        Self::whole(value)
    }
}

impl Add for OptionValue {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for OptionValue {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl fmt::Display for OptionValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (size, parts) = (self.0.unsigned_abs(), PARTS.unsigned_abs());
        let text = match (size / parts, size % parts) {
            (whole, 0) => format!("{sign}{whole}"),
            (whole, rest) => {
                let digits = format!("{rest:06}");
                format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
            }
        };
        f.pad(&text)
    }
}

impl Serialize for OptionValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.number()),
        }
    }
}

impl fmt::Debug for OptionValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::OptionValue;

    #[test]
    fn decimals_are_exact() {
        for (number, text) in [
            (0.5, "0.5"),
            (-1.25, "-1.25"),
            (0.1, "0.1"),
            (-0.000_001, "-0.000001"),
            (3.0, "3"),
            (0.0, "0"),
        ] {
            let value = OptionValue::of(number).expect("few decimals");
            assert_eq!(value.to_string(), text);
            assert_eq!(value.number(), number);
        }
        assert_eq!(OptionValue::of(0.123_456_7), None);
        assert_eq!(OptionValue::of(1e7), None);
        assert_eq!(OptionValue::of(0.5).and_then(OptionValue::as_whole), None);
        assert_eq!(OptionValue::whole(-3).as_whole(), Some(-3));
    }
}
