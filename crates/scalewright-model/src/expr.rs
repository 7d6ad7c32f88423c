//! What a score means, as a tree of a few operations over answers and other scores.
//!
//! A formula is read into these; a key of items is compiled into them; everything that knows a score
//! (evaluation, range, every platform's expression) matches them exhaustively.

use std::sync::Arc;

use crate::file::{Matching, ModelType, Outside};
use crate::{Fill, ItemIx, ReferenceIx, ScaleIx, TOLERANCE};

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

/// A table from numbers to a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name in the file.
    pub name: String,
    /// How each key is matched.
    pub matching: Vec<Matching>,
    /// What a number that is not there gives.
    pub outside: Outside,
    /// The rows, ascending by their keys: the keys, then the result.
    pub rows: Vec<Vec<f64>>,
    /// Where it is published.
    pub source: Vec<ReferenceIx>,
}

/// An item response model with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Its name in the file.
    pub name: String,
    /// Which model.
    pub kind: ModelType,
    /// The items.
    pub items: Vec<ModelItem>,
    /// The scaling constant D.
    pub scaling: f64,
    /// The points, ascending, each with its weight in the population; weights add up to 1.
    pub points: Vec<(f64, f64)>,
    /// Where its parameters are published.
    pub source: Vec<ReferenceIx>,
}

/// The parameters of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelItem {
    /// The keyed answer.
    pub answer: Expr,
    /// The keyed answers there are, ascending: one more than thresholds.
    pub values: Vec<f64>,
    /// Discrimination.
    pub discrimination: f64,
    /// Thresholds, from the lowest answer up.
    pub thresholds: Vec<f64>,
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

impl Formula {
    /// The scales that the formula is made of, and the items, each as often as named.
    pub fn operands(&self, scales: &mut Vec<ScaleIx>, items: &mut Vec<ItemIx>) {
        let mut walk = Walk::default();
        walk.formula(self);
        walk.append(scales, items);
    }

    /// The tables and models that the formula rests on: which of both, its name, where it is published.
    #[must_use]
    pub fn published(&self) -> Vec<(&'static str, &str, &[ReferenceIx])> {
        let mut walk = Walk::default();
        walk.formula(self);
        walk.published
    }
}

impl Test {
    /// The scales that the condition is about, and the items.
    pub fn operands(&self, scales: &mut Vec<ScaleIx>, items: &mut Vec<ItemIx>) {
        let mut walk = Walk::default();
        walk.test(self);
        walk.append(scales, items);
    }

    /// How many operations it is made of.
    #[must_use]
    pub fn size(&self) -> usize {
        let mut walk = Walk::default();
        walk.test(self);
        walk.size
    }
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

    /// The scales that the number is made of, and the items.
    pub fn operands(&self, scales: &mut Vec<ScaleIx>, items: &mut Vec<ItemIx>) {
        let mut walk = Walk::default();
        walk.expr(self);
        walk.append(scales, items);
    }

    /// How many operations it is made of.
    #[must_use]
    pub fn size(&self) -> usize {
        let mut walk = Walk::default();
        walk.expr(self);
        walk.size
    }
}

/// Collects what a tree names, and counts its operations. Trees are shallow: formulas are read to a bounded depth.
#[derive(Default)]
struct Walk<'e> {
    scales: Vec<ScaleIx>,
    items: Vec<ItemIx>,
    published: Vec<(&'static str, &'e str, &'e [ReferenceIx])>,
    size: usize,
}

impl<'e> Walk<'e> {
    fn append(self, scales: &mut Vec<ScaleIx>, items: &mut Vec<ItemIx>) {
        scales.extend(self.scales);
        items.extend(self.items);
    }

    fn formula(&mut self, formula: &'e Formula) {
        match formula {
            Formula::Number(expr) | Formula::Word { position: expr, words: _ } => self.expr(expr),
            Formula::Truth(test) => self.test(test),
        }
    }

    fn expr(&mut self, expr: &'e Expr) {
        self.size += 1;
        match expr {
            Expr::Number(_) | Expr::Missing => {}
            Expr::Answer(item) => self.items.push(*item),
            Expr::Score(scale) => self.scales.push(*scale),
            Expr::Reverse { of, .. }
            | Expr::Recode { of, .. }
            | Expr::Apply { of, .. }
            | Expr::Round { of, .. } => self.expr(of),
            Expr::Aggregate(Aggregate { terms, .. }) | Expr::LongestRun(terms) => {
                terms.iter().for_each(|term| self.expr(term))
            }
            Expr::Lookup { of, table } => {
                self.published.push(("table", &table.name, &table.source));
                of.iter().for_each(|term| self.expr(term));
            }
            Expr::Count { tests, need: _ } => tests.iter().for_each(|test| self.test(test)),
            Expr::Arithmetic { operator: _, left, right } => {
                self.expr(left);
                self.expr(right);
            }
            Expr::If { test, then, otherwise, unknown } => {
                self.test(test);
                [then, otherwise, unknown].into_iter().for_each(|part| self.expr(part));
            }
            Expr::Eap { model, .. } => {
                self.published.push(("model", &model.name, &model.source));
                model.items.iter().for_each(|item| self.expr(&item.answer));
            }
        }
    }

    fn test(&mut self, test: &'e Test) {
        self.size += 1;
        match test {
            Test::Truth(_) | Test::Missing => {}
            Test::Flag(scale) => self.scales.push(*scale),
            Test::Compare { comparison: _, left, right } => {
                self.expr(left);
                self.expr(right);
            }
            Test::AtLeast { count: _, tests } | Test::All(tests) | Test::Any(tests) => {
                tests.iter().for_each(|test| self.test(test));
            }
            Test::Not(of) | Test::IsUnknown(of) => self.test(of),
            Test::IsMissing(of) => self.expr(of),
        }
    }
}
