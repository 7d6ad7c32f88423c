//! The meaning of a score: a tree of a few operations over answers and other scores.
//!
//! Formulas are parsed into this tree, and item keys are compiled into it. All code that works on scores (evaluation,
//! ranges, the expressions of every platform) matches the operations exhaustively.

mod numbers;
mod operation;
mod published;
mod years;

use std::sync::Arc;

use crate::index::{ItemIx, ScaleIx};

pub use numbers::{Comparison, Function, Operator};
pub use operation::{Operation, OperationMut};
pub use published::{Model, ModelItem, OfSums, Table};

/// An operation whose value is a number, or missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A number.
    Number(f64),
    /// The missing value.
    Missing,
    /// The answer to an item: missing if it was not given or cannot be scored. If the item was not asked, it is the
    /// answer that counts then, [`Ask::otherwise`](crate::Ask::otherwise).
    Answer(ItemIx),
    /// 1 if an option of an item with several choices is chosen, otherwise 0. Never missing: an option of an item that
    /// is not answered, or not asked, is not chosen.
    Chosen {
        /// The item.
        item: ItemIx,
        /// The position of the option on the response scale of the item.
        option: usize,
    },
    /// The score of a scale. A true flag is 1 and a false one is 0. A word is its position among the words of its
    /// scale, counted from 0.
    Score(ScaleIx),
    /// `low + high − of`.
    Reverse {
        /// The operand.
        of: Box<Expr>,
        /// The lowest declared value.
        low: f64,
        /// The highest declared value.
        high: f64,
    },
    /// A number replaced according to a table.
    Recode {
        /// The operand.
        of: Box<Expr>,
        /// Pairs of a number and its replacement, in ascending order of the number.
        table: Arc<[(f64, f64)]>,
        /// The result for a number that is not in the table. `None` means missing.
        other: Option<f64>,
        /// The result for a missing operand. `None` means missing.
        missing: Option<f64>,
    },
    /// Terms combined into one number.
    Aggregate(Aggregate),
    /// The number of true conditions. Missing if fewer than `need` conditions are known.
    Count {
        /// The conditions.
        tests: Vec<Test>,
        /// The number of conditions that must be known.
        need: usize,
    },
    /// The length of the longest run of consecutive equal numbers. A missing number ends a run.
    LongestRun(Vec<Expr>),
    /// Two numbers combined by an operator.
    Arithmetic {
        /// The operator.
        operator: Operator,
        /// The left operand.
        left: Box<Expr>,
        /// The right operand.
        right: Box<Expr>,
    },
    /// A function of one number.
    Apply {
        /// The function.
        function: Function,
        /// Its argument.
        of: Box<Expr>,
    },
    /// A number rounded to some decimal places, halves away from zero.
    Round {
        /// The operand.
        of: Box<Expr>,
        /// The number of decimal places.
        decimals: u32,
    },
    /// One of three numbers, chosen by a condition.
    If {
        /// The condition.
        test: Box<Test>,
        /// The result if the condition is true.
        then: Box<Expr>,
        /// The result if the condition is false.
        otherwise: Box<Expr>,
        /// The result if the condition is missing.
        unknown: Box<Expr>,
    },
    /// A number found in a table.
    Lookup {
        /// The numbers to look up, one for each key column of the table.
        of: Vec<Expr>,
        /// The table.
        table: Arc<Table>,
    },
    /// The expected value of a trait given the answers (expected a posteriori), or its standard deviation.
    Eap {
        /// The model.
        model: Arc<Model>,
        /// The number of items of the model that must be answered.
        need: usize,
        /// Whether the result is the standard deviation instead of the expected value.
        sd: bool,
    },
}

/// An operation whose value is true, false, or missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// A constant truth value.
    Truth(bool),
    /// Always missing.
    Missing,
    /// The truth value of a flag, or of a scale whose formula is a condition.
    Flag(ScaleIx),
    /// A comparison of two numbers. Numbers within [`crate::TOLERANCE`] of each other are equal.
    Compare {
        /// The comparison.
        comparison: Comparison,
        /// The left operand.
        left: Box<Expr>,
        /// The right operand.
        right: Box<Expr>,
    },
    /// Whether at least `count` conditions are true. True if `count` known conditions are true, false if the missing
    /// ones could not make up the number, and missing otherwise.
    AtLeast {
        /// The number of conditions that must be true.
        count: usize,
        /// The conditions.
        tests: Vec<Test>,
    },
    /// Whether all conditions are true. False as soon as one is false, even if others are missing.
    All(Vec<Test>),
    /// Whether any condition is true. True as soon as one is true, even if others are missing.
    Any(Vec<Test>),
    /// The negation of a condition. Missing if the condition is missing.
    Not(Box<Test>),
    /// Whether a number is missing. Never missing itself.
    IsMissing(Box<Expr>),
    /// Whether a condition is missing. Never missing itself.
    IsUnknown(Box<Test>),
}

/// The result of a scale.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A number.
    Number(Expr),
    /// A truth value.
    Truth(Test),
    /// One of a list of words.
    Word {
        /// The position of the word among `words`, counted from 0.
        position: Expr,
        /// The words, in the order in which the formula names them.
        words: Vec<String>,
    },
}

/// Terms combined into one number, with a rule for missing terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// How the terms are combined.
    pub kind: AggregateKind,
    /// The terms.
    pub terms: Vec<Expr>,
    /// The weight of each term. `None` if all weights are 1.
    pub weights: Option<Vec<f64>>,
    /// The number of terms that must be present, at least 1.
    pub need: usize,
    /// The positions of the terms that must be present whatever the number of others, ascending.
    pub mandatory: Vec<usize>,
    /// The replacement for missing terms.
    pub fill: Fill,
}

/// The replacement for missing terms of an aggregate.
#[derive(Debug, Clone, PartialEq)]
pub enum Fill {
    /// No replacement: the score is computed from the present terms.
    Nothing,
    /// The mean of the respondent's present keyed answers.
    PersonMean,
    /// A fixed keyed value.
    Constant(f64),
    /// A fixed keyed value for each term.
    Each(Arc<[f64]>),
}

/// How terms are combined into one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AggregateKind {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// The lowest of them.
    Min,
    /// The highest of them.
    Max,
}

impl Expr {
    /// Two numbers combined by an operator.
    #[must_use]
    pub fn arithmetic(operator: Operator, left: Self, right: Self) -> Self {
        Self::Arithmetic { operator, left: Box::new(left), right: Box::new(right) }
    }

    /// `if test then … else …`. Missing if the condition is missing.
    #[must_use]
    pub fn choice(test: Test, then: Self, otherwise: Self) -> Self {
        let (test, then, otherwise) = (Box::new(test), Box::new(then), Box::new(otherwise));
        // Not the `else` branch: an unknown condition does not decide between the two.
        Self::If { test, then, otherwise, unknown: Box::new(Self::Missing) }
    }

    /// The lowest, highest, sum or mean of terms that must all be present.
    #[must_use]
    pub fn of_all(kind: AggregateKind, terms: Vec<Self>) -> Self {
        let need = terms.len();
        let (mandatory, fill) = (Vec::new(), Fill::Nothing);
        Self::Aggregate(Aggregate { kind, terms, weights: None, need, mandatory, fill })
    }

    /// A number limited to the range from `low` to `high`.
    #[must_use]
    pub fn clamp(of: Self, low: Self, high: Self) -> Self {
        // All terms must be present, so the result is missing if the number or a bound is.
        let raised = Self::of_all(AggregateKind::Max, vec![of, low]);
        Self::of_all(AggregateKind::Min, vec![raised, high])
    }
}
