//! Options: listed choices, special ones, ratings, and yes or no.

use super::Reader;
use crate::choices::{LARGEST, Listed, numbered, of_text};
use crate::finding::Kind;
use crate::form::{Choice, ResponseKind};
use crate::json::Node;
use crate::words::Words;
use scalewright_model::OptionValue;

/// The most options of a rating.
const MOST: usize = 1000;

/// Options that a switch adds: the switches, what SurveyJS stores, the key of the words, and the usual words.
const SPECIAL: &[(&[&str], &str, &str, &str)] = &[
    (&["showNoneItem", "hasNone"], "none", "noneText", "None"),
    (&["showRefuseItem"], "refused", "refuseText", "Refuse to answer"),
    (&["showDontKnowItem"], "dontknow", "dontKnowText", "Don't know"),
    (&["showOtherItem", "hasOther"], "other", "otherText", "Other (describe)"),
];

impl<'a> Reader<'a> {
    /// The choices of a question, with those that switches add.
    pub(super) fn choices(&mut self, element: &Node<'a>) -> Result<Vec<Choice>, String> {
        for key in ["choicesByUrl", "choicesFromQuestion"] {
            let node = element.get(key);
            let is_used =
                node.text().is_some() || node.table().is_some_and(|table| !table.is_empty());
            if is_used {
                return Err(format!("the choices come from elsewhere (`{key}`)"));
            }
        }
        if matches!(element.get("choicesOrder").text(), Some("random")) {
            let message = "the survey shows the choices in random order; ours keep their order";
            self.report(Kind::Note, "order", &element.get("choicesOrder"), message);
        }
        let node = element.get("choices");
        let mut choices =
            if node.has_entries() { self.listed(&node) } else { self.counted(element) };
        if choices.is_empty() {
            return Err("there are no choices".to_owned());
        }
        self.special(element, &mut choices);
        Ok(choices)
    }

    /// Listed choices: each a value, or a value with words.
    pub(super) fn listed(&mut self, list: &Node<'a>) -> Vec<Choice> {
        let mut listed = Vec::new();
        for choice in list.list() {
            self.left_out.keys(&choice, "a choice", &["value", "text", "imageLink"]);
            let stored =
                choice.get("value").as_text().or_else(|| choice.as_text()).unwrap_or_default();
            let label = self.words_of(&choice);
            listed.push(Listed { stored, label, place: choice.place() });
        }
        numbered(self.options, &mut self.form.findings, &list.place(), listed)
    }

    /// The words of a choice or a row: its text, or its value.
    pub(super) fn words_of(&mut self, choice: &Node<'a>) -> Words {
        let text = self.texts.words(&choice.get("text"));
        if !text.is_empty() {
            return text;
        }
        let value = if choice.has("value") { choice.get("value") } else { choice.clone() };
        if value.as_text().is_some() { self.texts.words(&value) } else { Words::default() }
    }

    /// The numbers from `choicesMin` to `choicesMax`.
    fn counted(&mut self, element: &Node<'a>) -> Vec<Choice> {
        let (Some(min), Some(max)) =
            (element.get("choicesMin").number(), element.get("choicesMax").number())
        else {
            return Vec::new();
        };
        let step = element.get("choicesStep").number().unwrap_or(1.0);
        self.steps(&element.get("choicesMin"), (min, max, step), &|_| Words::default())
    }

    /// Options for the numbers from `min` to `max`.
    fn steps(
        &mut self,
        at: &Node<'a>,
        (min, max, step): (f64, f64, f64),
        label: &dyn Fn(f64) -> Words,
    ) -> Vec<Choice> {
        if !(step > 0.0 && min <= max && min.abs() <= LARGEST && max.abs() <= LARGEST) {
            return Vec::new();
        }
        let mut listed = Vec::new();
        let mut value = min;
        while value <= max + step * 1e-9 && listed.len() < MOST {
            // The sum of decimal steps is not exact.
            let rounded = (value * 1e6).round() / 1e6;
            listed.push(Listed {
                stored: rounded.to_string(),
                label: label(rounded),
                place: at.place(),
            });
            value += step;
        }
        numbered(self.options, &mut self.form.findings, &at.place(), listed)
    }

    /// Adds the options of switches. Their values follow those of the others, so that these keep their numbers.
    fn special(&mut self, element: &Node<'a>, choices: &mut Vec<Choice>) {
        for (switches, stored, key, usual) in SPECIAL {
            if !switches.iter().any(|switch| element.get(switch).truth() == Some(true)) {
                continue;
            }
            let words = self.texts.words(&element.get(key));
            let label = if words.is_empty() { Words::only(usual) } else { words };
            let value =
                choices.iter().map(|choice| choice.value.number().floor()).fold(0.0, f64::max);
            let value = OptionValue::of(value + 1.0).unwrap_or_default();
            let non_response = self.options.is_non_response(stored);
            if !non_response && *stored != "other" {
                let message =
                    format!("the option `{usual}` reads like no answer, but scores count it");
                let help = format!(
                    "to treat it as missing, import with `--non-response {stored}`; this changes scores"
                );
                let finding = crate::finding::Finding::new(
                    Kind::Note,
                    "like-no-answer",
                    &element.place(),
                    message,
                );
                self.form.findings.push(finding.help(help));
            }
            choices.push(Choice { value, stored: (*stored).to_owned(), label, non_response });
        }
    }

    /// A rating: listed values, or the numbers of a range. Words of an end that has its own text are in brackets.
    pub(super) fn rating(&mut self, element: &Node<'a>) -> Result<Vec<Choice>, String> {
        let (low, high) = (
            self.texts.words(&element.get("minRateDescription")),
            self.texts.words(&element.get("maxRateDescription")),
        );
        let values = element.get("rateValues");
        let mut choices = if values.has_entries() {
            self.listed(&values)
        } else {
            let range = rate_range(element);
            self.steps(element, range, &|_| Words::default())
        };
        if choices.is_empty() {
            return Err("the rating has no values".to_owned());
        }
        let last = choices.len() - 1;
        for (index, words) in [(0, low), (last, high)] {
            let Choice { value, stored: _, label, non_response: _ } = &mut choices[index];
            if words.is_empty() {
                continue;
            }
            let value = value.to_string();
            let is_number = label.iter().all(|(_, own)| own.trim() == value);
            *label = match is_number {
                true => words,
                false => {
                    let before = label.clone();
                    words.bracketed(|language| before.of(language).unwrap_or(&value).to_owned())
                }
            };
        }
        Ok(choices)
    }

    /// Yes or no, or two options if the survey stores texts or numbers for them.
    pub(super) fn yes_no(&mut self, element: &Node<'a>) -> ResponseKind {
        let (yes, no) = (
            self.texts.words(&element.get("labelTrue")),
            self.texts.words(&element.get("labelFalse")),
        );
        let (on, off) = (element.get("valueTrue").as_text(), element.get("valueFalse").as_text());
        if on.as_deref().is_none_or(|on| on == "true")
            && off.as_deref().is_none_or(|off| off == "false")
        {
            return ResponseKind::YesNo { yes, no };
        }
        let (on, off) =
            (on.unwrap_or_else(|| "true".to_owned()), off.unwrap_or_else(|| "false".to_owned()));
        let numbers = of_text(&on).zip(of_text(&off)).filter(|(on, off)| on != off);
        let numbers = numbers.unwrap_or((1.into(), 0.into()));
        let option = |value: OptionValue, stored: String, label: Words, usual: &str| {
            let label = if label.is_empty() { Words::only(usual) } else { label };
            Choice { value, non_response: self.options.is_non_response(&stored), stored, label }
        };
        ResponseKind::Coded(vec![
            option(numbers.1, off, no, "No"),
            option(numbers.0, on, yes, "Yes"),
        ])
    }
}

/// The range of a rating: 1 to 5 unless the survey states it.
fn rate_range(element: &Node<'_>) -> (f64, f64, f64) {
    let min = element.get("rateMin").number().unwrap_or(1.0);
    let step = element.get("rateStep").number().unwrap_or(1.0);
    let count = element.get("rateCount").number().map(|count| min + (count - 1.0) * step);
    let max = element.get("rateMax").number().or(count);
    (min, max.unwrap_or(5.0), step)
}
