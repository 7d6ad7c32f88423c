//! REDCap calculations, in patterns that mean the same under every reading of how blanks behave.
//!
//! REDCap's logic is two-valued and its rules for blanks are only partly public. So no blank ever meets an operator
//! here: every number is printed behind the check that it is known. Formulas are self-contained, because REDCap advises
//! against calculations that read other calculations: steps are printed wherever they are used.

mod blank;
mod condition;
mod names;
mod spelling;

use std::rc::Rc;

pub use names::{LONGEST_NAME, RESERVED, field_name, item_names};
pub use spelling::band;

use scalewright_model::{
    AggregateKind, Comparison, Function, Instrument, ItemIx, Operator, ResponseKind, TOLERANCE,
};

use crate::emit::{Unsupported, number};
use crate::normal::tree::Leaf;
use crate::normal::{Check, CheckIx, Normal, Operation, Output, Part, Step, StepIx, Truth};
use crate::{Accepted, Program};
use condition::{Condition, Join};
use spelling::{bounded, ceiling, floor, lookup, rounded, signed, unsupported};

/// What REDCap computes; where it cannot, why.
#[derive(Debug, Clone)]
pub struct Emitted {
    /// The formula of each score, parallel to `program.scores`. Truth is 1 and 0. That of a word is for a `@CALCTEXT`
    /// action tag.
    pub scores: Vec<Result<String, Unsupported>>,
    /// When each item is shown, parallel to the instrument's items; nothing for one that always is. An item is shown
    /// once its condition is known to be true.
    pub shown: Vec<Option<Result<String, Unsupported>>>,
}

/// Prints all scores and conditions. The field of each item is called as `names` has it, parallel to the instrument's
/// items: [`item_names`] where the instrument is alone.
#[must_use]
pub fn emit(program: &Program, instrument: &Instrument, names: &[String]) -> Emitted {
    let normal = &Normal::of(program, instrument);
    let (steps, checks) = (vec![None; normal.steps.len()], vec![None; normal.checks.len()]);
    let mut printer = Printer { program, instrument, normal, names, steps, checks };
    let scores = normal.scores.iter().map(|output| printer.formula(output)).collect();
    let shown = normal
        .asked
        .iter()
        .map(|asked| asked.map(|Truth { yes, .. }| printer.check(yes).map(|check| check.text())));
    Emitted { scores, shown: shown.collect() }
}

type Print<T> = Result<T, Unsupported>;

struct Printer<'a> {
    program: &'a Program,
    instrument: &'a Instrument,
    normal: &'a Normal,
    /// What the fields of the items are called.
    names: &'a [String],
    /// What is printed already.
    steps: Vec<Option<Print<Rc<str>>>>,
    checks: Vec<Option<Print<Rc<Condition>>>>,
}

impl Printer<'_> {
    fn formula(&mut self, output: &Output) -> Print<String> {
        bounded(match output {
            Output::Number(step) => match self.plain(*step) {
                Some(plain) => plain,
                None => self.or_blank(*step, None)?,
            },
            Output::Word { position, words } => self.word(*position, words)?,
            Output::Truth(Truth { yes, no: _, known: CheckIx::ALWAYS }) => {
                format!("if({}, 1, 0)", self.check(*yes)?)
            }
            Output::Truth(Truth { yes, no, known: _ }) => {
                format!("if({}, 1, if({}, 0, ''))", self.check(*yes)?, self.check(*no)?)
            }
        })
    }

    /// The number of a step; what it is where the step is not known does not matter.
    fn step(&mut self, ix: StepIx) -> Print<Rc<str>> {
        if let Some(printed) = &self.steps[ix.0] {
            return printed.clone();
        }
        let printed = self.operation(self.normal.step(ix)).and_then(bounded).map(Rc::from);
        self.steps[ix.0] = Some(printed.clone());
        printed
    }

    fn operation(&mut self, step: &Step) -> Print<String> {
        Ok(match &step.operation {
            Operation::Constant(value) => signed(*value),
            Operation::Missing => "0".to_owned(),
            Operation::Answer(item) => self.field(*item)?,
            Operation::Score(position) => match &self.normal.scores[*position] {
                Output::Number(step) | Output::Word { position: step, words: _ } => {
                    self.step(*step)?.to_string()
                }
                Output::Truth(truth) => format!("if({}, 1, 0)", self.check(truth.yes)?),
            },
            Operation::Arithmetic { operator, left, right } => {
                let (a, b) = (self.step(*left)?, self.step(*right)?);
                match operator {
                    Operator::Add => format!("({a} + {b})"),
                    Operator::Subtract => format!("({a} - {b})"),
                    Operator::Multiply => format!("({a} * {b})"),
                    Operator::Divide => format!("({a} / {b})"),
                    Operator::Modulo => format!("({a} - {b} * {})", floor(&format!("({a} / {b})"))),
                }
            }
            Operation::Apply { function, of } => apply(*function, &self.step(*of)?)?,
            Operation::Round { of, decimals } => {
                rounded(&self.step(*of)?, *decimals, self.normal.step(*of).low >= 0.0)
            }
            Operation::Sum(terms) => format!("({})", self.steps_of(terms)?.join(" + ")),
            Operation::Combine { kind, parts, times } => self.combine(*kind, parts, *times)?,
            Operation::Count(checks) => self.count(checks)?,
            Operation::Choose { cases, otherwise } => self.choose(cases, *otherwise)?,
            Operation::Recode { of, pairs, other, exact } => {
                self.recode(*of, (pairs, *other), *exact)?
            }
            Operation::Lookup { keys, tree } => lookup(tree, &self.steps_of(keys)?),
            Operation::Eap { model, .. } => {
                return unsupported(format!(
                    "a calculation cannot weigh the pattern of answers of the model `{}`: `eap_sum` can, by a table",
                    model.name
                ));
            }
        })
    }

    fn steps_of(&mut self, steps: &[StepIx]) -> Print<Vec<Rc<str>>> {
        steps.iter().map(|step| self.step(*step)).collect()
    }

    fn field(&self, item: ItemIx) -> Print<String> {
        match self.instrument.response(item).kind {
            ResponseKind::Time => unsupported("a calculation cannot read a clock time as minutes"),
            _ => Ok(format!("[{}]", self.names[item.0])),
        }
    }

    fn combine(&mut self, kind: AggregateKind, parts: &[Part], times: f64) -> Print<String> {
        let name = match kind {
            AggregateKind::Sum => "sum",
            AggregateKind::Mean => "mean",
            AggregateKind::Min => "min",
            AggregateKind::Max => "max",
        };
        let mut printed = Vec::new();
        for Part { of, stand_in } in parts {
            let number = self.step(*of)?;
            printed.push(match self.normal.step(*of).exists {
                CheckIx::ALWAYS => number.to_string(),
                known => {
                    let stand_in = stand_in.map_or("''".to_owned(), signed);
                    format!("if({}, {number}, {stand_in})", self.check(known)?)
                }
            });
        }
        let list = printed.join(", ");
        Ok(match times {
            1.0 => format!("{name}({list})"),
            _ => format!("({name}({list}) * {})", signed(times)),
        })
    }

    fn count(&mut self, checks: &[CheckIx]) -> Print<String> {
        let each = checks.iter().map(|check| Ok(format!("if({}, 1, 0)", self.check(*check)?)));
        Ok(format!("sum({})", each.collect::<Print<Vec<String>>>()?.join(", ")))
    }

    /// What is not known is chosen nowhere, so that the last of what is needs no check.
    fn choose(&mut self, cases: &[(CheckIx, StepIx)], otherwise: StepIx) -> Print<String> {
        let always = (CheckIx::ALWAYS, otherwise);
        let all = cases.iter().copied().chain([always]);
        let mut kept: Vec<(CheckIx, StepIx)> =
            all.filter(|(_, step)| self.normal.step(*step).known != CheckIx::NEVER).collect();
        let Some((_, last)) = kept.pop() else { return Ok("0".to_owned()) };
        let mut text = String::new();
        for (check, step) in &kept {
            text.push_str(&format!("if({}, {}, ", self.check(*check)?, self.step(*step)?));
        }
        Ok(format!("{text}{}{}", self.step(last)?, ")".repeat(kept.len())))
    }

    fn recode(
        &mut self,
        of: StepIx,
        (pairs, other): (&[(f64, f64)], Option<f64>),
        exact: bool,
    ) -> Print<String> {
        let x = self.step(of)?;
        let (pairs, last) = match (other, pairs) {
            (None, [pairs @ .., (_, last)]) => (pairs, *last),
            (other, pairs) => (pairs, other.unwrap_or(0.0)),
        };
        let tests = pairs
            .iter()
            .map(|(key, value)| format!("if({}, {}, ", is(&x, *key, exact), signed(*value)));
        Ok(format!("{}{}{}", tests.collect::<String>(), signed(last), ")".repeat(pairs.len())))
    }

    fn check(&mut self, ix: CheckIx) -> Print<Rc<Condition>> {
        if let Some(printed) = &self.checks[ix.0] {
            return printed.clone();
        }
        let printed = self.condition(self.normal.check(ix)).and_then(|condition| {
            bounded(condition.text())?;
            Ok(Rc::new(condition))
        });
        self.checks[ix.0] = Some(printed.clone());
        printed
    }

    fn checks_of(&mut self, checks: &[CheckIx]) -> Print<Vec<Rc<Condition>>> {
        checks.iter().map(|check| self.check(*check)).collect()
    }

    fn condition(&mut self, check: &Check) -> Print<Condition> {
        Ok(match check {
            Check::Never => Condition::one("1 = 0"),
            Check::Always => Condition::one("1 = 1"),
            Check::Given(item) => self.given(*item)?,
            Check::Known(step) => {
                // What has no number here is not asked whether it has one.
                self.step(*step)?;
                Condition::clone(&*self.check(self.normal.step(*step).known)?)
            }
            Check::Flag { score, truth } => {
                let Truth { yes, no, known: _ } = self.truth(*score);
                Condition::clone(&*self.check(if *truth { yes } else { no })?)
            }
            Check::Decided(score) => {
                let known = self.truth(*score).known;
                Condition::clone(&*self.check(known)?)
            }
            Check::Compare { comparison, left, right, exact } => {
                let (a, b) = (self.step(*left)?, self.step(*right)?);
                let b = (&*b, self.normal.constant(*right));
                self.behind(&[*left, *right], compared(*comparison, &a, b, *exact))?
            }
            Check::NonZero(step) => {
                let x = self.step(*step)?;
                let edges = [format!("{x} > 0.000000000001"), format!("{x} < -0.000000000001")];
                self.behind(&[*step], Condition::new(Join::Or, edges))?
            }
            Check::Listed { of, values, exact } => {
                let x = self.step(*of)?;
                let each = values.iter().map(|value| Rc::new(is(&x, *value, *exact)));
                let listed = Condition::joined(Join::Or, &each.collect::<Vec<_>>());
                self.behind(&[*of], listed)?
            }
            Check::Covered { keys, tree } => {
                let printed = self.steps_of(keys)?;
                let covered = spelling::tree(tree, &printed, &|leaf| {
                    if *leaf == Leaf::Missing { "0" } else { "1" }.to_owned()
                });
                self.behind(keys, Condition::one(format!("{covered} = 1")))?
            }
            Check::AtLeast { count, of } => {
                Condition::one(format!("{} >= {count}", self.count(of)?))
            }
            Check::All(checks) => Condition::joined(Join::And, &self.checks_of(checks)?),
            Check::Any(checks) => Condition::joined(Join::Or, &self.checks_of(checks)?),
            Check::Not(of) => match self.normal.check(*of) {
                Check::AtLeast { count, of } => {
                    Condition::one(format!("{} < {count}", self.count(of)?))
                }
                _ => Condition::one(format!("if({}, 0, 1) = 1", self.check(*of)?)),
            },
        })
    }

    /// `condition` where `steps` are known.
    fn behind(&mut self, steps: &[StepIx], condition: Condition) -> Print<Condition> {
        let known = steps.iter().map(|step| self.normal.step(*step).exists);
        let all = self.all(&known.collect::<Vec<_>>())?.map(Rc::new);
        let all: Vec<Rc<Condition>> = all.into_iter().chain([Rc::new(condition)]).collect();
        Ok(Condition::joined(Join::And, &all))
    }

    /// All of several checks; nothing where each is always true.
    fn all(&mut self, checks: &[CheckIx]) -> Print<Option<Condition>> {
        let checks = checks.iter().copied().filter(|check| *check != CheckIx::ALWAYS);
        let all = self.checks_of(&checks.collect::<Vec<_>>())?;
        Ok((!all.is_empty()).then(|| Condition::joined(Join::And, &all)))
    }

    fn truth(&self, position: usize) -> Truth {
        match self.normal.scores[position] {
            Output::Truth(truth) => truth,
            _ => Truth { yes: CheckIx::NEVER, no: CheckIx::NEVER, known: CheckIx::NEVER },
        }
    }

    fn given(&self, item: ItemIx) -> Print<Condition> {
        let field = self.field(item)?;
        let mut all = vec![format!("{field} <> ''")];
        match self.program.answer(item).map(|answer| &answer.accepted) {
            Some(Accepted::Between { min, max, decimals: _ }) => {
                all.push(format!("{field} >= {}", number(*min)));
                all.push(format!("{field} <= {}", number(*max)));
            }
            Some(Accepted::Values(_)) | None => {
                let options = self.instrument.response(item).options().iter();
                let others = options.filter(|option| option.non_response);
                all.extend(others.map(|option| format!("{field} <> '{}'", option.value)));
            }
        }
        Ok(Condition::new(Join::And, all))
    }
}

fn apply(function: Function, x: &str) -> Print<String> {
    Ok(match function {
        Function::Abs => format!("abs({x})"),
        Function::Sqrt => format!("sqrt({x})"),
        Function::Ln => format!("log({x})"),
        Function::Exp => format!("exponential({x})"),
        Function::Floor => floor(x),
        Function::Ceiling => ceiling(x),
        Function::Truncate => format!("if({x} < 0, {}, {})", ceiling(x), floor(x)),
        Function::NormalCdf => {
            return unsupported("REDCap has no normal distribution: give the norm as a table");
        }
    })
}

fn is(x: &str, value: f64, exact: bool) -> Condition {
    compared(Comparison::Equal, x, (&signed(value), Some(value)), exact)
}

/// Two known numbers compared, those very close together being equal.
fn compared(
    comparison: Comparison,
    a: &str,
    (b, constant): (&str, Option<f64>),
    exact: bool,
) -> Condition {
    let moved = |by: f64| match constant {
        _ if exact => b.to_owned(),
        Some(value) => signed(value + by),
        None if by < 0.0 => format!("({b} - {})", number(TOLERANCE)),
        None => format!("({b} + {})", number(TOLERANCE)),
    };
    let (less, more) = (moved(-TOLERANCE), moved(TOLERANCE));
    let test = |sign: &str, edge: &str| format!("{a} {sign} {edge}");
    match comparison {
        Comparison::Less => Condition::one(test("<", &less)),
        Comparison::AtMost => Condition::one(test("<=", &more)),
        Comparison::AtLeast => Condition::one(test(">=", &less)),
        Comparison::Greater => Condition::one(test(">", &more)),
        Comparison::Equal if exact => Condition::one(test("=", b)),
        Comparison::Unequal if exact => Condition::one(test("<>", b)),
        Comparison::Equal => Condition::new(Join::And, [test(">=", &less), test("<=", &more)]),
        Comparison::Unequal => Condition::new(Join::Or, [test("<", &less), test(">", &more)]),
    }
}
