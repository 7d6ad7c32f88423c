//! Conditions: each printed as what is true where it surely holds, and what is true where it surely does not.

use scalewright_model::{Comparison, Expr, ScaleIx, TOLERANCE, Test};

use super::value::{Condition, Sure, Value, decimal, whole};
use super::{Print, Printer};
use crate::emit::Unsupported;
use crate::program::is_whole;

/// A condition or count that is longer than this gets a variable.
const LONG: usize = 160;

impl Printer<'_> {
    pub(super) fn test(&mut self, test: &Test, stem: &str) -> Print<Sure> {
        Ok(match test {
            Test::Truth(truth) => Sure::fixed(*truth),
            Test::Missing => Sure::missing(),
            Test::Flag(scale) => self.flag(*scale)?,
            Test::Compare { comparison, left, right } => {
                self.comparison(*comparison, left, right, stem)?
            }
            Test::AtLeast { count, tests } => self.at_least(*count, tests, stem)?,
            Test::All(tests) => {
                let Parts { yes, no, known, .. } = self.parts_of(tests, stem)?;
                Sure::of(Condition::all(yes), Condition::any(no), known)
            }
            Test::Any(tests) => {
                let Parts { yes, no, known, .. } = self.parts_of(tests, stem)?;
                Sure::of(Condition::any(yes), Condition::all(no), known)
            }
            Test::Not(of) => self.test(of, stem)?.not(),
            Test::IsMissing(of) => {
                let of = self.print(of, stem)?;
                match self.with_needs(of, stem)?.exists() {
                    None => Sure::fixed(false),
                    Some(exists) => absent(exists),
                }
            }
            Test::IsUnknown(of) => match self.test(of, stem)?.known {
                None => Sure::fixed(false),
                Some(known) => absent(self.named(known, stem)?),
            },
        })
    }

    fn flag(&mut self, scale: ScaleIx) -> Print<Sure> {
        let flag = self.score_of(scale)?;
        let is = |truth: bool| Condition::one(format!("{} = {truth}", flag.text));
        Ok(Sure { yes: is(true), no: is(false), known: flag.exists() })
    }

    fn comparison(
        &mut self,
        comparison: Comparison,
        left: &Expr,
        right: &Expr,
        stem: &str,
    ) -> Print<Sure> {
        let exact = [left, right].iter().all(|side| is_whole(side, &self.program.answers));
        let left = self.print(left, stem)?;
        let left = self.short(left, stem)?;
        let right = self.print(right, stem)?;
        let right = self.short(right, stem)?;
        let (comparison, left, right) = match (left.literal, right.literal) {
            (Some(_), None) => (comparison.turned(), right, left),
            _ => (comparison, left, right),
        };
        let known: Vec<Condition> =
            [&left, &right].iter().filter_map(|side| side.exists()).collect();
        Ok(Sure {
            yes: compared(comparison, &left, &right, exact),
            no: compared(comparison.opposite(), &left, &right, exact),
            known: (!known.is_empty()).then(|| Condition::all(known)),
        })
    }

    /// True as soon as enough are, false as soon as enough cannot be.
    fn at_least(&mut self, count: usize, tests: &[Test], stem: &str) -> Print<Sure> {
        let Parts { yes, no, known, .. } = self.parts_of(tests, stem)?;
        let met = self.counted(&yes, (stem, "Met"))?.text;
        let reached = Condition::one(format!("{met} >= {}", whole(count)));
        let Some(spare) = tests.len().checked_sub(count) else {
            return Ok(Sure::fixed(false));
        };
        let out_of_reach = match known {
            true => format!("{met} < {}", whole(count)),
            false => format!("{} > {}", self.counted(&no, (stem, "Unmet"))?.text, whole(spare)),
        };
        Ok(Sure::of(reached, Condition::one(out_of_reach), known))
    }

    /// How many tests are true, when enough are known.
    pub(super) fn count(&mut self, tests: &[Test], need: usize, stem: &str) -> Print<Value> {
        let Parts { yes, sures, known: all_known, .. } = self.parts_of(tests, stem)?;
        let met = self.counted(&yes, (stem, "Met"))?;
        if need == 0 || all_known {
            return Ok(met);
        }
        let always = || Condition::fixed(true);
        let known: Vec<Condition> =
            sures.into_iter().map(|sure| sure.known.unwrap_or_else(always)).collect();
        let enough = match need {
            1 => Condition::any(known),
            need if need >= tests.len() => Condition::all(known),
            need => Condition::one(format!(
                "{} >= {}",
                self.counted(&known, (stem, "Known"))?.text,
                whole(need)
            )),
        };
        Ok(Value::guarded(&enough, &met.text))
    }

    /// How many conditions hold; by a variable where that is long, for other scores may count the same.
    pub(super) fn counted(
        &mut self,
        conditions: &[Condition],
        (stem, suffix): (&str, &str),
    ) -> Print<Value> {
        let sum = self.added_up(conditions.iter().map(Condition::count).collect(), stem)?;
        if sum.text.len() <= LONG {
            return Ok(sum);
        }
        let about = format!("a count in {stem}");
        let name = self.part_called((stem, suffix), about, sum.text)?;
        Ok(Value::always(format!("%{name}")))
    }

    fn parts_of(&mut self, tests: &[Test], stem: &str) -> Print<Parts> {
        let sures: Result<Vec<Sure>, Unsupported> =
            tests.iter().map(|test| self.test(test, stem)).collect();
        let sures = sures?;
        Ok(Parts {
            yes: sures.iter().map(|sure| sure.yes.clone()).collect(),
            no: sures.iter().map(|sure| sure.no.clone()).collect(),
            known: sures.iter().all(|sure| sure.known.is_none()),
            sures,
        })
    }

    /// The condition, by a variable where it is long.
    fn named(&mut self, condition: Condition, stem: &str) -> Print<Condition> {
        if condition.text.len() <= LONG {
            return Ok(condition);
        }
        let name = self.part(stem, condition.choose("true", "false"))?;
        Ok(Condition::one(format!("%{name} = true")))
    }
}

/// Several conditions.
struct Parts {
    yes: Vec<Condition>,
    no: Vec<Condition>,
    /// Whether each is always true or false.
    known: bool,
    sures: Vec<Sure>,
}

/// True where `condition` does not hold, which is known everywhere.
fn absent(condition: Condition) -> Sure {
    let yes = Condition::one(condition.choose("false", "true"));
    Sure { yes, no: condition, known: None }
}

/// Whether two numbers compare so. Equality of two expressions is two comparisons, and inequality never `!=`: some
/// engines take two missing values for equal, and one for different.
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
        Comparison::Equal => Condition::all(vec![test(">=", -TOLERANCE), test("<=", TOLERANCE)]),
        Comparison::Unequal => Condition::any(vec![test("<", -TOLERANCE), test(">", TOLERANCE)]),
        Comparison::AtLeast => test(">=", -TOLERANCE),
        Comparison::Greater => test(">", TOLERANCE),
    }
}
