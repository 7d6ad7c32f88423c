//! Operations in R, and what they share: conditions, chains of `ifelse`, lists.

use scalewright_model::{AggregateKind, Operator, TOLERANCE};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::digits;
use scalewright_scoring::normal::tree::Node;
use scalewright_scoring::normal::{CheckIx, CombinePart, Output, StepIx, TruthChecks};

use crate::code::lines::{Lines, Piece, Print};
use crate::r::spelling::{interval, name, table, values};

/// The most calls of `ifelse` within each other in one line. R allows about 50 parentheses.
const NESTED: usize = 4;

/// An expression with a value for each respondent, also if it refers to no answer.
pub(super) fn varying(
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
pub(super) fn condition(lines: &mut Lines<'_>, check: CheckIx) -> Print<String> {
    varying(lines, |lines| Ok(lines.check(check)?.text))
}

/// The result of the first true condition. A long chain is several lines with the same name, the last case first.
pub(super) fn chain(
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

pub(super) fn operands(pieces: &[Piece], by: &str) -> String {
    pieces.iter().map(Piece::operand).collect::<Vec<_>>().join(by)
}

pub(super) fn bare(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// A comparison that is false if one of `steps` is missing.
pub(super) fn known(lines: &Lines<'_>, steps: &[StepIx], test: String) -> Piece {
    match steps.iter().all(|step| lines.is_certain(*step)) {
        true => Piece::atom(test),
        false => Piece::atom(format!("({test}) %in% TRUE")),
    }
}

/// The answers to an item, as a line with the name of the item: values that are not accepted are NA.
pub(super) fn answer(lines: &mut Lines<'_>, id: &str, accepted: Option<&Accepted>) -> Print<Piece> {
    match accepted {
        Some(Accepted::Values(accepted)) => {
            let accepted: Vec<f64> = accepted.iter().map(|value| value.number()).collect();
            let accepted = values(&accepted);
            // The accepted values themselves, because a column of texts or a factor has others that are equal to them.
            lines.line(id, format!("{accepted}[match({id}, {accepted})]"))
        }
        Some(Accepted::Between { min, max, decimals: _ }) => {
            lines.line(id, format!("as.numeric(as.vector({id}))"))?;
            let (min, max) = (digits(min - TOLERANCE), digits(max + TOLERANCE));
            lines.line(id, format!("ifelse({id} >= {min} & {id} <= {max}, {id}, NA)"))
        }
        Some(Accepted::Choices(_)) | None => Ok(Piece::atom("NA")),
    }
}

pub(super) fn score_number(lines: &mut Lines<'_>, position: usize) -> Print<Piece> {
    match lines.normal.scores[position] {
        Output::Number(step) | Output::Word { position: step, words: _ } => lines.step(step),
        Output::Truth(TruthChecks { yes, no, known: _ }) => {
            let (yes, no) = (condition(lines, yes)?, condition(lines, no)?);
            Ok(Piece::atom(format!("ifelse({yes}, 1, ifelse({no}, 0, NA))")))
        }
    }
}

pub(super) fn arithmetic(
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
pub(super) fn count(lines: &mut Lines<'_>, checks: &[CheckIx]) -> Print<String> {
    Ok(format!("rowSums(cbind({}))", bare(&lines.checks(checks)?)))
}

/// The parts that count, combined. `known` is the condition that the result has a value.
pub(super) fn combine(
    lines: &mut Lines<'_>,
    known: CheckIx,
    (kind, times): (AggregateKind, f64),
    parts: &[CombinePart],
) -> Print<Piece> {
    let is_sum = kind == AggregateKind::Sum;
    let (mut numbers, mut all) = (Vec::new(), true);
    for CombinePart { of, stand_in } in parts {
        let is_known = lines.implies(known, lines.normal.step(*of).exists);
        numbers.push(match stand_in.filter(|value| !(is_known || is_sum && *value == 0.0)) {
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
pub(super) fn around(values: impl Iterator<Item = f64>) -> Vec<f64> {
    values.flat_map(|value| [value - TOLERANCE, value + TOLERANCE]).collect()
}

pub(super) fn recode(
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
pub(super) fn lookup(lines: &mut Lines<'_>, keys: &[StepIx], tree: &Node) -> Print<Piece> {
    let (mut printed, mut missing) = (Vec::new(), Vec::new());
    for key in keys {
        let text = varying(lines, |lines| Ok(lines.repeated(*key)?.operand()))?;
        if !lines.is_certain(*key) {
            missing.push(format!("is.na({text})"));
        }
        printed.push(text);
    }
    let found = table(tree, &printed, "ifelse");
    // The index of a missing key is missing; other tables may not compare every key.
    let is_index = keys.len() == 1 && !matches!(tree, Node::Leaf(_));
    Ok(Piece::atom(match is_index || missing.is_empty() {
        true => found,
        false => format!("ifelse({}, NA, {found})", missing.join(" | ")),
    }))
}
