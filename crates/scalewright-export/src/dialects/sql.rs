//! SQL: one scalar expression for each score, over a table whose columns are named by the items.
//!
//! Written for SQLite 3.35 or newer with its mathematical functions. The columns contain numbers, or NULL for a missing
//! answer. A check is only used where NULL counts as false: after `WHEN`, and as a part of `AND` and `OR` there.
//!
//! SQL has no variables, and SQLite limits how deeply expressions are nested. So a long score is a subquery that
//! computes its parts one after the other: `(WITH … SELECT …)`. `MATERIALIZED` is essential: without it SQLite
//! substitutes each part wherever it is used, which takes exponential time.

mod spelling;

use scalewright_model::{AggregateKind, Band, Function, ItemIx, Operator, TOLERANCE};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::{digits, edges, number};
use scalewright_scoring::normal::tree::Node;
use scalewright_scoring::normal::{
    Check, CheckIx, CombinePart, Operation, Output, StepIx, TruthChecks,
};

use super::lines::{Language, Line, Lines, Piece, Print, bounded, unsupported};
use spelling::{apply, case, compared, is, literal, rounded, table, text, when};

/// The most arguments of a function. SQLite allows 127.
const ARGUMENTS: usize = 100;
/// A number beyond every answer, in place of a missing one in a minimum.
const BEYOND: &str = "1e300";
/// Divisors of up to this size are taken for 0, as by the evaluator.
const ZERO: f64 = 1e-12;

pub(super) struct Sql;

/// The score of `output` as an expression.
pub(super) fn score(lines: &mut Lines<'_>, output: &Output) -> Print<String> {
    query(lines, |lines| match output {
        Output::Number(step) => lines.whole(*step),
        Output::Word { position, words } => {
            let cases =
                words.iter().enumerate().map(|(at, word)| Ok((at.to_string(), text(word)?)));
            let cases = cases.collect::<Print<Vec<_>>>()?;
            Ok(case(&lines.step(*position)?.operand(), &cases, None))
        }
        Output::Truth(TruthChecks { yes, no: _, known: CheckIx::ALWAYS }) => {
            Ok(format!("CASE WHEN {} THEN 1 ELSE 0 END", lines.check(*yes)?.text))
        }
        Output::Truth(TruthChecks { yes, no, known: _ }) => Ok(truth(lines, *yes, *no)?.text),
    })
}

/// The label of the first band that contains the number of `step`.
pub(super) fn band(lines: &mut Lines<'_>, step: StepIx, bands: &[(&Band, &str)]) -> Print<String> {
    query(lines, |lines| {
        let score = lines.repeated(step)?.operand();
        let cases = bands.iter().map(|(band, label)| {
            let edges = edges(band).map(|(sign, edge)| format!("{score} {sign} {}", number(edge)));
            Ok((edges.join(" AND "), text(label)?))
        });
        Ok(when(&cases.collect::<Print<Vec<_>>>()?, None))
    })
}

/// An expression, in a subquery with the lines that it needs.
fn query(
    lines: &mut Lines<'_>,
    print: impl FnOnce(&mut Lines<'_>) -> Print<String>,
) -> Print<String> {
    let (code, lines) = lines.with_lines(print)?;
    let mut levels: Vec<Vec<String>> = Vec::new();
    for Line { name, text, level, .. } in lines {
        levels.resize_with(levels.len().max(level + 1), Vec::new);
        levels[*level].push(format!("{text} AS {name}"));
    }
    if levels.is_empty() {
        return bounded(code);
    }
    // Items have no id that begins with an underscore, so no name of a line hides a column.
    let tables = levels.iter().enumerate().map(|(level, columns)| {
        let columns = columns.join(",\n    ");
        match level.checked_sub(1) {
            None => format!("_t0 AS MATERIALIZED (SELECT\n    {columns})"),
            Some(before) => {
                format!("_t{level} AS MATERIALIZED (SELECT *,\n    {columns}\n  FROM _t{before})")
            }
        }
    });
    let tables = tables.collect::<Vec<_>>().join(",\n  ");
    bounded(format!("(WITH {tables}\n  SELECT {code} FROM _t{})", levels.len() - 1))
}

impl Language for Sql {
    fn step_name(&self, StepIx(ix): StepIx) -> String {
        format!("_s{ix}")
    }

    fn check_line(&self, CheckIx(ix): CheckIx, text: String) -> (String, String, Piece) {
        let name = format!("_c{ix}");
        let piece = Piece::atom(format!("{name} = 1"));
        (name, format!("CASE WHEN {text} THEN 1 ELSE 0 END"), piece)
    }

    fn step(&self, lines: &mut Lines<'_>, ix: StepIx) -> Print<Piece> {
        let normal = lines.normal;
        let step = normal.step(ix);
        let piece = match &step.operation {
            Operation::Constant(value) => return Ok(literal(*value)),
            Operation::Missing => return Ok(Piece::atom("NULL")),
            Operation::Answer(item) => {
                let (given, column) = (given(lines, *item), column(lines, *item));
                // Adding 0 makes a number of a text: SQLite imports the cells of CSV files as texts.
                return Ok(Piece::atom(format!("CASE WHEN {given} THEN {column} + 0 END")));
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
                apply(*function, &x.operand())?
            }
            Operation::Round { of, decimals } => round(lines, *of, *decimals)?,
            Operation::Sum(terms) => Piece::open(joined(&lines.steps(terms)?, " + ")),
            Operation::Combine { kind, parts, times } => {
                let piece = combine(lines, step.known, (*kind, *times), parts)?;
                // The complete condition, because a number stands for each missing part.
                return guarded(lines, step.known, piece);
            }
            Operation::Count(checks) => Piece::open(count(lines, checks)?),
            Operation::Choose { cases, otherwise } => return choose(lines, cases, *otherwise),
            Operation::Recode { of, pairs, other, exact } => {
                return recode(lines, *of, (pairs, *other), *exact);
            }
            Operation::Lookup { keys, tree } => return lookup(lines, keys, tree),
            Operation::Eap { answers: _, model, sd: _ } => {
                return unsupported(format!(
                    "SQL cannot score the pattern of answers by the model `{}`: use `eap_sum`, which becomes a table",
                    model.name
                ));
            }
        };
        guarded(lines, step.when, piece)
    }

    fn check(&self, lines: &mut Lines<'_>, ix: CheckIx) -> Print<Piece> {
        let normal = lines.normal;
        Ok(match normal.check(ix) {
            Check::Never => Piece::atom("1 = 0"),
            Check::Always => Piece::atom("1 = 1"),
            Check::Given(item) => Piece::atom(given(lines, *item)),
            Check::Known(step) => {
                Piece::atom(format!("{} IS NOT NULL", lines.repeated(*step)?.operand()))
            }
            Check::Flag { score, truth } => lines.check(lines.flag(*score, *truth))?,
            Check::Decided(score) => lines.check(normal.is_scored(*score))?,
            Check::Compare { comparison, left, right, exact } => {
                let (a, b) = (lines.step(*left)?.operand(), lines.step(*right)?.operand());
                Piece::atom(compared(*comparison, &a, (&b, normal.constant(*right)), *exact))
            }
            Check::NonZero(step) => {
                Piece::atom(format!("ABS({}) > {}", lines.step(*step)?.text, digits(ZERO)))
            }
            Check::Listed { of, values, exact: true } => {
                Piece::atom(format!("{} IN ({})", lines.step(*of)?.operand(), list(values)))
            }
            Check::Listed { of, values, exact: false } => {
                let x = lines.repeated(*of)?.operand();
                let each: Vec<String> = values.iter().map(|value| is(&x, *value, false)).collect();
                Piece::open(each.join(" OR "))
            }
            Check::Covered { keys, tree } => {
                let found = lookup(lines, keys, tree)?;
                Piece::atom(format!("{} IS NOT NULL", found.operand()))
            }
            Check::AtLeast { count: least, of } => {
                Piece::atom(format!("{} >= {least}", count(lines, of)?))
            }
            Check::All(checks) => Piece::open(joined(&lines.checks(checks)?, " AND ")),
            Check::Any(checks) => Piece::open(joined(&lines.checks(checks)?, " OR ")),
            Check::Not(of) => Piece::atom(match normal.check(*of) {
                Check::AtLeast { count: least, of } => format!("{} < {least}", count(lines, of)?),
                Check::Known(step) => format!("{} IS NULL", lines.repeated(*step)?.operand()),
                // `NOT` of NULL is NULL, but the opposite of a check that is not true is true.
                _ => format!("CASE WHEN {} THEN 0 ELSE 1 END = 1", lines.check(*of)?.text),
            }),
        })
    }
}

fn joined(pieces: &[Piece], by: &str) -> String {
    pieces.iter().map(Piece::operand).collect::<Vec<_>>().join(by)
}

fn list(values: &[f64]) -> String {
    values.iter().map(|value| digits(*value)).collect::<Vec<_>>().join(", ")
}

/// `piece` if `check` is true, otherwise NULL.
fn guarded(lines: &mut Lines<'_>, check: CheckIx, piece: Piece) -> Print<Piece> {
    match check {
        CheckIx::ALWAYS => Ok(piece),
        check => {
            let check = lines.check(check)?.text;
            Ok(Piece::atom(format!("CASE WHEN {check} THEN {} END", piece.text)))
        }
    }
}

fn column(lines: &Lines<'_>, item: ItemIx) -> String {
    format!("\"{}\"", lines.instrument.items[item.0].id)
}

/// The condition that the answer to an item is given and accepted.
fn given(lines: &Lines<'_>, item: ItemIx) -> String {
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
            let listed = values.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
            format!("{column} IN ({listed})")
        }
        None => "1 = 0".to_owned(),
    }
}

fn score_number(lines: &mut Lines<'_>, position: usize) -> Print<Piece> {
    match lines.normal.scores[position] {
        Output::Number(step) | Output::Word { position: step, words: _ } => lines.step(step),
        Output::Truth(TruthChecks { yes, no, known: _ }) => truth(lines, yes, no),
    }
}

fn truth(lines: &mut Lines<'_>, yes: CheckIx, no: CheckIx) -> Print<Piece> {
    let (yes, no) = (lines.check(yes)?.text, lines.check(no)?.text);
    Ok(Piece::atom(format!("CASE WHEN {yes} THEN 1 WHEN {no} THEN 0 END")))
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
        // The quotient of whole numbers would be a whole number.
        Operator::Divide => format!("1.0 * {a} / {b}"),
        Operator::Modulo => format!("{a} - {b} * FLOOR(1.0 * {a} / {b})"),
    }))
}

fn round(lines: &mut Lines<'_>, of: StepIx, decimals: u32) -> Print<Piece> {
    let is_never_negative = lines.normal.step(of).low >= 0.0;
    let x = match is_never_negative {
        true => lines.step(of)?,
        false => lines.repeated(of)?,
    };
    Ok(rounded(&x.operand(), decimals, is_never_negative))
}

/// How many checks are true, as an operand.
fn count(lines: &mut Lines<'_>, checks: &[CheckIx]) -> Print<String> {
    let each = lines.checks(checks)?;
    let each = each.iter().map(|check| format!("CASE WHEN {} THEN 1 ELSE 0 END", check.text));
    Ok(format!("({})", each.collect::<Vec<_>>().join(" + ")))
}

/// The parts that count, combined. Only used if at least one of them counts.
fn combine(
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
fn real(value: f64) -> String {
    let digits = digits(value);
    if digits.contains('.') { digits } else { format!("{digits}.0") }
}

/// The minimum or maximum by SQLite's function of several arguments: with one argument it would be an aggregate.
fn extreme(name: &str, numbers: &[Piece]) -> Piece {
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

fn choose(lines: &mut Lines<'_>, cases: &[(CheckIx, StepIx)], otherwise: StepIx) -> Print<Piece> {
    let mut printed = Vec::new();
    for (check, step) in cases {
        printed.push((lines.check(*check)?.text, lines.step(*step)?.text));
    }
    Ok(Piece::atom(when(&printed, Some(&lines.step(otherwise)?.text))))
}

fn recode(
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
fn lookup(lines: &mut Lines<'_>, keys: &[StepIx], tree: &Node) -> Print<Piece> {
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
