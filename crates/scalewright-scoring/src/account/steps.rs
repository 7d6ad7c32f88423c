//! What is done with a sum or mean: the program's own operations, with their numbers.

use scalewright_model::{Expr, Formula, Operator};

use super::phrases::{fill, plural};
use super::{Describer, Phrases, shown};

impl Describer<'_> {
    /// The operations on the sum or mean, in their order. None for a formula, which contains them.
    pub(super) fn steps(&self) -> Vec<String> {
        let Some(score) = self.score.filter(|_| !self.scale.terms.is_empty()) else {
            return Vec::new();
        };
        let Formula::Number(expr) = &score.formula else { return Vec::new() };
        let (mut steps, mut expr) = (Vec::new(), expr);
        // From the outside in. The compiler puts the score on the left of each operation, and a number on the right.
        loop {
            expr = match expr {
                Expr::Arithmetic { operator, left, right } => {
                    if let Expr::Number(value) = **right {
                        steps.extend(step(self.phrases, *operator, value));
                    }
                    left
                }
                Expr::Round { of, decimals } => {
                    steps.push(rounding(self.phrases, *decimals));
                    of
                }
                _ => break,
            };
        }
        steps.reverse();
        steps
    }
}

/// An operation with a number; `None` if it changes nothing.
#[expect(clippy::float_cmp, reason = "numbers of a definition")]
fn step(phrases: &Phrases, operator: Operator, value: f64) -> Option<String> {
    let (pattern, value) = match operator {
        Operator::Add | Operator::Subtract if value == 0.0 => return None,
        Operator::Multiply | Operator::Divide if value == 1.0 => return None,
        Operator::Add if value < 0.0 => (phrases.subtract, -value),
        Operator::Subtract if value < 0.0 => (phrases.add, -value),
        Operator::Add => (phrases.add, value),
        Operator::Subtract => (phrases.subtract, value),
        Operator::Multiply => (phrases.multiply, value),
        Operator::Divide | Operator::Modulo => (phrases.divide, value),
    };
    Some(fill(pattern, &[("value", &shown(value))]))
}

/// How a result is rounded.
pub(super) fn rounding(phrases: &Phrases, decimals: u32) -> String {
    match decimals {
        0 => phrases.whole.to_owned(),
        count => {
            let pattern = plural(phrases.decimals, if count == 1 { 1 } else { 2 });
            fill(pattern, &[("count", &count.to_string())])
        }
    }
}
