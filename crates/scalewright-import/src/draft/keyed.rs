//! Scores that a source states as a list of items with signs, without a rule for missing answers.

use scalewright_model::OptionValue;
use std::sync::Arc;

use scalewright_model::file::ScaleFile;
use scalewright_model::{MissingKind, ScoreKind};

use crate::form::rule::{Answers, Rule, Source, Target};
use crate::form::{Form, ResponseKind};
use crate::place::Place;
use crate::value::Value;

/// An item of a score.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Keyed {
    /// The position of the item in the form.
    pub(crate) item: usize,
    /// Whether its answers are reversed.
    pub(crate) reversed: bool,
}

/// The rule of the sum or the mean of items, which needs all answers.
pub(crate) fn keyed(form: &Form, items: &[Keyed], kind: ScoreKind, place: &Place) -> Rule {
    let without_range = items.iter().find(|keyed| range(form, keyed.item).is_none());
    if let Some(keyed) = without_range {
        let id = &form.items[keyed.item].id;
        let reason = format!("`{id}` has no values, or no lowest and highest one");
        return Rule::not_understood("", place, reason);
    }
    let mut scale = ScaleFile::new("", "", kind, MissingKind::NoScore);
    scale.items = items
        .iter()
        .map(|keyed| {
            let sign = if keyed.reversed { "-" } else { "" };
            format!("{sign}{}", form.items[keyed.item].id)
        })
        .collect();
    let source = Key { items: items.to_vec(), is_mean: kind == ScoreKind::Mean };
    Rule {
        text: String::new(),
        place: place.clone(),
        source: Some(Arc::new(source)),
        target: Target::Scale(Box::new(scale)),
    }
}

/// The lowest and the highest value of an item, without options that mean no answer.
fn range(form: &Form, item: usize) -> Option<(f64, f64)> {
    match &form.responses[form.items[item].response].kind {
        ResponseKind::Coded(choices) => {
            let values = choices.iter().filter(|choice| !choice.non_response);
            let values: Vec<OptionValue> = values.map(|choice| choice.value).collect();
            Some((values.iter().min()?.number(), values.iter().max()?.number()))
        }
        ResponseKind::Numeric { min, max, decimals: _, unit: _ } => min.zip(*max),
        ResponseKind::VisualAnalogue { min, max, decimals: _, low: _, high: _ } => {
            Some((*min, *max))
        }
        ResponseKind::YesNo { yes: _, no: _ } => Some((0.0, 1.0)),
        ResponseKind::Several(_)
        | ResponseKind::Text(_)
        | ResponseKind::Date
        | ResponseKind::Time => None,
    }
}

/// The arithmetic of a key: reversal within the stated values, and no score if an answer is missing.
struct Key {
    items: Vec<Keyed>,
    is_mean: bool,
}

impl Key {
    fn term(&self, form: &Form, answers: &Answers, keyed: Keyed) -> Option<f64> {
        let answer = answers.of[keyed.item]?;
        let (low, high) = range(form, keyed.item)?;
        // Codes of missing answers are outside of the range.
        if !(low..=high).contains(&answer) {
            return None;
        }
        Some(if keyed.reversed { low + high - answer } else { answer })
    }
}

impl Source for Key {
    fn value(&self, form: &Form, answers: &Answers) -> Value {
        let terms = self.items.iter().map(|keyed| self.term(form, answers, *keyed));
        let Some(terms) = terms.collect::<Option<Vec<f64>>>() else { return Value::Blank };
        let sum: f64 = terms.iter().sum();
        #[expect(clippy::cast_precision_loss, reason = "a form has at most 5,000 items")]
        let count = terms.len() as f64;
        Value::Number(if self.is_mean { sum / count } else { sum })
    }
}
