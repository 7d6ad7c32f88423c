//! The answers of questions as response scales.

use super::Reader;
use crate::choices::{MOST_OPTIONS, number, offer, values};
use crate::finding::Kind;
use crate::form::{Choice, Response, ResponseKind};
use crate::formats::limesurvey::survey::{Answer, Question};
use crate::place::Place;
use crate::words::Words;
use scalewright_model::OptionValue;

/// The digits after the point of a number whose question does not limit them.
const DECIMALS: u32 = 6;

impl<'a> Reader<'a> {
    /// The response scale of a question that is no list of rows, or of the rows of an array.
    ///
    /// # Errors
    ///
    /// Returns the reason why there is none, as a clause.
    pub(super) fn response(&mut self, question: &'a Question) -> Result<usize, String> {
        match question.kind.as_str() {
            "F" | "H" | "L" | "!" | "O" | "1" => self.listed(question, "0"),
            "A" | "5" => Ok(self.counted(question, 5)),
            "B" => Ok(self.counted(question, 10)),
            "C" => Ok(self.fixed(question, &[("Y", "Yes"), ("U", "Uncertain"), ("N", "No")])),
            "E" => Ok(self.fixed(question, &[("I", "Increase"), ("S", "Same"), ("D", "Decrease")])),
            "G" => Ok(self.fixed(question, &[("F", "Female"), ("M", "Male")])),
            "Y" => Ok(self.yes_no(question)),
            "N" | "K" => self.numeric(question),
            "D" => Ok(self.shared("date", "date", question, |_| ResponseKind::Date)),
            "S" | "Q" => Ok(self.text_of(question, "text", 1)),
            "T" => Ok(self.text_of(question, "long_text", 4)),
            "U" => Ok(self.text_of(question, "huge_text", 8)),
            "R" => Err("its options are ranked".to_owned()),
            "|" => Err("it is answered by files".to_owned()),
            "I" => Err("it switches the language".to_owned()),
            ";" | ":" => Err("each cell of its table is an answer of its own".to_owned()),
            kind => Err(format!("the type `{kind}` is not known")),
        }
    }

    fn text_of(&mut self, question: &'a Question, name: &str, lines: u32) -> usize {
        self.shared(name, name, question, |_| ResponseKind::Text(lines))
    }

    pub(super) fn yes_no(&mut self, question: &'a Question) -> usize {
        self.shared("yes", "yes", question, |_| ResponseKind::YesNo {
            yes: Words::default(),
            no: Words::default(),
        })
    }

    /// The response scale with this signature, made if there is none yet.
    fn shared(
        &mut self,
        signature: &str,
        name: &str,
        question: &'a Question,
        make: impl FnOnce(&mut Self) -> ResponseKind,
    ) -> usize {
        if let Some(known) = self.answers.get(signature) {
            return *known;
        }
        let kind = make(self);
        let name = self.ids.response(name);
        self.form.responses.push(Response { name, kind, place: question.origin.place() });
        let position = self.form.responses.len() - 1;
        self.answers.insert(signature.to_owned(), position);
        position
    }

    /// The answers of one of the two scales of a question.
    pub(super) fn listed(&mut self, question: &'a Question, scale: &str) -> Result<usize, String> {
        let is_first = |own: &str| matches!(own, "" | "0");
        let answers: Vec<&Answer> = question
            .answers
            .iter()
            .filter(|answer| answer.scale == scale || is_first(&answer.scale) && is_first(scale))
            .collect();
        if answers.is_empty() {
            return Err("it has no answers to choose".to_owned());
        }
        if answers.len() > MOST_OPTIONS {
            let count = answers.len();
            return Err(format!("it has {count} answers; a definition can have {MOST_OPTIONS}"));
        }
        let signature = format!("{answers:?}");
        let name = if is_first(scale) {
            question.code.clone()
        } else {
            format!("{}_{scale}", question.code)
        };
        Ok(self.shared(&signature, &name, question, |reader| {
            ResponseKind::Coded(reader.choices(question, &answers))
        }))
    }

    /// The options of a list. Their values are the codes if these are numbers, else the assessment values.
    fn choices(&mut self, question: &'a Question, answers: &[&Answer]) -> Vec<Choice> {
        let place = question.origin.place();
        let code = &question.code;
        let of_codes = values(answers.iter().map(|answer| answer.code.as_str()));
        let of_values = || values(answers.iter().map(|answer| answer.value.as_str()));
        let values = of_codes.or_else(|| {
            let values = of_values();
            let message = if values.is_some() {
                format!("the options of `{code}` have their assessment values; a code that is a word is kept as code")
            } else {
                format!("neither the codes nor the assessment values of `{code}` are different numbers: its options are numbered from 1, and a code that is a word is kept as code")
            };
            self.report(Kind::Changed, "options-numbered", &place, message);
            values
        });
        let value = |index: usize| {
            values
                .as_ref()
                .and_then(|values| values.get(index).copied())
                .unwrap_or_else(|| number(index))
        };
        let list: Vec<(OptionValue, &str, Words)> = answers
            .iter()
            .enumerate()
            .map(|(index, answer)| (value(index), answer.code.as_str(), answer.text.clone()))
            .collect();
        self.made(question, list)
    }

    /// The options of a question with several answers.
    pub(super) fn boxes(&mut self, question: &'a Question) -> Result<usize, String> {
        let count = question.rows.len();
        if count == 0 || count > MOST_OPTIONS {
            return Err(format!(
                "it has {count} options; a definition can have 1 to {MOST_OPTIONS}"
            ));
        }
        let signature = format!("several {:?}", question.code);
        Ok(self.shared(&signature, &question.code, question, |reader| {
            let rows = question.rows.iter().enumerate();
            let list =
                rows.map(|(index, row)| (number(index), row.code.as_str(), row.text.clone()));
            ResponseKind::Several(reader.made(question, list.collect()))
        }))
    }

    fn made(
        &mut self,
        question: &'a Question,
        list: Vec<(OptionValue, &str, Words)>,
    ) -> Vec<Choice> {
        let place = question.origin.place();
        let mut choices = Vec::new();
        for (value, stored, label) in list {
            let choice = Choice {
                value,
                stored: stored.to_owned(),
                label: self.words(&label, 300, &place),
                non_response: self.options.is_non_response(stored),
            };
            self.form.findings.extend(offer(&choice, &place));
            choices.push(choice);
        }
        choices
    }

    /// Numbers from 1 to `most`, which are their own labels.
    fn counted(&mut self, question: &'a Question, most: i64) -> usize {
        let name = format!("points_{most}");
        self.shared(&name, &name, question, |reader| {
            let choices = (1..=most).map(|value| Choice {
                value: value.into(),
                stored: value.to_string(),
                label: Words::default(),
                non_response: reader.options.is_non_response(&value.to_string()),
            });
            ResponseKind::Coded(choices.collect())
        })
    }

    /// The answers of a type that has its own. Their words are not in the file.
    fn fixed(&mut self, question: &'a Question, answers: &[(&str, &str)]) -> usize {
        let (first, _) = answers.first().copied().unwrap_or_default();
        let name = match first {
            "Y" => "yes_uncertain_no",
            "I" => "change",
            _ => "gender",
        };
        self.shared(name, name, question, |reader| {
            let place = question.origin.part(if question.origin.is_xml { "type" } else { "type/scale" });
            let message = format!(
                "the words of the answers to `{}` are not in the file; English words are written, and the options are numbered from 1",
                question.code
            );
            reader.report(Kind::Assumed, "own-words", &place, message);
            let list = answers.iter().enumerate();
            let list = list.map(|(index, (code, label))| (number(index), *code, Words::only(label)));
            ResponseKind::Coded(reader.made(question, list.collect()))
        })
    }

    /// A number or a slider.
    fn numeric(&mut self, question: &'a Question) -> Result<usize, String> {
        if question.attribute("slider_layout") == "1" {
            return self.slider(question);
        }
        let (min, max) = (question.number("min_num_value_n"), question.number("max_num_value_n"));
        self.no_number(question, &["min_num_value_n", "max_num_value_n"]);
        if min.zip(max).is_some_and(|(min, max)| min >= max) {
            return Err("its lowest number is not below its highest".to_owned());
        }
        let is_whole = question.attribute("num_value_int_only") == "1";
        let decimals = if is_whole { 0 } else { DECIMALS };
        let suffix = question.attribute("suffix");
        let signature = format!("number {min:?} {max:?} {decimals} {suffix}");
        let place = question.origin.part("suffix");
        Ok(self.shared(&signature, &question.code, question, |reader| {
            let unit = reader.words(&Words::only(suffix), 100, &place);
            ResponseKind::Numeric { min, max, decimals: Some(decimals), unit }
        }))
    }

    /// A line. Its ends are 0 and 100 unless others are stated.
    fn slider(&mut self, question: &'a Question) -> Result<usize, String> {
        self.no_number(question, &["slider_min", "slider_max", "slider_accuracy"]);
        let min = question.number("slider_min").unwrap_or(0.0);
        let max = question.number("slider_max").unwrap_or(100.0);
        if min >= max {
            return Err(format!("its ends are {min} and {max}"));
        }
        let step = match question.attribute("slider_accuracy") {
            "" => "1",
            step => step,
        };
        let digits = step.split_once(['.', ',']).map_or(0, |(_, digits)| digits.len().min(6));
        let decimals = u32::try_from(digits).unwrap_or(0);
        let (low, high) = ends(question);
        let signature = format!("slider {min} {max} {decimals} {low:?} {high:?}");
        let place = question.origin.place();
        Ok(self.shared(&signature, &question.code, question, |reader| {
            let (low, high) = (reader.words(&low, 300, &place), reader.words(&high, 300, &place));
            ResponseKind::VisualAnalogue { min, max, decimals, low, high }
        }))
    }

    /// Reports limits that are expressions.
    fn no_number(&mut self, question: &'a Question, names: &[&str]) {
        for name in names {
            let text = question.attribute(name);
            if !text.is_empty() && question.number(name).is_none() {
                let place: Place = question.origin.part(name);
                let message = format!(
                    "`{name}` of `{}` is `{text}`, not a number, and is left out",
                    question.code
                );
                self.report(Kind::NotUnderstood, "limit", &place, message);
            }
        }
    }
}

/// The words at the ends of a slider: `text|left|right` in the text of its row.
fn ends(question: &Question) -> (Words, Words) {
    let (mut low, mut high) = (Words::default(), Words::default());
    for (language, text) in question.rows.first().iter().flat_map(|row| row.text.iter()) {
        let parts: Vec<&str> = text.split(separator(question)).collect();
        low.add(language, parts.get(1).copied().unwrap_or_default());
        high.add(language, parts.get(2).copied().unwrap_or_default());
    }
    (low, high)
}

/// What separates the words of a slider.
pub(super) fn separator(question: &Question) -> &str {
    match question.attribute("slider_separator") {
        "" => "|",
        separator => separator,
    }
}
