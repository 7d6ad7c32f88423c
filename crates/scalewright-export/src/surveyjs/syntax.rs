//! The expression language of SurveyJS.
//!
//! Its quirks decide the patterns here. An empty operand of `+`, `-`, `*` and `/` counts as 0, so an expression reads an
//! answer only through a value that is a number or nothing, and only behind a test for it. `a - b - c` is `a - (b - c)`,
//! so every operand is in parentheses. Sums are rounded to the decimals of their operands, but a number such as `1e-7`
//! has none there, so 0.0000001 is never added where the result must keep it. There is no function that rounds down;
//! `x % 1` works in every version, `round` and `trunc` do not.

use scalewright_model::OptionValue;

use scalewright_model::{
    AggregateKind, Comparison, Function, Operator, ResponseKind, ResponseOption, TOLERANCE,
};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::{digits, number};
use scalewright_scoring::normal::{CheckIx, StepIx};

use crate::code::lines::{Piece, Print, unsupported};
use crate::code::syntax::{ChoiceRead, Part, Syntax, joined, sign};

/// What a value is if it is missing. It is empty in every test.
const NOTHING: &str = "''";

/// What is always true, and what never is. Neither is written into a larger expression, because SurveyJS's linter warns
/// about constant conditions.
const TRUE: &str = "1 = 1";
const FALSE: &str = "1 = 0";

/// The expressions of one instrument.
pub(super) struct SurveyJs {
    /// What precedes the names of its values: empty if the file has no other instrument.
    pub(super) prefix: String,
}

impl SurveyJs {
    fn named(&self, name: &str) -> String {
        format!("{{{}{name}}}", self.prefix)
    }

    /// The numbers of parts, with what counts for missing ones. `sum`, `min` and `max` leave out what has no value.
    fn filled(&self, parts: &[Part]) -> Vec<String> {
        let number = |part: &Part| match part.stand_in.filter(|_| !part.is_known) {
            Some(value) => self.or_else(&part.number, value).text,
            None => part.number.text.clone(),
        };
        // `sum` would append an empty text.
        parts.iter().map(number).filter(|number| number != NOTHING).collect()
    }

    fn choice(when: &Piece, then: &Piece, otherwise: &Piece) -> Piece {
        match when.text.as_str() {
            TRUE => return then.clone(),
            FALSE => return otherwise.clone(),
            _ => {}
        }
        let nothing = [then.text == NOTHING, otherwise.text == NOTHING];
        Piece::atom(match nothing {
            [true, true] => NOTHING.to_owned(),
            // Without a third argument the result has no value, which no arithmetic can take for a text.
            [false, true] => format!("iif({}, {})", when.text, then.text),
            [true, false] => format!("iif({}, {})", opposite(when), otherwise.text),
            [false, false] => format!("iif({}, {}, {})", when.text, then.text, otherwise.text),
        })
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

    fn both(conditions: &[Piece]) -> Piece {
        Self::connected(conditions, " and ", [TRUE, FALSE])
    }
}

/// The opposite of a condition. The language's own negation is not in all versions.
fn opposite(condition: &Piece) -> String {
    let text = &condition.text;
    // Only a test of a single value: a longer condition could begin with one and end with another.
    let single = |ending: &str| {
        let value = text.strip_suffix(ending)?;
        let is_single = value.starts_with('{') && value.find('}') == Some(value.len() - 1);
        is_single.then_some(value)
    };
    match (single(" empty"), single(" notempty")) {
        _ if text == TRUE => FALSE.to_owned(),
        _ if text == FALSE => TRUE.to_owned(),
        (Some(value), _) => format!("{value} notempty"),
        (_, Some(value)) => format!("{value} empty"),
        _ => format!("iif({text}, false, true)"),
    }
}

/// Rounds down. `x % 1` has the sign of `x`.
fn floor(x: &str, positive: bool) -> String {
    match positive {
        true => format!("{x} - ({x} % 1)"),
        false => format!("{x} - ((({x} % 1) + 1) % 1)"),
    }
}

impl Syntax for SurveyJs {
    fn language(&self) -> &'static str {
        "SurveyJS"
    }

    fn propagates(&self) -> bool {
        false
    }

    fn longest(&self) -> usize {
        20_000
    }

    fn most_cases(&self) -> usize {
        40
    }

    fn names_counts(&self) -> bool {
        true
    }

    fn step_name(&self, StepIx(ix): StepIx) -> String {
        self.named(&format!("step__{ix}"))
    }

    fn check_name(&self, CheckIx(ix): CheckIx) -> String {
        self.named(&format!("check__{ix}"))
    }

    fn check_line(&self, name: &str, condition: Piece) -> (Piece, Piece) {
        let truth = format!("iif({}, true, false)", condition.text);
        (Piece::atom(truth), Piece::atom(format!("{name} = true")))
    }

    fn part_name(&self, at: usize) -> String {
        self.named(&format!("part__{at}"))
    }

    fn variable(&self, id: &str) -> String {
        // Ids contain no double underscores, so this is the name of no question and of no score.
        self.named(&format!("value__{id}"))
    }

    fn number(&self, value: f64) -> Piece {
        if value < 0.0 { Piece::open(digits(value)) } else { Piece::atom(digits(value)) }
    }

    fn missing(&self) -> Piece {
        Piece::atom(NOTHING)
    }

    fn text(&self, text: &str) -> Print<String> {
        super::texts::literal(text)
    }

    fn reads(&self, kind: &ResponseKind) -> Print<()> {
        match kind {
            ResponseKind::Time => {
                unsupported("an expression of SurveyJS cannot read a clock time as minutes")
            }
            ResponseKind::Date => {
                unsupported("an expression of SurveyJS cannot read a date as a number")
            }
            _ => Ok(()),
        }
    }

    fn choice(&self, item: &str, options: &[ResponseOption], option: usize) -> Print<ChoiceRead> {
        let (question, value) = (self.column(item), options[option].value);
        let text = format!("iif({question} contains {value}, 1, 0)");
        Ok(ChoiceRead::Number(Piece::atom(text)))
    }

    /// The number is written out for each coded answer: an answer that arrives as a text becomes a number.
    fn clean(&self, column: &str, accepted: Option<&Accepted>) -> Piece {
        match accepted {
            None | Some(Accepted::Choices(_)) => self.missing(),
            Some(Accepted::Values(values)) => {
                let case = |value: &OptionValue| {
                    let value = Piece::atom(value.to_string());
                    (Piece::atom(format!("{column} = {}", value.text)), value)
                };
                let cases: Vec<(Piece, Piece)> = values.iter().map(case).collect();
                self.choose(&cases, &self.missing())
            }
            Some(Accepted::Between { min, max, decimals: _ }) => {
                let (low, high) = (digits(min - TOLERANCE), digits(max + TOLERANCE));
                // An empty text is more than a negative number.
                let test =
                    format!("{column} notempty and {column} >= {low} and {column} <= {high}");
                Piece::atom(format!("iif({test}, ({column} * 1))"))
            }
        }
    }

    fn column(&self, id: &str) -> String {
        self.named(id)
    }

    fn arithmetic(&self, operator: Operator, left: &Piece, right: &Piece) -> Piece {
        let (a, b) = (left.operand(), right.operand());
        Piece::open(match operator {
            Operator::Add => format!("{a} + {b}"),
            Operator::Subtract => format!("{a} - {b}"),
            Operator::Multiply => format!("{a} * {b}"),
            Operator::Divide => format!("{a} / {b}"),
            // The result has the sign of the divisor.
            Operator::Modulo => format!("(({a} % {b}) + {b}) % {b}"),
        })
    }

    fn apply(&self, function: Function, of: &Piece) -> Print<Piece> {
        let (x, guard) = (of.operand(), number(TOLERANCE));
        let floor = floor(&format!("({x} + {guard})"), false);
        let ceiling = format!("0 - ({})", self::floor(&format!("({guard} - {x})"), false));
        Ok(match function {
            Function::Abs => Piece::atom(format!("max({}, 0 - {x})", of.text)),
            Function::Sqrt => Piece::open(format!("{x} ^ 0.5")),
            Function::Exp => Piece::open(format!("2.718281828459045 ^ {x}")),
            Function::Floor => Piece::open(floor),
            Function::Ceiling => Piece::open(ceiling),
            Function::Truncate => {
                let negative = self.compare(Comparison::Less, of, &self.number(0.0));
                Self::choice(&negative, &Piece::open(ceiling), &Piece::open(floor))
            }
            Function::Ln => return unsupported("SurveyJS has no logarithm"),
            Function::NormalCdf => {
                return unsupported(
                    "SurveyJS has no normal distribution function: define the norm by a table",
                );
            }
        })
    }

    fn round(&self, of: &Piece, decimals: u32, positive: bool) -> Piece {
        let half = number(0.5 + TOLERANCE);
        let size = |x: &str| match decimals {
            0 => floor(&format!("({x} + {half})"), true),
            _ => {
                let scale = 10_u64.pow(decimals);
                let whole = floor(&format!("(({x} * {scale}) + {half})"), true);
                format!("({whole}) / {scale}")
            }
        };
        let x = of.operand();
        if positive {
            return Piece::open(size(&x));
        }
        let negative = self.compare(Comparison::Less, of, &self.number(0.0));
        let below = Piece::open(format!("0 - ({})", size(&format!("(0 - {x})"))));
        Self::choice(&negative, &below, &Piece::open(size(&x)))
    }

    fn or_else(&self, number: &Piece, otherwise: f64) -> Piece {
        Self::choice(&self.absent(number), &self.number(otherwise), number)
    }

    fn sum_of(&self, parts: &[Part]) -> Piece {
        if parts.iter().all(|part| part.is_known) {
            return self.sum(&parts.iter().map(|part| part.number.clone()).collect::<Vec<_>>());
        }
        Piece::atom(format!("sum({})", self.filled(parts).join(", ")))
    }

    fn extreme(&self, kind: AggregateKind, parts: &[Part]) -> Piece {
        let numbers = self.filled(parts);
        let name = if kind == AggregateKind::Min { "min" } else { "max" };
        Piece::atom(format!("{name}({})", numbers.join(", ")))
    }

    fn count(&self, conditions: &[Piece]) -> Piece {
        let one = |condition: &Piece| Self::choice(condition, &Piece::atom("1"), &Piece::atom("0"));
        let each: Vec<Piece> = conditions.iter().map(one).collect();
        self.sum(&each)
    }

    fn choose(&self, cases: &[(Piece, Piece)], otherwise: &Piece) -> Piece {
        let choice = |rest: Piece, (when, then): &(Piece, Piece)| Self::choice(when, then, &rest);
        cases.iter().rev().fold(otherwise.clone(), choice)
    }

    fn truth(&self, value: bool) -> Piece {
        Piece::atom(if value { TRUE } else { FALSE })
    }

    fn known(&self, of: &Piece) -> Piece {
        Piece::atom(format!("{} notempty", of.operand()))
    }

    fn absent(&self, of: &Piece) -> Piece {
        Piece::atom(format!("{} empty", of.operand()))
    }

    fn compare(&self, comparison: Comparison, left: &Piece, right: &Piece) -> Piece {
        let sign = sign(comparison, ["=", "!="]);
        Piece::atom(format!("{} {sign} {}", left.operand(), right.operand()))
    }

    fn definite(&self, condition: Piece, open: &[Piece]) -> Piece {
        let mut all: Vec<Piece> = Vec::new();
        for piece in open.iter().map(|piece| self.known(piece)) {
            if all.iter().all(|other| other.text != piece.text) {
                all.push(piece);
            }
        }
        all.push(condition);
        Self::both(&all)
    }

    fn all(&self, conditions: &[Piece]) -> Piece {
        Self::both(conditions)
    }

    fn any(&self, conditions: &[Piece]) -> Piece {
        Self::connected(conditions, " or ", [FALSE, TRUE])
    }

    fn not(&self, condition: &Piece) -> Piece {
        Piece::atom(opposite(condition))
    }

    fn truth_value(&self, yes: Option<&Piece>, no: Option<&Piece>) -> Piece {
        let cases = [(yes, "true"), (no, "false")];
        let cases =
            cases.into_iter().filter_map(|(when, value)| Some((when?.clone(), Piece::atom(value))));
        self.choose(&cases.collect::<Vec<_>>(), &self.missing())
    }

    fn sure_truth_value(&self, yes: &Piece) -> Piece {
        Self::choice(yes, &Piece::atom("true"), &Piece::atom("false"))
    }
}
