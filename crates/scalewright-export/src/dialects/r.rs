//! R: one expression for each score, vectorised over the respondents of a data frame.
//!
//! Base R without packages. A score is `local({ … })` with a line for each item, which sets all values that are not
//! accepted to NA, and a line for each step. The items keep their names; steps and checks are `.s1` and `.c2`, which no
//! item is named. Reading the items by `match` is also right for columns of texts and factors.
//!
//! A printed check is TRUE or FALSE and never NA, because `ifelse` of NA is NA. `ifelse` has the length of its
//! condition, so a condition or a key that is the same for all respondents is repeated.

mod operations;

use scalewright_model::{Band, Function};
use scalewright_scoring::emit::{digits, edges, number};
use scalewright_scoring::normal::{Check, CheckIx, Operation, Output, StepIx, TruthChecks};

use crate::code::compare::compared;
use crate::code::lines::{Language, Lines, Piece, Print, bounded, unsupported};
use crate::code::syntax::no_choices;
use crate::r::spelling::{SIGNS, apply, literal, name, rounded, text, values};
use operations::{
    answer, arithmetic, around, chain, combine, condition, count, known, lookup, operands, recode,
    score_number, varying,
};

/// Divisors of up to this size are taken for 0, as by the evaluator.
const ZERO: f64 = 1e-12;

pub(super) struct R;

/// The score of `output` as an expression.
pub(super) fn score(lines: &mut Lines<'_>, output: &Output) -> Print<String> {
    block(lines, |lines| {
        varying(lines, |lines| match output {
            Output::Number(step) => lines.whole(*step).map(|piece| piece.text),
            Output::Word { position, words } => {
                let words = words.iter().map(|word| text(word)).collect::<Print<Vec<_>>>()?;
                let position = lines.step(*position)?.operand();
                Ok(format!("c({})[{position} + 1]", words.join(", ")))
            }
            Output::Truth(TruthChecks { yes, no: _, known: CheckIx::ALWAYS }) => {
                Ok(lines.check(*yes)?.text)
            }
            Output::Truth(TruthChecks { yes, no, known: _ }) => {
                let (yes, no) = (condition(lines, *yes)?, condition(lines, *no)?);
                Ok(format!("ifelse({yes}, TRUE, ifelse({no}, FALSE, NA))"))
            }
        })
    })
}

/// The label of the first band that contains the number of `step`.
pub(super) fn band(lines: &mut Lines<'_>, step: StepIx, bands: &[(&Band, &str)]) -> Print<String> {
    block(lines, |lines| {
        let score = varying(lines, |lines| lines.whole(step).map(|piece| piece.text))?;
        let score = lines.line(".score", score)?.text;
        let cases = bands.iter().map(|(band, label)| {
            let edges = edges(band).map(|(sign, edge)| format!("{score} {sign} {}", number(edge)));
            Ok((edges.join(" & "), text(label)?))
        });
        let cases = cases.collect::<Print<Vec<_>>>()?;
        chain(lines, ".band", &cases, "NA_character_".to_owned())
    })
}

/// An expression, in `local` with the lines that it needs.
fn block(
    lines: &mut Lines<'_>,
    print: impl FnOnce(&mut Lines<'_>) -> Print<String>,
) -> Print<String> {
    let (code, lines) = lines.with_lines(print)?;
    if lines.is_empty() {
        return bounded(code);
    }
    let lines = lines.iter().map(|line| format!("  {} <- {}\n", line.name, line.text));
    bounded(format!("local({{\n{}  {code}\n}})", lines.collect::<String>()))
}

impl Language for R {
    fn step_name(&self, StepIx(ix): StepIx) -> String {
        format!(".s{ix}")
    }

    fn check_line(&self, CheckIx(ix): CheckIx, condition: Piece) -> (String, Piece, Piece) {
        let name = format!(".c{ix}");
        (name.clone(), condition, Piece::atom(name))
    }

    fn step(&self, lines: &mut Lines<'_>, ix: StepIx) -> Print<Piece> {
        let normal = lines.normal;
        let step = normal.step(ix);
        let piece = match &step.operation {
            Operation::Constant(value) => return Ok(literal(*value)),
            Operation::Missing => return Ok(Piece::atom("NA")),
            Operation::Answer(item) => {
                let id = name(&lines.instrument.items[item.0].id);
                let accepted = lines.program.answer(*item).map(|answer| &answer.accepted);
                return answer(lines, &id, accepted);
            }
            Operation::Chosen { item: _, option: _ } => {
                return unsupported(no_choices("this code"));
            }
            Operation::Score(position) => return score_number(lines, *position),
            Operation::Arithmetic { operator, left, right } => {
                arithmetic(lines, *operator, *left, *right)?
            }
            Operation::Apply { function, of } => {
                let x = match function {
                    Function::Truncate => lines.repeated(*of)?,
                    _ => lines.step(*of)?,
                };
                // The functions warn where they are not defined, so they must not see such numbers.
                let is_limited = matches!(function, Function::Sqrt | Function::Ln);
                match (is_limited, step.when) {
                    (true, when) if when != CheckIx::ALWAYS => {
                        let when = condition(lines, when)?;
                        let x = format!("ifelse({when}, {}, NA)", x.text);
                        return Ok(apply(*function, &Piece::atom(x)));
                    }
                    _ => apply(*function, &x),
                }
            }
            Operation::Round { of, decimals } => {
                let is_never_negative = normal.step(*of).low >= 0.0;
                let x = match is_never_negative {
                    true => lines.step(*of)?,
                    false => lines.repeated(*of)?,
                };
                rounded(&x.operand(), *decimals, is_never_negative)
            }
            Operation::Sum(terms) => Piece::open(operands(&lines.steps(terms)?, " + ")),
            Operation::Combine { kind, parts, times } => {
                combine(lines, step.known, (*kind, *times), parts)?
            }
            Operation::Count(checks) => Piece::atom(count(lines, checks)?),
            Operation::Choose { cases, otherwise } => {
                let mut printed = Vec::new();
                for (check, step) in cases {
                    printed.push((condition(lines, *check)?, lines.step(*step)?.text));
                }
                let last = lines.step(*otherwise)?.text;
                return Ok(Piece::atom(chain(lines, &self.step_name(ix), &printed, last)?));
            }
            Operation::Recode { of, pairs, other, exact } => {
                return recode(lines, *of, (pairs, *other), *exact);
            }
            Operation::Lookup { keys, tree } => return lookup(lines, keys, tree),
            Operation::Eap { answers: _, model, sd: _ } => {
                return unsupported(format!(
                    "the code in R does not score the pattern of answers by the model `{}`: use `eap_sum`, which becomes a table",
                    model.name
                ));
            }
        };
        match step.when {
            CheckIx::ALWAYS => Ok(piece),
            when => {
                let when = condition(lines, when)?;
                Ok(Piece::atom(format!("ifelse({when}, {}, NA)", piece.text)))
            }
        }
    }

    fn check(&self, lines: &mut Lines<'_>, ix: CheckIx) -> Print<Piece> {
        let normal = lines.normal;
        Ok(match normal.check(ix) {
            Check::Never => Piece::atom("FALSE"),
            Check::Always => Piece::atom("TRUE"),
            Check::Given(item) => match lines.given.get(item).copied() {
                Some(answer) => Piece::atom(format!("!is.na({})", lines.step(answer)?.text)),
                None => Piece::atom("FALSE"),
            },
            Check::Known(step) => Piece::atom(format!("!is.na({})", lines.step(*step)?.text)),
            Check::Flag { score, truth } => lines.check(lines.flag(*score, *truth))?,
            Check::Decided(score) => lines.check(normal.is_scored(*score))?,
            Check::Compare { comparison, left, right, exact } => {
                let (a, b) = (lines.step(*left)?.operand(), lines.step(*right)?.operand());
                let test = compared(&SIGNS, *comparison, &a, (&b, normal.constant(*right)), *exact);
                known(lines, &[*left, *right], test)
            }
            Check::NonZero(step) => {
                let test = format!("abs({}) > {}", lines.step(*step)?.text, digits(ZERO));
                known(lines, &[*step], test)
            }
            Check::Listed { of, values: listed, exact: true } => {
                Piece::atom(format!("{} %in% {}", lines.step(*of)?.operand(), values(listed)))
            }
            Check::Listed { of, values: listed, exact: false } => {
                // The odd ones of the intervals between the edges are those around the values.
                let edges = values(&around(listed.iter().copied()));
                let x = lines.step(*of)?.text;
                known(lines, &[*of], format!("findInterval({x}, {edges}) %% 2 == 1"))
            }
            Check::Covered { keys, tree } => {
                Piece::atom(format!("!is.na({})", lookup(lines, keys, tree)?.text))
            }
            Check::AtLeast { count: least, of } => {
                Piece::atom(format!("{} >= {least}", count(lines, of)?))
            }
            Check::All(checks) => Piece::open(operands(&lines.checks(checks)?, " & ")),
            Check::Any(checks) => Piece::open(operands(&lines.checks(checks)?, " | ")),
            Check::Not(of) => match normal.check(*of) {
                Check::Known(step) => Piece::atom(format!("is.na({})", lines.step(*step)?.text)),
                _ => Piece::atom(format!("!({})", lines.check(*of)?.text)),
            },
        })
    }
}
