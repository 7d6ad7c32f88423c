//! Arithmetic, functions and comparisons of numbers.

use crate::tolerance::TOLERANCE;

/// Arithmetic with two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `left + right`.
    Add,
    /// `left − right`.
    Subtract,
    /// `left · right`.
    Multiply,
    /// `left / right`; missing when `right` is 0.
    Divide,
    /// `left` modulo `right`, with the sign of `right`; missing when `right` is 0.
    Modulo,
}

/// A function of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Without its sign.
    Abs,
    /// The square root; missing below 0.
    Sqrt,
    /// The natural logarithm; missing at 0 and below.
    Ln,
    /// e to its power.
    Exp,
    /// The whole number below.
    Floor,
    /// The whole number above.
    Ceiling,
    /// The whole number towards zero.
    Truncate,
    /// The share of a standard normal distribution below it.
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
    /// Whether it is so of two numbers, which are equal when they differ by no more than [`TOLERANCE`](crate::TOLERANCE).
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

    /// What is so exactly when this is not.
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

    /// What `a < b` is when it is read from the right: `b > a`.
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
    /// How it is written in formulas, and in most languages: `>=`.
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
