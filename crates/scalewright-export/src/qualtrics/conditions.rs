//! Checks of the normal form as alternatives of tests that a survey flow and display logic can make.

use scalewright_model::{Comparison, ItemIx, Operator, ResponseKind};
use scalewright_scoring::normal::{Check, CheckIx, Operation, StepIx};

use super::amount::{Amount, Bound};
use super::fields::Fields;
use super::grading::Grading;
use super::points::{Cell, Points};
use super::values::{Need, Needs, Value};
use crate::code::lines::{Print, unsupported};

/// The most alternatives of a condition.
const MOST: usize = 60;

/// A single test.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Atom {
    /// One of these choices is selected.
    Any(Vec<Cell>),
    /// Not a test: sets a field that the tests after it compare.
    Set {
        /// The name of the field.
        name: String,
        /// Its value.
        value: String,
    },
    /// The number in a field compares so with a number. The field has been set before.
    Field {
        /// The name of the field.
        name: String,
        /// The operator.
        operator: &'static str,
        /// The right operand.
        right: String,
    },
    /// The number entered for an item compares so with a number.
    Number {
        /// The item.
        item: ItemIx,
        /// The operator.
        operator: &'static str,
        /// The right operand.
        right: String,
    },
}

/// Alternatives, each of tests that must all be true. Without alternatives it is never true.
pub(super) type Cases = Vec<Vec<Atom>>;

/// The condition that is always true.
pub(super) fn always() -> Cases {
    vec![Vec::new()]
}

/// Both conditions.
pub(super) fn both(left: &Cases, right: &Cases) -> Print<Cases> {
    if left.len() * right.len() > MOST {
        return unsupported("a condition has too many alternatives for a survey flow");
    }
    let pairs = left.iter().flat_map(|a| right.iter().map(move |b| (a, b)));
    let joined = pairs.map(|(a, b)| {
        let mut all = a.clone();
        all.extend(b.iter().filter(|atom| !a.contains(atom)).cloned());
        all
    });
    Ok(joined.collect())
}

/// Either condition.
fn either(mut left: Cases, right: Cases) -> Print<Cases> {
    left.extend(right);
    match left.len() > MOST {
        true => unsupported("a condition has too many alternatives for a survey flow"),
        false => Ok(left),
    }
}

impl Grading<'_> {
    /// When a check is true.
    pub(super) fn cases(&self, check: CheckIx, fields: &mut Fields) -> Print<Cases> {
        self.decided(check, true, fields)
    }

    /// When a check is false, because its parts are false or missing.
    pub(super) fn opposite(&self, check: CheckIx, fields: &mut Fields) -> Print<Cases> {
        self.decided(check, false, fields)
    }

    fn decided(&self, check: CheckIx, truth: bool, fields: &mut Fields) -> Print<Cases> {
        let read = self.reads.check(check);
        if read.is_too_deep() {
            return unsupported("a condition is nested too deeply");
        }
        match check {
            CheckIx::ALWAYS | CheckIx::NEVER => {
                return Ok(if (check == CheckIx::ALWAYS) == truth { always() } else { Vec::new() });
            }
            _ => {}
        }
        if let Some(item) = Self::only_item(read) {
            return match self.number_test(check, truth) {
                Some(atom) => Ok(vec![vec![atom]]),
                None => self.choices(check, truth, item, fields),
            };
        }
        if let Some(need) = self.counted_checks(check, fields) {
            return enough(&need, truth, fields);
        }
        match (self.normal.check(check), truth) {
            (Check::Not(of), truth) => self.decided(*of, !truth, fields),
            (Check::All(of), true) | (Check::Any(of), false) => of
                .iter()
                .try_fold(always(), |all, of| both(&all, &self.decided(*of, truth, fields)?)),
            (Check::Any(of), true) | (Check::All(of), false) => of
                .iter()
                .try_fold(Vec::new(), |any, of| either(any, self.decided(*of, truth, fields)?)),
            (Check::AtLeast { count, of }, truth) => {
                let need = self.need(of, *count)?;
                enough(&need, truth, fields)
            }
            (Check::Known(step), truth) => met(&self.value(*step)?.needs, truth, fields),
            (Check::Compare { comparison, left, right, exact: _ }, truth) => {
                self.compared(*comparison, (*left, *right), truth, fields)
            }
            (Check::Flag { score, truth: is }, true) => self.flag(*score, *is, fields),
            (Check::Flag { score, truth: is }, false) => {
                either(self.flag(*score, !is, fields)?, self.undecided(*score, fields)?)
            }
            (Check::Decided(score), true) => {
                either(self.flag(*score, true, fields)?, self.flag(*score, false, fields)?)
            }
            (Check::Decided(score), false) => self.undecided(*score, fields),
            _ => unsupported("a condition tests a number in a way that a survey flow cannot"),
        }
    }

    /// Checks of single items, of which all or any must be true, as a number of true ones: one test instead of many.
    fn counted_checks(&self, check: CheckIx, fields: &Fields) -> Option<Need> {
        let (of, at_least) = match self.normal.check(check) {
            Check::All(of) => (of, of.len()),
            Check::Any(of) => (of, 1),
            _ => return None,
        };
        self.need(of, at_least).ok().filter(|_| fields.may_count)
    }

    /// A test of the choices of one item.
    fn choices(
        &self,
        check: CheckIx,
        truth: bool,
        item: ItemIx,
        fields: &mut Fields,
    ) -> Print<Cases> {
        let table = self.check_table(check, item)?;
        let wanted = |is: bool| is == truth;
        // Without an answer nothing is selected, so what is true then is tested by what is not selected.
        let is_open = wanted(table.unanswered);
        let cells = table.cells.iter().filter(|(_, is)| wanted(*is) != is_open);
        let cells: Vec<Cell> = cells.map(|(cell, _)| *cell).collect();
        Ok(match (is_open, cells.is_empty()) {
            (true, true) => always(),
            (false, true) => Vec::new(),
            (false, false) => vec![vec![Atom::Any(cells)]],
            (true, false) => {
                let name = fields.count("choices", Points::ones(cells).whole(1.0, 0));
                vec![vec![Atom::Field { name, operator: "EqualTo", right: "0".to_owned() }]]
            }
        })
    }

    /// A comparison of an entered number with a constant. Only those are tested that no empty field can pass.
    fn number_test(&self, check: CheckIx, truth: bool) -> Option<Atom> {
        let Check::Compare { comparison, left, right, exact: _ } = self.normal.check(check) else {
            return None;
        };
        let right = self.normal.constant(*right)?;
        let Operation::Answer(item) = self.normal.step(*left).operation else { return None };
        // Text entries are numbers only if they are checked to be.
        let is_number = matches!(
            self.instrument.response(item).kind,
            ResponseKind::Numeric { min: _, max: _, decimals: _ }
        );
        let operator = match (comparison, truth) {
            (Comparison::AtLeast, true) if right > 0.0 => "GreaterThanOrEqual",
            (Comparison::Greater, true) if right >= 0.0 => "GreaterThan",
            (Comparison::Equal, true) if right != 0.0 => "EqualTo",
            _ => return None,
        };
        let right = scalewright_scoring::emit::digits(right);
        let is_whole = self.unconditional[item.0].is_none() && !self.counts_unasked(item);
        (is_number && is_whole).then_some(Atom::Number { item, operator, right })
    }

    fn compared(
        &self,
        comparison: Comparison,
        (left, right): (StepIx, StepIx),
        truth: bool,
        fields: &mut Fields,
    ) -> Print<Cases> {
        let (left, right) = (self.value(left)?, self.value(right)?);
        let mut needs = left.needs;
        needs.add(&right.needs);
        let (amount, edge) = match right.amount {
            Amount::Sum(ref points, edge) if points.0.is_empty() => (left.amount, edge),
            amount => (Amount::of(Operator::Subtract, left.amount, amount)?, 0.0),
        };
        let value = Value { amount, needs };
        let known = met(&value.needs, true, fields)?;
        if truth {
            return both(&known, &holding(&value, comparison, edge, fields)?);
        }
        let fails = holding(&value, opposite_of(comparison), edge, fields)?;
        either(met(&value.needs, false, fields)?, both(&known, &fails)?)
    }

    fn flag(&self, score: usize, truth: bool, fields: &mut Fields) -> Print<Cases> {
        match &self.normal.scores[score] {
            scalewright_scoring::normal::Output::Truth(checks) => {
                self.decided(if truth { checks.yes } else { checks.no }, true, fields)
            }
            _ => unsupported("a condition tests a score that is not a truth value"),
        }
    }

    fn undecided(&self, score: usize, fields: &mut Fields) -> Print<Cases> {
        match &self.normal.scores[score] {
            scalewright_scoring::normal::Output::Truth(checks) => {
                let no = self.decided(checks.no, false, fields)?;
                both(&self.decided(checks.yes, false, fields)?, &no)
            }
            _ => unsupported("a condition tests a score that is not a truth value"),
        }
    }
}

fn opposite_of(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::Greater,
        Comparison::Equal => Comparison::Unequal,
        Comparison::Unequal => Comparison::Equal,
        Comparison::AtLeast => Comparison::Less,
        Comparison::Greater => Comparison::AtMost,
    }
}

/// When a number that is known compares so with a constant.
fn holding(value: &Value, comparison: Comparison, edge: f64, fields: &mut Fields) -> Print<Cases> {
    if comparison == Comparison::Unequal {
        let less = holding(value, Comparison::Less, edge, fields)?;
        return either(less, holding(value, Comparison::Greater, edge, fields)?);
    }
    let Some(bounds) = value.bounds(comparison, edge)? else { return Ok(Vec::new()) };
    Ok(vec![tested(&value.amount, bounds, fields)?])
}

/// The tests that a number passes, after a field is set to it. The number may be known only where they are made.
pub(super) fn tested(amount: &Amount, bounds: Vec<Bound>, fields: &mut Fields) -> Print<Vec<Atom>> {
    if bounds.is_empty() {
        return Ok(Vec::new());
    }
    let (name, value) = fields.number(amount)?;
    let tests = bounds.into_iter().map(|(operator, right)| Atom::Field {
        name: name.clone(),
        operator,
        right,
    });
    let tests: Vec<Atom> = tests.collect();
    Ok(std::iter::once(Atom::Set { name, value }).chain(tests).collect())
}

/// When needs are met, or not.
pub(super) fn met(needs: &Needs, truth: bool, fields: &mut Fields) -> Print<Cases> {
    let start = if truth { always() } else { Vec::new() };
    needs.all().try_fold(start, |cases, need| {
        let own = enough(need, truth, fields)?;
        if truth { both(&cases, &own) } else { either(cases, own) }
    })
}

/// When there are enough answers, or not.
fn enough(need: &Need, truth: bool, fields: &mut Fields) -> Print<Cases> {
    let (operator, right) = match truth {
        true => ("GreaterThanOrEqual", need.at_least),
        false => ("LessThan", need.at_least),
    };
    let (_, most) = need.points.range();
    #[expect(clippy::cast_precision_loss, reason = "a count of answers")]
    if most < need.at_least as f64 {
        return Ok(if truth { Vec::new() } else { always() });
    }
    let name = fields.count("answers", need.points.whole(1.0, 0));
    Ok(vec![vec![Atom::Field { name, operator, right: right.to_string() }]])
}
