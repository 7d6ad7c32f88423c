//! Arithmetic, functions and comparisons of numbers.

use crate::tolerance::TOLERANCE;

/// An arithmetic operator with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `left + right`.
    Add,
    /// `left − right`.
    Subtract,
    /// `left · right`.
    Multiply,
    /// `left / right`. Missing if `right` is 0.
    Divide,
    /// `left` modulo `right`, with the sign of `right`. Missing if `right` is 0.
    Modulo,
}

/// A function of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The absolute value.
    Abs,
    /// The square root. Missing below 0.
    Sqrt,
    /// The natural logarithm. Missing at 0 and below.
    Ln,
    /// e to the power of the number.
    Exp,
    /// The number rounded down to a whole number.
    Floor,
    /// The number rounded up to a whole number.
    Ceiling,
    /// The number rounded towards zero to a whole number.
    Truncate,
    /// The share of the standard normal distribution below the number, Φ(x).
    NormalCdf,
}

/// How two numbers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `left < right`.
    Less,
    /// `left <= right`.
    AtMost,
    /// `left = right`.
    Equal,
    /// `left != right`.
    Unequal,
    /// `left >= right`.
    AtLeast,
    /// `left > right`.
    Greater,
}

impl Comparison {
    /// Whether the comparison is true of two numbers. Numbers that differ by no more than
    /// [`TOLERANCE`] are equal.
    #[inline]
    #[must_use]
    pub fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Self::Less => left < right - TOLERANCE,
            Self::AtMost => left <= right + TOLERANCE,
            Self::Equal => (left - right).abs() <= TOLERANCE,
            Self::Unequal => (left - right).abs() > TOLERANCE,
            Self::AtLeast => left >= right - TOLERANCE,
            Self::Greater => left > right + TOLERANCE,
        }
    }

    /// Returns the comparison that is true exactly when this one is false: `<` for `>=`.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::Greater,
            Self::Equal => Self::Unequal,
            Self::Unequal => Self::Equal,
            Self::AtLeast => Self::Less,
            Self::Greater => Self::AtMost,
        }
    }

    /// Returns the comparison with its operands exchanged: `>` for `<`, because `a < b` means `b > a`.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Equal | Self::Unequal => self,
            Self::AtLeast => Self::AtMost,
            Self::Greater => Self::Less,
        }
    }
}

impl Comparison {
    /// Returns the sign used in formulas and in most languages: `>=`.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::Unequal => "!=",
            Self::AtLeast => ">=",
            Self::Greater => ">",
        }
    }
}
