//! How SQL spells the normal form.
//!
//! A condition may be NULL instead of false. It is only used where NULL counts as false: after `WHEN`, and in `AND` and
//! `OR` there. The line of a condition is 1 or 0, because some dialects have no columns of truth values.

use scalewright_model::OptionValue;

use scalewright_model::{AggregateKind, Comparison, Function, Operator, ResponseOption, TOLERANCE};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::{digits, number};
use scalewright_scoring::normal::tree::Node;
use scalewright_scoring::normal::{CheckIx, StepIx};

use super::dialect::Dialect;
use crate::code::intervals::intervals;
use crate::code::lines::{Piece, Print, unsupported};
use crate::code::syntax::{ChoiceRead, Part, Syntax, joined, sign};

/// The most terms of a sum, and the most arguments of a function, in one list. SQLite allows 127 arguments.
const LISTED: usize = 100;
/// A number beyond every answer, in place of a missing one in a minimum.
const BEYOND: &str = "1e300";

/// A dialect of SQL.
pub(crate) struct Sql {
    pub(crate) dialect: Dialect,
    /// What the names of cleaned answers and scores begin with.
    pub(crate) prefix: &'static str,
    /// What the names of the columns with the answers as given begin with.
    pub(crate) given: &'static str,
}

impl Sql {
    fn double(&self, text: &str) -> String {
        format!("CAST({text} AS {})", self.dialect.double())
    }

    /// The condition that an answer is accepted. NULL for a missing answer.
    pub(crate) fn accepts(&self, column: &str, accepted: &Accepted) -> String {
        let column = &self.compared(column);
        match accepted {
            Accepted::Values(values) => self.one_of(column, values),
            // Each option has a column of its own.
            Accepted::Choices(_) => "1 = 0".to_owned(),
            Accepted::Between { min, max, decimals: _ } => {
                let (low, high) = (digits(min - TOLERANCE), digits(max + TOLERANCE));
                match self.dialect {
                    // False for texts that are no numbers, of which SQLite would take the digits at the beginning.
                    Dialect::Sqlite => {
                        format!("{column} + 0 = {column} AND {column} + 0 BETWEEN {low} AND {high}")
                    }
                    _ => format!("{column} BETWEEN {low} AND {high}"),
                }
            }
        }
    }

    /// The condition that a number is one of whole numbers, in ascending order.
    ///
    /// DuckDB makes a join of each list of five or more: 200 such lists take a minute for one row.
    pub(crate) fn one_of(&self, column: &str, values: &[OptionValue]) -> String {
        match values {
            [first, .., last] if self.dialect == Dialect::DuckDb && is_gap_free(values) => {
                format!("{column} BETWEEN {first} AND {last} AND FLOOR({column}) = {column}")
            }
            _ => self.in_lists(column, &values.iter().map(ToString::to_string).collect::<Vec<_>>()),
        }
    }

    /// The condition that a number is in a list, which is cut where DuckDB would make a join of it.
    fn in_lists(&self, number: &str, values: &[String]) -> String {
        let most = if self.dialect == Dialect::DuckDb { 4 } else { usize::MAX };
        let lists: Vec<String> =
            values.chunks(most).map(|part| format!("{number} IN ({})", part.join(", "))).collect();
        match &lists[..] {
            [only] => only.clone(),
            _ => format!("({})", lists.join(" OR ")),
        }
    }

    /// An answer as it is compared with numbers. DuckDB would round a text to a whole number, and accept `2.6` as 3.
    pub(crate) fn compared(&self, column: &str) -> String {
        match self.dialect {
            Dialect::DuckDb => self.double(column),
            _ => column.to_owned(),
        }
    }

    fn floor(&self, x: &str) -> String {
        format!("FLOOR({x})")
    }
}

/// Whether each of the numbers, at least two, is one more than that before.
fn is_gap_free(values: &[OptionValue]) -> bool {
    values.len() > 1
        && values
            .windows(2)
            .all(|pair| pair[0].as_whole().is_some() && pair[0] + OptionValue::whole(1) == pair[1])
}

/// Pieces joined by an operator, many of them in groups: engines limit how deeply an expression is nested.
fn grouped(pieces: &[Piece], operator: &str) -> String {
    let parts: Vec<String> = pieces.chunks(LISTED).map(|part| joined(part, operator)).collect();
    match &parts[..] {
        [only] => only.clone(),
        _ => parts.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(operator),
    }
}

/// `CASE`, without `ELSE` if the last result is NULL.
fn case(cases: &[(Piece, Piece)], otherwise: Option<&str>) -> Piece {
    let cases: Vec<String> =
        cases.iter().map(|(when, then)| format!("WHEN {} THEN {}", when.text, then.text)).collect();
    let otherwise = otherwise.map(|text| format!(" ELSE {text}")).unwrap_or_default();
    Piece::atom(format!("CASE {}{otherwise} END", cases.join(" ")))
}

/// Numbers combined by a function of several arguments.
fn extreme(name: &str, numbers: &[Piece]) -> Piece {
    match numbers {
        [only] => only.clone(),
        _ if numbers.len() <= LISTED => {
            let arguments: Vec<&str> = numbers.iter().map(|piece| piece.text.as_str()).collect();
            Piece::atom(format!("{name}({})", arguments.join(", ")))
        }
        _ => {
            let parts: Vec<Piece> =
                numbers.chunks(LISTED).map(|part| extreme(name, part)).collect();
            extreme(name, &parts)
        }
    }
}

impl Syntax for Sql {
    fn language(&self) -> &'static str {
        self.dialect.name()
    }

    fn propagates(&self) -> bool {
        true
    }

    fn names_counts(&self) -> bool {
        // In Spark, a layer copies all columns of each row, and an expression that occurs twice is computed once.
        self.dialect != Dialect::Spark
    }

    fn step_name(&self, StepIx(ix): StepIx) -> String {
        format!("_s{ix}")
    }

    fn check_name(&self, CheckIx(ix): CheckIx) -> String {
        format!("_c{ix}")
    }

    fn part_name(&self, at: usize) -> String {
        format!("_p{at}")
    }

    fn variable(&self, id: &str) -> String {
        self.dialect.quoted(&format!("{}{id}", self.prefix))
    }

    fn check_line(&self, name: &str, condition: Piece) -> (Piece, Piece) {
        let line = case(&[(condition, Piece::atom("1"))], Some("0"));
        (line, Piece::atom(format!("{name} = 1")))
    }

    fn number(&self, value: f64) -> Piece {
        if value < 0.0 { Piece::open(digits(value)) } else { Piece::atom(digits(value)) }
    }

    fn missing(&self) -> Piece {
        Piece::atom(self.double("NULL"))
    }

    fn text(&self, text: &str) -> Print<String> {
        if text.contains('\0') {
            return unsupported("SQL cannot write the character U+0000 in a text");
        }
        let text = match self.dialect.escapes() {
            // `${…}` is a variable in Spark.
            true => text
                .replace('\\', "\\\\")
                .replace('\'', "\\'")
                .replace('\n', "\\n")
                .replace('\r', "\\r")
                .replace("${", "\\u0024{"),
            false => text.replace('\'', "''"),
        };
        let sign = if self.dialect == Dialect::SqlServer { "N" } else { "" };
        let literal = |part: &str| format!("{sign}'{part}'");
        // An editor or a program that reads the file may change the end of a line within a text.
        let function = if matches!(self.dialect, Dialect::Sqlite | Dialect::SqlServer) {
            "CHAR"
        } else {
            "CHR"
        };
        let mut parts = Vec::new();
        for part in text.split_inclusive(['\n', '\r']) {
            let (part, end) = match part.chars().last() {
                Some(end @ ('\n' | '\r')) => (&part[..part.len() - 1], Some(u32::from(end))),
                _ => (part, None),
            };
            parts.push(literal(part));
            parts.extend(end.map(|end| format!("{function}({end})")));
        }
        let by = if self.dialect == Dialect::SqlServer { " + " } else { " || " };
        Ok(if parts.is_empty() { literal("") } else { parts.join(by) })
    }

    fn missing_text(&self) -> String {
        format!("CAST(NULL AS {})", self.dialect.text())
    }

    fn choice(&self, _: &str, _: &[ResponseOption], _: usize) -> Print<ChoiceRead> {
        Ok(ChoiceRead::Column)
    }

    fn clean(&self, column: &str, accepted: Option<&Accepted>) -> Piece {
        match accepted {
            None => self.missing(),
            Some(accepted) => {
                let is = Piece::atom(self.accepts(column, accepted));
                case(&[(is, Piece::atom(self.double(column)))], None)
            }
        }
    }

    fn column(&self, id: &str) -> String {
        self.dialect.quoted(&format!("{}{id}", self.given))
    }

    fn arithmetic(&self, operator: Operator, left: &Piece, right: &Piece) -> Piece {
        let (a, b) = (left.operand(), right.operand());
        // The quotient of whole numbers or decimals would be cut in some dialects.
        let quotient = format!("{} / {b}", self.double(&left.text));
        Piece::open(match operator {
            Operator::Add => format!("{a} + {b}"),
            Operator::Subtract => format!("{a} - {b}"),
            Operator::Multiply => format!("{a} * {b}"),
            Operator::Divide => quotient,
            Operator::Modulo => format!("{a} - {b} * {}", self.floor(&quotient)),
        })
    }

    fn apply(&self, function: Function, of: &Piece) -> Print<Piece> {
        let (x, guard) = (of.operand(), number(TOLERANCE));
        let ceiling = format!("0 - {}", self.floor(&format!("{guard} - {x}")));
        let floor = self.floor(&format!("{x} + {guard}"));
        Ok(match function {
            Function::Abs => Piece::atom(format!("ABS({})", of.text)),
            Function::Sqrt => Piece::atom(format!("SQRT({})", of.text)),
            Function::Ln if self.dialect == Dialect::SqlServer => {
                Piece::atom(format!("LOG({})", of.text))
            }
            Function::Ln => Piece::atom(format!("LN({})", of.text)),
            Function::Exp => Piece::atom(format!("EXP({})", of.text)),
            Function::Floor => Piece::atom(floor),
            Function::Ceiling => Piece::open(ceiling),
            Function::Truncate => {
                case(&[(Piece::atom(format!("{x} < 0")), Piece::atom(ceiling))], Some(&floor))
            }
            Function::NormalCdf => {
                return unsupported(
                    "SQL has no normal distribution function: define the norm by a table",
                );
            }
        })
    }

    fn round(&self, of: &Piece, decimals: u32, positive: bool) -> Piece {
        let scale = 10_u64.pow(decimals);
        let half = number(0.5 + TOLERANCE);
        let size = |x: &str| match decimals {
            0 => self.floor(&format!("{x} + {half}")),
            _ => {
                let floor = self.floor(&format!("{x} * {scale} + {half}"));
                format!("{} / {scale}", self.double(&floor))
            }
        };
        let x = of.operand();
        match positive {
            true => Piece::open(size(&x)),
            false => case(
                &[(
                    Piece::atom(format!("{x} < 0")),
                    Piece::atom(format!("0 - {}", size(&format!("(0 - {x})")))),
                )],
                Some(&size(&x)),
            ),
        }
    }

    fn sum(&self, terms: &[Piece]) -> Piece {
        Piece::open(grouped(terms, " + "))
    }

    fn or_else(&self, number: &Piece, otherwise: f64) -> Piece {
        Piece::atom(format!("COALESCE({}, {})", number.text, digits(otherwise)))
    }

    fn extreme(&self, kind: AggregateKind, parts: &[Part]) -> Piece {
        let [least, greatest] = self.dialect.extremes();
        let (name, beyond) = match kind {
            AggregateKind::Min => (least, BEYOND.to_owned()),
            _ => (greatest, format!("-{BEYOND}")),
        };
        let number = |part: &Part| match part.is_known {
            true => part.number.clone(),
            false => {
                let otherwise = part.stand_in.map_or_else(|| beyond.clone(), digits);
                Piece::atom(format!("COALESCE({}, {otherwise})", part.number.text))
            }
        };
        extreme(name, &parts.iter().map(number).collect::<Vec<_>>())
    }

    fn count(&self, conditions: &[Piece]) -> Piece {
        let each = conditions.iter().map(|is| case(&[(is.clone(), Piece::atom("1"))], Some("0")));
        self.sum(&each.collect::<Vec<_>>())
    }

    fn choose(&self, cases: &[(Piece, Piece)], otherwise: &Piece) -> Piece {
        let is_null = otherwise.text.starts_with("CAST(NULL AS ");
        // Without any other result the type of the column would be unknown.
        let only_null = cases.iter().all(|(_, then)| then.text == otherwise.text);
        case(cases, Some(otherwise.text.as_str()).filter(|_| !is_null || only_null))
    }

    fn table(&self, node: &Node, keys: &[Piece]) -> Piece {
        let key = match node {
            Node::Leaf(leaf) => return self.leaf(leaf, &keys[0]),
            Node::Split { edge, less: _, more: _ } => edge.key,
        };
        let (mut cases, mut last) = (Vec::new(), self.missing());
        for (end, node) in intervals(node, key) {
            let found = self.table(node, keys);
            match end {
                Some(end) => {
                    let below = self.compare(Comparison::Less, &keys[key], &self.number(end));
                    cases.push((below, found));
                }
                None => last = found,
            }
        }
        self.choose(&cases, &last)
    }

    fn truth(&self, value: bool) -> Piece {
        Piece::atom(if value { "1 = 1" } else { "1 = 0" })
    }

    fn known(&self, of: &Piece) -> Piece {
        Piece::atom(format!("{} IS NOT NULL", of.operand()))
    }

    fn absent(&self, of: &Piece) -> Piece {
        Piece::atom(format!("{} IS NULL", of.operand()))
    }

    fn compare(&self, comparison: Comparison, left: &Piece, right: &Piece) -> Piece {
        let sign = sign(comparison, ["=", "<>"]);
        Piece::atom(format!("{} {sign} {}", left.operand(), right.operand()))
    }

    fn listed(&self, of: &Piece, values: &[f64]) -> Piece {
        let values: Vec<String> = values.iter().map(|value| digits(*value)).collect();
        Piece::atom(self.in_lists(&of.operand(), &values))
    }

    fn definite(&self, condition: Piece, _open: &[Piece]) -> Piece {
        condition
    }

    fn all(&self, conditions: &[Piece]) -> Piece {
        Piece::open(grouped(conditions, " AND "))
    }

    fn any(&self, conditions: &[Piece]) -> Piece {
        Piece::open(grouped(conditions, " OR "))
    }

    fn not(&self, condition: &Piece) -> Piece {
        // `NOT` of NULL is NULL, but the opposite of a condition that is not true is true.
        let is = case(&[(condition.clone(), Piece::atom("0"))], Some("1"));
        Piece::atom(format!("{} = 1", is.text))
    }

    fn truth_value(&self, yes: Option<&Piece>, no: Option<&Piece>) -> Piece {
        let (kind, [is, not]) = match self.dialect.boolean() {
            Some(kind) => (kind, ["TRUE", "FALSE"]),
            None => (self.dialect.integer(), ["1", "0"]),
        };
        let cases = [(yes, is), (no, not)];
        let cases =
            cases.into_iter().filter_map(|(when, then)| Some((when?.clone(), Piece::atom(then))));
        let cases: Vec<(Piece, Piece)> = cases.collect();
        match cases.is_empty() {
            true => Piece::atom(format!("CAST(NULL AS {kind})")),
            false => case(&cases, None),
        }
    }

    fn sure_truth_value(&self, yes: &Piece) -> Piece {
        let [is, not] =
            if self.dialect.boolean().is_some() { ["TRUE", "FALSE"] } else { ["1", "0"] };
        case(&[(yes.clone(), Piece::atom(is))], Some(not))
    }
}
