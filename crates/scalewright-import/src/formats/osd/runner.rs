//! The arithmetic of the runner of OpenScales, as its scorer computes it.

use std::borrow::Cow;

use scalewright_model::OptionValue;

use crate::form::rule::{Answers, Source};
use crate::form::{Choice, Form, ResponseKind};
use crate::value::Value;

/// What the runner stores for an answer.
pub(super) fn stored(form: &Form, item: usize, value: f64) -> Option<Cow<'_, str>> {
    match &form.responses[form.items[item].response].kind {
        ResponseKind::Coded(choices) => {
            let wanted = OptionValue::of(value);
            let is_wanted = |choice: &&Choice| Some(choice.value) == wanted;
            let is_near = |choice: &&Choice| (choice.value.number() - value).abs() < 1e-9;
            let choice = choices.iter().find(is_wanted).or_else(|| choices.iter().find(is_near))?;
            Some(Cow::Borrowed(&choice.stored))
        }
        _ => Some(Cow::Owned(value.to_string())),
    }
}

/// The number that a text begins with, as `parseFloat` of JavaScript reads it.
pub(super) fn leading_number(text: &str) -> Option<f64> {
    if let [digit @ b'0'..=b'9'] = text.as_bytes() {
        return Some(f64::from(digit - b'0'));
    }
    let text = text.trim_start();
    let mut end = 0;
    let mut has_point = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '0'..='9' => {}
            '+' | '-' if at == 0 => {}
            '.' if !has_point => has_point = true,
            _ => break,
        }
        end = at + 1;
    }
    let number = text[..end].trim_end_matches('.');
    number.parse().ok()
}

/// One term of a score.
#[derive(Debug, Clone)]
pub(super) struct Term {
    /// The position of the item.
    pub(super) item: usize,
    /// The range that the runner takes for the item, if it has one.
    pub(super) range: Option<(f64, f64)>,
    /// The table from the position of a response to its value.
    pub(super) map: Option<Vec<f64>>,
    /// Below 0 if the item is reversed.
    pub(super) coding: f64,
    /// The weight.
    pub(super) weight: f64,
}

/// How the runner combines terms. It adds them up for every method that it does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Sum,
    Mean,
    WeightedSum,
    WeightedMean,
}

/// A score of the runner.
#[derive(Debug, Clone)]
pub(super) struct Scorer {
    pub(super) method: Method,
    pub(super) terms: Vec<Term>,
    /// Other scores, by position in the form, each with its coding and its weight.
    pub(super) scores: Vec<(usize, f64, f64)>,
    /// Steps that follow: the factor and then the summand.
    pub(super) steps: Vec<(f64, f64)>,
}

impl Term {
    /// The coded value of an answer.
    fn coded(&self, form: &Form, answers: &Answers) -> Option<f64> {
        let raw = leading_number(&stored(form, self.item, answers.of[self.item]?)?)?;
        let mut value = raw;
        if let (Some(map), Some((low, _))) = (&self.map, self.range) {
            let index = raw.round() - low;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked to be a position"
            )]
            if index >= 0.0 && (index as usize) < map.len() {
                value = map[index as usize];
            }
        }
        Some(match self.range {
            Some((low, high)) if self.coding < 0.0 => low + high - value,
            _ => value,
        })
    }
}

impl Source for Scorer {
    fn value(&self, form: &Form, answers: &Answers) -> Value {
        let weighted = matches!(self.method, Method::WeightedSum | Method::WeightedMean);
        let (mut total, mut weights, mut count) = (0.0, 0.0, 0.0);
        let terms =
            self.terms.iter().filter_map(|term| Some((term.coded(form, answers)?, term.weight)));
        let of_scores = self.scores.iter().filter_map(|(score, coding, weight)| {
            let rule = &form.scores.get(*score)?.rule;
            let value = rule.source.as_ref()?.value(form, answers).score()?;
            Some((value * coding, *weight))
        });
        for (value, weight) in terms.chain(of_scores) {
            total += if weighted { value * weight } else { value };
            weights += weight;
            count += 1.0;
        }
        if count == 0.0 {
            return Value::Blank;
        }
        let mut result = match self.method {
            Method::Sum | Method::WeightedSum => total,
            Method::Mean => total / count,
            Method::WeightedMean if weights == 0.0 => return Value::Blank,
            Method::WeightedMean => total / weights,
        };
        for (factor, summand) in &self.steps {
            result = result * factor + summand;
        }
        Value::Number(result)
    }
}

#[cfg(test)]
mod tests {
    use super::leading_number;

    #[test]
    fn numbers_are_read_as_in_javascript() {
        for (text, number) in [
            ("3", Some(3.0)),
            ("-1.5x", Some(-1.5)),
            ("daily", None),
            ("", None),
            ("2 of 3", Some(2.0)),
            (".5", Some(0.5)),
        ] {
            assert_eq!(leading_number(text), number, "{text}");
        }
    }
}
