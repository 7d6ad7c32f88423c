//! The one place that lists what each operation is made of. Everything that walks over expressions goes through it.

use super::{Aggregate, Expr, Formula, Model, Test};
use crate::index::{ItemIx, ReferenceIx, ScaleIx};

/// An operation of a formula, of either kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Operation<'e> {
    /// One whose value is a number.
    Number(&'e Expr),
    /// One whose value is true or false.
    Truth(&'e Test),
}

/// An operation of a formula that may be changed.
#[derive(Debug)]
pub enum OperationMut<'e> {
    /// One whose value is a number.
    Number(&'e mut Expr),
    /// One whose value is true or false.
    Truth(&'e mut Test),
}

/// The operands of an expression, as shared or as mutable references: Rust cannot be generic over the two.
macro_rules! operands_of_expr {
    ($expr:expr, $kind:ident, $iter:ident, $eap:expr) => {
        match $expr {
            Expr::Number(_) | Expr::Missing | Expr::Answer(_) | Expr::Score(_) => Vec::new(),
            Expr::Reverse { of, low: _, high: _ }
            | Expr::Recode { of, table: _, other: _, missing: _ }
            | Expr::Apply { of, function: _ }
            | Expr::Round { of, decimals: _ } => vec![$kind::Number(of)],
            Expr::Aggregate(Aggregate { terms, .. })
            | Expr::LongestRun(terms)
            | Expr::Lookup { of: terms, table: _ } => terms.$iter().map($kind::Number).collect(),
            Expr::Count { tests, need: _ } => tests.$iter().map($kind::Truth).collect(),
            Expr::Arithmetic { operator: _, left, right } => {
                vec![$kind::Number(left), $kind::Number(right)]
            }
            Expr::If { test, then, otherwise, unknown } => vec![
                $kind::Truth(test),
                $kind::Number(then),
                $kind::Number(otherwise),
                $kind::Number(unknown),
            ],
            Expr::Eap { model, need: _, sd: _ } => $eap(model),
        }
    };
}

macro_rules! operands_of_test {
    ($test:expr, $kind:ident, $iter:ident) => {
        match $test {
            Test::Truth(_) | Test::Missing | Test::Flag(_) => Vec::new(),
            Test::Compare { comparison: _, left, right } => {
                vec![$kind::Number(left), $kind::Number(right)]
            }
            Test::AtLeast { count: _, tests } | Test::All(tests) | Test::Any(tests) => {
                tests.$iter().map($kind::Truth).collect()
            }
            Test::Not(of) | Test::IsUnknown(of) => vec![$kind::Truth(of)],
            Test::IsMissing(of) => vec![$kind::Number(of)],
        }
    };
}

impl Expr {
    /// What it is directly made of, in the order of the formula. For a choice that is the condition, then the numbers for
    /// true, false and missing.
    #[must_use]
    pub fn children(&self) -> Vec<Operation<'_>> {
        operands_of_expr!(self, Operation, iter, answers)
    }

    /// As [`Expr::children`], to be changed. The answers of an item response model are left out: formulas share models.
    pub fn children_mut(&mut self) -> Vec<OperationMut<'_>> {
        operands_of_expr!(self, OperationMut, iter_mut, |_| Vec::new())
    }

    /// Adds the scales and the items that the number is made of, each as often as it is named.
    pub fn operands(&self, scales: &mut Vec<ScaleIx>, items: &mut Vec<ItemIx>) {
        Operation::Number(self).operands(scales, items);
    }

    /// How many operations it is made of.
    #[must_use]
    pub fn size(&self) -> usize {
        Operation::Number(self).size()
    }
}

fn answers(model: &Model) -> Vec<Operation<'_>> {
    model.items.iter().map(|item| Operation::Number(&item.answer)).collect()
}

impl Test {
    /// What it is directly made of, in the order of the formula.
    #[must_use]
    pub fn children(&self) -> Vec<Operation<'_>> {
        operands_of_test!(self, Operation, iter)
    }

    /// As [`Test::children`], to be changed.
    pub fn children_mut(&mut self) -> Vec<OperationMut<'_>> {
        operands_of_test!(self, OperationMut, iter_mut)
    }

    /// Adds the scales and the items that the condition is about, each as often as it is named.
    pub fn operands(&self, scales: &mut Vec<ScaleIx>, items: &mut Vec<ItemIx>) {
        Operation::Truth(self).operands(scales, items);
    }

    /// How many operations it is made of.
    #[must_use]
    pub fn size(&self) -> usize {
        Operation::Truth(self).size()
    }
}

impl Formula {
    /// The operation that gives its value.
    #[must_use]
    pub fn root(&self) -> Operation<'_> {
        match self {
            Self::Number(expr) | Self::Word { position: expr, words: _ } => Operation::Number(expr),
            Self::Truth(test) => Operation::Truth(test),
        }
    }

    /// Adds the scales and the items that the formula is made of, each as often as it is named.
    pub fn operands(&self, scales: &mut Vec<ScaleIx>, items: &mut Vec<ItemIx>) {
        self.root().operands(scales, items);
    }

    /// The tables and models that the formula rests on: which of both, its name, where it is published.
    #[must_use]
    pub fn published(&self) -> Vec<(&'static str, &str, &[ReferenceIx])> {
        self.root().all().into_iter().filter_map(Operation::published).collect()
    }
}

impl<'e> Operation<'e> {
    /// What it is directly made of, in the order of the formula.
    #[must_use]
    pub fn children(self) -> Vec<Self> {
        match self {
            Self::Number(expr) => expr.children(),
            Self::Truth(test) => test.children(),
        }
    }

    /// The operation and every one below it: each before what it is made of, in the order of the formula.
    #[must_use]
    pub fn all(self) -> Vec<Self> {
        let (mut all, mut open) = (Vec::new(), vec![self]);
        while let Some(operation) = open.pop() {
            all.push(operation);
            open.extend(operation.children().into_iter().rev());
        }
        all
    }

    /// Adds the scales and the items that it is made of, each as often as it is named.
    pub fn operands(self, scales: &mut Vec<ScaleIx>, items: &mut Vec<ItemIx>) {
        for operation in self.all() {
            match operation {
                Self::Number(Expr::Answer(item)) => items.push(*item),
                Self::Number(Expr::Score(scale)) | Self::Truth(Test::Flag(scale)) => {
                    scales.push(*scale);
                }
                Self::Number(_) | Self::Truth(_) => {}
            }
        }
    }

    fn published(self) -> Option<(&'static str, &'e str, &'e [ReferenceIx])> {
        match self {
            Self::Number(Expr::Lookup { of: _, table }) => {
                Some(("table", &table.name, &table.source))
            }
            Self::Number(Expr::Eap { model, need: _, sd: _ }) => {
                Some(("model", &model.name, &model.source))
            }
            Self::Number(_) | Self::Truth(_) => None,
        }
    }

    fn size(self) -> usize {
        self.all().len()
    }
}
