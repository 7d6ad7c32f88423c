//! Data frames: expressions of narwhals, which run in pandas, polars and others.
//!
//! `c.name` is a column of the module's own. A condition is true or false and never null, because data frames differ in
//! what they do with null in `when`. pandas compares NaN as unequal, so a comparison always states what is known.

use scalewright_model::{AggregateKind, Comparison, Function, Operator, ResponseOption, TOLERANCE};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::{digits, number};
use scalewright_scoring::normal::{CheckIx, StepIx};

use super::texts::literal;
use crate::code::lines::{Piece, Print, unsupported};
use crate::code::syntax::{ChoiceRead, Part, Syntax, joined, sign};

/// The most columns that are combined at once.
const MOST: usize = 100;

/// Data frames through narwhals.
pub(super) static FRAMES: Frames = Frames;

/// Data frames through narwhals.
pub(super) struct Frames;

fn arguments(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// The sum, the lowest or the highest of columns in each row. Libraries combine columns one after the other, each with the
/// result so far: many of them would be nested too deeply.
fn horizontal(name: &str, pieces: &[Piece]) -> Piece {
    if pieces.len() <= MOST {
        return Piece::atom(format!("_nw.{name}_horizontal({})", arguments(pieces)));
    }
    let parts: Vec<Piece> = pieces.chunks(MOST).map(|part| horizontal(name, part)).collect();
    horizontal(name, &parts)
}

/// Pieces joined by an operator, many of them in groups for the same reason.
fn grouped(pieces: &[Piece], operator: &str) -> Piece {
    if pieces.len() <= MOST {
        return Piece::open(joined(pieces, operator));
    }
    let parts: Vec<Piece> = pieces.chunks(MOST).map(|part| grouped(part, operator)).collect();
    grouped(&parts, operator)
}

/// A piece as an operand that is a column also if it is a constant.
pub(super) fn column(piece: &Piece) -> String {
    match piece.text.parse::<f64>() {
        Ok(_) => format!("_nw.lit({}, _nw.Float64)", piece.text),
        Err(_) => piece.operand(),
    }
}

impl Frames {
    /// The numbers of parts as columns, with what counts for missing ones.
    fn filled(&self, parts: &[Part]) -> Vec<Piece> {
        let number = |part: &Part| match part.stand_in.filter(|_| !part.is_known) {
            Some(value) => self.or_else(&part.number, value),
            None => part.number.clone(),
        };
        parts.iter().map(number).collect()
    }
}

impl Syntax for Frames {
    fn language(&self) -> &'static str {
        "narwhals"
    }

    fn propagates(&self) -> bool {
        true
    }

    fn repeats(&self) -> bool {
        true
    }

    fn lengths(&self) -> (usize, usize) {
        (120, 40)
    }

    fn most_cases(&self) -> usize {
        20
    }

    fn names_counts(&self) -> bool {
        true
    }

    fn step_name(&self, StepIx(ix): StepIx) -> String {
        format!("c.s{ix}_")
    }

    fn check_name(&self, CheckIx(ix): CheckIx) -> String {
        format!("c.c{ix}_")
    }

    fn part_name(&self, at: usize) -> String {
        format!("c.p{at}_")
    }

    fn variable(&self, id: &str) -> String {
        match KEYWORDS.contains(&id) {
            true => format!("c[\"{id}\"]"),
            false => format!("c.{id}"),
        }
    }

    fn number(&self, value: f64) -> Piece {
        if value < 0.0 { Piece::open(digits(value)) } else { Piece::atom(digits(value)) }
    }

    fn missing(&self) -> Piece {
        Piece::atom("_MISSING")
    }

    fn text(&self, text: &str) -> Print<String> {
        Ok(format!("_nw.lit({})", literal(text)))
    }

    fn missing_text(&self) -> String {
        "_nw.lit(None, _nw.String)".to_owned()
    }

    fn choice(&self, _: &str, _: &[ResponseOption], _: usize) -> Print<ChoiceRead> {
        Ok(ChoiceRead::Column)
    }

    fn clean(&self, column: &str, accepted: Option<&Accepted>) -> Piece {
        Piece::atom(match accepted {
            None | Some(Accepted::Choices(_)) => "_MISSING".to_owned(),
            Some(Accepted::Values(values)) => {
                let values = values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                format!("coded({column}, [{values}])")
            }
            Some(Accepted::Between { min, max, decimals: _ }) => {
                format!("within({column}, {}, {})", digits(*min), digits(*max))
            }
        })
    }

    fn column(&self, id: &str) -> String {
        format!("\"{id}\"")
    }

    fn arithmetic(&self, operator: Operator, left: &Piece, right: &Piece) -> Piece {
        let (a, b) = (column(left), right.operand());
        Piece::open(match operator {
            Operator::Add => format!("{a} + {b}"),
            // A constant on the left is turned into a column, which is only necessary on its own.
            Operator::Subtract if right.text.parse::<f64>().is_err() => {
                format!("{} - {b}", left.operand())
            }
            Operator::Subtract => format!("{a} - {b}"),
            Operator::Multiply => format!("{a} * {b}"),
            Operator::Divide => format!("{a} / {b}"),
            Operator::Modulo => format!("{a} - {b} * ({a} / {b}).floor()"),
        })
    }

    fn apply(&self, function: Function, of: &Piece) -> Print<Piece> {
        let (x, guard) = (column(of), number(TOLERANCE));
        let floor = format!("({x} + {guard}).floor()");
        let ceiling = format!("0 - ({guard} - {x}).floor()");
        Ok(match function {
            Function::Abs => Piece::atom(format!("{x}.abs()")),
            Function::Sqrt => Piece::atom(format!("{x}.clip(lower_bound=0).sqrt()")),
            Function::Ln => Piece::atom(format!("{x}.clip(lower_bound=1e-300).log()")),
            Function::Exp => Piece::atom(format!("{x}.exp()")),
            Function::Floor => Piece::atom(floor),
            Function::Ceiling => Piece::open(ceiling),
            Function::Truncate => self.choose(
                &[(Piece::open(format!("{x} < 0")), Piece::open(ceiling))],
                &Piece::atom(floor),
            ),
            Function::NormalCdf => {
                return unsupported(
                    "data frames have no normal distribution function: define the norm by a table",
                );
            }
        })
    }

    fn round(&self, of: &Piece, decimals: u32, positive: bool) -> Piece {
        let half = number(0.5 + TOLERANCE);
        let size = |x: &str| match decimals {
            0 => format!("({x} + {half}).floor()"),
            _ => {
                let scale = 10_u64.pow(decimals);
                format!("({x} * {scale} + {half}).floor() / {scale}")
            }
        };
        let x = column(of);
        if positive {
            return Piece::open(size(&x));
        }
        let below = Piece::open(format!("0 - {}", size(&format!("(0 - {x})"))));
        self.choose(&[(Piece::open(format!("{x} < 0")), below)], &Piece::open(size(&x)))
    }

    fn or_else(&self, number: &Piece, otherwise: f64) -> Piece {
        Piece::atom(format!("{}.fill_null({})", column(number), digits(otherwise)))
    }

    fn sum_of(&self, parts: &[Part]) -> Piece {
        match parts.iter().all(|part| part.is_known) {
            true => grouped(&self.filled(parts), " + "),
            // It leaves out what is null.
            false => horizontal("sum", &self.filled(parts)),
        }
    }

    fn extreme(&self, kind: AggregateKind, parts: &[Part]) -> Piece {
        let name = if kind == AggregateKind::Min { "min" } else { "max" };
        let numbers: Vec<Piece> = self.filled(parts);
        match &numbers[..] {
            [only] => only.clone(),
            _ => horizontal(name, &numbers),
        }
    }

    fn count(&self, conditions: &[Piece]) -> Piece {
        // Columns that are tested for null and nothing else.
        let column = |is: &Piece| {
            let column = is.text.strip_prefix('~')?.strip_suffix(".is_null()")?;
            (!column.contains(' ')).then(|| column.to_owned())
        };
        if let Some(columns) = conditions.iter().map(column).collect::<Option<Vec<_>>>() {
            return Piece::atom(format!("_known({})", columns.join(", ")));
        }
        let each = conditions.iter().map(|is| Piece::atom(format!("_one({})", is.text)));
        horizontal("sum", &each.collect::<Vec<_>>())
    }

    fn choose(&self, cases: &[(Piece, Piece)], otherwise: &Piece) -> Piece {
        let choice = |rest: String, (when, then): &(Piece, Piece)| {
            format!("_nw.when({}).then({}).otherwise({rest})", when.text, then.text)
        };
        Piece::atom(cases.iter().rev().fold(otherwise.text.clone(), choice))
    }

    fn truth(&self, value: bool) -> Piece {
        Piece::atom(if value { "_nw.lit(True)" } else { "_nw.lit(False)" })
    }

    fn known(&self, of: &Piece) -> Piece {
        Piece::open(format!("~{}.is_null()", column(of)))
    }

    fn absent(&self, of: &Piece) -> Piece {
        Piece::atom(format!("{}.is_null()", column(of)))
    }

    fn compare(&self, comparison: Comparison, left: &Piece, right: &Piece) -> Piece {
        let sign = sign(comparison, ["==", "!="]);
        Piece::open(format!("{} {sign} {}", column(left), right.operand()))
    }

    fn listed(&self, of: &Piece, values: &[f64]) -> Piece {
        let values: Vec<String> = values.iter().map(|value| digits(*value)).collect();
        Piece::atom(format!("{}.is_in([{}])", column(of), values.join(", ")))
    }

    fn definite(&self, condition: Piece, open: &[Piece]) -> Piece {
        let known = open.iter().map(|piece| self.known(piece));
        let all: Vec<Piece> = std::iter::once(condition).chain(known).collect();
        Piece::open(joined(&all, " & "))
    }

    fn all(&self, conditions: &[Piece]) -> Piece {
        match conditions {
            [only] => only.clone(),
            _ => grouped(conditions, " & "),
        }
    }

    fn any(&self, conditions: &[Piece]) -> Piece {
        match conditions {
            [only] => only.clone(),
            _ => grouped(conditions, " | "),
        }
    }

    fn not(&self, condition: &Piece) -> Piece {
        Piece::open(format!("~({})", condition.text))
    }

    // Truth values are numbers until the end, because columns of pandas cannot have them and null.
    fn truth_value(&self, yes: Option<&Piece>, no: Option<&Piece>) -> Piece {
        let cases = [(yes, "_nw.lit(1.0)"), (no, "_nw.lit(0.0)")];
        let cases =
            cases.into_iter().filter_map(|(when, then)| Some((when?.clone(), Piece::atom(then))));
        self.choose(&cases.collect::<Vec<_>>(), &self.missing())
    }

    fn sure_truth_value(&self, yes: &Piece) -> Piece {
        Piece::atom(format!("_one({})", yes.text))
    }
}

/// The words of Python that cannot follow a dot.
const KEYWORDS: [&str; 32] = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];
