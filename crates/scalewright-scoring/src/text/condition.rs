//! Conditions.

use scalewright_model::{Comparison, Expr, Test};

use super::idiom::all_chosen;
use super::{FormulaWriter, parenthesised};

/// The condition whose truth a number shows: 1 if it is true, otherwise 0.
fn as_number(expr: &Expr) -> Option<&Test> {
    match expr {
        Expr::If { test, then, otherwise, unknown } => {
            let shows = **then == Expr::Number(1.0)
                && **otherwise == Expr::Number(0.0)
                && **unknown == Expr::Missing;
            shows.then_some(test)
        }
        _ => None,
    }
}

/// The parts of a choice between two conditions.
fn choice<'t>(left: &'t Expr, right: &Expr) -> Option<[&'t Test; 3]> {
    let Expr::If { test, then, otherwise, unknown } = left else { return None };
    let plain = *right == Expr::Number(1.0) && **unknown == Expr::Missing;
    let parts = [test, as_number(then)?, as_number(otherwise)?];
    plain.then_some(parts)
}

impl FormulaWriter<'_> {
    pub(super) fn test(&self, test: &Test, around: u8) -> String {
        let plain = self.numbers();
        match test {
            Test::Truth(truth) => truth.to_string(),
            Test::Missing => "missing".to_owned(),
            Test::Flag(scale) => self.scale(*scale),
            Test::Compare { comparison, left, right } => {
                plain.compare(test, *comparison, (left, right), around)
            }
            Test::AtLeast { count, tests } => {
                format!("count({}) >= {count}", plain.conditions(tests))
            }
            Test::All(tests) => match all_chosen(tests) {
                Some((item, chosen)) => self.choices("all", item, &chosen),
                None => plain.several(tests, " and ", around),
            },
            Test::Any(tests) => {
                if let Some(text) = self.with_refusals(tests).or_else(|| plain.of_counts(tests)) {
                    return text;
                }
                match all_chosen(tests) {
                    Some((item, chosen)) => self.choices("any", item, &chosen),
                    None => plain.several(tests, " or ", around),
                }
            }
            Test::Not(of) => plain.negated(of),
            Test::IsMissing(of) => format!("is_missing({})", plain.expr(of, 0)),
            Test::IsUnknown(of) => format!("is_missing({})", plain.test(of, 0)),
        }
    }

    fn several(&self, tests: &[Test], word: &str, around: u8) -> String {
        let parts: Vec<String> = tests.iter().map(|test| self.test(test, 1)).collect();
        match parts.len() {
            1 => parts.concat(),
            _ => parenthesised(parts.join(word), around > 0),
        }
    }

    fn negated(&self, of: &Test) -> String {
        if let Test::Compare { comparison: Comparison::Equal, left, right } = of
            && let Some((scale, word)) = self.word_of(left, right)
        {
            return format!("{} != {word}", self.scale(scale));
        }
        let text = self.test(of, 0);
        // A name or a call needs no parentheses.
        let atom = matches!(of, Test::Flag(_) | Test::IsMissing(_) | Test::IsUnknown(_));
        match atom || all_chosen(std::slice::from_ref(of)).is_some() {
            true => format!("not {text}"),
            false => format!("not ({text})"),
        }
    }

    fn compare(
        &self,
        test: &Test,
        comparison: Comparison,
        (left, right): (&Expr, &Expr),
        around: u8,
    ) -> String {
        let equal = comparison == Comparison::Equal;
        if let Some((item, chosen)) = all_chosen(std::slice::from_ref(test)) {
            return self.choices("any", item, &chosen);
        }
        if let Some([test, then, otherwise]) = choice(left, right).filter(|_| equal) {
            let [test, then, otherwise] = [test, then, otherwise].map(|part| self.test(part, 0));
            return parenthesised(format!("if {test} then {then} else {otherwise}"), around > 0);
        }
        if let Some((scale, word)) = self.word_of(left, right) {
            return format!("{} {} {word}", self.scale(scale), comparison.sign());
        }
        let label = self.label(left, right);
        format!("{} {} {}{label}", self.side(left), comparison.sign(), self.side(right))
    }

    /// One side of a comparison. Without parentheses, the comparison would read as part of the `else` branch.
    pub(super) fn side(&self, side: &Expr) -> String {
        let text = self.expr(side, 0);
        let choice = text.starts_with("if ");
        parenthesised(text, choice)
    }

    /// The label of the option that an answer is compared with, in brackets.
    fn label(&self, left: &Expr, right: &Expr) -> String {
        let (Some(words), Expr::Answer(item), Expr::Number(value)) = (self.labels, left, right)
        else {
            return String::new();
        };
        let response = self.instrument.items[item.0].response;
        let position = self.instrument.response(*item).position(*value);
        let label = position.and_then(|at| words.responses[response.0].labels.get(at));
        let label = label.map(|label| label.trim()).filter(|label| !label.is_empty());
        label.map_or(String::new(), |label| format!(" ({label})"))
    }
}
