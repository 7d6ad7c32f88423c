//! The expressions that OpenEDC reads: those of expr-eval.
//!
//! OpenEDC gives an expression only the items that have an answer, as texts, and shows nothing if the expression reads
//! another one. `+` adds numbers in texts, `<` compares two texts as texts, and `==` is never true of a text and a number:
//! so every answer is read as `I.q + 0`. Where our score has no value, the expression gives NaN, which is shown as nothing.
//! Every operator with a NaN gives NaN, and every comparison but `!=` is false.
//!
//! Names in `@` are replaced later, see [`inline`](super::inline).

use scalewright_model::{AggregateKind, Comparison, Function, Operator, ResponseKind};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::digits;
use scalewright_scoring::normal::{CheckIx, StepIx};

use crate::code::lines::{Piece, Print, unsupported};
use crate::code::syntax::{Part, Syntax, joined, sign};

const TRUE: &str = "true";
const FALSE: &str = "false";
/// Not a number.
const NOTHING: &str = "(0 / 0)";

/// Numbers within this distance of a whole number count as that number.
const GUARD: f64 = scalewright_model::TOLERANCE;

/// The expressions of OpenEDC.
pub(super) struct OpenEdc;

/// What a name in `@` is replaced by, if not by its number or NaN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The condition that the number is known.
    Known,
    /// The number, where it is known.
    Raw,
}

impl Role {
    /// The letter before the name.
    pub(super) fn letter(self) -> char {
        match self {
            Self::Known => 'k',
            Self::Raw => 'r',
        }
    }
}

/// The name of a variable in another role; `None` for other expressions.
fn as_role(of: &Piece, role: Role) -> Option<Piece> {
    let name = of.text.strip_prefix("@v:")?.strip_suffix('@')?;
    (!name.contains('@')).then(|| Piece::atom(format!("@{}:{name}@", role.letter())))
}

fn choice(when: &Piece, then: &Piece, otherwise: &Piece) -> Piece {
    match when.text.as_str() {
        TRUE => then.clone(),
        FALSE => otherwise.clone(),
        _ => Piece::atom(format!(
            "({} ? {} : {})",
            when.operand(),
            then.operand(),
            otherwise.operand()
        )),
    }
}

/// Conditions joined by `by`. `neutral` does not change the result, `decisive` is the result.
fn connected(conditions: &[Piece], by: &str, [neutral, decisive]: [&str; 2]) -> Piece {
    if conditions.iter().any(|condition| condition.text == decisive) {
        return Piece::atom(decisive);
    }
    let kept = conditions.iter().filter(|condition| condition.text != neutral);
    match kept.cloned().collect::<Vec<_>>().as_slice() {
        [] => Piece::atom(neutral),
        [only] => only.clone(),
        kept => Piece::open(joined(kept, by)),
    }
}

impl Syntax for OpenEdc {
    fn language(&self) -> &'static str {
        "OpenEDC"
    }

    fn propagates(&self) -> bool {
        true
    }

    fn most_cases(&self) -> usize {
        40
    }

    fn step_name(&self, StepIx(ix): StepIx) -> String {
        format!("@v:step {ix}@")
    }

    fn check_name(&self, CheckIx(ix): CheckIx) -> String {
        format!("@c:check {ix}@")
    }

    fn part_name(&self, at: usize) -> String {
        format!("@v:part {at}@")
    }

    fn variable(&self, id: &str) -> String {
        format!("@v:{id}@")
    }

    fn number(&self, value: f64) -> Piece {
        if value < 0.0 {
            Piece::open(format!("0 - {}", digits(-value)))
        } else {
            Piece::atom(digits(value))
        }
    }

    fn missing(&self) -> Piece {
        Piece::atom(NOTHING)
    }

    /// Nothing with a text is exported: OpenEDC would show `undefined` for it until all answers are given.
    fn text(&self, _: &str) -> Print<String> {
        Ok("0".to_owned())
    }

    fn reads(&self, kind: &ResponseKind) -> Print<()> {
        match kind {
            ResponseKind::Time => {
                unsupported("an expression of OpenEDC cannot read a clock time as minutes")
            }
            ResponseKind::Date => {
                unsupported("an expression of OpenEDC cannot read a date as a number")
            }
            _ => Ok(()),
        }
    }

    /// Not called: [`inline`](super::inline) writes the answers.
    fn clean(&self, column: &str, _: Option<&Accepted>) -> Piece {
        Piece::atom(column)
    }

    fn column(&self, id: &str) -> String {
        self.variable(id)
    }

    fn arithmetic(&self, operator: Operator, left: &Piece, right: &Piece) -> Piece {
        let (a, b) = (left.operand(), right.operand());
        Piece::open(match operator {
            Operator::Add => format!("{a} + {b}"),
            Operator::Subtract => format!("{a} - {b}"),
            Operator::Multiply => format!("{a} * {b}"),
            Operator::Divide => format!("{a} / {b}"),
            // The result of `%` has the sign of the dividend.
            Operator::Modulo => format!("{a} - {b} * floor({a} / {b})"),
        })
    }

    fn apply(&self, function: Function, of: &Piece) -> Print<Piece> {
        let (x, guard) = (of.operand(), digits(GUARD));
        Ok(Piece::atom(match function {
            Function::Abs => format!("abs({})", of.text),
            Function::Sqrt => format!("sqrt({})", of.text),
            Function::Ln => format!("ln({})", of.text),
            Function::Exp => format!("exp({})", of.text),
            Function::Floor => format!("floor({x} + {guard})"),
            Function::Ceiling => format!("ceil({x} - {guard})"),
            Function::Truncate => {
                return Ok(Piece::open(format!("sign({x}) * floor(abs({x}) + {guard})")));
            }
            Function::NormalCdf => {
                return unsupported(
                    "OpenEDC has no normal distribution function: define the norm by a table",
                );
            }
        }))
    }

    fn round(&self, of: &Piece, decimals: u32, positive: bool) -> Piece {
        let (x, half) = (of.operand(), digits(0.5 + GUARD));
        let size = |x: &str| match decimals {
            0 => format!("floor({x} + {half})"),
            _ => {
                let scale = 10_u64.pow(decimals);
                format!("floor({x} * {scale} + {half}) / {scale}")
            }
        };
        Piece::open(match positive {
            true => size(&x),
            false => format!("sign({x}) * {}", size(&format!("abs({x})"))),
        })
    }

    fn or_else(&self, number: &Piece, otherwise: f64) -> Piece {
        let raw = as_role(number, Role::Raw).unwrap_or_else(|| number.clone());
        choice(&self.known(number), &raw, &self.number(otherwise))
    }

    fn extreme(&self, kind: AggregateKind, parts: &[Part]) -> Piece {
        let (name, none) = match kind {
            AggregateKind::Min => ("min", "1 / 0"),
            _ => ("max", "0 - 1 / 0"),
        };
        let number = |part: &Part| match (part.is_known, part.stand_in) {
            (true, _) => part.number.text.clone(),
            (false, Some(value)) => self.or_else(&part.number, value).text,
            (false, None) => {
                choice(&self.known(&part.number), &part.number, &Piece::open(none)).text
            }
        };
        let numbers: Vec<String> = parts.iter().map(number).collect();
        Piece::atom(format!("{name}({})", numbers.join(", ")))
    }

    fn count(&self, conditions: &[Piece]) -> Piece {
        let one = |condition: &Piece| choice(condition, &Piece::atom("1"), &Piece::atom("0"));
        self.sum(&conditions.iter().map(one).collect::<Vec<_>>())
    }

    fn choose(&self, cases: &[(Piece, Piece)], otherwise: &Piece) -> Piece {
        let choice = |rest: Piece, (when, then): &(Piece, Piece)| choice(when, then, &rest);
        cases.iter().rev().fold(otherwise.clone(), choice)
    }

    fn truth(&self, value: bool) -> Piece {
        Piece::atom(if value { TRUE } else { FALSE })
    }

    fn known(&self, of: &Piece) -> Piece {
        let known = as_role(of, Role::Known);
        known.unwrap_or_else(|| Piece::atom(format!("(abs({}) >= 0)", of.text)))
    }

    fn absent(&self, of: &Piece) -> Piece {
        self.not(&self.known(of))
    }

    fn compare(&self, comparison: Comparison, left: &Piece, right: &Piece) -> Piece {
        let (a, b) = (left.operand(), right.operand());
        Piece::atom(match comparison {
            // `!=` would be true of NaN.
            Comparison::Unequal => format!("(abs({a} - {b}) > 0)"),
            _ => format!("({a} {} {b})", sign(comparison, ["==", "!="])),
        })
    }

    fn definite(&self, condition: Piece, _open: &[Piece]) -> Piece {
        condition
    }

    fn all(&self, conditions: &[Piece]) -> Piece {
        connected(conditions, " and ", [TRUE, FALSE])
    }

    fn any(&self, conditions: &[Piece]) -> Piece {
        connected(conditions, " or ", [FALSE, TRUE])
    }

    fn not(&self, condition: &Piece) -> Piece {
        match condition.text.as_str() {
            TRUE => Piece::atom(FALSE),
            FALSE => Piece::atom(TRUE),
            _ => Piece::atom(format!("(not {})", condition.operand())),
        }
    }

    fn truth_value(&self, yes: Option<&Piece>, no: Option<&Piece>) -> Piece {
        let cases = [(yes, "1"), (no, "0")];
        let cases =
            cases.into_iter().filter_map(|(when, value)| Some((when?.clone(), Piece::atom(value))));
        self.choose(&cases.collect::<Vec<_>>(), &self.missing())
    }

    fn sure_truth_value(&self, yes: &Piece) -> Piece {
        choice(yes, &Piece::atom("1"), &Piece::atom("0"))
    }
}
