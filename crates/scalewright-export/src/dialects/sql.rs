//! SQL: one scalar expression for each score, over a table whose columns are named by the items.
//!
//! Written for SQLite 3.35 or newer with its mathematical functions. The columns contain numbers, or NULL for a missing
//! answer. If the table lacks a column, SQLite reads its quoted name as a text: all its answers are then missing,
//! without an error. A check is only used where NULL counts as false: after `WHEN`, and in `AND` and `OR` there.
//!
//! SQL has no variables, and SQLite limits how deeply expressions are nested. So a long score is a subquery that
//! computes its parts one after the other: `(WITH … SELECT …)`. `MATERIALIZED` is essential: without it SQLite
//! substitutes each part wherever it is used, which takes exponential time.

mod operations;
mod spelling;

use scalewright_model::{Band, Function};
use scalewright_scoring::emit::{digits, edges, number};
use scalewright_scoring::normal::{Check, CheckIx, Operation, Output, StepIx, TruthChecks};

use crate::code::compare::compared;
use crate::code::lines::{Language, Lines, Piece, Print, bounded, unsupported};
use crate::code::syntax::no_choices;
use operations::{
    arithmetic, choose, column, combine, count, given, guarded, joined, list, lookup, recode,
    round, score_number, truth,
};
use spelling::{SIGNS, apply, case, is, literal, text, when};

/// Divisors of up to this size are taken for 0, as by the evaluator.
const ZERO: f64 = 1e-12;

pub(super) struct Sql;

/// The score of `output` as an expression.
pub(super) fn score(lines: &mut Lines<'_>, output: &Output) -> Print<String> {
    query(lines, |lines| match output {
        Output::Number(step) => lines.whole(*step).map(|piece| piece.text),
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
    for line in lines {
        levels.resize_with(levels.len().max(line.level + 1), Vec::new);
        levels[line.level].push(format!("{} AS {}", line.text, line.name));
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

    fn check_line(&self, CheckIx(ix): CheckIx, condition: Piece) -> (String, Piece, Piece) {
        let name = format!("_c{ix}");
        let piece = Piece::atom(format!("{name} = 1"));
        let line = format!("CASE WHEN {} THEN 1 ELSE 0 END", condition.text);
        (name, Piece::atom(line), piece)
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
                apply(*function, &x.operand())?
            }
            Operation::Round { of, decimals } => round(lines, *of, *decimals)?,
            Operation::Sum(terms) => Piece::open(joined(&lines.steps(terms)?, " + ")),
            Operation::Combine { kind, parts, times } => {
                let piece = combine(lines, step.known, (*kind, *times), parts)?;
                // The complete condition, because another number replaces each missing part.
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
                Piece::atom(compared(
                    &SIGNS,
                    *comparison,
                    &a,
                    (&b, normal.constant(*right)),
                    *exact,
                ))
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
