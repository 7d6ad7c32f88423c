//! Traversal of expressions. This module alone lists the operands of each operation; all traversals use it.

use super::{Aggregate, Expr, Formula, Model, Test};
use crate::index::{ItemIx, ReferenceIx, ScaleIx};

/// An operation of a formula: a number or a condition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Operation<'e> {
    /// An operation whose value is a number.
    Number(&'e Expr),
    /// An operation whose value is true, false or missing.
    Truth(&'e Test),
}

/// An operation of a formula, as a mutable reference.
#[derive(Debug)]
pub enum OperationMut<'e> {
    /// An operation whose value is a number.
    Number(&'e mut Expr),
    /// An operation whose value is true, false or missing.
    Truth(&'e mut Test),
}

/// Lists the operands of an expression, as shared or as mutable references. A macro, because Rust cannot be generic
/// over the two.
macro_rules! operands_of_expr {
    ($expr:expr, $kind:ident, $iter:ident, $eap:expr) => {
        match $expr {
            Expr::Number(_)
            | Expr::Missing
            | Expr::Answer(_)
            | Expr::Chosen { item: _, option: _ }
            | Expr::Score(_) => Vec::new(),
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

/// Lists the operands of a condition, as shared or as mutable references.
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
    /// Returns the direct operands, in the order of the formula. Those of a choice are the condition, then the numbers
    /// for true, false and missing.
    #[must_use]
    pub fn children(&self) -> Vec<Operation<'_>> {
        operands_of_expr!(self, Operation, iter, answers)
    }

    /// Returns the same operands as [`Expr::children`], as mutable references. The answers of an item response model
    /// are left out, because formulas share models.
    pub fn children_mut(&mut self) -> Vec<OperationMut<'_>> {
        operands_of_expr!(self, OperationMut, iter_mut, |_| Vec::new())
    }

    /// Appends the scales and the items that the expression uses, each as often as it occurs.
    pub fn operands(&self, scales: &mut Vec<ScaleIx>, items: &mut Vec<ItemIx>) {
        Operation::Number(self).operands(scales, items);
    }

    /// Returns the number of operations in the tree, including this one.
    #[must_use]
    pub fn size(&self) -> usize {
        Operation::Number(self).size()
    }
}

fn answers(model: &Model) -> Vec<Operation<'_>> {
    model.items.iter().map(|item| Operation::Number(&item.answer)).collect()
}

impl Test {
    /// Returns the direct operands, in the order of the formula.
    #[must_use]
    pub fn children(&self) -> Vec<Operation<'_>> {
        operands_of_test!(self, Operation, iter)
    }

    /// Returns the same operands as [`Test::children`], as mutable references.
    pub fn children_mut(&mut self) -> Vec<OperationMut<'_>> {
        operands_of_test!(self, OperationMut, iter_mut)
    }

    /// Appends the scales and the items that the condition uses, each as often as it occurs.
    pub fn operands(&self, scales: &mut Vec<ScaleIx>, items: &mut Vec<ItemIx>) {
        Operation::Truth(self).operands(scales, items);
    }

    /// Returns the number of operations in the tree, including this one.
    #[must_use]
    pub fn size(&self) -> usize {
        Operation::Truth(self).size()
    }
}

impl Formula {
    /// Returns the operation at the root, which gives the value.
    #[must_use]
    pub fn root(&self) -> Operation<'_> {
        match self {
            Self::Number(expr) | Self::Word { position: expr, words: _ } => Operation::Number(expr),
            Self::Truth(test) => Operation::Truth(test),
        }
    }

    /// Appends the scales and the items that the formula uses, each as often as it occurs.
    pub fn operands(&self, scales: &mut Vec<ScaleIx>, items: &mut Vec<ItemIx>) {
        self.root().operands(scales, items);
    }

    /// Returns the published tables and models that the formula uses: `"table"` or `"model"`, its name and its sources.
    #[must_use]
    pub fn published(&self) -> Vec<(&'static str, &str, &[ReferenceIx])> {
        self.root().all().into_iter().filter_map(Operation::published).collect()
    }
}

impl<'e> Operation<'e> {
    /// Returns the direct operands, in the order of the formula.
    #[must_use]
    pub fn children(self) -> Vec<Self> {
        match self {
            Self::Number(expr) => expr.children(),
            Self::Truth(test) => test.children(),
        }
    }

    /// Returns this operation and all operations below it, each before its operands, in the order of the formula.
    #[must_use]
    pub fn all(self) -> Vec<Self> {
        let (mut all, mut open) = (Vec::new(), vec![self]);
        while let Some(operation) = open.pop() {
            all.push(operation);
            // Reversed, because the operation that is added last is taken first.
            open.extend(operation.children().into_iter().rev());
        }
        all
    }

    /// Appends the scales and the items that the operation uses, each as often as it occurs.
    pub fn operands(self, scales: &mut Vec<ScaleIx>, items: &mut Vec<ItemIx>) {
        for operation in self.all() {
            match operation {
                Self::Number(Expr::Answer(item) | Expr::Chosen { item, option: _ }) => {
                    items.push(*item);
                }
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
