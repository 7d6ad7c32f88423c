//! Operations in SQL, and what they share: conditions, guards, lists.

use scalewright_model::{AggregateKind, ItemIx, Operator, TOLERANCE};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::digits;
use scalewright_scoring::normal::tree::Node;
use scalewright_scoring::normal::{CheckIx, CombinePart, Output, StepIx, TruthChecks};

use super::spelling::{is, rounded, table, when};
use crate::code::lines::{Lines, Piece, Print};

/// The most arguments of a function. SQLite allows 127.
const ARGUMENTS: usize = 100;
/// A number beyond every answer, in place of a missing one in a minimum.
const BEYOND: &str = "1e300";

pub(super) fn joined(pieces: &[Piece], by: &str) -> String {
    pieces.iter().map(Piece::operand).collect::<Vec<_>>().join(by)
}

pub(super) fn list(values: &[f64]) -> String {
    values.iter().map(|value| digits(*value)).collect::<Vec<_>>().join(", ")
}

/// `piece` if `check` is true, otherwise NULL.
pub(super) fn guarded(lines: &mut Lines<'_>, check: CheckIx, piece: Piece) -> Print<Piece> {
    match check {
        CheckIx::ALWAYS => Ok(piece),
        check => {
            let check = lines.check(check)?.text;
            Ok(Piece::atom(format!("CASE WHEN {check} THEN {} END", piece.text)))
        }
    }
}

pub(super) fn column(lines: &Lines<'_>, item: ItemIx) -> String {
    format!("\"{}\"", lines.instrument.items[item.0].id)
}

/// The condition that the answer to an item is given and accepted.
pub(super) fn given(lines: &Lines<'_>, item: ItemIx) -> String {
    let column = column(lines, item);
    // False for texts that are no numbers, of which SQLite would take the digits that they begin with.
    let number = |low: f64, high: f64| {
        let (low, high) = (digits(low), digits(high));
        format!("{column} + 0 = {column} AND {column} + 0 BETWEEN {low} AND {high}")
    };
    match lines.program.answer(item).map(|answer| &answer.accepted) {
        Some(Accepted::Between { min, max, decimals: _ }) => {
            number(min - TOLERANCE, max + TOLERANCE)
        }
        Some(Accepted::Values(values)) => {
            let listed = values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            format!("{column} IN ({listed})")
        }
        Some(Accepted::Choices(_)) | None => "1 = 0".to_owned(),
    }
}

pub(super) fn score_number(lines: &mut Lines<'_>, position: usize) -> Print<Piece> {
    match lines.normal.scores[position] {
        Output::Number(step) | Output::Word { position: step, words: _ } => lines.step(step),
        Output::Truth(TruthChecks { yes, no, known: _ }) => truth(lines, yes, no),
    }
}

pub(super) fn truth(lines: &mut Lines<'_>, yes: CheckIx, no: CheckIx) -> Print<Piece> {
    let (yes, no) = (lines.check(yes)?.text, lines.check(no)?.text);
    Ok(Piece::atom(format!("CASE WHEN {yes} THEN 1 WHEN {no} THEN 0 END")))
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
        // The quotient of whole numbers would be a whole number.
        Operator::Divide => format!("1.0 * {a} / {b}"),
        Operator::Modulo => format!("{a} - {b} * FLOOR(1.0 * {a} / {b})"),
    }))
}

pub(super) fn round(lines: &mut Lines<'_>, of: StepIx, decimals: u32) -> Print<Piece> {
    let is_never_negative = lines.normal.step(of).low >= 0.0;
    let x = match is_never_negative {
        true => lines.step(of)?,
        false => lines.repeated(of)?,
    };
    Ok(rounded(&x.operand(), decimals, is_never_negative))
}

/// How many checks are true, as an operand.
pub(super) fn count(lines: &mut Lines<'_>, checks: &[CheckIx]) -> Print<String> {
    let each = lines.checks(checks)?;
    let each = each.iter().map(|check| format!("CASE WHEN {} THEN 1 ELSE 0 END", check.text));
    Ok(format!("({})", each.collect::<Vec<_>>().join(" + ")))
}

/// The parts that count, combined. Only used if at least one of them counts.
pub(super) fn combine(
    lines: &mut Lines<'_>,
    known: CheckIx,
    (kind, times): (AggregateKind, f64),
    parts: &[CombinePart],
) -> Print<Piece> {
    let beyond = match kind {
        AggregateKind::Sum | AggregateKind::Mean => "0".to_owned(),
        AggregateKind::Min => BEYOND.to_owned(),
        AggregateKind::Max => format!("-{BEYOND}"),
    };
    let (mut numbers, mut certain, mut open) = (Vec::new(), 0_u32, Vec::new());
    for CombinePart { of, stand_in } in parts {
        let (number, exists) = (lines.step(*of)?, lines.normal.step(*of).exists);
        let is_known = lines.implies(known, exists);
        match is_known || stand_in.is_some() {
            true => certain += 1,
            false => open.push(exists),
        }
        let otherwise = stand_in.map_or(beyond.clone(), digits);
        numbers.push(match is_known {
            true => number,
            false => Piece::atom(format!("COALESCE({}, {otherwise})", number.text)),
        });
    }
    let sum = joined(&numbers, " + ");
    Ok(match kind {
        AggregateKind::Sum => Piece::open(sum),
        AggregateKind::Mean if open.is_empty() => {
            Piece::open(format!("{} * ({sum}) / {certain}", real(times)))
        }
        AggregateKind::Mean => {
            let counted = count(lines, &open)?;
            let counted = if certain == 0 { counted } else { format!("({certain} + {counted})") };
            Piece::open(format!("{} * ({sum}) / {counted}", real(times)))
        }
        AggregateKind::Min => extreme("MIN", &numbers),
        AggregateKind::Max => extreme("MAX", &numbers),
    })
}

/// A number that makes a division by a whole number exact.
pub(super) fn real(value: f64) -> String {
    let digits = digits(value);
    if digits.contains('.') { digits } else { format!("{digits}.0") }
}

/// The minimum or maximum by SQLite's function of several arguments: with one argument it would be an aggregate.
pub(super) fn extreme(name: &str, numbers: &[Piece]) -> Piece {
    match numbers {
        [only] => only.clone(),
        _ if numbers.len() <= ARGUMENTS => {
            let arguments: Vec<&str> = numbers.iter().map(|piece| piece.text.as_str()).collect();
            Piece::atom(format!("{name}({})", arguments.join(", ")))
        }
        _ => {
            let parts: Vec<Piece> =
                numbers.chunks(ARGUMENTS).map(|part| extreme(name, part)).collect();
            extreme(name, &parts)
        }
    }
}

pub(super) fn choose(
    lines: &mut Lines<'_>,
    cases: &[(CheckIx, StepIx)],
    otherwise: StepIx,
) -> Print<Piece> {
    let mut printed = Vec::new();
    for (check, step) in cases {
        printed.push((lines.check(*check)?.text, lines.step(*step)?.text));
    }
    Ok(Piece::atom(when(&printed, Some(&lines.step(otherwise)?.text))))
}

pub(super) fn recode(
    lines: &mut Lines<'_>,
    of: StepIx,
    (pairs, other): (&[(f64, f64)], Option<f64>),
    exact: bool,
) -> Print<Piece> {
    let x = lines.repeated(of)?.operand();
    let listed = pairs.iter().map(|(key, value)| (is(&x, *key, exact), digits(*value)));
    // Otherwise a missing number would get the number for all that are not listed.
    let missing = (other.is_some() && !lines.is_certain(of))
        .then(|| (format!("{x} IS NULL"), "NULL".to_owned()));
    let cases: Vec<_> = missing.into_iter().chain(listed).collect();
    Ok(Piece::atom(when(&cases, other.map(digits).as_deref())))
}

/// The number that a table has for some keys; NULL if it has none, or if a key is missing.
pub(super) fn lookup(lines: &mut Lines<'_>, keys: &[StepIx], tree: &Node) -> Print<Piece> {
    let (mut printed, mut missing) = (Vec::new(), Vec::new());
    for key in keys {
        let text = lines.repeated(*key)?.operand();
        if !lines.is_certain(*key) {
            missing.push(format!("{text} IS NULL"));
        }
        printed.push(text);
    }
    let found = table(tree, &printed);
    Ok(Piece::atom(match missing.is_empty() {
        true => found,
        false => when(&[(missing.join(" OR "), "NULL".to_owned())], Some(&found)),
    }))
}
