//! Conditions, each as two that REDCap's two-valued logic can say.

use scalewright_model::{Comparison, Expr, TOLERANCE, Test};

use super::{ALWAYS, NEVER, Print, Printed, Printer, Scored, bounded, conjunction, joined, signed};
use crate::emit::number;
use crate::program::is_whole;

/// When a condition is surely true, and when surely false. Where neither holds it is missing.
#[derive(Debug, Clone)]
pub(super) struct Sure {
    pub(super) yes: String,
    pub(super) no: String,
}

/// One of the two.
type Part = fn(&Sure) -> &str;

/// How many conditions are true, false, and known.
pub(super) struct Counts {
    pub(super) met: String,
    pub(super) unmet: String,
    pub(super) known: String,
}

impl Printer<'_> {
    pub(super) fn test(&mut self, test: &Test) -> Print<Sure> {
        let Sure { yes, no } = match test {
            Test::Truth(true) => Sure { yes: ALWAYS.to_owned(), no: NEVER.to_owned() },
            Test::Truth(false) => Sure { yes: NEVER.to_owned(), no: ALWAYS.to_owned() },
            Test::Missing => Sure { yes: NEVER.to_owned(), no: NEVER.to_owned() },
            Test::Flag(scale) => match self.score(*scale)? {
                Scored::Truth(sure) => sure,
                Scored::Number(Printed { condition, number }) => Sure {
                    yes: format!("({condition} and {number} = 1)"),
                    no: format!("({condition} and {number} = 0)"),
                },
            },
            Test::Compare { comparison, left, right } => self.compare(*comparison, left, right)?,
            Test::AtLeast { count, tests } => {
                let counts = self.counts(tests)?;
                let enough = tests.len() + 1;
                Sure {
                    yes: format!("({} >= {count})", counts.met),
                    no: format!("({} >= {})", counts.unmet, enough.saturating_sub(*count)),
                }
            }
            Test::All(tests) => self.joined_tests(tests, true)?,
            Test::Any(tests) => self.joined_tests(tests, false)?,
            Test::Not(of) => {
                let Sure { yes, no } = self.test(of)?;
                Sure { yes: no, no: yes }
            }
            Test::IsMissing(of) => {
                let known = self.print(of)?.condition;
                Sure { yes: format!("(if({known}, 0, 1) = 1)"), no: format!("({known})") }
            }
            Test::IsUnknown(of) => {
                let Sure { yes, no } = self.test(of)?;
                let known = format!("({yes} or {no})");
                Sure { yes: format!("(if({known}, 0, 1) = 1)"), no: known }
            }
        };
        Ok(Sure { yes: bounded(yes)?, no: bounded(no)? })
    }

    fn joined_tests(&mut self, tests: &[Test], all: bool) -> Print<Sure> {
        let sure: Print<Vec<Sure>> = tests.iter().map(|test| self.test(test)).collect();
        let sure = sure?;
        let with = |part: Part, by: &str| {
            format!("({})", joined(sure.iter().map(|sure| format!("({})", part(sure))), by))
        };
        let (yes, no): (Part, Part) = (|sure| &sure.yes, |sure| &sure.no);
        Ok(match all {
            true => Sure { yes: with(yes, " and "), no: with(no, " or ") },
            false => Sure { yes: with(yes, " or "), no: with(no, " and ") },
        })
    }

    fn compare(&mut self, comparison: Comparison, left: &Expr, right: &Expr) -> Print<Sure> {
        let exact = is_whole(left, &self.program.answers) && is_whole(right, &self.program.answers);
        let (left, right) = (self.print(left)?, self.print(right)?);
        let known = conjunction([left.condition.as_str(), right.condition.as_str()].into_iter());
        let both = |test: String| match known.as_str() {
            ALWAYS => format!("({test})"),
            known => format!("({known} and {test})"),
        };
        let (a, b) = (&left.number, &right.number);
        Ok(Sure {
            yes: both(compared(comparison, a, b, exact)),
            no: both(compared(comparison.opposite(), a, b, exact)),
        })
    }

    pub(super) fn counts(&mut self, tests: &[Test]) -> Print<Counts> {
        let sure: Print<Vec<Sure>> = tests.iter().map(|test| self.test(test)).collect();
        let sure = sure?;
        let count = |of: &dyn Fn(&Sure) -> String| {
            bounded(format!(
                "sum({})",
                joined(sure.iter().map(|s| format!("if({}, 1, 0)", of(s))), ", ")
            ))
        };
        Ok(Counts {
            met: count(&|s| s.yes.clone())?,
            unmet: count(&|s| s.no.clone())?,
            known: count(&|s| format!("{} or {}", s.yes, s.no))?,
        })
    }
}

/// Two known numbers compared, those very close together being equal.
fn compared(comparison: Comparison, a: &str, b: &str, exact: bool) -> String {
    let plain = match comparison {
        Comparison::Less => format!("{a} < {b}"),
        Comparison::AtMost => format!("{a} <= {b}"),
        Comparison::Equal => format!("{a} = {b}"),
        Comparison::Unequal => format!("{a} <> {b}"),
        Comparison::AtLeast => format!("{a} >= {b}"),
        Comparison::Greater => format!("{a} > {b}"),
    };
    if exact {
        return plain;
    }
    let moved = |by: f64| match b.trim_matches(['(', ')']).parse::<f64>() {
        Ok(value) => signed(value + by),
        Err(_) if by < 0.0 => format!("({b} - {})", number(TOLERANCE)),
        Err(_) => format!("({b} + {})", number(TOLERANCE)),
    };
    let (less, more) = (moved(-TOLERANCE), moved(TOLERANCE));
    match comparison {
        Comparison::Less => format!("{a} < {less}"),
        Comparison::AtMost => format!("{a} <= {more}"),
        Comparison::Equal => format!("({a} >= {less} and {a} <= {more})"),
        Comparison::Unequal => format!("({a} < {less} or {a} > {more})"),
        Comparison::AtLeast => format!("{a} >= {less}"),
        Comparison::Greater => format!("{a} > {more}"),
    }
}
