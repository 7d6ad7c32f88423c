//! REDCap calculations, in patterns whose results do not depend on how REDCap treats blanks.
//!
//! REDCap's logic is two-valued, and its rules for blanks are only partly documented. Therefore no operator is ever
//! applied to a blank: a check that a number is known comes before every use of it. Formulas are self-contained,
//! because REDCap advises against calculations that read other calculations: steps are printed wherever they are used.

mod blank;
mod spelling;

use std::collections::BTreeSet;
use std::rc::Rc;

pub(super) use spelling::band;

use super::field_names::item_names;
use scalewright_check::Refusals;
use scalewright_model::{
    AggregateKind, Comparison, Function, Instrument, ItemIx, Operator, ResponseKind, TOLERANCE,
    UNLIMITED,
};
use scalewright_scoring::emit::{Condition, Unsupported, first_of, number};
use scalewright_scoring::normal::tree::Leaf;
use scalewright_scoring::normal::{
    Check, CheckIx, CombinePart, Normal, Operation, Output, Step, StepIx, TruthChecks,
};
use scalewright_scoring::{Accepted, Program};
use spelling::{Print, bare, bounded, ceiling, floor, lookup, rounded, signed, unsupported};

/// The formulas for REDCap, or why they cannot be expressed.
#[derive(Debug, Clone)]
pub(super) struct Emitted {
    /// The formula of each score, parallel to `program.scores`. True and false are 1 and 0. The formula of a word is
    /// for a `@CALCTEXT` action tag.
    pub(super) scores: Vec<Result<String, Unsupported>>,
    /// The branching logic of each item and then of each note, in the order of the instrument. `None` for one that is
    /// always shown. An item or note is shown once its condition is known to be true.
    pub(super) shown: Vec<Option<Result<String, Unsupported>>>,
}

/// Prints all scores and conditions. `names` are the field names of the items, parallel to the instrument's items:
/// [`item_names`] in a project without other instruments.
pub(super) fn print(program: &Program, instrument: &Instrument, names: &[String]) -> Emitted {
    let normal = &Normal::of(program, instrument);
    let (steps, checks) = (vec![None; normal.steps.len()], vec![None; normal.checks.len()]);
    let mut printer = Printer { program, instrument, normal, names, steps, checks };
    let scores = normal.scores.iter().map(|output| printer.formula(output)).collect();
    let shown = normal.conditions().map(|asked| asked.map(|truth| printer.test(truth.yes)));
    Emitted { scores, shown: shown.collect() }
}

/// Returns why scores and conditions cannot be expressed.
pub(super) fn refusals(instrument: &Instrument, program: &Program, _: &[bool]) -> Refusals {
    let Emitted { scores, shown } = print(program, instrument, &item_names(instrument));
    let scores = scores.into_iter().map(|score| score.err().map(|why| why.because));
    let conditions = shown.into_iter().map(|shown| shown?.err().map(|why| why.because));
    Refusals { scores: scores.collect(), conditions: conditions.collect() }
}

struct Printer<'a> {
    program: &'a Program,
    instrument: &'a Instrument,
    normal: &'a Normal,
    /// The field names of the items.
    names: &'a [String],
    /// What has been printed already.
    steps: Vec<Option<Print<Rc<str>>>>,
    checks: Vec<Option<Print<Condition>>>,
}

impl Printer<'_> {
    fn formula(&mut self, output: &Output) -> Print<String> {
        bounded(match output {
            Output::Number(step) => match self.plain(*step) {
                Some(plain) => plain,
                None => self.or_blank(*step, None)?,
            },
            Output::Word { position, words } => self.word(*position, words)?,
            Output::Truth(TruthChecks { yes, no: _, known: CheckIx::ALWAYS }) => {
                format!("if({}, 1, 0)", self.test(*yes)?)
            }
            Output::Truth(TruthChecks { yes, no, known: _ }) => {
                format!("if({}, 1, if({}, 0, ''))", self.test(*yes)?, self.test(*no)?)
            }
        })
    }

    /// Prints the number of a step. Its value is undefined if the step is not known: callers must check that first.
    fn step(&mut self, ix: StepIx) -> Print<Rc<str>> {
        if let Some(printed) = &self.steps[ix.0] {
            return printed.clone();
        }
        // Every step is bounded, because steps are repeated wherever they are used: the whole could grow exponentially.
        let printed = self.operation(self.normal.step(ix)).and_then(bounded).map(Rc::from);
        self.steps[ix.0] = Some(printed.clone());
        printed
    }

    fn operation(&mut self, step: &Step) -> Print<String> {
        Ok(match &step.operation {
            Operation::Constant(value) => signed(*value),
            // Never used, because the check of the step is false. A number keeps the formula valid.
            Operation::Missing => "0".to_owned(),
            Operation::Answer(item) => self.field(*item)?,
            Operation::Chosen { item, option } => self.checkbox(*item, *option),
            Operation::Score(position) => match &self.normal.scores[*position] {
                Output::Number(step) | Output::Word { position: step, words: _ } => {
                    self.step(*step)?.to_string()
                }
                Output::Truth(truth) => format!("if({}, 1, 0)", self.test(truth.yes)?),
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
            Operation::Combine { kind, parts, times } => {
                self.combine(step, (*kind, *times), parts)?
            }
            Operation::Count(checks) => self.count(checks)?,
            Operation::Choose { cases, otherwise } => self.choose(cases, *otherwise)?,
            Operation::Recode { of, pairs, other, exact } => {
                self.recode(*of, (pairs, *other), *exact)?
            }
            Operation::Lookup { keys, tree } => lookup(tree, &self.steps_of(keys)?),
            Operation::Eap { answers: _, model, sd: _ } => {
                return unsupported(format!(
                    "a calculation cannot score the pattern of answers by the model `{}`: use `eap_sum`, which becomes a table",
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
            ResponseKind::Date => unsupported(
                "a calculation cannot count completed years: `datediff` divides days by 365.2425",
            ),
            _ => Ok(format!("[{}]", self.names[item.0])),
        }
    }

    /// A choice of a checkbox: 1 if it is ticked, otherwise 0.
    fn checkbox(&self, item: ItemIx, option: usize) -> String {
        let value = self.instrument.response(item).options()[option].value;
        format!("[{}({value})]", self.names[item.0])
    }

    /// Returns the checks that are true whenever a step is known.
    fn known_of(&self, step: &Step) -> BTreeSet<CheckIx> {
        let all = match self.normal.check(step.known) {
            Check::All(checks) => checks.as_slice(),
            _ => &[step.known],
        };
        all.iter().copied().chain([CheckIx::ALWAYS]).collect()
    }

    fn combine(
        &mut self,
        step: &Step,
        (kind, times): (AggregateKind, f64),
        parts: &[CombinePart],
    ) -> Print<String> {
        let name = match kind {
            AggregateKind::Sum => "sum",
            AggregateKind::Mean => "mean",
            AggregateKind::Min => "min",
            AggregateKind::Max => "max",
        };
        let known = self.known_of(step);
        let mut printed = Vec::new();
        for CombinePart { of, stand_in } in parts {
            let (number, exists) = (self.step(*of)?, self.normal.step(*of).exists);
            let number = bare(&number);
            printed.push(if known.contains(&exists) {
                number.to_owned()
            } else {
                // REDCap documents that `sum`, `mean`, `min` and `max` ignore blank arguments.
                let stand_in = stand_in.map_or("''".to_owned(), signed);
                format!("if({}, {number}, {})", self.test(exists)?, bare(&stand_in))
            });
        }
        let list = printed.join(", ");
        Ok(match times {
            1.0 => format!("{name}({list})"),
            _ => format!("({name}({list}) * {})", signed(times)),
        })
    }

    fn count(&mut self, checks: &[CheckIx]) -> Print<String> {
        let each = checks.iter().map(|check| Ok(format!("if({}, 1, 0)", self.test(*check)?)));
        Ok(format!("sum({})", each.collect::<Print<Vec<String>>>()?.join(", ")))
    }

    /// Prints the first case whose check is true. Cases that are never known are dropped, and the last remaining case
    /// needs no check, because the number is used only if the step is known.
    fn choose(&mut self, cases: &[(CheckIx, StepIx)], otherwise: StepIx) -> Print<String> {
        let all = cases.iter().copied().chain([(CheckIx::ALWAYS, otherwise)]);
        let mut kept: Vec<(CheckIx, StepIx)> =
            all.filter(|(_, step)| self.normal.step(*step).known != CheckIx::NEVER).collect();
        let Some((_, last)) = kept.pop() else { return Ok("0".to_owned()) };
        self.chosen(&kept, last, &mut |own, step| Ok(bare(&own.step(step)?).to_owned()))
    }

    /// Prints the first case whose check is true, each step by `print`.
    fn chosen(
        &mut self,
        cases: &[(CheckIx, StepIx)],
        otherwise: StepIx,
        print: &mut dyn FnMut(&mut Self, StepIx) -> Print<String>,
    ) -> Print<String> {
        let mut printed = Vec::new();
        for (check, step) in cases {
            printed.push((self.test(*check)?, print(self, *step)?));
        }
        let last = print(self, otherwise)?;
        bounded(first_of("if", printed, &last))
    }

    fn recode(
        &mut self,
        of: StepIx,
        (pairs, other): (&[(f64, f64)], Option<f64>),
        exact: bool,
    ) -> Print<String> {
        let x = self.step(of)?;
        let (pairs, last) = match (other, pairs) {
            // Without `other` the step is known only if the number is listed, so the last pair needs no test.
            (None, [pairs @ .., (_, last)]) => (pairs, *last),
            (other, pairs) => (pairs, other.unwrap_or(0.0)),
        };
        let case = |(key, value): &(f64, f64)| (is(&x, *key, exact).text(), signed(*value));
        Ok(first_of("if", pairs.iter().map(case), &signed(last)))
    }

    /// Prints a check.
    fn test(&mut self, ix: CheckIx) -> Print<String> {
        let check = self.check(ix)?;
        Ok(match check.always() {
            Some(true) => "1 = 1".to_owned(),
            Some(false) => "1 = 0".to_owned(),
            None => check.text(),
        })
    }

    fn check(&mut self, ix: CheckIx) -> Print<Condition> {
        if let Some(printed) = &self.checks[ix.0] {
            return printed.clone();
        }
        let printed = self.condition(self.normal.check(ix)).and_then(|condition| {
            bounded(condition.text())?;
            Ok(condition)
        });
        self.checks[ix.0] = Some(printed.clone());
        printed
    }

    fn condition(&mut self, check: &Check) -> Print<Condition> {
        match check {
            Check::Never => Ok(Condition::fixed(false)),
            Check::Always => Ok(Condition::fixed(true)),
            Check::Given(item) => self.given(*item),
            Check::Known(step) => {
                // A step that cannot be printed makes its check unsupported too.
                self.step(*step)?;
                self.check(self.normal.step(*step).known)
            }
            Check::Flag { score, truth: true } => self.check(self.truth(*score).yes),
            Check::Flag { score, truth: false } => self.check(self.truth(*score).no),
            Check::Decided(score) => self.check(self.truth(*score).known),
            Check::Compare { comparison, left, right, exact } => {
                let (a, b) = (self.step(*left)?, self.step(*right)?);
                let b = (&*b, self.normal.constant(*right));
                self.behind(&[*left, *right], compared(*comparison, &a, b, *exact))
            }
            Check::NonZero(step) => {
                let x = self.step(*step)?;
                // The evaluator takes divisors of up to 1e-12 for 0.
                let edges = ["> 0.000000000001", "< -0.000000000001"];
                let edges = edges.map(|edge| Condition::one(format!("{x} {edge}")));
                self.behind(&[*step], Condition::any(edges))
            }
            Check::Listed { of, values, exact } => {
                let x = self.step(*of)?;
                let listed = values.iter().map(|value| is(&x, *value, *exact));
                self.behind(&[*of], Condition::any(listed))
            }
            Check::Covered { keys, tree } => {
                let printed = self.steps_of(keys)?;
                let covered = spelling::tree(tree, &printed, &|leaf| {
                    if *leaf == Leaf::Missing { "0" } else { "1" }.to_owned()
                });
                self.behind(keys, Condition::one(format!("{covered} = 1")))
            }
            Check::AtLeast { count, of } => {
                Ok(Condition::one(format!("{} >= {count}", self.count(of)?)))
            }
            Check::All(checks) => self.all(checks),
            Check::Any(checks) => {
                let any = checks.iter().map(|check| self.check(*check));
                Ok(Condition::any(any.collect::<Print<Vec<_>>>()?))
            }
            Check::Not(of) => Ok(Condition::one(match self.normal.check(*of) {
                Check::AtLeast { count, of } => format!("{} < {count}", self.count(of)?),
                // REDCap's logic has no `not`.
                _ => format!("if({}, 0, 1) = 1", self.test(*of)?),
            })),
        }
    }

    /// Returns `condition`, preceded by checks that `steps` are known.
    fn behind(&mut self, steps: &[StepIx], condition: Condition) -> Print<Condition> {
        let known: Vec<CheckIx> = steps.iter().map(|step| self.normal.step(*step).exists).collect();
        Ok(Condition::all([self.all(&known)?, condition]))
    }

    fn all(&mut self, checks: &[CheckIx]) -> Print<Condition> {
        let all = checks.iter().map(|check| self.check(*check));
        Ok(Condition::all(all.collect::<Print<Vec<_>>>()?))
    }

    fn truth(&self, position: usize) -> TruthChecks {
        match self.normal.scores[position] {
            Output::Truth(truth) => truth,
            _ => TruthChecks { yes: CheckIx::NEVER, no: CheckIx::NEVER, known: CheckIx::NEVER },
        }
    }

    fn given(&self, item: ItemIx) -> Print<Condition> {
        let field = self.field(item)?;
        // This test is false for a blank, so it does not matter how REDCap compares a blank with a number.
        let mut all = vec![format!("{field} <> ''")];
        match self.program.answer(item).map(|answer| &answer.accepted) {
            Some(Accepted::Between { min, max, decimals: _ }) => {
                let low = (*min > -UNLIMITED).then(|| format!("{field} >= {}", number(*min)));
                let high = (*max < UNLIMITED).then(|| format!("{field} <= {}", number(*max)));
                all.extend(low.into_iter().chain(high));
            }
            // Items with several choices are read choice by choice.
            Some(Accepted::Values(_) | Accepted::Choices(_)) | None => {
                let options = self.instrument.response(item).options().iter();
                // A field accepts only the codes of its choices, so excluding the non-responses is enough.
                let others = options.filter(|option| option.non_response);
                all.extend(others.map(|option| format!("{field} <> '{}'", option.value)));
            }
        }
        Ok(Condition::all(all.into_iter().map(Condition::one)))
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
            return unsupported(
                "REDCap has no normal distribution function: define the norm by a table",
            );
        }
    })
}

fn is(x: &str, value: f64, exact: bool) -> Condition {
    compared(Comparison::Equal, x, (&signed(value), Some(value)), exact)
}

/// Compares two known numbers. Numbers that differ by no more than the tolerance are equal, unless `exact`.
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
    let test = |sign: &str, edge: &str| Condition::one(format!("{a} {sign} {edge}"));
    match comparison {
        Comparison::Less => test("<", &less),
        Comparison::AtMost => test("<=", &more),
        Comparison::AtLeast => test(">=", &less),
        Comparison::Greater => test(">", &more),
        Comparison::Equal if exact => test("=", b),
        Comparison::Unequal if exact => test("<>", b),
        Comparison::Equal => Condition::all([test(">=", &less), test("<=", &more)]),
        Comparison::Unequal => Condition::any([test("<", &less), test(">", &more)]),
    }
}
