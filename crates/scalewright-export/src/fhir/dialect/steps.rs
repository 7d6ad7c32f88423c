//! Expressions for steps, one case for each operation.

use scalewright_model::{Function, Operator};

use super::parts::{self, text};
use super::value::{Binds, Value, choose, test, whole};
use super::variables::{Print, Printer, State, unsupported};
use scalewright_scoring::emit::{Condition, first_of};
use scalewright_scoring::normal::tree::Node;
use scalewright_scoring::normal::{CheckIx, Operation, Output, StepIx};

impl Printer<'_> {
    /// Prints the number of a step. `stem` is the beginning of the names of variables that have to be defined for it.
    pub(super) fn print(&mut self, ix: StepIx, stem: &str) -> Print<Value> {
        if let Some(printed) = self.printed.steps.get(&ix) {
            return Ok(printed.clone());
        }
        let before = self.variables.len();
        let printed = self.print_anew(ix, stem)?;
        // A new variable clears the cache, because the same step may be printed differently from then on.
        if self.variables.len() == before {
            self.printed.steps.insert(ix, printed.clone());
        }
        Ok(printed)
    }

    fn print_anew(&mut self, ix: StepIx, stem: &str) -> Print<Value> {
        if let Some(item) = self.named.get(&ix) {
            return self.answer(*item);
        }
        let step = self.normal.step(ix);
        let value = match &step.operation {
            Operation::Constant(value) => Value::number(*value),
            Operation::Missing => Value::missing(),
            Operation::Answer(item) => self.given(*item)?,
            Operation::Chosen { item, option } => self.chosen(*item, *option),
            Operation::Score(position) => self.score_number(*position)?,
            Operation::Arithmetic { operator, left, right } => {
                self.arithmetic(*operator, (*left, *right), step.when, stem)?
            }
            Operation::Apply { function, of } => self.apply(*function, *of, step.when, stem)?,
            Operation::Round { of, decimals } => {
                let (inner, never_negative) =
                    (self.print(*of, stem)?, self.normal.step(*of).low >= 0.0);
                // With a sign to test, rounding writes its operand three times.
                let of = if never_negative {
                    inner
                } else {
                    self.operand_called(inner, (stem, "Unrounded"))?
                };
                parts::rounded(&of, *decimals, never_negative)
            }
            Operation::Sum(terms) => {
                let terms: Print<Vec<Value>> =
                    terms.iter().map(|term| self.print(*term, stem)).collect();
                self.added_up(terms?, stem)?
            }
            Operation::Combine { kind, parts, times } => {
                self.combine((*kind, *times), parts, step.when, stem)?
            }
            Operation::Count(checks) => {
                let met = self.counted(checks, stem)?;
                self.guarded(step.when, met, stem)?
            }
            Operation::Choose { cases, otherwise } => {
                let chosen = self.choose(cases, *otherwise, stem)?;
                if step.uses > 1 { self.short(chosen, stem)? } else { chosen }
            }
            Operation::Recode { of, pairs, other, exact } => {
                let of = self.print(*of, stem)?;
                let of = self.operand(of, stem)?;
                parts::recode(&of, (pairs, *other), *exact)
            }
            Operation::Lookup { keys, tree } => self.lookup(keys, tree, stem)?,
            Operation::Eap { answers: _, model, sd: _ } => {
                return unsupported(format!(
                    "FHIRPath cannot score the pattern of answers by the model `{}`: use `eap_sum`, which becomes a table",
                    model.name
                ));
            }
        };
        Ok(if step.known == CheckIx::ALWAYS { value.known() } else { value })
    }

    /// Returns `value` if a check is true, otherwise missing.
    pub(super) fn guarded(&mut self, when: CheckIx, value: Value, stem: &str) -> Print<Value> {
        if when == CheckIx::ALWAYS {
            return Ok(value);
        }
        let when = self.check(when, stem)?;
        Ok(Value::guarded(&when, &value.text))
    }

    /// Prints a score as a number. A word becomes its position.
    fn score_number(&mut self, position: usize) -> Print<Value> {
        let variable = self.score_of(position)?;
        let Output::Word { position: _, words } = &self.normal.scores[position] else {
            return Ok(variable);
        };
        let words = words.iter().enumerate();
        let cases =
            words.map(|(at, word)| (format!("{} = {}", variable.text, text(word)), whole(at)));
        let number = first_of("iif", cases, "{}");
        Ok(Value::made_of(number, Binds::Term, &[&variable]))
    }

    /// Returns the variable of a score, which is defined if necessary.
    pub(super) fn score_of(&mut self, position: usize) -> Print<Value> {
        self.score(position)?;
        Ok(match &self.scores[position] {
            Some(State::Defined(name)) => Value::variable(name),
            _ => Value::missing(),
        })
    }

    fn arithmetic(
        &mut self,
        operator: Operator,
        (left, right): (StepIx, StepIx),
        when: CheckIx,
        stem: &str,
    ) -> Print<Value> {
        let left = self.print(left, stem)?;
        let right = self.print(right, stem)?;
        // The check that a divisor is not 0 writes it again.
        let right = if when == CheckIx::ALWAYS { right } else { self.short(right, stem)? };
        let value = match operator {
            Operator::Add => left.plus(&right),
            Operator::Subtract => left.minus(&right),
            Operator::Multiply => left.times(&right),
            Operator::Divide => left.over(&right),
            Operator::Modulo => parts::remainder(&self.short(left, stem)?, &right),
        };
        self.guarded(when, value, stem)
    }

    fn apply(&mut self, function: Function, of: StepIx, when: CheckIx, stem: &str) -> Print<Value> {
        let of = self.print(of, stem)?;
        let x = self.operand(of, stem)?;
        let Some(value) = parts::applied(function, &x) else {
            return unsupported(
                "FHIRPath has no normal distribution function: define the norm by a table",
            );
        };
        match function {
            // Engines differ on these functions of a missing value. If `when` guards them, its comparison is not true
            // for a missing value; without a guard, check that the operand exists.
            Function::Sqrt | Function::Ln | Function::Exp if when == CheckIx::ALWAYS => {
                let text = choose(&x.exists(), &value.text, "{}");
                Ok(Value::made_of(text, Binds::Term, &[&x]))
            }
            _ => self.guarded(when, value, stem),
        }
    }

    /// Prints the first case whose check is true.
    pub(super) fn choose(
        &mut self,
        cases: &[(CheckIx, StepIx)],
        otherwise: StepIx,
        stem: &str,
    ) -> Print<Value> {
        let mut printed = Vec::new();
        for (check, step) in cases {
            let chosen = self.branch(*check, *step, stem)?;
            printed.push((test(&self.check(*check, stem)?), chosen));
        }
        let last = self.print(otherwise, stem)?.text;
        Ok(Value::call(first_of("iif", printed, &last)))
    }

    /// Prints the step of a case. A recoding does not repeat the check that its operand exists if that is `check`.
    fn branch(&mut self, check: CheckIx, step: StepIx, stem: &str) -> Print<String> {
        match &self.normal.step(step).operation {
            Operation::Recode { of, pairs, other, exact }
                if check == self.normal.step(*of).exists =>
            {
                let of = self.print(*of, stem)?;
                let of = self.operand(of, stem)?;
                Ok(parts::recoded(&of, (pairs, *other), *exact))
            }
            _ => Ok(self.print(step, stem)?.text),
        }
    }

    fn lookup(&mut self, keys: &[StepIx], tree: &Node, stem: &str) -> Print<Value> {
        let key = |key: &StepIx| {
            let key = self.print(*key, stem)?;
            self.operand(key, stem)
        };
        let keys: Vec<Value> = keys.iter().map(key).collect::<Print<_>>()?;
        let known = Condition::all(keys.iter().map(Value::exists));
        Ok(Value::guarded(&known, &parts::tree(tree, &keys)))
    }
}
