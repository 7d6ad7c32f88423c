//! Checks that a form or an answer gives an option the same number and label as the definition. If they differ, the
//! number means something else in that form.

use std::collections::BTreeSet;

use scalewright_model::{Instrument, OptionValue, ResponseKind, ResponseScale};

use super::fhir_form::{Choice, Question};

/// The labels of each coded value of a response scale, in all languages of the definition.
pub(super) struct Labels(Vec<(f64, String)>);

impl Labels {
    /// The labels of the response scale at index `response`.
    pub(super) fn new(instrument: &Instrument, response: usize) -> Self {
        let scale = &instrument.response_scales[response];
        let mut labels = Vec::new();
        for wording in &instrument.wordings {
            let words = &wording.responses[response];
            let mut add = |value: f64, label: &str| {
                if !label.trim().is_empty() {
                    labels.push((value, label.trim().to_lowercase()));
                }
            };
            match &scale.kind {
                ResponseKind::Coded { options } => {
                    for (option, label) in options.iter().zip(&words.labels) {
                        add(coded(option.value), label);
                    }
                }
                ResponseKind::YesNo => {
                    let given = [(1.0, &words.yes_label), (0.0, &words.no_label)];
                    for (value, label) in given {
                        add(value, label.as_deref().unwrap_or_default());
                    }
                }
                _ => {}
            }
        }
        Self(labels)
    }

    /// Returns the value with this label, if it is not `number`. A label of `number` itself, and an unknown one, gives
    /// `None`.
    fn other(&self, text: &str, number: f64) -> Option<f64> {
        let text = text.trim().to_lowercase();
        let mut values = self.0.iter().filter(|(_, label)| *label == text).map(|(value, _)| *value);
        let first = values.next()?;
        // Several options may have the same label, each in another language.
        let is_own = is_same(first, number) || values.any(|value| is_same(value, number));
        (!is_own).then_some(first)
    }

    /// Returns an error if an answer with this label cannot mean `number`.
    pub(super) fn contradiction(&self, text: Option<&str>, number: f64) -> Result<(), String> {
        match text.and_then(|text| Some((text, self.other(text, number)?))) {
            None => Ok(()),
            Some((text, other)) => Err(format!(
                "is ambiguous: its code or number means {number}, but its label `{}` means {other}; set the value of the code in `[codes]` of a map",
                short(text)
            )),
        }
    }
}

/// Returns an error if the options of a question differ from those of the response scale. `number` returns the value of
/// an option.
pub(super) fn contradiction(
    question: &Question,
    scale: &ResponseScale,
    labels: &Labels,
    number: impl Fn(&Choice) -> Option<f64>,
) -> Result<(), String> {
    let Some(scored) = scale.scored_values() else { return Ok(()) };
    let scored: BTreeSet<OptionValue> = scored.into_iter().collect();
    let unscored = scale.options().iter().filter(|option| option.non_response);
    let unscored: BTreeSet<OptionValue> = unscored.map(|option| option.value).collect();
    let numbers: Vec<Option<f64>> = question.options.iter().map(&number).collect();
    let known: Vec<f64> = numbers.iter().copied().flatten().collect();
    let is_known = |number: f64| scored.iter().chain(&unscored).any(|v| is_same(coded(*v), number));
    let is_offered =
        |value: &OptionValue| known.iter().any(|number| is_same(coded(*value), *number));
    // An option of unknown value may be one that seems to be missing.
    let is_whole = known.len() == numbers.len() && !known.is_empty();
    let all_known = known.iter().all(|number| is_known(*number));
    // A form may leave out options that mean no answer, so only scored values must be offered.
    if !all_known || (is_whole && !scored.iter().all(is_offered)) {
        let theirs = list(known.iter());
        let ours = list(scored.iter().map(|value| coded(*value)).collect::<Vec<_>>().iter());
        let name = &scale.name;
        return Err(format!(
            "has other options in its form: their values are {theirs}, but those of `{name}` are {ours}; set the values of its codes in `[codes.{name}]` of a map"
        ));
    }
    for (option, number) in question.options.iter().zip(numbers) {
        let (Some(number), Some(text)) = (number, &option.display) else { continue };
        if let Some(other) = labels.other(text, number) {
            return Err(format!(
                "has other options in its form: `{}` is {number} there, but {other} in `{}`; set the values of its codes in `[codes.{}]` of a map",
                short(text),
                scale.name,
                scale.name
            ));
        }
    }
    Ok(())
}

fn list<'n>(numbers: impl Iterator<Item = &'n f64>) -> String {
    let mut list: Vec<String> = numbers.take(12).map(f64::to_string).collect();
    if list.len() == 12 {
        list.pop();
        list.push("…".to_owned());
    }
    list.join(", ")
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

pub(super) fn coded(value: OptionValue) -> f64 {
    value.number()
}
