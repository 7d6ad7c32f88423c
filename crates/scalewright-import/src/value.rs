//! Values of expressions in the languages of sources.

/// The result of an expression in the language of a source.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: an empty text, an empty collection, `undefined`, `NA`.
    Blank,
    /// A number. `NaN` is a number here, because languages treat it otherwise than nothing.
    Number(f64),
    /// A text that is not empty.
    Text(String),
    /// A truth value.
    Truth(bool),
}

impl Value {
    /// The number of a score; `None` if the source has no score. Truth values are 1 and 0; texts of digits are numbers.
    #[must_use]
    pub fn score(&self) -> Option<f64> {
        let number = match self {
            Self::Blank => return None,
            Self::Number(number) => *number,
            Self::Truth(truth) => f64::from(u8::from(*truth)),
            Self::Text(text) => text.trim().parse().ok()?,
        };
        number.is_finite().then_some(number)
    }

    /// Whether a condition with this result is met.
    #[must_use]
    pub fn is_met(&self) -> bool {
        match self {
            Self::Blank => false,
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Truth(truth) => *truth,
            Self::Text(_) => true,
        }
    }
}
