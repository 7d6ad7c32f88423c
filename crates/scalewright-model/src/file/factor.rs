//! A factor in a file: a number, or an exact fraction in quotes.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The pattern of a fraction in a file.
pub const FRACTION: &str = r"^-?[0-9]+/[0-9]+$";
/// The most characters of a fraction.
const LONGEST: usize = 17;

/// A factor: a number, or an exact fraction such as `"1/3"`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FactorFile {
    /// A number.
    Number(f64),
    /// A fraction, as it is written.
    Fraction {
        /// The number above the line.
        above: i64,
        /// The number below the line, which is not negative. It may be 0 in a file; the check reports it.
        below: i64,
    },
}

impl FactorFile {
    /// Returns the nearest number. It is not finite if the fraction has 0 below its line.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "both parts have at most 15 digits")]
    pub fn number(self) -> f64 {
        match self {
            Self::Number(number) => number,
            Self::Fraction { above, below } => above as f64 / below as f64,
        }
    }

    /// Parses a fraction.
    fn parse(text: &str) -> Option<Self> {
        let (above, below) = text.split_once('/')?;
        let digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = text.len() <= LONGEST
            && digits(above.strip_prefix('-').unwrap_or(above))
            && digits(below);
        let (above, below) = (above.parse().ok()?, below.parse().ok()?);
        fits.then_some(Self::Fraction { above, below })
    }
}

impl From<f64> for FactorFile {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl fmt::Display for FactorFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Fraction { above, below } => write!(f, "{above}/{below}"),
        }
    }
}

impl Serialize for FactorFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Fraction { .. } => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for FactorFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FactorVisitor)
    }
}

struct FactorVisitor;

impl Visitor<'_> for FactorVisitor {
    type Value = FactorFile;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a number or a fraction")
    }

    #[expect(clippy::cast_precision_loss, reason = "the schema limits it to a million")]
    fn visit_i64<E: Error>(self, number: i64) -> Result<FactorFile, E> {
        Ok(FactorFile::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "the schema limits it to a million")]
    fn visit_u64<E: Error>(self, number: u64) -> Result<FactorFile, E> {
        Ok(FactorFile::Number(number as f64))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<FactorFile, E> {
        Ok(FactorFile::Number(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<FactorFile, E> {
        FactorFile::parse(text).ok_or_else(|| E::custom("not a fraction"))
    }
}

impl JsonSchema for FactorFile {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "FactorFile".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["number", "string"],
            "minimum": -1_000_000,
            "maximum": 1_000_000,
            "pattern": FRACTION,
            "maxLength": LONGEST,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::FactorFile;

    #[test]
    fn fractions_are_kept_as_written() {
        for text in ["1/3", "-2/6", "0/5", "10/007"] {
            let factor = FactorFile::parse(text).expect("a fraction");
            let written = text.replace("007", "7");
            assert_eq!(factor.to_string(), written);
        }
        for text in ["1", "1/", "/3", "1/-3", "--1/3", "1.5/3", "1/3/3", "123456789012/345678"] {
            assert_eq!(FactorFile::parse(text), None, "{text}");
        }
    }
}
