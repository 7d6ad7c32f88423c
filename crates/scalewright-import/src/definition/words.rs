//! The words of a form in a definition.

use scalewright_model::OptionValue;
use scalewright_model::file::{OptionFile, ResponseScaleFile, ResponseType, SectionFile};

use super::Maker;
use crate::form::{Choice, Response, ResponseKind, Section};
use crate::words::Words;

impl Maker<'_> {
    /// The words in the main language, unless wording is withheld.
    pub(super) fn included(&self, withheld: bool, words: &Words, most: usize) -> Option<String> {
        let text = words.of(self.language).filter(|_| !withheld)?;
        Some(shortened(text, most))
    }

    pub(super) fn section(&self, section: &Section, withheld: bool) -> SectionFile {
        SectionFile {
            title: self.included(withheld, &section.title, 300),
            lead_in: self.included(withheld, &section.lead_in, 2000),
            instructions: self.included(withheld, &section.instructions, 10_000),
            ..SectionFile::new(&section.id)
        }
    }

    pub(super) fn response(&self, response: &Response, withheld: bool) -> ResponseScaleFile {
        let blank = ResponseScaleFile::new;
        match &response.kind {
            ResponseKind::Coded(choices) => {
                self.ends(choices, withheld).unwrap_or_else(|| ResponseScaleFile {
                    options: self.options(choices, withheld),
                    ..blank(ResponseType::Coded)
                })
            }
            ResponseKind::Several(choices) => ResponseScaleFile {
                options: self.options(choices, withheld),
                ..blank(ResponseType::SeveralChoice)
            },
            ResponseKind::Numeric { min, max, decimals, unit } => ResponseScaleFile {
                min: *min,
                max: *max,
                decimals: decimals.filter(|decimals| *decimals > 0),
                unit: unit.of(self.language).map(|unit| shortened(unit, 100)),
                ..blank(ResponseType::Numeric)
            },
            ResponseKind::VisualAnalogue { min, max, decimals, low, high } => ResponseScaleFile {
                min: Some(*min),
                max: Some(*max),
                decimals: Some(*decimals).filter(|decimals| *decimals > 0),
                min_label: self.end(withheld, low, *min),
                max_label: self.end(withheld, high, *max),
                ..blank(ResponseType::VisualAnalogue)
            },
            ResponseKind::YesNo { yes, no } => ResponseScaleFile {
                yes_label: self.included(withheld, yes, 100),
                no_label: self.included(withheld, no, 100),
                ..blank(ResponseType::YesNo)
            },
            ResponseKind::Text(lines) => ResponseScaleFile {
                lines: Some(*lines).filter(|lines| *lines > 1),
                ..blank(ResponseType::Text)
            },
            ResponseKind::Date => blank(ResponseType::Date),
            ResponseKind::Time => blank(ResponseType::Time),
        }
    }

    /// The words at an end of a line: its number, if the source has no words.
    fn end(&self, withheld: bool, words: &Words, value: f64) -> Option<String> {
        if withheld {
            return None;
        }
        Some(words.of(self.language).map_or_else(|| value.to_string(), |text| shortened(text, 300)))
    }

    fn options(&self, choices: &[Choice], withheld: bool) -> Vec<OptionFile> {
        choices.iter().map(|choice| self.option(choice, withheld)).collect()
    }

    /// Whole numbers of which only the lowest and the highest have words.
    fn ends(&self, choices: &[Choice], withheld: bool) -> Option<ResponseScaleFile> {
        let [first, between @ .., last] = choices else { return None };
        let follow =
            choices.windows(2).all(|pair| pair[0].value + OptionValue::whole(1) == pair[1].value);
        let are_plain = choices.iter().all(|one| !one.non_response && code(one).is_none());
        let are_ends = !self.is_unlabelled(first) && !self.is_unlabelled(last);
        let is_scale = !between.is_empty() && between.iter().all(|one| self.is_unlabelled(one));
        let known = |choice: &Choice| choice.label.of(self.language).is_some();
        let has_words = withheld || (known(first) && known(last));
        (follow && are_plain && are_ends && is_scale && has_words).then(|| ResponseScaleFile {
            min: end_value(first),
            max: end_value(last),
            min_label: self.included(withheld, &first.label, 300),
            max_label: self.included(withheld, &last.label, 300),
            ..ResponseScaleFile::new(ResponseType::Coded)
        })
    }

    /// Whether an option has no words, or only its number. One that counts as no answer needs words, and a source without
    /// any words does not say what respondents see.
    pub(super) fn is_unlabelled(&self, choice: &Choice) -> bool {
        let number = choice.value.to_string();
        let has_words = self.form.items.iter().any(|item| !item.stem.is_empty());
        let only_number = choice.label.iter().all(|(_, text)| text.trim() == number);
        has_words && !choice.non_response && only_number
    }

    /// An option. One whose words are in other languages only is labelled with its number.
    fn option(&self, choice: &Choice, withheld: bool) -> OptionFile {
        let unlabelled = self.is_unlabelled(choice);
        let label = self.included(withheld, &choice.label, 300);
        let label = label.or_else(|| (!withheld).then(|| choice.value.to_string()));
        OptionFile {
            value: choice.value.number(),
            label: label.filter(|_| !unlabelled),
            code: code(choice),
            non_response: choice.non_response,
            unlabelled,
        }
    }
}

fn end_value(choice: &Choice) -> Option<f64> {
    Some(choice.value.number())
}

/// The code of an option: what the source stores, if that is a word.
pub(super) fn code(choice: &Choice) -> Option<String> {
    let stored = choice.stored.as_str();
    let is_word = stored.len() <= 64
        && stored.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && stored.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    is_word.then(|| stored.to_owned())
}

/// The text, cut to `most` characters, with an ellipsis. The formats limit texts, and a cut is reported by the readers.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}
