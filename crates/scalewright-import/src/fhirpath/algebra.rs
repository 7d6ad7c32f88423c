//! What expressions are translated into, before it is written as a formula.
//!
//! A missing value is an empty collection. Unlike `if` of our formulas, a choice whose condition is missing takes the
//! second branch, as `iif` does; the writer adds what is needed for that.

use scalewright_model::OptionValue;

/// A number that may be missing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Num {
    Constant(f64),
    Missing,
    /// The answer to an item of the form.
    Item(usize),
    /// Lowest + highest - answer.
    Reversed(usize),
    /// A score of the form.
    Score(usize),
    /// The number for each answer to an item; missing if it is not listed.
    Recoded(usize, Vec<(OptionValue, f64)>),
    /// The first that is not missing.
    Either(Box<Num>, Box<Num>),
    /// Missing if a term is.
    Sum(Vec<Num>),
    Negative(Box<Num>),
    Times(Box<Num>, Box<Num>),
    Over(Box<Num>, Box<Num>),
    If(Box<Truth>, Box<Num>, Box<Num>),
    /// A number computed from those that are not missing, if there are enough.
    Among(Among),
    /// How many are not missing.
    Answered(Vec<Num>),
    /// How many conditions are true, if so many are not missing.
    Count(Vec<Truth>, usize),
    /// A function of our formulas.
    Apply(&'static str, Box<Num>),
    Power(Box<Num>, u32),
    /// Rounded to decimals, halves away from zero.
    Round(Box<Num>, u32),
}

/// A number computed from those of a list that are not missing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Among {
    /// `sum`, `mean`, `min` or `max`.
    pub(crate) function: &'static str,
    pub(crate) of: Vec<Num>,
    /// How many must not be missing.
    pub(crate) least: usize,
    /// Whether the missing ones count as the mean of the others.
    pub(crate) prorate: bool,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compared {
    Less,
    AtMost,
    Equal,
    Unequal,
    AtLeast,
    Greater,
}

/// A truth value that may be missing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Truth {
    Constant(bool),
    Missing,
    Compare(Compared, Num, Num),
    /// Whether the answer to an item is one of these; missing without an answer.
    Among(usize, Vec<OptionValue>),
    /// Whether a score that gives words gives this one.
    IsWord(usize, String),
    All(Vec<Truth>),
    Any(Vec<Truth>),
    Not(Box<Truth>),
    /// Whether something is missing. Never missing itself.
    IsMissing(Box<WordOf>),
    If(Box<Truth>, Box<Truth>, Box<Truth>),
}

/// A value of any type, for questions about its absence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum WordOf {
    Number(Num),
    Truth(Truth),
    Word(Word),
}

/// A word that may be missing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Word {
    Text(String),
    Missing,
    /// A score that gives words.
    Score(usize),
    If(Box<Truth>, Box<Word>, Box<Word>),
}

impl Num {
    pub(crate) fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Missing, _) | (_, Self::Missing) => Self::Missing,
            (Self::Constant(a), Self::Constant(b)) => Self::Constant(a + b),
            (Self::Constant(0.0), other) | (other, Self::Constant(0.0)) => other,
            (Self::Sum(mut terms), other) => {
                terms.push(other);
                Self::Sum(terms)
            }
            (one, other) => Self::Sum(vec![one, other]),
        }
    }

    pub(crate) fn negative(self) -> Self {
        match self {
            Self::Missing => Self::Missing,
            Self::Constant(a) => Self::Constant(0.0 - a),
            Self::Negative(of) => *of,
            of => Self::Negative(Box::new(of)),
        }
    }

    pub(crate) fn times(self, other: Self) -> Self {
        match (self, other) {
            (Self::Missing, _) | (_, Self::Missing) => Self::Missing,
            (Self::Constant(a), Self::Constant(b)) => Self::Constant(a * b),
            (Self::Constant(1.0), other) | (other, Self::Constant(1.0)) => other,
            (one, other) => Self::Times(Box::new(one), Box::new(other)),
        }
    }

    pub(crate) fn over(self, other: Self) -> Self {
        match (self, other) {
            (Self::Missing, _) | (_, Self::Missing | Self::Constant(0.0)) => Self::Missing,
            (Self::Constant(a), Self::Constant(b)) => Self::Constant(a / b),
            (one, Self::Constant(1.0)) => one,
            (one, other) => Self::Over(Box::new(one), Box::new(other)),
        }
    }

    pub(crate) fn choice(condition: Truth, then: Self, otherwise: Self) -> Self {
        match condition {
            Truth::Constant(true) => then,
            Truth::Constant(false) | Truth::Missing => otherwise,
            _ if then == otherwise => then,
            condition => Self::If(Box::new(condition), Box::new(then), Box::new(otherwise)),
        }
    }

    pub(crate) fn either(self, other: Self) -> Self {
        match (self, other) {
            (Self::Missing, other) => other,
            (one @ Self::Constant(_), _) | (one, Self::Missing) => one,
            (one, other) => Self::Either(Box::new(one), Box::new(other)),
        }
    }

    /// The test that it is missing.
    pub(crate) fn absence(self) -> Truth {
        match self {
            Self::Missing => Truth::Constant(true),
            Self::Constant(_) | Self::Answered(_) | Self::Count(_, 0) => Truth::Constant(false),
            // Reversing and recoding all answers change nothing about blanks.
            Self::Reversed(item) => Self::Item(item).absence(),
            of => Truth::IsMissing(Box::new(WordOf::Number(of))),
        }
    }

    /// The test that it is not missing.
    pub(crate) fn presence(self) -> Truth {
        self.absence().negated()
    }
}

impl Truth {
    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Constant(truth) => Self::Constant(!truth),
            Self::Missing => Self::Missing,
            Self::Not(of) => *of,
            of => Self::Not(Box::new(of)),
        }
    }

    pub(crate) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Self::Constant(true) => {}
                Self::Constant(false) => return Self::Constant(false),
                Self::All(parts) => all.extend(parts),
                part => all.push(part),
            }
        }
        match all.len() {
            0 => Self::Constant(true),
            1 => all.remove(0),
            _ => Self::All(all),
        }
    }

    pub(crate) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Vec::new();
        for part in parts {
            match part {
                Self::Constant(false) => {}
                Self::Constant(true) => return Self::Constant(true),
                Self::Any(parts) => any.extend(parts),
                part => any.push(part),
            }
        }
        match any.len() {
            0 => Self::Constant(false),
            1 => any.remove(0),
            _ => Self::Any(any),
        }
    }

    pub(crate) fn choice(condition: Self, then: Self, otherwise: Self) -> Self {
        match condition {
            Self::Constant(true) => then,
            Self::Constant(false) | Self::Missing => otherwise,
            _ if then == otherwise => then,
            condition => Self::If(Box::new(condition), Box::new(then), Box::new(otherwise)),
        }
    }

    /// The condition that is true if this one is false, false if it is true, and missing if it is.
    pub(crate) fn opposite(self) -> Self {
        match self {
            Self::Compare(comparison, a, b) => Self::Compare(comparison.opposite(), a, b),
            Self::All(parts) => Self::any(parts.into_iter().map(Self::opposite)),
            Self::Any(parts) => Self::all(parts.into_iter().map(Self::opposite)),
            other => other.negated(),
        }
    }

    /// The test that it is missing.
    pub(crate) fn absence(self) -> Self {
        match self {
            Self::Missing => Self::Constant(true),
            Self::Constant(_) | Self::IsMissing(_) => Self::Constant(false),
            Self::Not(of) => of.absence(),
            Self::Among(item, _) => Num::Item(item).absence(),
            of => Self::IsMissing(Box::new(WordOf::Truth(of))),
        }
    }

    pub(crate) fn compare(comparison: Compared, left: Num, right: Num) -> Self {
        match (left, right) {
            (Num::Missing, _) | (_, Num::Missing) => Self::Missing,
            (Num::Constant(a), Num::Constant(b)) => Self::Constant(comparison.holds(a, b)),
            (left, right) => Self::Compare(comparison, left, right),
        }
    }
}

impl Word {
    pub(crate) fn choice(condition: Truth, then: Self, otherwise: Self) -> Self {
        match condition {
            Truth::Constant(true) => then,
            Truth::Constant(false) | Truth::Missing => otherwise,
            _ if then == otherwise => then,
            condition => Self::If(Box::new(condition), Box::new(then), Box::new(otherwise)),
        }
    }

    /// The test that it is missing.
    pub(crate) fn absence(self) -> Truth {
        match self {
            Self::Missing => Truth::Constant(true),
            Self::Text(_) => Truth::Constant(false),
            of => Truth::IsMissing(Box::new(WordOf::Word(of))),
        }
    }

    /// Whether it is `text`; missing if it is missing.
    pub(crate) fn is(&self, text: &str) -> Truth {
        match self {
            Self::Text(own) => Truth::Constant(own == text),
            Self::Missing => Truth::Missing,
            Self::Score(score) => Truth::IsWord(*score, text.to_owned()),
            Self::If(condition, then, otherwise) => {
                Truth::choice((**condition).clone(), then.is(text), otherwise.is(text))
            }
        }
    }
}

impl Compared {
    pub(crate) fn holds(self, left: f64, right: f64) -> bool {
        let is_near = (left - right).abs() < 1e-8;
        match self {
            Self::Less => left < right && !is_near,
            Self::AtMost => left <= right || is_near,
            Self::Equal => is_near,
            Self::Unequal => !is_near,
            Self::AtLeast => left >= right || is_near,
            Self::Greater => left > right && !is_near,
        }
    }

    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::Unequal => "!=",
            Self::AtLeast => ">=",
            Self::Greater => ">",
        }
    }

    /// The comparison that is true if this one is false.
    pub(crate) fn opposite(self) -> Self {
        match self {
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::Greater,
            Self::Equal => Self::Unequal,
            Self::Unequal => Self::Equal,
            Self::AtLeast => Self::Less,
            Self::Greater => Self::AtMost,
        }
    }

    /// The comparison with its sides exchanged.
    pub(crate) fn exchanged(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::AtLeast => Self::AtMost,
            Self::Greater => Self::Less,
            same => same,
        }
    }
}
