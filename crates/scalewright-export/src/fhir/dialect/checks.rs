//! Checks as conditions. A condition is only ever tested for being true; otherwise it is false or missing.

use scalewright_model::{Comparison, TOLERANCE};

use super::value::{self, Value, choose, decimal, whole};
use super::variables::{Print, Printer};
use scalewright_scoring::emit::Condition;
use scalewright_scoring::normal::{Check, CheckIx, StepIx};

/// The maximum length of a condition or count without a variable.
const LONG: usize = 160;

impl Printer<'_> {
    /// Prints a check. `stem` is the beginning of the names of variables that have to be defined for it.
    pub(super) fn check(&mut self, ix: CheckIx, stem: &str) -> Print<Condition> {
        if let Some(printed) = self.printed.checks.get(&ix) {
            return Ok(printed.clone());
        }
        let before = self.variables.len();
        let printed = self.check_anew(ix, stem)?;
        // A new variable clears the cache, because the same check may be printed differently from then on.
        if self.variables.len() == before {
            self.printed.checks.insert(ix, printed.clone());
        }
        Ok(printed)
    }

    fn check_anew(&mut self, ix: CheckIx, stem: &str) -> Print<Condition> {
        Ok(match self.normal.check(ix) {
            Check::Never => Condition::fixed(false),
            Check::Always => Condition::fixed(true),
            Check::Given(item) => self.given(*item)?.exists(),
            Check::Known(step) => {
                let value = self.print(*step, stem)?;
                self.with_needs(value, stem)?.exists()
            }
            Check::Flag { score, truth } => {
                Condition::one(format!("{} = {truth}", self.score_of(*score)?.text))
            }
            Check::Decided(score) => self.score_of(*score)?.exists(),
            Check::Compare { comparison, left, right, exact } => {
                let (left, right) = (self.side(*left, stem)?, self.side(*right, stem)?);
                compared(*comparison, &left, &right, *exact)
            }
            // A division by 0 is empty, infinite or not a number, depending on the engine. Engines carry eight
            // decimals, so a smaller divisor could become 0.
            Check::NonZero(step) => {
                let divisor = self.side(*step, stem)?.text;
                let edges = [("> ", 1e-8), ("< -", 1e-8)];
                let beyond =
                    |(sign, by)| Condition::one(format!("{divisor} {sign}{}", decimal(by)));
                Condition::any(edges.map(beyond))
            }
            // These guard recodings and lookups, which give `{}` here if there is no entry, so no guard is needed.
            Check::Listed { of: _, values: _, exact: _ } | Check::Covered { keys: _, tree: _ } => {
                Condition::fixed(true)
            }
            Check::AtLeast { count, of } => {
                let met = self.counted(of, stem)?.text;
                Condition::one(format!("{met} >= {}", whole(*count)))
            }
            Check::All(checks) => {
                let all = Condition::all(self.checks(checks, stem)?);
                self.or_count(all, checks, checks.len())
            }
            Check::Any(checks) => {
                let any = Condition::any(self.checks(checks, stem)?);
                self.or_count(any, checks, 1)
            }
            Check::Not(of) => match self.normal.check(*of) {
                Check::AtLeast { count, of } => {
                    let met = self.counted(of, stem)?.text;
                    Condition::one(format!("{met} < {}", whole(*count)))
                }
                _ => {
                    let of = self.check(*of, stem)?;
                    let of = self.named(of, stem)?;
                    // Not `not()`: engines differ on it for a missing comparison, but `iif` takes one for false in all
                    // of them.
                    Condition::one(choose(&of, "false", "true"))
                }
            },
        })
    }

    /// Prints several checks.
    pub(super) fn checks(&mut self, checks: &[CheckIx], stem: &str) -> Print<Vec<Condition>> {
        checks.iter().map(|check| self.check(*check, stem)).collect()
    }

    /// Prints one side of a comparison.
    fn side(&mut self, step: StepIx, stem: &str) -> Print<Value> {
        let side = self.print(step, stem)?;
        self.short(side, stem)
    }

    /// Returns `condition`, or a comparison with the count of the checks that it joins, if the count has a variable
    /// already and the comparison is shorter.
    fn or_count(&self, condition: Condition, checks: &[CheckIx], count: usize) -> Condition {
        let Some(name) = self.counts.get(checks) else { return condition };
        let counted = format!("%{name} >= {}", whole(count));
        if counted.len() < condition.text().len() { Condition::one(counted) } else { condition }
    }

    /// Prints how many checks are true. A long count becomes a variable, because other scores may need the same count.
    pub(super) fn counted(&mut self, checks: &[CheckIx], stem: &str) -> Print<Value> {
        if let Some(name) = self.counts.get(checks) {
            return Ok(Value::always(format!("%{name}")));
        }
        let conditions = self.checks(checks, stem)?;
        let sum = self.added_up(conditions.iter().map(value::count).collect(), stem)?;
        match sum.text.len() {
            length if length <= LONG => Ok(sum),
            _ => self.count_variable(checks, sum, stem),
        }
    }

    /// Defines a variable for the count of checks that are true.
    pub(super) fn count_variable(
        &mut self,
        checks: &[CheckIx],
        sum: Value,
        stem: &str,
    ) -> Print<Value> {
        let is_given = |check: &CheckIx| {
            matches!(self.normal.check(*check), Check::Given(_) | Check::Known(_))
        };
        let suffix = if checks.iter().all(is_given) { "Answered" } else { "Met" };
        let about = format!("a count in {stem}");
        let name = self.part_called((stem, suffix), about, sum.text)?;
        self.counts.insert(checks.to_vec(), name.clone());
        Ok(Value::always(format!("%{name}")))
    }

    /// Returns the condition; a long one becomes a variable.
    fn named(&mut self, condition: Condition, stem: &str) -> Print<Condition> {
        if condition.text().len() <= LONG {
            return Ok(condition);
        }
        let name = self.part(stem, choose(&condition, "true", "false"))?;
        Ok(Condition::one(format!("%{name} = true")))
    }
}

/// Prints the comparison of two numbers. Equality of two expressions is printed as two comparisons, and inequality
/// never as `!=`, because some engines take two missing values to be equal, and a missing value to differ from a
/// number.
fn compared(comparison: Comparison, left: &Value, right: &Value, exact: bool) -> Condition {
    let test = |sign: &str, guard: f64| {
        let edge = match (right.literal, exact) {
            (Some(value), false) => decimal(value + guard),
            (_, true) => right.text.clone(),
            (None, false) if guard < 0.0 => format!("{} - {}", right.text, decimal(-guard)),
            (None, false) => format!("{} + {}", right.text, decimal(guard)),
        };
        Condition::one(format!("{} {sign} {edge}", left.text))
    };
    match comparison {
        Comparison::Less => test("<", -TOLERANCE),
        Comparison::AtMost => test("<=", TOLERANCE),
        Comparison::Equal if exact && right.literal.is_some() => test("=", 0.0),
        Comparison::Equal => Condition::all([test(">=", -TOLERANCE), test("<=", TOLERANCE)]),
        Comparison::Unequal => Condition::any([test("<", -TOLERANCE), test(">", TOLERANCE)]),
        Comparison::AtLeast => test(">=", -TOLERANCE),
        Comparison::Greater => test(">", TOLERANCE),
    }
}
