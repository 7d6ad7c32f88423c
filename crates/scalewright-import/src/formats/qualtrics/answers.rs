//! The answers of questions as response scales.

use scalewright_model::OptionValue;
use std::collections::BTreeMap;

use super::Reader;
use super::choices::{Entry, entries};
use crate::choices::{LARGEST, MOST_OPTIONS, number, offer, values};
use crate::finding::Kind;
use crate::form::{Choice, Response, ResponseKind};
use crate::json::Node;
use crate::words::Words;

/// A response scale, by position, with the value of each answer by its number.
type Answers = Result<(usize, BTreeMap<String, OptionValue>), String>;

impl<'a> Reader<'a> {
    /// The choices of a question with one answer.
    pub(super) fn choices(&mut self, question: &Node<'a>, tag: &str) -> Answers {
        self.listed(question, tag, ("Choices", "ChoiceOrder"), ResponseKind::Coded)
    }

    /// The choices of a question with several answers.
    pub(super) fn several_choices(&mut self, question: &Node<'a>, tag: &str) -> Answers {
        self.listed(question, tag, ("Choices", "ChoiceOrder"), ResponseKind::Several)
    }

    /// The columns of a matrix with one answer in each row.
    pub(super) fn columns(&mut self, question: &Node<'a>, tag: &str) -> Answers {
        self.listed(question, tag, ("Answers", "AnswerOrder"), ResponseKind::Coded)
    }

    /// The columns of a matrix with several answers in each row.
    pub(super) fn several(&mut self, question: &Node<'a>, tag: &str) -> Answers {
        self.listed(question, tag, ("Answers", "AnswerOrder"), ResponseKind::Several)
    }

    fn listed(
        &mut self,
        question: &Node<'a>,
        tag: &str,
        (key, order): (&str, &str),
        kind: fn(Vec<Choice>) -> ResponseKind,
    ) -> Answers {
        let entries = entries(question, key, order);
        let count = entries.len();
        if count == 0 || count > MOST_OPTIONS {
            return Err(format!(
                "it has {count} answers; a definition can have 1 to {MOST_OPTIONS}"
            ));
        }
        let coded = self.coded(question, tag, &entries);
        let by_number: BTreeMap<String, OptionValue> = entries
            .iter()
            .zip(&coded)
            .map(|(entry, (value, _))| (entry.id.clone(), *value))
            .collect();
        let mut choices = Vec::new();
        for (entry, (value, stored)) in entries.iter().zip(coded) {
            let label = self.option_words(question, key, entry);
            let non_response = self.options.is_non_response(&stored);
            choices.push(Choice { value, stored, label, non_response });
        }
        let signature = format!("{choices:?} {:?}", std::mem::discriminant(&kind(Vec::new())));
        if let Some(known) = self.answers.get(&signature) {
            return Ok((*known, by_number));
        }
        let place = question.get(key).place();
        let offers = choices.iter().filter_map(|choice| offer(choice, &place));
        self.form.findings.extend(offers);
        self.not_analysed(question, tag);
        Ok((self.shared(&signature, tag, question, kind(choices)), by_number))
    }

    /// The values of answers and what data contain for them: the recode values, or else the numbers of the answers.
    fn coded(
        &mut self,
        question: &Node<'a>,
        tag: &str,
        entries: &[Entry<'a>],
    ) -> Vec<(OptionValue, String)> {
        let recodes = question.get("RecodeValues");
        let stored: Vec<String> = entries
            .iter()
            .map(|entry| recodes.get(&entry.id).as_text().unwrap_or_else(|| entry.id.clone()))
            .collect();
        let values = values(stored.iter().map(String::as_str));
        if values.is_none() {
            let message = format!(
                "the recode values of `{tag}` are not different numbers up to 1,000,000 with at most six decimals: its options are numbered from 1"
            );
            self.report(Kind::Changed, "options-numbered", &recodes, message);
        }
        let value = |index: usize| {
            let known = values.as_ref().and_then(|values| values.get(index).copied());
            known.unwrap_or_else(|| number(index))
        };
        stored.into_iter().enumerate().map(|(index, stored)| (value(index), stored)).collect()
    }

    /// Offers to treat answers as missing that Qualtrics leaves out of its analysis.
    fn not_analysed(&mut self, question: &Node<'a>, tag: &str) {
        for (id, node) in question.get("AnalyzeChoices").entries() {
            if node.text() != Some("No") {
                continue;
            }
            let stored = question.get("RecodeValues").get(id).as_text();
            let stored = stored.unwrap_or_else(|| id.to_owned());
            let message = format!(
                "answer {id} of `{tag}` is excluded from analysis; to treat it as missing, import with `--non-response {stored}`"
            );
            self.report(Kind::Note, "excluded-from-analysis", &node, message);
        }
    }

    /// The response scale with this signature, made if there is none yet.
    fn shared(&mut self, signature: &str, name: &str, at: &Node<'a>, kind: ResponseKind) -> usize {
        if let Some(known) = self.answers.get(signature) {
            return *known;
        }
        let name = self.ids.response(name);
        self.form.responses.push(Response { name, kind, place: at.place() });
        let position = self.form.responses.len() - 1;
        self.answers.insert(signature.to_owned(), position);
        position
    }

    /// The response scale of a choice that is an item.
    pub(super) fn tick(&mut self, at: &Node<'a>) -> usize {
        let kind = ResponseKind::YesNo { yes: Words::default(), no: Words::default() };
        self.shared("tick", "tick", at, kind)
    }

    /// A text, or a number if only numbers are accepted.
    pub(super) fn text_of(&mut self, question: &Node<'a>, tag: &str) -> Answers {
        let settings = question.get("Validation").get("Settings");
        let content = settings.get("ContentType").text().unwrap_or_default();
        let is_content = settings.get("Type").text() == Some("ContentType");
        if is_content && content == "ValidNumber" {
            return Ok((self.number(&settings.get("ValidNumber"), tag)?, BTreeMap::new()));
        }
        let other =
            settings.get("Type").text().filter(|kind| !matches!(*kind, "None" | "MinChoices"));
        if let Some(other) = other {
            let what = if is_content { content } else { other };
            let message =
                format!("`{tag}` is a text here: the validation `{what}` has no counterpart");
            self.report(Kind::Changed, "validation", &settings, message);
        }
        let (name, lines) = match question.get("Selector").text() {
            Some("ML") => ("long_text", 4),
            Some("ESTB") => ("huge_text", 8),
            _ => ("text", 1),
        };
        Ok((self.shared(name, name, question, ResponseKind::Text(lines)), BTreeMap::new()))
    }

    fn number(&mut self, limits: &Node<'a>, tag: &str) -> Result<usize, String> {
        let (min, max) = (self.limit(limits, "Min"), self.limit(limits, "Max"));
        if min.zip(max).is_some_and(|(min, max)| min >= max) {
            return Err("its lowest number is not below its highest".to_owned());
        }
        let decimals =
            limits.get("NumDecimals").as_text().and_then(|text| text.trim().parse().ok());
        let decimals = decimals.map_or(6, |decimals: u32| decimals.min(6));
        let signature = format!("number {min:?} {max:?} {decimals}");
        let kind =
            ResponseKind::Numeric { min, max, decimals: Some(decimals), unit: Words::default() };
        Ok(self.shared(&signature, tag, limits, kind))
    }

    /// A limit of a number; `None` if there is none, or if it is no number within our bounds, which is reported.
    fn limit(&mut self, limits: &Node<'a>, key: &str) -> Option<f64> {
        let text = limits.get(key).as_text().filter(|text| !text.trim().is_empty())?;
        let number = text.trim().parse().ok().filter(|number: &f64| number.abs() <= LARGEST);
        if number.is_none() {
            let message =
                format!("the limit `{text}` is not a number up to 1,000,000 and is left out");
            self.report(Kind::NotUnderstood, "limit", &limits.get(key), message);
        }
        number
    }

    /// A line. Its ends are 0 and 100 unless others are stated.
    pub(super) fn slider(&mut self, question: &Node<'a>, tag: &str) -> Result<usize, String> {
        let configuration = question.get("Configuration");
        let min = self.limit(&configuration, "CSSliderMin").unwrap_or(0.0);
        let max = self.limit(&configuration, "CSSliderMax").unwrap_or(100.0);
        if min >= max {
            return Err(format!("its ends are {min} and {max}"));
        }
        let decimals =
            configuration.get("NumDecimals").as_text().and_then(|text| text.parse().ok());
        let decimals = decimals.map_or(0, |decimals: u32| decimals.min(6));
        let labels = entries(question, "Labels", "LabelOrder");
        if labels.len() > 2 {
            let message = format!("the words of `{tag}` between the ends of its line are left out");
            self.report(Kind::NotUnderstood, "middle-label", &question.get("Labels"), message);
        }
        let mut end = |entry: Option<&Entry<'a>>| {
            entry.map(|entry| self.option_words(question, "Labels", entry)).unwrap_or_default()
        };
        let low = end(labels.first());
        let high = end(labels.last().filter(|_| labels.len() > 1));
        let signature = format!("slider {min} {max} {decimals} {low:?} {high:?}");
        let kind = ResponseKind::VisualAnalogue { min, max, decimals, low, high };
        Ok(self.shared(&signature, tag, question, kind))
    }
}
