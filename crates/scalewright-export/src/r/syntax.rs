//! How R spells the normal form: vectors, one element for each respondent.
//!
//! `.pick` is `ifelse` with a condition as long as the table; R's own has the length of its condition. A printed
//! condition is TRUE or FALSE and never NA, because `ifelse` of NA is NA.

use scalewright_model::{AggregateKind, Comparison, Function, Operator, ResponseOption, TOLERANCE};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::digits;
use scalewright_scoring::normal::tree::Node;
use scalewright_scoring::normal::{CheckIx, StepIx};

use super::spelling;
use crate::code::lines::{Piece, Print};
use crate::code::syntax::{ChoiceRead, Part, Syntax, joined, sign};

/// Base R.
pub(crate) struct R;

/// Pieces as the arguments of a call.
fn arguments(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(", ")
}

impl Syntax for R {
    fn language(&self) -> &'static str {
        "R"
    }

    fn propagates(&self) -> bool {
        true
    }

    fn most_cases(&self) -> usize {
        // R allows about 50 calls within each other.
        8
    }

    fn step_name(&self, StepIx(ix): StepIx) -> String {
        format!(".s{ix}")
    }

    fn check_name(&self, CheckIx(ix): CheckIx) -> String {
        format!(".c{ix}")
    }

    fn part_name(&self, at: usize) -> String {
        format!(".p{at}")
    }

    fn variable(&self, id: &str) -> String {
        spelling::name(id)
    }

    fn number(&self, value: f64) -> Piece {
        spelling::literal(value)
    }

    fn missing(&self) -> Piece {
        Piece::atom("NA_real_")
    }

    fn text(&self, text: &str) -> Print<String> {
        spelling::text(text)
    }

    fn missing_text(&self) -> String {
        "NA_character_".to_owned()
    }

    fn choice(&self, _: &str, _: &[ResponseOption], _: usize) -> Print<ChoiceRead> {
        Ok(ChoiceRead::Column)
    }

    fn clean(&self, column: &str, accepted: Option<&Accepted>) -> Piece {
        Piece::atom(match accepted {
            None | Some(Accepted::Choices(_)) => "NA_real_".to_owned(),
            Some(Accepted::Values(values)) => {
                let values: Vec<f64> = values.iter().map(|value| value.number()).collect();
                format!(".coded({column}, {})", spelling::values(&values))
            }
            Some(Accepted::Between { min, max, decimals: _ }) => {
                format!(".within({column}, {}, {})", digits(*min), digits(*max))
            }
        })
    }

    fn column(&self, id: &str) -> String {
        format!("\"{id}\"")
    }

    fn arithmetic(&self, operator: Operator, left: &Piece, right: &Piece) -> Piece {
        let (a, b) = (left.operand(), right.operand());
        Piece::open(match operator {
            Operator::Add => format!("{a} + {b}"),
            Operator::Subtract => format!("{a} - {b}"),
            Operator::Multiply => format!("{a} * {b}"),
            Operator::Divide => format!("{a} / {b}"),
            // R's `%%` differs near multiples of a fraction.
            Operator::Modulo => format!("{a} - {b} * floor({a} / {b})"),
        })
    }

    fn apply(&self, function: Function, of: &Piece) -> Print<Piece> {
        Ok(match function {
            // The functions warn where they are not defined, and the guard is computed beside them.
            Function::Sqrt => Piece::atom(format!("sqrt(pmax({}, 0))", of.text)),
            Function::Ln => Piece::atom(format!("log(pmax({}, 0))", of.text)),
            _ => spelling::apply(function, of),
        })
    }

    fn round(&self, of: &Piece, decimals: u32, positive: bool) -> Piece {
        spelling::rounded(&of.operand(), decimals, positive)
    }

    fn or_else(&self, number: &Piece, otherwise: f64) -> Piece {
        let x = &number.text;
        Piece::atom(format!(".pick(is.na({x}), {}, {x})", digits(otherwise)))
    }

    fn sum_of(&self, parts: &[Part]) -> Piece {
        if parts.iter().all(|part| part.is_known) {
            let all: Vec<Piece> = parts.iter().map(|part| part.number.clone()).collect();
            return self.sum(&all);
        }
        Piece::atom(format!("rowSums(cbind({}), na.rm = TRUE)", arguments(&self.filled(parts))))
    }

    fn mean_of(&self, parts: &[Part], times: f64) -> Piece {
        let mean = format!("rowMeans(cbind({}), na.rm = TRUE)", arguments(&self.filled(parts)));
        #[expect(clippy::float_cmp, reason = "the factor is exactly 1 or a number of terms")]
        match times == 1.0 {
            true => Piece::atom(mean),
            false => Piece::open(format!("{mean} * {}", digits(times))),
        }
    }

    fn extreme(&self, kind: AggregateKind, parts: &[Part]) -> Piece {
        let name = if kind == AggregateKind::Min { "pmin" } else { "pmax" };
        Piece::atom(format!("{name}({}, na.rm = TRUE)", arguments(&self.filled(parts))))
    }

    fn count(&self, conditions: &[Piece]) -> Piece {
        Piece::atom(format!("rowSums(cbind({}))", arguments(conditions)))
    }

    fn choose(&self, cases: &[(Piece, Piece)], otherwise: &Piece) -> Piece {
        let first = cases.iter().rev().fold(otherwise.text.clone(), |rest, (when, then)| {
            format!(".pick({}, {}, {rest})", when.text, then.text)
        });
        Piece::atom(first)
    }

    fn table(&self, node: &Node, keys: &[Piece]) -> Piece {
        let keys: Vec<String> = keys.iter().map(Piece::operand).collect();
        Piece::atom(spelling::table(node, &keys, ".pick"))
    }

    fn truth(&self, value: bool) -> Piece {
        Piece::atom(if value { "TRUE" } else { "FALSE" })
    }

    fn known(&self, of: &Piece) -> Piece {
        Piece::atom(format!("!is.na({})", of.text))
    }

    fn absent(&self, of: &Piece) -> Piece {
        Piece::atom(format!("is.na({})", of.text))
    }

    fn compare(&self, comparison: Comparison, left: &Piece, right: &Piece) -> Piece {
        let sign = sign(comparison, ["==", "!="]);
        Piece::atom(format!("{} {sign} {}", left.operand(), right.operand()))
    }

    fn listed(&self, of: &Piece, values: &[f64]) -> Piece {
        Piece::atom(format!("{} %in% {}", of.operand(), spelling::values(values)))
    }

    fn definite(&self, condition: Piece, _open: &[Piece]) -> Piece {
        Piece::atom(format!("({}) %in% TRUE", condition.text))
    }

    fn all(&self, conditions: &[Piece]) -> Piece {
        Piece::open(joined(conditions, " & "))
    }

    fn any(&self, conditions: &[Piece]) -> Piece {
        Piece::open(joined(conditions, " | "))
    }

    fn not(&self, condition: &Piece) -> Piece {
        Piece::atom(format!("!({})", condition.text))
    }

    fn truth_value(&self, yes: Option<&Piece>, no: Option<&Piece>) -> Piece {
        let no = no.map(|no| format!(".pick({}, FALSE, NA)", no.text));
        let rest = no.unwrap_or_else(|| "NA".to_owned());
        Piece::atom(match yes {
            Some(yes) => format!(".pick({}, TRUE, {rest})", yes.text),
            None => rest,
        })
    }

    fn sure_truth_value(&self, yes: &Piece) -> Piece {
        yes.clone()
    }

    fn word(&self, position: &Piece, words: &[String]) -> Piece {
        Piece::atom(format!("c({})[{} + 1]", words.join(", "), position.operand()))
    }
}

impl R {
    /// The numbers of parts, with what counts for missing ones. A missing part that counts as 0 in a sum stays missing,
    /// because `na.rm` leaves it out.
    fn filled(&self, parts: &[Part]) -> Vec<Piece> {
        let number = |part: &Part| match part.stand_in.filter(|_| !part.is_known) {
            None => part.number.clone(),
            Some(value) => self.or_else(&part.number, value),
        };
        parts.iter().map(number).collect()
    }
}

/// The ends of an interval of answers, moved by the tolerance.
pub(crate) const GUARD: f64 = TOLERANCE;
