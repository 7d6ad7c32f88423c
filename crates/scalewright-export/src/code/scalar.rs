//! The normal form in languages that score one respondent at a time, with variables that are a number or nothing:
//! plain Python and JavaScript. Operators must not see a missing number there, so each is guarded.

use scalewright_model::{
    AggregateKind, Comparison, Function, Operator, ResponseKind, ResponseOption, TOLERANCE,
};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::{digits, number};
use scalewright_scoring::normal::{CheckIx, StepIx};

use super::lines::{Piece, Print, unsupported};
use super::syntax::{ChoiceRead, Part, Syntax, joined, sign};

/// What differs between these languages.
pub(crate) struct Spelling {
    /// The name for readers.
    pub(crate) language: &'static str,
    /// The missing value.
    pub(crate) nothing: &'static str,
    /// True and false.
    pub(crate) truth: [&'static str; 2],
    /// And, or, not.
    pub(crate) connectives: [&'static str; 3],
    /// The signs for equal and unequal numbers.
    pub(crate) equal: [&'static str; 2],
    /// What follows a variable to test that it is known, and that it is missing.
    pub(crate) known: [&'static str; 2],
    /// The functions for the absolute value, the root, the logarithm, the exponential, rounding down, and the normal
    /// distribution.
    pub(crate) functions: [&'static str; 6],
    /// `if`: a condition, the result, the result otherwise.
    pub(crate) choose: fn(&str, &str, &str) -> String,
    /// How many of a list of conditions are true.
    pub(crate) count: fn(&str) -> String,
    /// The sum of those of a list of numbers that are known, and how many are.
    pub(crate) known_sum: fn(&str) -> String,
    /// The lowest or highest of those of a list of numbers that are known; `true` is the lowest.
    pub(crate) extreme: fn(bool, &str) -> String,
    /// One of a list of texts, by its position.
    pub(crate) word: fn(&str, &str) -> String,
    /// A text.
    pub(crate) text: fn(&str) -> String,
    /// What precedes the id in the name of a variable.
    pub(crate) prefix: &'static str,
    /// Why dates cannot be read as numbers, if they cannot.
    pub(crate) no_dates: Option<&'static str>,
    /// The words that no variable can have as its name.
    pub(crate) reserved: &'static [&'static str],
}

/// A language with this spelling.
pub(crate) struct Scalar(pub(crate) &'static Spelling);

/// A list of expressions.
fn list(pieces: &[Piece]) -> String {
    let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    format!("[{}]", texts.join(", "))
}

impl Scalar {
    fn choice(&self, when: &Piece, then: &Piece, otherwise: &Piece) -> Piece {
        Piece::open((self.0.choose)(&when.operand(), &then.operand(), &otherwise.text))
    }

    fn connected(&self, conditions: &[Piece], by: &str) -> Piece {
        match conditions {
            [only] => only.clone(),
            _ => Piece::open(joined(conditions, &format!(" {by} "))),
        }
    }

    fn call(&self, function: usize, x: &str) -> String {
        format!("{}({x})", self.0.functions[function])
    }

    /// The numbers of parts, with what counts for missing ones.
    fn filled(&self, parts: &[Part]) -> Vec<Piece> {
        let number = |part: &Part| match part.stand_in.filter(|_| !part.is_known) {
            Some(value) if value != 0.0 => self.or_else(&part.number, value),
            _ => part.number.clone(),
        };
        parts.iter().map(number).collect()
    }
}

impl Syntax for Scalar {
    fn language(&self) -> &'static str {
        self.0.language
    }

    fn propagates(&self) -> bool {
        false
    }

    fn reads(&self, kind: &ResponseKind) -> Print<()> {
        match (kind, self.0.no_dates) {
            (ResponseKind::Date, Some(why)) => unsupported(why),
            _ => Ok(()),
        }
    }

    fn most_cases(&self) -> usize {
        40
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
        let ending = if self.0.reserved.contains(&id) { "_" } else { "" };
        format!("{}{id}{ending}", self.0.prefix)
    }

    fn number(&self, value: f64) -> Piece {
        if value < 0.0 { Piece::open(digits(value)) } else { Piece::atom(digits(value)) }
    }

    fn missing(&self) -> Piece {
        Piece::atom(self.0.nothing)
    }

    fn text(&self, text: &str) -> Print<String> {
        Ok((self.0.text)(text))
    }

    fn choice(&self, _: &str, _: &[ResponseOption], _: usize) -> Print<ChoiceRead> {
        Ok(ChoiceRead::Column)
    }

    fn clean(&self, column: &str, accepted: Option<&Accepted>) -> Piece {
        Piece::atom(match accepted {
            None | Some(Accepted::Choices(_)) => self.0.nothing.to_owned(),
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
        let (a, b) = (left.operand(), right.operand());
        Piece::open(match operator {
            Operator::Add => format!("{a} + {b}"),
            Operator::Subtract => format!("{a} - {b}"),
            Operator::Multiply => format!("{a} * {b}"),
            Operator::Divide => format!("{a} / {b}"),
            Operator::Modulo => format!("{a} - {b} * {}", self.call(4, &format!("{a} / {b}"))),
        })
    }

    fn apply(&self, function: Function, of: &Piece) -> Print<Piece> {
        let (x, guard) = (of.operand(), number(TOLERANCE));
        let floor = self.call(4, &format!("{x} + {guard}"));
        let ceiling = format!("0 - {}", self.call(4, &format!("{guard} - {x}")));
        Ok(match function {
            Function::Abs => Piece::atom(self.call(0, &of.text)),
            Function::Sqrt => Piece::atom(self.call(1, &of.text)),
            Function::Ln => Piece::atom(self.call(2, &of.text)),
            Function::Exp => Piece::atom(self.call(3, &of.text)),
            Function::Floor => Piece::atom(floor),
            Function::Ceiling => Piece::open(ceiling),
            Function::Truncate => {
                let negative = self.compare(Comparison::Less, of, &self.number(0.0));
                self.choice(&negative, &Piece::open(ceiling), &Piece::atom(floor))
            }
            Function::NormalCdf => Piece::atom(self.call(5, &of.text)),
        })
    }

    fn round(&self, of: &Piece, decimals: u32, positive: bool) -> Piece {
        let half = number(0.5 + TOLERANCE);
        let size = |x: &str| match decimals {
            0 => self.call(4, &format!("{x} + {half}")),
            _ => {
                let scale = 10_u64.pow(decimals);
                format!("{} / {scale}", self.call(4, &format!("{x} * {scale} + {half}")))
            }
        };
        let x = of.operand();
        if positive {
            return Piece::open(size(&x));
        }
        let negative = self.compare(Comparison::Less, of, &self.number(0.0));
        let below = Piece::open(format!("0 - {}", size(&format!("(0 - {x})"))));
        self.choice(&negative, &below, &Piece::open(size(&x)))
    }

    fn or_else(&self, number: &Piece, otherwise: f64) -> Piece {
        self.choice(&self.absent(number), &self.number(otherwise), number)
    }

    fn sum_of(&self, parts: &[Part]) -> Piece {
        let numbers = self.filled(parts);
        match parts.iter().all(|part| part.is_known) {
            true => self.sum(&numbers),
            false => Piece::atom((self.0.known_sum)(&list(&numbers))),
        }
    }

    fn extreme(&self, kind: AggregateKind, parts: &[Part]) -> Piece {
        // Unlike in a sum, a substitute of 0 must be listed.
        let number = |part: &Part| match part.stand_in.filter(|_| !part.is_known) {
            Some(value) => self.or_else(&part.number, value),
            None => part.number.clone(),
        };
        let numbers: Vec<Piece> = parts.iter().map(number).collect();
        Piece::atom((self.0.extreme)(kind == AggregateKind::Min, &list(&numbers)))
    }

    fn count(&self, conditions: &[Piece]) -> Piece {
        Piece::atom((self.0.count)(&list(conditions)))
    }

    fn choose(&self, cases: &[(Piece, Piece)], otherwise: &Piece) -> Piece {
        let choice = |rest: Piece, (when, then): &(Piece, Piece)| self.choice(when, then, &rest);
        cases.iter().rev().fold(otherwise.clone(), choice)
    }

    fn truth(&self, value: bool) -> Piece {
        Piece::atom(self.0.truth[usize::from(!value)])
    }

    fn known(&self, of: &Piece) -> Piece {
        Piece::atom(format!("{} {}", of.operand(), self.0.known[0]))
    }

    fn absent(&self, of: &Piece) -> Piece {
        Piece::atom(format!("{} {}", of.operand(), self.0.known[1]))
    }

    fn compare(&self, comparison: Comparison, left: &Piece, right: &Piece) -> Piece {
        let sign = sign(comparison, self.0.equal);
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
        self.connected(&all, self.0.connectives[0])
    }

    fn all(&self, conditions: &[Piece]) -> Piece {
        self.connected(conditions, self.0.connectives[0])
    }

    fn any(&self, conditions: &[Piece]) -> Piece {
        self.connected(conditions, self.0.connectives[1])
    }

    fn not(&self, condition: &Piece) -> Piece {
        Piece::atom(format!("{}({})", self.0.connectives[2], condition.text))
    }

    fn truth_value(&self, yes: Option<&Piece>, no: Option<&Piece>) -> Piece {
        let cases = [(yes, true), (no, false)];
        let cases =
            cases.into_iter().filter_map(|(when, value)| Some((when?.clone(), self.truth(value))));
        self.choose(&cases.collect::<Vec<_>>(), &self.missing())
    }

    fn sure_truth_value(&self, yes: &Piece) -> Piece {
        yes.clone()
    }

    fn word(&self, position: &Piece, words: &[String]) -> Piece {
        let word = Piece::atom((self.0.word)(&format!("[{}]", words.join(", ")), &position.text));
        self.choice(&self.absent(position), &self.missing(), &word)
    }
}
