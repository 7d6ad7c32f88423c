//! How Stata spells the normal form. A missing number is greater than all others, so `x > 3` is true for it; conditions
//! are 0 or 1 and never missing.

use scalewright_model::{AggregateKind, Comparison, Function, Operator, ResponseOption, TOLERANCE};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::digits;
use scalewright_scoring::normal::tree::{Edge, Node};
use scalewright_scoring::normal::{CheckIx, StepIx};

use super::commands;
use crate::code::lines::{Piece, Print, TARGET};
use crate::code::syntax::{ChoiceRead, Part, Syntax, joined, sign};

/// Stata.
pub(crate) struct Stata;

/// Pieces as the arguments of a call.
fn arguments(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// Commands that create the target from a piece, which may be a group of commands already. `kind` is a type of Stata;
/// empty for texts, whose type Stata chooses.
pub(super) fn set(kind: &str, piece: &Piece) -> String {
    match piece.text.contains(TARGET) {
        true => piece.text.clone(),
        false => format!("generate {kind} {TARGET} = {}", piece.text).replace("  ", " "),
    }
}

impl Syntax for Stata {
    fn language(&self) -> &'static str {
        "Stata"
    }

    fn propagates(&self) -> bool {
        true
    }

    fn repeats(&self) -> bool {
        true
    }

    fn most_cases(&self) -> usize {
        // An expression has at most 300 literals.
        8
    }

    fn step_name(&self, StepIx(ix): StepIx) -> String {
        // The names for ids begin with two underscores and a letter.
        format!("___s{ix}")
    }

    fn check_name(&self, CheckIx(ix): CheckIx) -> String {
        format!("___c{ix}")
    }

    fn part_name(&self, at: usize) -> String {
        format!("___p{at}")
    }

    fn variable(&self, id: &str) -> String {
        format!("__{id}")
    }

    fn check_line(&self, name: &str, condition: Piece) -> (Piece, Piece) {
        (condition, Piece::atom(name))
    }

    fn number(&self, value: f64) -> Piece {
        if value < 0.0 { Piece::open(digits(value)) } else { Piece::atom(digits(value)) }
    }

    fn missing(&self) -> Piece {
        Piece::atom(".")
    }

    fn text(&self, text: &str) -> Print<String> {
        Ok(commands::literal(text))
    }

    fn missing_text(&self) -> String {
        "\"\"".to_owned()
    }

    fn choice(&self, _: &str, _: &[ResponseOption], _: usize) -> Print<ChoiceRead> {
        Ok(ChoiceRead::Column)
    }

    /// The condition that the answer is accepted.
    fn clean(&self, column: &str, accepted: Option<&Accepted>) -> Piece {
        match accepted {
            None | Some(Accepted::Choices(_)) => Piece::atom("0"),
            Some(Accepted::Values(values)) => {
                let values: Vec<f64> = values.iter().map(|value| value.number()).collect();
                self.listed(&Piece::atom(column), &values)
            }
            Some(Accepted::Between { min, max, decimals: _ }) => {
                let (low, high) = (digits(min - TOLERANCE), digits(max + TOLERANCE));
                Piece::atom(format!("inrange({column}, {low}, {high})"))
            }
        }
    }

    fn column(&self, id: &str) -> String {
        id.to_owned()
    }

    fn arithmetic(&self, operator: Operator, left: &Piece, right: &Piece) -> Piece {
        let (a, b) = (left.operand(), right.operand());
        Piece::open(match operator {
            Operator::Add => format!("{a} + {b}"),
            Operator::Subtract => format!("{a} - {b}"),
            Operator::Multiply => format!("{a} * {b}"),
            Operator::Divide => format!("{a} / {b}"),
            Operator::Modulo => format!("{a} - {b} * floor({a} / {b})"),
        })
    }

    fn apply(&self, function: Function, of: &Piece) -> Print<Piece> {
        let (x, guard) = (of.operand(), digits(TOLERANCE));
        Ok(match function {
            Function::Abs => Piece::atom(format!("abs({})", of.text)),
            Function::Sqrt => Piece::atom(format!("sqrt({})", of.text)),
            Function::Ln => Piece::atom(format!("ln({})", of.text)),
            Function::Exp => Piece::atom(format!("exp({})", of.text)),
            Function::Floor => Piece::atom(format!("floor({x} + {guard})")),
            Function::Ceiling => Piece::atom(format!("ceil({x} - {guard})")),
            Function::Truncate => {
                Piece::open(format!("sign({}) * floor(abs({}) + {guard})", of.text, of.text))
            }
            Function::NormalCdf => Piece::atom(format!("normal({})", of.text)),
        })
    }

    fn round(&self, of: &Piece, decimals: u32, positive: bool) -> Piece {
        // Stata's `round` multiplies by an inexact unit.
        let (times, over) = match decimals {
            0 => (String::new(), String::new()),
            _ => {
                let scale = 10_u64.pow(decimals);
                (format!(" * {scale}"), format!(" / {scale}"))
            }
        };
        let half = digits(0.5 + TOLERANCE);
        let size = |x: &str| format!("floor({x}{times} + {half}){over}");
        Piece::open(match positive {
            true => size(&of.operand()),
            false => format!("sign({0}) * {1}", of.text, size(&format!("abs({})", of.text))),
        })
    }

    fn or_else(&self, number: &Piece, otherwise: f64) -> Piece {
        let x = &number.text;
        Piece::atom(format!("cond(missing({x}), {}, {x})", digits(otherwise)))
    }

    fn extreme(&self, kind: AggregateKind, parts: &[Part]) -> Piece {
        let name = if kind == AggregateKind::Min { "min" } else { "max" };
        let number = |part: &Part| match part.stand_in.filter(|_| !part.is_known) {
            None => part.number.clone(),
            Some(value) => self.or_else(&part.number, value),
        };
        let numbers: Vec<Piece> = parts.iter().map(number).collect();
        match numbers.as_slice() {
            [only] => only.clone(),
            all => Piece::atom(format!("{name}({})", arguments(all))),
        }
    }

    fn count(&self, conditions: &[Piece]) -> Piece {
        let each = conditions.iter().map(|one| format!("({})", one.text));
        Piece::open(each.collect::<Vec<_>>().join(" + "))
    }

    /// Only `otherwise` may be a group of commands: a table.
    fn choose(&self, cases: &[(Piece, Piece)], otherwise: &Piece) -> Piece {
        if otherwise.text.contains(TARGET) {
            let mut text = otherwise.text.clone();
            for (when, then) in cases.iter().rev() {
                text.push_str(&format!("\nreplace {TARGET} = {} if {}", then.text, when.text));
            }
            return Piece::statement(text);
        }
        cases.iter().rev().fold(otherwise.clone(), |rest, (when, then)| {
            Piece::atom(format!("cond({}, {}, {})", when.text, then.text, rest.text))
        })
    }

    /// One command for each number of the table: a single expression has at most 300 literals.
    fn table(&self, node: &Node, keys: &[Piece]) -> Piece {
        if let Node::Leaf(leaf) = node {
            return self.leaf(leaf, &keys[0]);
        }
        let mut text = format!("generate double {TARGET} = .");
        self.rows(node, keys, &mut Vec::new(), &mut text);
        Piece::statement(text)
    }

    fn truth(&self, value: bool) -> Piece {
        Piece::atom(if value { "1" } else { "0" })
    }

    fn known(&self, of: &Piece) -> Piece {
        Piece::atom(format!("!missing({})", of.text))
    }

    fn absent(&self, of: &Piece) -> Piece {
        Piece::atom(format!("missing({})", of.text))
    }

    fn compare(&self, comparison: Comparison, left: &Piece, right: &Piece) -> Piece {
        let sign = sign(comparison, ["==", "!="]);
        Piece::atom(format!("{} {sign} {}", left.operand(), right.operand()))
    }

    /// `inlist` takes 250 numbers.
    fn listed(&self, of: &Piece, values: &[f64]) -> Piece {
        let lists = values.chunks(200).map(|values| {
            let values: Vec<String> = values.iter().map(|value| digits(*value)).collect();
            Piece::atom(format!("inlist({}, {})", of.text, values.join(", ")))
        });
        self.any(&lists.collect::<Vec<_>>())
    }

    fn definite(&self, condition: Piece, open: &[Piece]) -> Piece {
        let known = Piece::atom(format!("!missing({})", arguments(open)));
        self.all(&[known, condition])
    }

    fn all(&self, conditions: &[Piece]) -> Piece {
        Piece::open(joined(conditions, " & "))
    }

    fn any(&self, conditions: &[Piece]) -> Piece {
        match conditions {
            [only] => only.clone(),
            _ => Piece::open(joined(conditions, " | ")),
        }
    }

    fn not(&self, condition: &Piece) -> Piece {
        Piece::atom(format!("!({})", condition.text))
    }

    fn truth_value(&self, yes: Option<&Piece>, no: Option<&Piece>) -> Piece {
        let cases = [(yes, 1.0), (no, 0.0)].into_iter();
        let cases = cases.filter_map(|(when, value)| Some((when?.clone(), self.number(value))));
        self.choose(&cases.collect::<Vec<_>>(), &self.missing())
    }

    fn sure_truth_value(&self, yes: &Piece) -> Piece {
        yes.clone()
    }
}

impl Stata {
    /// The commands for the numbers below a node, under the conditions of the path to it.
    fn rows(&self, node: &Node, keys: &[Piece], path: &mut Vec<String>, text: &mut String) {
        match node {
            Node::Leaf(leaf) => {
                let number = self.leaf(leaf, &keys[0]).text;
                if number != "." {
                    let when = path.join(" & ");
                    text.push_str(&format!("\nreplace {TARGET} = {number} if {when}"));
                }
            }
            Node::Split { edge, less, more } => {
                for (sign, node) in [("<", less), (">=", more)] {
                    let outer = path.clone();
                    narrow(path, *edge, sign, keys);
                    self.rows(node, keys, path, text);
                    *path = outer;
                }
            }
        }
    }
}

/// Adds a condition to a path, in place of the wider one on the same side.
fn narrow(path: &mut Vec<String>, edge: Edge, sign: &str, keys: &[Piece]) {
    let begin = format!("{} {sign} ", keys[edge.key].operand());
    path.retain(|condition| !condition.starts_with(&begin));
    path.push(begin + &digits(edge.below));
}

#[cfg(test)]
mod tests {
    use scalewright_scoring::normal::tree::{Edge, Leaf, Node};

    use super::Stata;
    use crate::code::lines::{Piece, TARGET};
    use crate::code::syntax::Syntax;

    fn split(below: f64, less: Node, more: Node) -> Node {
        let edge = Edge { key: 0, below };
        Node::Split { edge, less: Box::new(less), more: Box::new(more) }
    }

    #[test]
    fn a_table_is_one_command_for_each_number() {
        let value = |value| Node::Leaf(Leaf::Value(value));
        let table = split(1.5, Node::Leaf(Leaf::Missing), split(2.5, value(-30.0), value(41.5)));
        let text = Stata.table(&table, &[Piece::atom("x")]).text.replace(TARGET, "t");
        let rows = "replace t = -30 if x >= 1.5 & x < 2.5\nreplace t = 41.5 if x >= 2.5";
        assert_eq!(text, format!("generate double t = .\n{rows}"));
    }

    #[test]
    fn no_missing_number_is_compared() {
        let x = Piece::atom("x");
        let test = Stata.compare(scalewright_model::Comparison::Greater, &x, &Stata.number(3.0));
        assert_eq!(Stata.definite(test, &[x]).text, "!missing(x) & x > 3");
    }

    #[test]
    fn a_list_has_at_most_200_numbers() {
        let values: Vec<f64> = (0..250).map(f64::from).collect();
        let text = Stata.listed(&Piece::atom("x"), &values).text;
        assert_eq!(text.matches("inlist(x, ").count(), 2);
    }
}
