//! What a score means, as a tree of a few operations over answers and other scores.
//!
//! A formula is read into these, and a key of items is compiled into them. Whatever works on scores (evaluation,
//! ranges, the expressions of every platform) matches them exhaustively.

mod numbers;
mod operation;
mod published;

use std::sync::Arc;

use crate::index::{ItemIx, ScaleIx};

pub use numbers::{Comparison, Function, Operator};
pub use operation::{Operation, OperationMut};
pub use published::{Model, ModelItem, Table};

/// An operation whose value is a number, or missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A number.
    Number(f64),
    /// Missing.
    Missing,
    /// The answer to an item: missing when not given, or not one that can be scored. Where the item was
    /// not asked, what stands for that.
    Answer(ItemIx),
    /// The score of a scale. A flag is 1 when true and 0 when false; a word is its position among the
    /// words of its scale.
    Score(ScaleIx),
    /// `low + high − of`.
    Reverse {
        /// What is reversed.
        of: Box<Expr>,
        /// The lowest declared value.
        low: f64,
        /// The highest declared value.
        high: f64,
    },
    /// Another number for each.
    Recode {
        /// What is recoded.
        of: Box<Expr>,
        /// Number to number, ascending.
        table: Arc<[(f64, f64)]>,
        /// What a number that is not in the table becomes; missing when there is none.
        other: Option<f64>,
        /// What a missing one becomes; missing when there is none.
        missing: Option<f64>,
    },
    /// Terms made into one number.
    Aggregate(Aggregate),
    /// How many conditions are true; missing when fewer than `need` are known.
    Count {
        /// The conditions.
        tests: Vec<Test>,
        /// How many must be known.
        need: usize,
    },
    /// The longest run of equal numbers, one after the other; one that is missing ends a run.
    LongestRun(Vec<Expr>),
    /// Two numbers made into one.
    Arithmetic {
        /// How.
        operator: Operator,
        /// The left one.
        left: Box<Expr>,
        /// The right one.
        right: Box<Expr>,
    },
    /// A function of one number.
    Apply {
        /// Which.
        function: Function,
        /// Its argument.
        of: Box<Expr>,
    },
    /// Rounded to so many decimals, halves away from zero.
    Round {
        /// What is rounded.
        of: Box<Expr>,
        /// Decimal places.
        decimals: u32,
    },
    /// One of three, by a condition.
    If {
        /// The condition.
        test: Box<Test>,
        /// When it is true.
        then: Box<Expr>,
        /// When it is false.
        otherwise: Box<Expr>,
        /// When it is missing.
        unknown: Box<Expr>,
    },
    /// A number found in a table.
    Lookup {
        /// What is looked up, a number a key of the table.
        of: Vec<Expr>,
        /// The table.
        table: Arc<Table>,
    },
    /// The expected value of a trait given the answers, or its standard deviation.
    Eap {
        /// The model.
        model: Arc<Model>,
        /// How many of its items must be answered.
        need: usize,
        /// Whether the standard deviation is asked for.
        sd: bool,
    },
}

/// An operation whose value is true, false, or missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Always this.
    Truth(bool),
    /// Always missing.
    Missing,
    /// The truth of a flag, or of a scale whose formula is a condition.
    Flag(ScaleIx),
    /// Two numbers compared; those within [`crate::TOLERANCE`] are equal.
    Compare {
        /// How.
        comparison: Comparison,
        /// The left one.
        left: Box<Expr>,
        /// The right one.
        right: Box<Expr>,
    },
    /// Whether so many conditions are true: true as soon as they are, false as soon as they cannot be.
    AtLeast {
        /// How many.
        count: usize,
        /// The conditions.
        tests: Vec<Test>,
    },
    /// Whether all are true: false as soon as one is false.
    All(Vec<Test>),
    /// Whether any is true: true as soon as one is.
    Any(Vec<Test>),
    /// The opposite.
    Not(Box<Test>),
    /// Whether a number is missing; known in any case.
    IsMissing(Box<Expr>),
    /// Whether a condition is missing; known in any case.
    IsUnknown(Box<Test>),
}

/// What a scale gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A number.
    Number(Expr),
    /// Whether something is so.
    Truth(Test),
    /// One of some words.
    Word {
        /// Its position among `words`.
        position: Expr,
        /// The words, in the order in which the formula names them.
        words: Vec<String>,
    },
}

/// Terms made into one number under a rule for missing ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// How.
    pub kind: AggregateKind,
    /// What is aggregated.
    pub terms: Vec<Expr>,
    /// The weight of each term; none when all weigh 1.
    pub weights: Option<Vec<f64>>,
    /// How many terms must be present, 1 at least.
    pub need: usize,
    /// Positions of the terms that must be present, ascending.
    pub mandatory: Vec<usize>,
    /// What stands in for a missing term.
    pub fill: Fill,
}

/// What stands in for a missing answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Fill {
    /// Nothing: the score is made of the answers there are.
    Nothing,
    /// The mean of the respondent's own keyed answers.
    PersonMean,
    /// A fixed keyed value.
    Constant(f64),
    /// A keyed value for each term.
    Each(Arc<[f64]>),
}

/// How terms become one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AggregateKind {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// The lowest.
    Min,
    /// The highest.
    Max,
}

impl Expr {
    /// Two numbers made into one.
    #[must_use]
    pub fn arithmetic(operator: Operator, left: Self, right: Self) -> Self {
        Self::Arithmetic { operator, left: Box::new(left), right: Box::new(right) }
    }

    /// `if test then … else …`; missing when the condition is.
    #[must_use]
    pub fn choice(test: Test, then: Self, otherwise: Self) -> Self {
        let (test, then, otherwise) = (Box::new(test), Box::new(then), Box::new(otherwise));
        Self::If { test, then, otherwise, unknown: Box::new(Self::Missing) }
    }

    /// The lowest, highest, sum or mean of terms that must all be there.
    #[must_use]
    pub fn of_all(kind: AggregateKind, terms: Vec<Self>) -> Self {
        let need = terms.len();
        let (mandatory, fill) = (Vec::new(), Fill::Nothing);
        Self::Aggregate(Aggregate { kind, terms, weights: None, need, mandatory, fill })
    }

    /// A number kept from `low` to `high`.
    #[must_use]
    pub fn clamp(of: Self, low: Self, high: Self) -> Self {
        let raised = Self::of_all(AggregateKind::Max, vec![of, low]);
        Self::of_all(AggregateKind::Min, vec![raised, high])
    }
}
