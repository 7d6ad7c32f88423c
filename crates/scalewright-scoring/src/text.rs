//! Formulas and conditions as text in the language of formulas. The text can be copied into a definition, where it gives
//! the same scores.

mod aggregate;
mod condition;
mod idiom;

use scalewright_model::{
    Expr, Formula, Function, Instrument, ItemIx, OfSums, Operator, ScaleIx, Table, Test, Wording,
};

/// The formula of a score as text.
#[must_use]
pub fn formula(formula: &Formula, instrument: &Instrument) -> String {
    let plain = FormulaWriter::plain(instrument);
    match formula {
        Formula::Number(of) => plain.expr(of, 0),
        Formula::Truth(of) => plain.test(of, 0),
        Formula::Word { position, words } => {
            FormulaWriter { words: Some(words), ..plain }.expr(position, 0)
        }
    }
}

/// A numeric expression as text.
#[must_use]
pub fn expr(expr: &Expr, instrument: &Instrument) -> String {
    FormulaWriter::plain(instrument).expr(expr, 0)
}

/// A condition as text.
#[must_use]
pub fn test(test: &Test, instrument: &Instrument) -> String {
    FormulaWriter::plain(instrument).test(test, 0)
}

/// A condition as text for readers: the label of an option is added to its value, as in `sex = 2 (female)`.
pub(crate) fn labelled(test: &Test, instrument: &Instrument, wording: Option<&Wording>) -> String {
    FormulaWriter { labels: wording, ..FormulaWriter::plain(instrument) }.test(test, 0)
}

/// Writes formulas with the ids of an instrument.
#[derive(Clone, Copy)]
struct FormulaWriter<'a> {
    instrument: &'a Instrument,
    /// The words that numbers represent, if the formula gives words.
    words: Option<&'a [String]>,
    /// The words of the labels that are added to compared answers.
    labels: Option<&'a Wording>,
}

/// Precedence of operators. An expression with lower precedence than its context is parenthesised.
const SUM: u8 = 1;
const PRODUCT: u8 = 2;
const FACTOR: u8 = 3;

/// A number with the digits that read back as the same number, without the noise of binary fractions.
fn constant(value: f64) -> String {
    let text = crate::emit::number(value);
    // More than nine decimals, which only a formula can contain.
    let near = text.parse().is_ok_and(|read: f64| (read - value).abs() <= 1e-12 * value.abs());
    if near || !value.is_finite() { text } else { crate::emit::digits(value) }
}

impl<'a> FormulaWriter<'a> {
    fn plain(instrument: &'a Instrument) -> Self {
        Self { instrument, words: None, labels: None }
    }

    /// Without words: inside a condition, numbers are printed as numbers even if the formula gives words.
    fn numbers(self) -> Self {
        Self { words: None, ..self }
    }

    fn item(&self, item: ItemIx) -> String {
        self.instrument.items[item.0].id.clone()
    }

    fn scale(&self, scale: ScaleIx) -> String {
        self.instrument.scales[scale.0].id.clone()
    }

    fn number(&self, value: f64) -> String {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a position among words"
        )]
        match self.words {
            Some(words) => quoted(words.get(value as usize).map_or("?", String::as_str)),
            None => constant(value),
        }
    }

    fn expr(&self, expr: &Expr, around: u8) -> String {
        if let Some(text) = self.idiom(expr) {
            return text;
        }
        match expr {
            Expr::Number(value) => self.number(*value),
            Expr::Missing => "missing".to_owned(),
            Expr::Answer(item) => self.item(*item),
            Expr::Chosen { item, option } => self.choices("count", *item, &[*option]),
            Expr::Score(scale) if self.instrument.scales[scale.0].is_truth() => {
                parenthesised(format!("if {} then 1 else 0", self.scale(*scale)), around > 0)
            }
            Expr::Score(scale) => self.scale(*scale),
            Expr::Reverse { of, low, high } => self.reverse(of, low + high, around),
            Expr::Recode { of, table, other, missing } => {
                self.recode(of, table, (*other, *missing), around)
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate, around),
            Expr::Count { tests, need } => {
                let need = match *need {
                    0 => String::new(),
                    all if all == tests.len() => "; all".to_owned(),
                    need => format!("; >= {need}"),
                };
                format!("count({}{need})", self.conditions(tests))
            }
            Expr::LongestRun(terms) => format!("longest_run({})", self.list(terms)),
            Expr::Arithmetic { operator, left, right } => {
                self.arithmetic(*operator, left, right, around)
            }
            Expr::Apply { function, of } => format!("{}({})", name(*function), self.expr(of, 0)),
            Expr::Round { of, decimals: 0 } => format!("round({})", self.expr(of, 0)),
            Expr::Round { of, decimals } => format!("round({}, {decimals})", self.expr(of, 0)),
            Expr::If { test, then, otherwise, unknown } => {
                let condition = self.test(test, 0);
                let (then, otherwise) = (self.expr(then, 0), self.expr(otherwise, 0));
                let mut text = format!("if {condition} then {then} else {otherwise}");
                if **unknown != Expr::Missing {
                    let unknown = self.expr(unknown, 0);
                    text = format!("if is_missing({condition}) then {unknown} else {text}");
                }
                parenthesised(text, around > 0)
            }
            Expr::Lookup { of, table } => self.lookup(of, table),
            Expr::Eap { model, need, sd } => {
                let function = if *sd { "eap_sd" } else { "eap" };
                match *need >= model.items.len() {
                    true => format!("{function}({})", model.name),
                    false => format!("{function}({}; >= {need})", model.name),
                }
            }
        }
    }

    fn reverse(&self, of: &Expr, ends: f64, around: u8) -> String {
        if let Expr::Answer(item) = of {
            return format!("reverse({})", self.item(*item));
        }
        let text = format!("{} - {}", constant(ends), self.expr(of, PRODUCT));
        parenthesised(text, around > 0)
    }

    fn recode(
        &self,
        of: &Expr,
        table: &[(f64, f64)],
        (other, missing): (Option<f64>, Option<f64>),
        around: u8,
    ) -> String {
        // A word of another scale: its position there becomes the position of the same word here.
        if let Expr::Score(scale) = of
            && self.instrument.scales[scale.0].words().is_some()
        {
            return self.scale(*scale);
        }
        let of = self.numbers().expr(of, 0);
        let mut text = format!("recode({of}");
        for (key, value) in table {
            text.push_str(&format!(", {}: {}", constant(*key), self.number(*value)));
        }
        if let Some(other) = other {
            text.push_str(&format!(", else {}", self.number(other)));
        }
        text.push(')');
        match missing {
            None => text,
            Some(missing) => {
                let missing = self.number(missing);
                parenthesised(format!("if is_missing({of}) then {missing} else {text}"), around > 0)
            }
        }
    }

    fn lookup(&self, of: &[Expr], table: &Table) -> String {
        match table.of_sums {
            None => format!("lookup({}, {})", table.name, self.plain_list(of)),
            Some(OfSums::Mean) => format!("eap_sum({})", table.name),
            Some(OfSums::Deviation) => format!("eap_sum_sd({})", table.name),
        }
    }

    fn arithmetic(&self, operator: Operator, left: &Expr, right: &Expr, around: u8) -> String {
        // A rescaled score whose lowest value is 0.
        if operator == Operator::Subtract && *right == Expr::Number(0.0) {
            return self.expr(left, around);
        }
        let (sign, binds, right_binds) = match operator {
            Operator::Add => ("+", SUM, SUM),
            Operator::Subtract => ("-", SUM, PRODUCT),
            Operator::Multiply => ("*", PRODUCT, PRODUCT),
            Operator::Divide => ("/", PRODUCT, FACTOR),
            Operator::Modulo => return self.modulo(left, right, around),
        };
        let text = format!("{} {sign} {}", self.expr(left, binds), self.expr(right, right_binds));
        parenthesised(text, around > binds)
    }

    /// The language has no operator for a remainder.
    fn modulo(&self, left: &Expr, right: &Expr, around: u8) -> String {
        let (start, whole) = (self.expr(left, SUM), self.expr(left, PRODUCT));
        let (times, by) = (self.expr(right, PRODUCT), self.expr(right, FACTOR));
        parenthesised(format!("{start} - {times} * floor({whole} / {by})"), around > SUM)
    }
}

fn parenthesised(text: String, needed: bool) -> String {
    if needed { format!("({text})") } else { text }
}

/// A word in quotes that it does not contain.
fn quoted(word: &str) -> String {
    let quote = if word.contains('"') { '\'' } else { '"' };
    format!("{quote}{word}{quote}")
}

fn name(function: Function) -> &'static str {
    match function {
        Function::Abs => "abs",
        Function::Sqrt => "sqrt",
        Function::Ln => "ln",
        Function::Exp => "exp",
        Function::Floor => "floor",
        Function::Ceiling => "ceiling",
        Function::Truncate => "truncate",
        Function::NormalCdf => "normal_cdf",
    }
}
