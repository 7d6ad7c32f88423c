//! R: one expression for each score, vectorised over the respondents of a data frame.
//!
//! Base R without packages. A score is `local({ … })` with a line for each item, which sets all values that are not
//! accepted to NA, and a line for each step. The items keep their names; steps and checks are `.s1` and `.c2`, which no
//! item is named. Reading the items by `match` is also right for columns of texts and factors.
//!
//! A printed check is TRUE or FALSE and never NA, because `ifelse` of NA is NA. `ifelse` has the length of its
//! condition, so a condition or a key that is the same for all respondents is repeated.

mod spelling;

use scalewright_model::{AggregateKind, Band, Function, Operator, TOLERANCE};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::{digits, edges, number};
use scalewright_scoring::normal::tree::Node;
use scalewright_scoring::normal::{
    Check, CheckIx, CombinePart, Operation, Output, StepIx, TruthChecks,
};

use super::lines::{Language, Line, Lines, Piece, Print, bounded, unsupported};
use spelling::{apply, compared, interval, literal, name, rounded, table, text, values};

/// The most calls of `ifelse` within each other in one line. R allows about 50 parentheses.
const NESTED: usize = 4;
/// Divisors of up to this size are taken for 0, as by the evaluator.
const ZERO: f64 = 1e-12;

pub(super) struct R;

/// The score of `output` as an expression.
pub(super) fn score(lines: &mut Lines<'_>, output: &Output) -> Print<String> {
    block(lines, |lines| {
        varying(lines, |lines| match output {
            Output::Number(step) => lines.whole(*step),
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
        let score = varying(lines, |lines| lines.whole(step))?;
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
    let lines = lines.iter().map(|Line { name, text, .. }| format!("  {name} <- {text}\n"));
    bounded(format!("local({{\n{}  {code}\n}})", lines.collect::<String>()))
}

/// An expression with a value for each respondent, also if it refers to no answer.
fn varying(
    lines: &mut Lines<'_>,
    print: impl FnOnce(&mut Lines<'_>) -> Print<String>,
) -> Print<String> {
    let (text, is_constant) = lines.apart(print)?;
    let item = lines.instrument.items.first().filter(|_| is_constant);
    Ok(match item {
        Some(item) => format!("rep_len({text}, length({}))", name(&item.id)),
        None => text,
    })
}

/// A check as the condition of `ifelse`.
fn condition(lines: &mut Lines<'_>, check: CheckIx) -> Print<String> {
    varying(lines, |lines| Ok(lines.check(check)?.text))
}

/// The result of the first true condition. A long chain is several lines with the same name, the last case first.
fn chain(
    lines: &mut Lines<'_>,
    name: &str,
    cases: &[(String, String)],
    last: String,
) -> Print<String> {
    let mut code = last;
    for (at, (condition, result)) in cases.iter().rev().enumerate() {
        if at > 0 && at % NESTED == 0 {
            code = lines.line(name, code)?.text;
        }
        code = format!("ifelse({condition}, {result}, {code})");
    }
    Ok(code)
}

impl Language for R {
    fn step_name(&self, StepIx(ix): StepIx) -> String {
        format!(".s{ix}")
    }

    fn check_line(&self, CheckIx(ix): CheckIx, text: String) -> (String, String, Piece) {
        let name = format!(".c{ix}");
        (name.clone(), text, Piece::atom(name))
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
                let test = compared(*comparison, &a, (&b, normal.constant(*right)), *exact);
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

fn operands(pieces: &[Piece], by: &str) -> String {
    pieces.iter().map(Piece::operand).collect::<Vec<_>>().join(by)
}

fn bare(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// A comparison that is false if one of `steps` is missing.
fn known(lines: &Lines<'_>, steps: &[StepIx], test: String) -> Piece {
    match steps.iter().all(|step| lines.is_certain(*step)) {
        true => Piece::atom(test),
        false => Piece::atom(format!("({test}) %in% TRUE")),
    }
}

/// The answers to an item, as a line with the name of the item: values that are not accepted are NA.
fn answer(lines: &mut Lines<'_>, id: &str, accepted: Option<&Accepted>) -> Print<Piece> {
    match accepted {
        #[expect(clippy::cast_precision_loss, reason = "coded values are within ±1,000,000")]
        Some(Accepted::Values(accepted)) => {
            let accepted: Vec<f64> = accepted.iter().map(|value| *value as f64).collect();
            let accepted = values(&accepted);
            // The accepted values themselves, because a column of texts or a factor has others that are equal to them.
            lines.line(id, format!("{accepted}[match({id}, {accepted})]"))
        }
        Some(Accepted::Between { min, max, decimals: _ }) => {
            lines.line(id, format!("as.numeric(as.vector({id}))"))?;
            let (min, max) = (digits(min - TOLERANCE), digits(max + TOLERANCE));
            lines.line(id, format!("ifelse({id} >= {min} & {id} <= {max}, {id}, NA)"))
        }
        None => Ok(Piece::atom("NA")),
    }
}

fn score_number(lines: &mut Lines<'_>, position: usize) -> Print<Piece> {
    match lines.normal.scores[position] {
        Output::Number(step) | Output::Word { position: step, words: _ } => lines.step(step),
        Output::Truth(TruthChecks { yes, no, known: _ }) => {
            let (yes, no) = (condition(lines, yes)?, condition(lines, no)?);
            Ok(Piece::atom(format!("ifelse({yes}, 1, ifelse({no}, 0, NA))")))
        }
    }
}

fn arithmetic(
    lines: &mut Lines<'_>,
    operator: Operator,
    left: StepIx,
    right: StepIx,
) -> Print<Piece> {
    let (a, b) = match operator {
        Operator::Modulo => (lines.repeated(left)?, lines.repeated(right)?),
        _ => (lines.step(left)?, lines.step(right)?),
    };
    let (a, b) = (a.operand(), b.operand());
    Ok(Piece::open(match operator {
        Operator::Add => format!("{a} + {b}"),
        Operator::Subtract => format!("{a} - {b}"),
        Operator::Multiply => format!("{a} * {b}"),
        Operator::Divide => format!("{a} / {b}"),
        // R's `%%` differs near multiples of a fraction.
        Operator::Modulo => format!("{a} - {b} * floor({a} / {b})"),
    }))
}

/// How many checks are true.
fn count(lines: &mut Lines<'_>, checks: &[CheckIx]) -> Print<String> {
    Ok(format!("rowSums(cbind({}))", bare(&lines.checks(checks)?)))
}

/// The parts that count, combined. `known` is the condition that the result has a value.
fn combine(
    lines: &mut Lines<'_>,
    known: CheckIx,
    (kind, times): (AggregateKind, f64),
    parts: &[CombinePart],
) -> Print<Piece> {
    let is_sum = kind == AggregateKind::Sum;
    let (mut numbers, mut all) = (Vec::new(), true);
    for CombinePart { of, stand_in } in parts {
        let is_known = lines.implies(known, lines.normal.step(*of).exists);
        numbers.push(match stand_in.filter(|value| !is_known && !(is_sum && *value == 0.0)) {
            None => {
                all &= is_known;
                lines.step(*of)?
            }
            Some(value) => {
                let x = lines.repeated(*of)?.text;
                Piece::atom(format!("ifelse(is.na({x}), {}, {x})", digits(value)))
            }
        });
    }
    let list = bare(&numbers);
    let piece = match kind {
        AggregateKind::Sum if all => Piece::open(operands(&numbers, " + ")),
        AggregateKind::Sum => Piece::atom(format!("rowSums(cbind({list}), na.rm = TRUE)")),
        AggregateKind::Mean => Piece::atom(format!("rowMeans(cbind({list}), na.rm = TRUE)")),
        AggregateKind::Min => Piece::atom(format!("pmin({list}, na.rm = TRUE)")),
        AggregateKind::Max => Piece::atom(format!("pmax({list}, na.rm = TRUE)")),
    };
    Ok(match times {
        1.0 => piece,
        _ => Piece::open(format!("{} * {}", piece.operand(), digits(times))),
    })
}

/// The ends of the intervals around values in which numbers count as equal to them.
fn around(values: impl Iterator<Item = f64>) -> Vec<f64> {
    values.flat_map(|value| [value - TOLERANCE, value + TOLERANCE]).collect()
}

fn recode(
    lines: &mut Lines<'_>,
    of: StepIx,
    (pairs, other): (&[(f64, f64)], Option<f64>),
    exact: bool,
) -> Print<Piece> {
    let x = lines.step(of)?.text;
    let (old, new): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    if exact && other.is_none() {
        return Ok(Piece::atom(format!("{}[match({x}, {})]", values(&new), values(&old))));
    }
    let other = other.map_or("NA".to_owned(), digits);
    let numbers = new.iter().flat_map(|value| [other.clone(), digits(*value)]);
    let numbers: Vec<String> = numbers.chain([other.clone()]).collect();
    Ok(Piece::atom(interval(&x, &around(old.into_iter()), &numbers)))
}

/// The number that a table has for some keys; NA if it has none, or if a key is missing.
fn lookup(lines: &mut Lines<'_>, keys: &[StepIx], tree: &Node) -> Print<Piece> {
    let (mut printed, mut missing) = (Vec::new(), Vec::new());
    for key in keys {
        let text = varying(lines, |lines| Ok(lines.repeated(*key)?.operand()))?;
        if !lines.is_certain(*key) {
            missing.push(format!("is.na({text})"));
        }
        printed.push(text);
    }
    let found = table(tree, &printed);
    // The index of a missing key is missing; other tables may not compare every key.
    let is_index = keys.len() == 1 && matches!(tree, Node::Split { .. });
    Ok(Piece::atom(match is_index || missing.is_empty() {
        true => found,
        false => format!("ifelse({}, NA, {found})", missing.join(" | ")),
    }))
}
