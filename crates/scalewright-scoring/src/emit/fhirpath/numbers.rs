//! Expressions for numbers, a function a kind of part.

use scalewright_model::{Expr, Function, Model, Operator, ScaleIx};

use super::value::{Binds, Value, whole};
use super::{Print, Printer, parts, tables, text, unsupported};
use crate::program::is_whole;

impl Printer<'_> {
    /// A score as a number: a word as its position.
    fn score_number(&mut self, scale: ScaleIx) -> Print<Value> {
        let variable = self.score_of(scale)?;
        let Some(words) = self.instrument.scales[scale.0].words() else { return Ok(variable) };
        let words = words.iter().enumerate();
        let cases =
            words.map(|(at, word)| (format!("{} = {}", variable.text, text(word)), whole(at)));
        let number = parts::first_of(cases, "{}");
        Ok(Value::made_of(number, Binds::Term, &[&variable]))
    }

    /// An expression for the value of `expr`; `stem` names what it has to define on the way.
    pub(super) fn print(&mut self, expr: &Expr, stem: &str) -> Print<Value> {
        match expr {
            Expr::Number(value) => Ok(Value::number(*value)),
            Expr::Missing => Ok(Value::missing()),
            Expr::Answer(item) => self.answer(*item),
            Expr::Score(scale) => self.score_number(*scale),
            Expr::Reverse { of, low, high } => {
                Ok(Value::number(low + high).minus(&self.print(of, stem)?))
            }
            Expr::Recode { of, table, other, missing } => {
                let exact = is_whole(of, &self.program.answers);
                let of = self.print(of, stem)?;
                let of = self.operand(of, stem)?;
                Ok(parts::recode(&of, (table, *other, *missing), exact))
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate, stem),
            Expr::Count { tests, need } => self.count(tests, *need, stem),
            Expr::LongestRun(terms) => self.longest_run(terms, stem),
            Expr::Arithmetic { operator, left, right } => {
                self.arithmetic(*operator, left, right, stem)
            }
            Expr::Apply { function, of } => self.apply(*function, of, stem),
            Expr::Round { of, decimals } => {
                let inner = self.print(of, stem)?;
                Ok(parts::rounded(&self.operand_called(inner, (stem, "Unrounded"))?, *decimals))
            }
            Expr::If { test, then, otherwise, unknown } => {
                let test = self.test(test, stem)?;
                let then = self.print(then, stem)?.text;
                let otherwise = self.print(otherwise, stem)?.text;
                let unknown = self.print(unknown, stem)?.text;
                Ok(Value::call(test.choose(&then, &otherwise, &unknown)))
            }
            Expr::Lookup { of, table } => {
                let mut keys = Vec::new();
                for key in of {
                    let key = self.print(key, stem)?;
                    keys.push(self.operand(key, stem)?);
                }
                Ok(tables::lookup(&keys, table))
            }
            Expr::Eap { model, .. } => eap(model),
        }
    }

    fn arithmetic(
        &mut self,
        operator: Operator,
        left: &Expr,
        right: &Expr,
        stem: &str,
    ) -> Print<Value> {
        let left = self.print(left, stem)?;
        let right = self.print(right, stem)?;
        let quotient = matches!(operator, Operator::Divide | Operator::Modulo);
        if quotient && right.literal.is_none_or(|divisor| divisor == 0.0) {
            let right = self.short(right, stem)?;
            let left = if operator == Operator::Modulo { self.short(left, stem)? } else { left };
            let value = parts::divided(operator, &left, &right);
            return Ok(Value::guarded(&parts::divides(&right), &value.text));
        }
        Ok(match operator {
            Operator::Add => left.plus(&right),
            Operator::Subtract => left.minus(&right),
            Operator::Multiply => left.times(&right),
            Operator::Divide => parts::divided(operator, &left, &right),
            Operator::Modulo => parts::divided(operator, &self.short(left, stem)?, &right),
        })
    }

    fn apply(&mut self, function: Function, of: &Expr, stem: &str) -> Print<Value> {
        let of = self.print(of, stem)?;
        let x = self.operand(of, stem)?;
        if function == Function::NormalCdf {
            return unsupported("FHIRPath has no normal distribution: give the norm as a table");
        }
        Ok(parts::applied(function, &x))
    }
}

fn eap(model: &Model) -> Print<Value> {
    unsupported(format!(
        "the pattern of answers of the model `{}` cannot be weighed in FHIRPath: `eap_sum` can, by a table",
        model.name
    ))
}
