//! What is known of numbers without working them out: it makes formulas shorter.

use scalewright_model::{Aggregate, Expr, Fill, Formula, Function, ItemIx, Operator, ScaleIx};

use super::Printer;
use crate::Accepted;
use crate::program::is_whole;

impl Printer<'_> {
    /// Whether an expression is a whole number wherever it is one at all.
    pub(super) fn is_whole(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Score(scale) => self.number(*scale).is_some_and(|of| self.is_whole(of)),
            _ => is_whole(expr, &self.program.answers),
        }
    }

    /// The expression of a score that is a number.
    fn number(&self, scale: ScaleIx) -> Option<&Expr> {
        match &self.program.scores[self.program.position(scale)?].formula {
            Formula::Number(expr) => Some(expr),
            Formula::Truth(_) | Formula::Word { .. } => None,
        }
    }

    /// Whether an expression is 0 or more for certain. It may be without being known to be.
    pub(super) fn is_never_negative(&self, expr: &Expr) -> bool {
        let all = |exprs: &[&Expr]| exprs.iter().all(|expr| self.is_never_negative(expr));
        match expr {
            Expr::Number(value) => *value >= 0.0,
            Expr::Missing | Expr::Count { .. } | Expr::LongestRun(_) => true,
            Expr::Answer(item) => self.is_never_answered_negative(*item),
            Expr::Score(scale) => match self.number(*scale) {
                Some(expr) => self.is_never_negative(expr),
                None => true,
            },
            Expr::Reverse { of, low, .. } => matches!(**of, Expr::Answer(_)) && *low >= 0.0,
            Expr::Recode { of, table, other, missing } => {
                let values = table.iter().map(|(_, value)| *value).chain(*other).chain(*missing);
                values.into_iter().all(|value| value >= 0.0)
                    && (other.is_none() || self.is_never_negative(of))
            }
            Expr::Aggregate(aggregate) => self.is_never_less(aggregate),
            Expr::Arithmetic { operator, left, right } => match operator {
                Operator::Add | Operator::Multiply | Operator::Divide => all(&[left, right]),
                Operator::Subtract | Operator::Modulo => false,
            },
            Expr::Apply { function, of } => match function {
                Function::Abs | Function::Sqrt | Function::Exp | Function::NormalCdf => true,
                Function::Floor | Function::Ceiling | Function::Truncate => {
                    self.is_never_negative(of)
                }
                Function::Ln => false,
            },
            Expr::Round { of, decimals: _ } => self.is_never_negative(of),
            Expr::If { test: _, then, otherwise, unknown } => all(&[then, otherwise, unknown]),
            Expr::Lookup { of: _, table } => {
                table.rows.iter().all(|row| row.last().is_some_and(|found| *found >= 0.0))
            }
            Expr::Eap { .. } => false,
        }
    }

    fn is_never_answered_negative(&self, item: ItemIx) -> bool {
        let Some(answer) = self.program.answer(item) else { return true };
        let lowest = match &answer.accepted {
            Accepted::Values(values) => values.iter().all(|value| *value >= 0),
            Accepted::Between { min, .. } => *min >= 0.0,
        };
        let otherwise = answer.asked.as_ref().and_then(|asked| asked.otherwise);
        lowest && otherwise.is_none_or(|value| value >= 0.0)
    }

    fn is_never_less(&self, aggregate: &Aggregate) -> bool {
        let Aggregate { kind: _, terms, weights, need: _, mandatory: _, fill } = aggregate;
        let fill = match fill {
            Fill::Nothing | Fill::PersonMean => true,
            Fill::Constant(value) => *value >= 0.0,
            Fill::Each(values) => values.iter().all(|value| *value >= 0.0),
        };
        fill && weights.iter().flatten().all(|weight| *weight >= 0.0)
            && terms.iter().all(|term| self.is_never_negative(term))
    }
}
