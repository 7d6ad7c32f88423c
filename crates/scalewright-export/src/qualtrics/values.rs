//! Steps of the normal form as numbers computed from points.

use std::collections::BTreeMap;

use scalewright_model::{AggregateKind, Comparison, ItemIx, Operator};
use scalewright_scoring::normal::{Check, CheckIx, CombinePart, Operation, StepIx};
use scalewright_scoring::rounded;

use super::amount::{Amount, Bound, bounds};
use super::grading::{Grading, Table};
use super::points::Points;
use crate::code::lines::{Print, unsupported};

/// The most values of a number for each of which the flow has a branch.
const MOST_CASES: usize = 250;

/// A number, and when it is known.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) amount: Amount,
    pub(super) needs: Needs,
}

impl Value {
    /// The ascending values that it can have where it is known.
    pub(super) fn values(&self) -> Print<Vec<f64>> {
        self.amount.values(&self.needs)
    }

    /// The comparisons that are all true if it compares so with `edge`; `None` if none can be.
    pub(super) fn bounds(&self, comparison: Comparison, edge: f64) -> Print<Option<Vec<Bound>>> {
        bounds(&self.amount, &self.values()?, comparison, edge)
    }
}

/// How many choices are needed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Need {
    /// How many terms each cell makes known.
    pub(super) points: Points,
    pub(super) at_least: usize,
}

/// Needs that must all be met.
#[derive(Debug, Clone, Default)]
pub(super) struct Needs {
    /// The terms that are all needed, counted together.
    complete: Option<Need>,
    others: Vec<Need>,
}

impl Needs {
    /// Adds other needs.
    pub(super) fn add(&mut self, other: &Self) {
        for need in &other.others {
            if !self.others.contains(need) {
                self.others.push(need.clone());
            }
        }
        if let Some(need) = &other.complete {
            self.complete(need);
        }
    }

    /// Adds terms that are all needed.
    fn complete(&mut self, more: &Need) {
        match &mut self.complete {
            // The same terms need not be counted twice.
            Some(own) if own == more => {}
            Some(own) => {
                own.points.add_all(&more.points, 1.0);
                own.at_least += more.at_least;
            }
            None => self.complete = Some(more.clone()),
        }
    }

    /// The least sum of these points if the needs are met; `None` if no need is about them.
    pub(super) fn least(&self, points: &Points) -> Option<f64> {
        let own = self.all().filter(|need| need.points == *points);
        #[expect(clippy::cast_precision_loss, reason = "a count of answers")]
        own.map(|need| need.at_least as f64).reduce(f64::max)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Need> {
        self.complete.iter().chain(&self.others)
    }
}

/// A number that depends on another one only, as a table of the values of that one.
pub(super) struct Mapped {
    pub(super) of: Value,
    /// The values of `of`, ascending, each with the number.
    pub(super) values: Vec<(f64, Option<f64>)>,
}

impl Grading<'_> {
    /// A step as a number computed from points.
    pub(super) fn value(&self, step: StepIx) -> Print<Value> {
        let read = self.reads.step(step);
        if read.is_too_deep() {
            return unsupported("its formula is nested too deeply");
        }
        match (read.items.is_empty(), Self::only_item(read)) {
            (true, _) => self.fixed(step),
            (_, Some(item)) => self.of_one_item(step, item),
            _ => self.of_several(step),
        }
    }

    fn fixed(&self, step: StepIx) -> Print<Value> {
        match self.constant(step) {
            Some(value) => Ok(Value { amount: Amount::number(value), needs: Needs::default() }),
            None => unsupported("it has a part that is always missing"),
        }
    }

    fn of_one_item(&self, step: StepIx, item: ItemIx) -> Print<Value> {
        let table = self.step_table(step, item)?;
        let mut needs = Needs::default();
        if table.unanswered.is_none() {
            needs.complete(&known(&table));
        } else if table.cells.iter().any(|(_, value)| value.is_none()) {
            return unsupported("a choice makes it missing, but no answer does not");
        }
        let constant = table.unanswered.unwrap_or(0.0);
        Ok(Value { amount: Amount::Sum(points(&table, constant), constant), needs })
    }

    fn of_several(&self, step: StepIx) -> Print<Value> {
        match &self.normal.step(step).operation {
            Operation::Score(position) => match self.score_step(*position) {
                Some(step) => self.value(step),
                None => unsupported("it computes with a truth value of several items"),
            },
            Operation::Sum(terms) => {
                let first = Ok(Value { amount: Amount::number(0.0), needs: Needs::default() });
                terms
                    .iter()
                    .fold(first, |sum, term| joined(Operator::Add, sum?, self.value(*term)?))
            }
            Operation::Arithmetic { operator, left, right } => {
                let (left, right) = (self.value(*left)?, self.value(*right)?);
                if *operator == Operator::Divide
                    && right.values()?.iter().any(|value| value.abs() < 1e-9)
                {
                    return unsupported("it divides by a number that can be 0");
                }
                joined(*operator, left, right)
            }
            Operation::Combine { kind, parts, times } => {
                let when = self.normal.step(step).when;
                self.combined(*kind, (parts, *times), when)
            }
            Operation::Count(checks) => self.counted(checks, self.normal.step(step).when),
            Operation::Round { of, decimals } => self.whole(*of, *decimals),
            Operation::Eap { answers: _, model: _, sd: _ } => {
                unsupported("Qualtrics cannot estimate a trait from the pattern of answers")
            }
            Operation::Choose { cases: _, otherwise: _ } => {
                unsupported("it is chosen by conditions on several items")
            }
            _ => unsupported("it is not a sum or a mean of points"),
        }
    }

    /// A rounded number that never needs rounding.
    fn whole(&self, of: StepIx, decimals: u32) -> Print<Value> {
        let value = self.value(of)?;
        let is_rounded = |value: &f64| (rounded(*value, decimals) - value).abs() < 1e-9;
        match value.values()?.iter().all(is_rounded) {
            true => Ok(value),
            false => unsupported("Qualtrics does not document how it rounds halves"),
        }
    }

    fn combined(
        &self,
        kind: AggregateKind,
        (parts, times): (&[CombinePart], f64),
        when: CheckIx,
    ) -> Print<Value> {
        let needs = self.needs(when)?;
        let (mut sum, mut counted) = (Points::default(), Points::default());
        let mut constant = 0.0;
        for part in parts {
            let Some(item) = Self::only_item(self.reads.step(part.of)) else {
                return unsupported(
                    "it combines parts that may be missing and depend on several items",
                );
            };
            let table = self.step_table(part.of, item)?;
            if table.unanswered.is_some() {
                return unsupported("it combines parts that exist without an answer");
            }
            let substitute = part.stand_in.unwrap_or(0.0);
            constant += substitute;
            sum.add_all(&points(&table, substitute), 1.0);
            counted.add_all(&known(&table).points, 1.0);
        }
        let amount = match kind {
            AggregateKind::Sum => Amount::Sum(sum, constant),
            AggregateKind::Mean if constant == 0.0 => {
                Amount::of(Operator::Divide, Amount::Sum(sum, 0.0), Amount::Sum(counted, 0.0))?
            }
            AggregateKind::Mean | AggregateKind::Min | AggregateKind::Max => {
                return unsupported("Qualtrics can only add up and divide points");
            }
        };
        let amount = Amount::of(Operator::Multiply, amount, Amount::number(times))?;
        Ok(Value { amount, needs })
    }

    /// How many checks are true.
    fn counted(&self, checks: &[CheckIx], when: CheckIx) -> Print<Value> {
        let needs = self.needs(when)?;
        let (mut points, mut constant) = (Points::default(), 0.0);
        for check in checks {
            match *check {
                CheckIx::ALWAYS => constant += 1.0,
                CheckIx::NEVER => {}
                check => {
                    let table = self.single(check)?;
                    let base = f64::from(u8::from(table.unanswered));
                    constant += base;
                    for (cell, is) in &table.cells {
                        points.add(*cell, f64::from(u8::from(*is)) - base);
                    }
                }
            }
        }
        Ok(Value { amount: Amount::Sum(points, constant), needs })
    }

    /// The table of a check that reads one item.
    pub(super) fn single(&self, check: CheckIx) -> Print<Table<bool>> {
        match Self::only_item(self.reads.check(check)) {
            Some(item) => self.check_table(check, item),
            None => unsupported("it counts conditions that depend on several items"),
        }
    }

    /// The needs that a check states.
    fn needs(&self, check: CheckIx) -> Print<Needs> {
        let mut needs = Needs::default();
        if check == CheckIx::ALWAYS {
            return Ok(needs);
        }
        if Self::only_item(self.reads.check(check)).is_some() {
            needs.complete(&self.need(&[check], 1)?);
            return Ok(needs);
        }
        match self.normal.check(check) {
            Check::All(checks) => {
                for check in checks {
                    needs.add(&self.needs(*check)?);
                }
            }
            Check::Any(checks) => needs.others.push(self.need(checks, 1)?),
            Check::AtLeast { count, of } => needs.others.push(self.need(of, *count)?),
            Check::Known(step) => needs = self.value(*step)?.needs,
            _ => return unsupported("its rule for missing answers is not a number of answers"),
        }
        Ok(needs)
    }

    /// The need for a number of checks that are true.
    pub(super) fn need(&self, checks: &[CheckIx], at_least: usize) -> Print<Need> {
        let mut points = Points::default();
        for check in checks {
            let table = self.single(*check)?;
            if table.unanswered {
                return unsupported("it needs a condition that is true without an answer");
            }
            let cells = table.cells.iter().filter(|(_, is)| *is).map(|(cell, _)| *cell);
            points.add_all(&Points::ones(cells), 1.0);
        }
        Ok(Need { points, at_least })
    }

    /// A step that depends on a single number, which is computed from points.
    pub(super) fn mapped(&self, step: StepIx) -> Print<Mapped> {
        let map = |of: StepIx, to: &dyn Fn(f64) -> Option<f64>| {
            let mut mapped = self.mapped(of)?;
            mapped.values.iter_mut().for_each(|(_, value)| *value = value.and_then(to));
            Ok(mapped)
        };
        match &self.normal.step(step).operation {
            _ if self.reads.step(step).is_too_deep() => {
                unsupported("its formula is nested too deeply")
            }
            Operation::Score(position) if self.score_step(*position).is_some() => self
                .score_step(*position)
                .map_or_else(|| self.listed(step), |step| self.mapped(step)),
            Operation::Round { of, decimals } => map(*of, &|value| Some(rounded(value, *decimals))),
            Operation::Lookup { keys, tree: _ } if keys.len() == 1 => {
                map(keys[0], &self.again(step, keys[0]))
            }
            Operation::Recode { of, pairs: _, other: _, exact: _ }
            | Operation::Apply { function: _, of } => map(*of, &self.again(step, *of)),
            Operation::Arithmetic { operator: _, left, right } => {
                match (self.normal.constant(*left), self.normal.constant(*right)) {
                    (None, Some(_)) => map(*left, &self.again(step, *left)),
                    (Some(_), None) => map(*right, &self.again(step, *right)),
                    _ => self.listed(step),
                }
            }
            _ => self.listed(step),
        }
    }

    /// A number as a table of its own values.
    fn listed(&self, step: StepIx) -> Print<Mapped> {
        let of = self.value(step)?;
        let values = of.values()?;
        if values.len() > MOST_CASES {
            return unsupported(format!(
                "it depends on a number with {} possible values, and the survey has a branch for at most {MOST_CASES}",
                values.len()
            ));
        }
        Ok(Mapped { of, values: values.into_iter().map(|value| (value, Some(value))).collect() })
    }

    /// The value of a step for a value of its only operand.
    fn again(&self, step: StepIx, of: StepIx) -> impl Fn(f64) -> Option<f64> {
        move |value| self.normal.step_from(step, (of, value))
    }
}

/// The need for any choice with a value.
fn known(table: &Table<Option<f64>>) -> Need {
    let cells = table.cells.iter().filter(|(_, value)| value.is_some()).map(|(cell, _)| *cell);
    Need { points: Points::ones(cells), at_least: 1 }
}

/// The points of the choices with a value, each reduced by `less`.
fn points(table: &Table<Option<f64>>, less: f64) -> Points {
    let cells = table.cells.iter().filter_map(|(cell, value)| Some((*cell, (*value)? - less)));
    let mut points = Points(BTreeMap::new());
    cells.for_each(|(cell, value)| points.add(cell, value));
    points
}

fn joined(operator: Operator, left: Value, right: Value) -> Print<Value> {
    let mut needs = left.needs;
    needs.add(&right.needs);
    Ok(Value { amount: Amount::of(operator, left.amount, right.amount)?, needs })
}
