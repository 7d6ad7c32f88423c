//! How formulas of a workbook spell the normal form.
//!
//! A missing number is a text: `""` in a line, `"invalid"` in the cell of an answer that is not allowed. Text compares
//! greater than every number without an error, and in arithmetic it is an error. So operations are guarded by
//! `ISNUMBER`, within `IF`, which alone is lazy: `AND` and `OR` compute all their arguments. A printed condition is
//! `TRUE` or `FALSE`, never a text or an error.

use std::cell::RefCell;

use scalewright_model::{AggregateKind, Comparison, Function, Operator, ResponseOption, TOLERANCE};
use scalewright_scoring::Accepted;
use scalewright_scoring::normal::tree::Node;
use scalewright_scoring::normal::{CheckIx, StepIx};

use super::answers::cleaned;
use super::names::{is_name, name};
use super::spelling::{self, call, divided, known_cell, over};
use super::tables::Tables;
use crate::code::lines::{Piece, Print};
use crate::code::syntax::{ChoiceRead, Part, Syntax, joined, sign};

/// The maximum length of a formula. Excel allows 8,192 characters; some are left for what surrounds a line.
pub(super) const LONGEST: usize = 8_000;
/// What a missing number is.
const MISSING: &str = "\"\"";

/// Formulas, and the tables that they refer to.
#[derive(Default)]
pub(super) struct Excel {
    /// The tables that are too long for a formula.
    pub(super) tables: RefCell<Tables>,
}

impl Syntax for Excel {
    fn language(&self) -> &'static str {
        "Excel"
    }

    fn propagates(&self) -> bool {
        false
    }

    fn lengths(&self) -> (usize, usize) {
        // Short, so that a cell shows one step: a guarded step is a cell of its own.
        (40, 36)
    }

    fn longest(&self) -> usize {
        LONGEST
    }

    fn most_cases(&self) -> usize {
        // Excel allows 64 calls within each other, and eight labels of the maximum length fit into a formula.
        8
    }

    fn step_name(&self, StepIx(ix): StepIx) -> String {
        name(&format!("step {ix}"))
    }

    fn part_name(&self, at: usize) -> String {
        name(&format!("part {at}"))
    }

    fn check_name(&self, CheckIx(ix): CheckIx) -> String {
        name(&format!("check {ix}"))
    }

    fn variable(&self, id: &str) -> String {
        name(id)
    }

    fn number(&self, value: f64) -> Piece {
        spelling::number(value)
    }

    fn missing(&self) -> Piece {
        Piece::atom(MISSING)
    }

    fn text(&self, text: &str) -> Print<String> {
        spelling::text(text)
    }

    fn choice(&self, _: &str, _: &[ResponseOption], _: usize) -> Print<ChoiceRead> {
        Ok(ChoiceRead::Column)
    }

    fn clean(&self, column: &str, accepted: Option<&Accepted>) -> Piece {
        match accepted {
            None => self.missing(),
            Some(accepted) => Piece::atom(cleaned(column, accepted, &[])),
        }
    }

    fn column(&self, id: &str) -> String {
        name(id)
    }

    fn arithmetic(&self, operator: Operator, left: &Piece, right: &Piece) -> Piece {
        let (a, b) = (left.operand(), right.operand());
        Piece::open(match operator {
            Operator::Add => format!("{a}+{b}"),
            Operator::Subtract => format!("{a}-{b}"),
            Operator::Multiply => format!("{a}*{b}"),
            Operator::Divide => format!("{a}/{b}"),
            // `MOD` fails for large quotients.
            Operator::Modulo => format!("{a}-{b}*INT({a}/{b})"),
        })
    }

    fn apply(&self, function: Function, of: &Piece) -> Print<Piece> {
        let (x, guard) = (of.operand(), self.number(TOLERANCE).text);
        Ok(match function {
            Function::Abs => Piece::atom(format!("ABS({})", of.text)),
            Function::Sqrt => Piece::atom(format!("SQRT({})", of.text)),
            Function::Ln => Piece::atom(format!("LN({})", of.text)),
            Function::Exp => Piece::atom(format!("EXP({})", of.text)),
            Function::Floor => Piece::atom(format!("INT({x}+{guard})")),
            Function::Ceiling => Piece::open(format!("-INT({guard}-{x})")),
            Function::Truncate => Piece::open(format!("SIGN({x})*INT(ABS({x})+{guard})")),
            Function::NormalCdf => Piece::atom(format!("NORMSDIST({})", of.text)),
        })
    }

    /// Excel's own `ROUND` has no guard.
    fn round(&self, of: &Piece, decimals: u32, positive: bool) -> Piece {
        let x = of.operand();
        let (times, over) = match 10_u64.pow(decimals) {
            1 => (String::new(), String::new()),
            scale => (format!("*{scale}"), format!("/{scale}")),
        };
        let half = self.number(0.5 + TOLERANCE).text;
        Piece::open(match positive {
            true => format!("INT({x}{times}+{half}){over}"),
            false => format!("SIGN({x})*INT(ABS({x}){times}+{half}){over}"),
        })
    }

    fn sum(&self, terms: &[Piece]) -> Piece {
        match divided(terms) {
            (names, others) if names.len() > 1 => {
                let cells = Piece::atom(over("SUM", "SUM", &names));
                match others.is_empty() {
                    true => cells,
                    false => Piece::open(joined(
                        &std::iter::once(&cells).chain(others).cloned().collect::<Vec<_>>(),
                        "+",
                    )),
                }
            }
            _ => Piece::open(joined(terms, "+")),
        }
    }

    fn or_else(&self, number: &Piece, otherwise: f64) -> Piece {
        let x = &number.text;
        Piece::atom(match otherwise == 0.0 {
            true => format!("N({x})"),
            false => format!("IF(ISNUMBER({x}),{x},{})", self.number(otherwise).text),
        })
    }

    fn sum_of(&self, parts: &[Part]) -> Piece {
        // `SUM` ignores cells with a text.
        let number = |part: &Part| match (part.is_known, part.stand_in.unwrap_or(0.0)) {
            (true, _) => part.number.clone(),
            (false, 0.0) if is_name(&part.number.text) && parts.len() > 1 => part.number.clone(),
            (false, stand_in) => self.or_else(&part.number, stand_in),
        };
        let terms: Vec<Piece> = parts.iter().map(number).collect();
        match divided(&terms) {
            // A single cell is not summed, so its text would be an operand.
            (names, _) if names.len() == 1 => {
                let whole = terms.iter().map(|term| match is_name(&term.text) {
                    true => self.or_else(term, 0.0),
                    false => term.clone(),
                });
                self.sum(&whole.collect::<Vec<_>>())
            }
            _ => self.sum(&terms),
        }
    }

    fn extreme(&self, kind: AggregateKind, parts: &[Part]) -> Piece {
        let (function, never) = match kind {
            AggregateKind::Min => ("MIN", "10^300"),
            _ => ("MAX", "-10^300"),
        };
        let number = |part: &Part| match (part.is_known, part.stand_in) {
            (true, _) => part.number.clone(),
            (false, Some(value)) => self.or_else(&part.number, value),
            (false, None) if is_name(&part.number.text) => part.number.clone(),
            (false, None) => {
                let x = &part.number.text;
                Piece::atom(format!("IF(ISNUMBER({x}),{x},{never})"))
            }
        };
        let numbers: Vec<Piece> = parts.iter().map(number).collect();
        let (names, others) = divided(&numbers);
        let mut arguments: Vec<String> = others.iter().map(|piece| piece.text.clone()).collect();
        if !names.is_empty() {
            arguments.insert(0, over(function, function, &names));
        }
        Piece::atom(call(function, &arguments))
    }

    fn count(&self, conditions: &[Piece]) -> Piece {
        let cells: Vec<&str> = conditions.iter().filter_map(known_cell).collect();
        let others = conditions.iter().filter(|condition| known_cell(condition).is_none());
        let mut terms: Vec<Piece> =
            others.map(|condition| Piece::atom(format!("N({})", condition.text))).collect();
        if !cells.is_empty() {
            terms.insert(0, Piece::atom(over("COUNT", "SUM", &cells)));
        }
        match &terms[..] {
            [only] => only.clone(),
            several => Piece::open(joined(several, "+")),
        }
    }

    fn choose(&self, cases: &[(Piece, Piece)], otherwise: &Piece) -> Piece {
        let first = cases.iter().rev().fold(otherwise.text.clone(), |rest, (when, then)| {
            format!("IF({},{},{rest})", when.text, then.text)
        });
        Piece::atom(first)
    }

    fn table(&self, node: &Node, keys: &[Piece]) -> Piece {
        self.tables.borrow_mut().printed(self, node, keys)
    }

    fn truth(&self, value: bool) -> Piece {
        Piece::atom(if value { "TRUE" } else { "FALSE" })
    }

    fn known(&self, of: &Piece) -> Piece {
        Piece::atom(format!("ISNUMBER({})", of.text))
    }

    fn absent(&self, of: &Piece) -> Piece {
        Piece::atom(format!("NOT(ISNUMBER({}))", of.text))
    }

    fn compare(&self, comparison: Comparison, left: &Piece, right: &Piece) -> Piece {
        let sign = sign(comparison, ["=", "<>"]);
        Piece::open(format!("{}{sign}{}", left.operand(), right.operand()))
    }

    fn listed(&self, of: &Piece, values: &[f64]) -> Piece {
        match values {
            [only] => self.compare(Comparison::Equal, of, &self.number(*only)),
            _ => {
                let values = values.iter().map(|value| self.number(*value).text);
                let values = values.collect::<Vec<_>>().join(",");
                Piece::atom(format!("ISNUMBER(MATCH({},{{{values}}},0))", of.text))
            }
        }
    }

    fn definite(&self, condition: Piece, open: &[Piece]) -> Piece {
        let known: Vec<Piece> = open.iter().map(|piece| self.known(piece)).collect();
        Piece::atom(format!("IF({},{},FALSE)", self.all(&known).text, condition.text))
    }

    fn all(&self, conditions: &[Piece]) -> Piece {
        if let [only] = conditions {
            return only.clone();
        }
        let cells: Vec<&str> = conditions.iter().filter_map(known_cell).collect();
        if cells.len() < 2 {
            return Piece::atom(call("AND", &texts(conditions)));
        }
        let counted = format!("{}={}", over("COUNT", "SUM", &cells), cells.len());
        let others = conditions.iter().filter(|condition| known_cell(condition).is_none());
        let mut arguments: Vec<String> = others.map(|piece| piece.text.clone()).collect();
        if arguments.is_empty() {
            return Piece::open(counted);
        }
        arguments.insert(0, counted);
        Piece::atom(call("AND", &arguments))
    }

    fn any(&self, conditions: &[Piece]) -> Piece {
        let cells: Vec<&str> = conditions.iter().filter_map(known_cell).collect();
        match conditions {
            [only] => only.clone(),
            _ if cells.len() == conditions.len() => {
                Piece::open(format!("{}>0", over("COUNT", "SUM", &cells)))
            }
            _ => Piece::atom(call("OR", &texts(conditions))),
        }
    }

    fn not(&self, condition: &Piece) -> Piece {
        Piece::atom(format!("NOT({})", condition.text))
    }

    fn truth_value(&self, yes: Option<&Piece>, no: Option<&Piece>) -> Piece {
        let no = no.map(|no| format!("IF({},FALSE,{MISSING})", no.text));
        let rest = no.unwrap_or_else(|| MISSING.to_owned());
        Piece::atom(match yes {
            Some(yes) => format!("IF({},TRUE,{rest})", yes.text),
            None => rest,
        })
    }

    fn sure_truth_value(&self, yes: &Piece) -> Piece {
        // LibreOffice shows some conditions as 1 and 0.
        Piece::atom(format!("IF({},TRUE,FALSE)", yes.text))
    }

    fn word(&self, position: &Piece, words: &[String]) -> Piece {
        let word = format!("CHOOSE({}+1,{})", position.operand(), words.join(","));
        Piece::atom(format!("IF(ISNUMBER({}),{word},{MISSING})", position.text))
    }
}

fn texts(pieces: &[Piece]) -> Vec<String> {
    pieces.iter().map(|piece| piece.text.clone()).collect()
}
