//! How a language spells numbers, conditions and choices. [`Walk`](super::walk::Walk) decides which of them a score needs.
//!
//! A condition is printed so that it is true or not. In a language with three truth values it may be missing instead of
//! false; then [`Syntax::not`] must give true for a missing one, and only choices and other conditions contain it.

use scalewright_model::{
    AggregateKind, Comparison, Function, Model, Operator, OptionValue, ResponseKind, ResponseOption,
};
use scalewright_scoring::Accepted;
use scalewright_scoring::normal::tree::{Edge, Leaf, Node};
use scalewright_scoring::normal::{CheckIx, StepIx};

use super::lines::{LONGEST, Piece, Print, unsupported};

/// A part of a sum, mean, minimum or maximum.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Its number.
    pub(crate) number: Piece,
    /// Whether it is known wherever the result is used.
    pub(crate) is_known: bool,
    /// The number that counts if it is missing; `None` if it then does not count.
    pub(crate) stand_in: Option<f64>,
    /// The condition that it is known.
    pub(crate) known: Piece,
    /// The same condition as a check.
    pub(crate) exists: CheckIx,
}

/// A language.
pub(crate) trait Syntax {
    /// Its name for readers: `R`.
    fn language(&self) -> &'static str;

    /// Whether an operator with a missing operand gives a missing result. Otherwise every operation is guarded by the
    /// condition that all its operands are known.
    fn propagates(&self) -> bool;

    /// Whether a guarded comparison repeats its operands, which are then given names.
    fn repeats(&self) -> bool {
        !self.propagates()
    }

    /// The lengths beyond which an expression gets a line of its own: anywhere, and if it is repeated.
    fn lengths(&self) -> (usize, usize) {
        (90, 30)
    }

    /// Whether an expression can be repeated without a line of its own.
    fn is_short(&self, text: &str) -> bool {
        text.len() <= self.lengths().1
    }

    /// Whether 0 times a missing number is 0. Then the product of two steps is guarded by the condition that both are
    /// known, even if other operators propagate.
    fn absorbs_zero(&self) -> bool {
        false
    }

    /// The maximum length of an expression, in bytes.
    fn longest(&self) -> usize {
        LONGEST
    }

    /// The most cases of a choice in one expression; more are divided into several lines.
    fn most_cases(&self) -> usize {
        usize::MAX
    }

    /// Whether a long count of conditions gets a line of its own, which every expression with this count refers to.
    fn names_counts(&self) -> bool {
        false
    }

    /// The name of the line of a step.
    fn step_name(&self, ix: StepIx) -> String;

    /// The name of a line with a part of a long expression; `at` differs for each.
    fn part_name(&self, at: usize) -> String;

    /// The name of the variable for the id of an item or a scale. It differs from the names of lines.
    fn variable(&self, id: &str) -> String;

    /// The name of the line of a check.
    fn check_name(&self, ix: CheckIx) -> String;

    /// The expression of the line of a check, and the condition that refers to it.
    fn check_line(&self, name: &str, condition: Piece) -> (Piece, Piece) {
        (condition, Piece::atom(name))
    }

    /// A number.
    fn number(&self, value: f64) -> Piece;

    /// A missing number.
    fn missing(&self) -> Piece;

    /// A text.
    fn text(&self, text: &str) -> Print<String>;

    /// A missing text.
    fn missing_text(&self) -> String {
        self.missing().text
    }

    /// Whether the language can read answers of this kind as numbers; if not, why.
    ///
    /// # Errors
    ///
    /// If it cannot.
    fn reads(&self, _kind: &ResponseKind) -> Print<()> {
        Ok(())
    }

    /// How an option of an item with several choices is read: `option` is its position among `options`.
    ///
    /// # Errors
    ///
    /// If the language does not look into the options.
    fn choice(
        &self,
        _item: &str,
        _options: &[ResponseOption],
        _option: usize,
    ) -> Print<ChoiceRead> {
        unsupported(no_choices(self.language()))
    }

    /// The answer in `column`, missing if it is not accepted. `None` accepts nothing.
    fn clean(&self, column: &str, accepted: Option<&Accepted>) -> Piece;

    /// The column of the data for an item, in code that reads it.
    fn column(&self, id: &str) -> String;

    // ---- numbers

    /// An operation on two numbers. The result of modulo has the sign of the divisor.
    fn arithmetic(&self, operator: Operator, left: &Piece, right: &Piece) -> Piece;

    /// A function of a number. Numbers within the tolerance of a whole number count as that number.
    fn apply(&self, function: Function, of: &Piece) -> Print<Piece>;

    /// A number rounded, halves away from zero, with the tolerance. `positive` means that it is never negative.
    fn round(&self, of: &Piece, decimals: u32, positive: bool) -> Piece;

    /// The sum of numbers. It is missing if one of them is, where operators propagate.
    fn sum(&self, terms: &[Piece]) -> Piece {
        Piece::open(joined(terms, " + "))
    }

    /// The number, or another one if it is missing.
    fn or_else(&self, number: &Piece, otherwise: f64) -> Piece;

    /// The sum of the parts that count.
    fn sum_of(&self, parts: &[Part]) -> Piece {
        let number = |part: &Part| match (part.is_known, part.stand_in) {
            (true, _) => part.number.clone(),
            (false, stand_in) => self.or_else(&part.number, stand_in.unwrap_or(0.0)),
        };
        self.sum(&parts.iter().map(number).collect::<Vec<_>>())
    }

    /// How many parts count.
    fn count_of(&self, parts: &[Part]) -> Piece {
        let (always, open): (Vec<_>, Vec<_>) =
            parts.iter().partition(|part| part.is_known || part.stand_in.is_some());
        let open: Vec<Piece> = open.into_iter().map(|part| part.known.clone()).collect();
        #[expect(clippy::cast_precision_loss, reason = "a number of terms")]
        let always = (!always.is_empty()).then(|| self.number(always.len() as f64));
        match (always, open.is_empty()) {
            (Some(always), true) => always,
            (Some(always), false) => self.sum(&[always, self.count(&open)]),
            (None, _) => self.count(&open),
        }
    }

    /// The mean of the parts that count, times a factor. Multiplied first, so that whole results are exact.
    fn mean_of(&self, parts: &[Part], times: f64) -> Piece {
        self.mean_over(parts, &self.count_of(parts), times)
    }

    /// The same, if it is known how many parts count.
    fn mean_over(&self, parts: &[Part], count: &Piece, times: f64) -> Piece {
        let sum = self.sum_of(parts);
        #[expect(clippy::float_cmp, reason = "the factor is exactly 1 or a number of terms")]
        let sum = match times == 1.0 {
            true => sum,
            false => self.arithmetic(Operator::Multiply, &sum, &self.number(times)),
        };
        self.arithmetic(Operator::Divide, &sum, count)
    }

    /// The lowest or highest of the parts that count.
    fn extreme(&self, kind: AggregateKind, parts: &[Part]) -> Piece;

    /// How many conditions are true.
    fn count(&self, conditions: &[Piece]) -> Piece;

    /// The result of the first true condition, otherwise `otherwise`.
    fn choose(&self, cases: &[(Piece, Piece)], otherwise: &Piece) -> Piece;

    /// A recoded number, if the language has a form of its own for it: the number of the first pair, otherwise `other`.
    /// Missing if the number is missing. Unless `exact`, numbers within the tolerance of each other are equal.
    fn recode(
        &self,
        _of: &Piece,
        _pairs: &[(f64, f64)],
        _other: Option<f64>,
        _exact: bool,
    ) -> Option<Piece> {
        None
    }

    /// The number of a table for keys that are known. By default nested choices, which bisect it.
    fn table(&self, node: &Node, keys: &[Piece]) -> Piece {
        match node {
            Node::Leaf(leaf) => self.leaf(leaf, &keys[0]),
            Node::Split { edge: Edge { key, below }, less, more } => {
                let test = self.compare(Comparison::Less, &keys[*key], &self.number(*below));
                let (less, more) = (self.table(less, keys), self.table(more, keys));
                self.choose(&[(test, less)], &more)
            }
        }
    }

    /// The number at a leaf of a table with this first key.
    fn leaf(&self, leaf: &Leaf, key: &Piece) -> Piece {
        match leaf {
            Leaf::Missing => self.missing(),
            Leaf::Value(value) => self.number(*value),
            Leaf::Line { from, value, rise, run } => {
                let [from, value, rise, run] =
                    [*from, *value, *rise, *run].map(|number| self.number(number));
                let along = self.arithmetic(Operator::Subtract, key, &from);
                let along = self.arithmetic(Operator::Divide, &along, &run);
                let along = self.arithmetic(Operator::Multiply, &along, &rise);
                let line = self.arithmetic(Operator::Add, &value, &along);
                // A key within the tolerance below the line counts as its start.
                let test = self.compare(Comparison::Greater, key, &from);
                self.choose(&[(test, line)], &value)
            }
        }
    }

    /// The expected value of a trait given the keyed answers, or its standard deviation.
    fn eap(&self, _answers: &[Piece], model: &Model, _sd: bool) -> Print<Piece> {
        unsupported(format!(
            "{} does not score the pattern of answers by the model `{}`: use `eap_sum`, which becomes a table",
            self.language(),
            model.name
        ))
    }

    // ---- conditions

    /// Always true, or never.
    fn truth(&self, value: bool) -> Piece;

    /// The number is known.
    fn known(&self, of: &Piece) -> Piece;

    /// The number is missing.
    fn absent(&self, of: &Piece) -> Piece;

    /// A comparison of two numbers that are known, as they are.
    fn compare(&self, comparison: Comparison, left: &Piece, right: &Piece) -> Piece;

    /// The number, which is known, is one of these.
    fn listed(&self, of: &Piece, values: &[f64]) -> Piece {
        let each = values.iter();
        let each = each.map(|value| self.compare(Comparison::Equal, of, &self.number(*value)));
        self.any(&each.collect::<Vec<_>>())
    }

    /// A condition about numbers of which these may be missing: false if one is.
    fn definite(&self, condition: Piece, open: &[Piece]) -> Piece;

    /// All conditions are true.
    fn all(&self, conditions: &[Piece]) -> Piece;

    /// At least one condition is true.
    fn any(&self, conditions: &[Piece]) -> Piece;

    /// The condition is not true.
    fn not(&self, condition: &Piece) -> Piece;

    // ---- results

    /// A truth value as a score: true if `yes` is, otherwise false if `no` is true, otherwise missing. `None` is a
    /// condition that is never true.
    fn truth_value(&self, yes: Option<&Piece>, no: Option<&Piece>) -> Piece;

    /// A truth value that is always known.
    fn sure_truth_value(&self, yes: &Piece) -> Piece {
        self.truth_value(Some(yes), Some(&self.not(yes)))
    }

    /// One of these texts, by its position from 0, which may be missing.
    fn word(&self, position: &Piece, words: &[String]) -> Piece {
        let cases = words.iter().enumerate().map(|(at, word)| {
            #[expect(clippy::cast_precision_loss, reason = "a number of words")]
            let is = self.compare(Comparison::Equal, position, &self.number(at as f64));
            (self.definite(is, std::slice::from_ref(position)), Piece::atom(word))
        });
        self.choose(&cases.collect::<Vec<_>>(), &Piece::atom(self.missing_text()))
    }
}

/// How an option of an item with several choices is read.
pub(crate) enum ChoiceRead {
    /// From a column of the data, which is 1 if the option is chosen: see [`option_column`].
    Column,
    /// By an expression that is 1 or 0.
    Number(Piece),
}

/// Why a language does not look into the options of an item.
pub(crate) fn no_choices(language: &str) -> String {
    format!("{language} cannot look into the options of an item with several choices")
}

/// Why code does not look into the options of an item, although its language can: the data of the target lack them.
pub(crate) fn no_option_columns(language: &str) -> String {
    let code = no_choices(&format!("the {language} code of this target"));
    format!("{code}: its data have no column for each option")
}

/// The name of the column of an option of an item with several choices: `symptoms___1`, or `symptoms____9` for -9, as
/// REDCap names it. No id contains such underscores.
pub(crate) fn option_column(item: &str, value: OptionValue) -> String {
    format!("{item}___{}", value.to_string().replace(['-', '.'], "_"))
}

/// Pieces as operands, joined by an operator.
pub(crate) fn joined(pieces: &[Piece], by: &str) -> String {
    pieces.iter().map(Piece::operand).collect::<Vec<_>>().join(by)
}

/// The sign of a comparison. Languages differ only in the signs for equal and unequal numbers.
pub(crate) fn sign(comparison: Comparison, [equal, unequal]: [&'static str; 2]) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Equal => equal,
        Comparison::Unequal => unequal,
        Comparison::AtLeast => ">=",
        Comparison::Greater => ">",
    }
}
