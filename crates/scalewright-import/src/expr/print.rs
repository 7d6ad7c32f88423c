//! Prints a formula.

use crate::form::Form;

use super::formula::{F, Kind, Need};
use super::node::Op;

/// The formula as a text.
pub(super) fn print(form: &Form, formula: &F) -> String {
    let mut printer = Printer { form, out: String::new() };
    printer.part(formula, 0);
    printer.out
}

struct Printer<'f> {
    form: &'f Form,
    out: String,
}

/// How tightly a part binds: 1 for `or`, 9 for a name.
fn power(formula: &F) -> u8 {
    match formula {
        F::If(_) => 0,
        F::Or(_) => 1,
        F::And(_) => 2,
        F::Not(_) => 3,
        F::Compare(..) => 4,
        F::Sum(_) => 5,
        F::Product(_) => 6,
        F::Neg(_) => 7,
        F::Number(number) if *number < 0.0 => 7,
        F::Power(..) => 8,
        _ => 9,
    }
}

impl Printer<'_> {
    /// A part that must bind at least as tightly as `least`.
    fn part(&mut self, formula: &F, least: u8) {
        let needs_brackets = power(formula) < least;
        if needs_brackets {
            self.out.push('(');
        }
        self.bare(formula);
        if needs_brackets {
            self.out.push(')');
        }
    }

    fn bare(&mut self, formula: &F) {
        match formula {
            F::Number(number) => self.out.push_str(&number_text(*number)),
            F::Missing => self.out.push_str("missing"),
            F::Truth(truth) => self.out.push_str(if *truth { "true" } else { "false" }),
            F::Word(word) => {
                self.out.push('"');
                self.out.push_str(word);
                self.out.push('"');
            }
            F::Item(item) => self.item(*item),
            F::Score(score) => {
                let id = self.form.scores.get(*score).map_or("", |score| &score.id);
                self.out.push_str(id);
            }
            F::Sum(terms) => self.signed(terms, [" + ", " - "], 6),
            F::Product(factors) => self.signed(factors, [" * ", " / "], 7),
            F::Neg(of) => {
                self.out.push('-');
                self.part(of, 8);
            }
            F::Power(of, power) => {
                self.part(of, 9);
                self.out.push_str(&format!(" ^ {power}"));
            }
            F::Compare(op, left, right) => {
                self.part(left, 5);
                self.out.push_str(sign(*op));
                self.part(right, 5);
            }
            F::And(list) => self.joined(list, " and ", 3),
            F::Or(list) => self.joined(list, " or ", 2),
            F::Not(of) => {
                self.out.push_str("not ");
                self.part(of, 4);
            }
            F::If(parts) => self.choice(parts),
            _ => self.call(formula),
        }
    }

    fn item(&mut self, item: usize) {
        let id = self.form.items.get(item).map_or("", |item| &item.id);
        self.out.push_str(id);
    }

    fn signed(&mut self, terms: &[(bool, F)], signs: [&str; 2], least: u8) {
        for (at, (is_inverse, term)) in terms.iter().enumerate() {
            match (at, is_inverse, signs[1]) {
                (0, false, _) => {}
                (0, true, " - ") => self.out.push('-'),
                (0, true, _) => self.out.push_str("1 / "),
                (_, inverse, _) => self.out.push_str(signs[usize::from(*inverse)]),
            }
            self.part(term, if at == 0 && *is_inverse { 8 } else { least });
        }
    }

    fn joined(&mut self, list: &[F], joint: &str, least: u8) {
        for (at, one) in list.iter().enumerate() {
            if at > 0 {
                self.out.push_str(joint);
            }
            self.part(one, least);
        }
    }

    fn choice(&mut self, parts: &[F; 3]) {
        let mut parts = parts;
        loop {
            let [condition, then, otherwise] = parts;
            self.out.push_str("if ");
            self.part(condition, 1);
            self.out.push_str(" then ");
            self.part(then, 1);
            self.out.push_str(" else ");
            match otherwise {
                F::If(next) => parts = next,
                other => return self.part(other, 0),
            }
        }
    }

    fn call(&mut self, formula: &F) {
        match formula {
            F::IsMissing(of) => self.list("is_missing", &[of], ""),
            F::Coalesce(parts) => self.list("coalesce", &parts.iter().collect::<Vec<_>>(), ""),
            F::Reverse(item) => self.list("reverse", &[&F::Item(*item)], ""),
            F::Recode(of, table) => {
                let pairs = table
                    .iter()
                    .map(|(from, to)| format!(", {}: {}", number_text(*from), number_text(*to)));
                self.list("recode", &[of], &pairs.collect::<String>());
            }
            F::Aggregate(kind, terms, need) => {
                let name = match kind {
                    Kind::Sum => "sum",
                    Kind::Mean => "mean",
                    Kind::Min => "min",
                    Kind::Max => "max",
                };
                let rest = match need {
                    Need::All => String::new(),
                    Need::AtLeast(need) => format!("; >= {need}"),
                    Need::Prorate(need) => format!("; >= {need}; prorate"),
                };
                self.list(name, &terms.iter().collect::<Vec<_>>(), &rest);
            }
            F::Count(conditions) => self.list("count", &conditions.iter().collect::<Vec<_>>(), ""),
            F::Answered(terms) => self.list("answered", &terms.iter().collect::<Vec<_>>(), ""),
            F::Round(of, 0) => self.list("round", &[of], ""),
            F::Round(of, decimals) => self.list("round", &[of], &format!(", {decimals}")),
            F::Apply(name, of) => self.list(name, &[of], ""),
            // All others are printed by `bare`.
            _ => {}
        }
    }

    fn list(&mut self, name: &str, parts: &[&F], rest: &str) {
        self.out.push_str(name);
        self.out.push('(');
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                self.out.push_str(", ");
            }
            self.part(part, 0);
        }
        self.out.push_str(rest);
        self.out.push(')');
    }
}

/// A number as our formulas write it.
pub(super) fn number_text(number: f64) -> String {
    if number == 0.0 { "0".to_owned() } else { number.to_string() }
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::Eq | Op::Same => " = ",
        Op::Ne | Op::NotSame => " != ",
        Op::Lt => " < ",
        Op::Le => " <= ",
        Op::Gt => " > ",
        _ => " >= ",
    }
}
