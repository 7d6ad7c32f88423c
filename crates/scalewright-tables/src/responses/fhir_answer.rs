//! Converts one answer of a QuestionnaireResponse to one coded answer.

use std::rc::Rc;

use scalewright_model::{ResponseKind, ResponseScale, is_date};
use serde_json::{Map, Value};

use super::answer::{Given, NO_DATE, Rule};
use super::cell::{Answer, Cells};
use super::codes;
use super::fhir_absent;
use super::fhir_dates::is_date_time;
use super::fhir_form::{Choice, Question, weight};
use super::fhir_options::{self, Labels, coded};
use super::fhir_units::Measure;

/// What is known about a question.
pub(super) struct Asked<'a> {
    /// The answers that the item accepts.
    pub(super) rule: &'a Rule<'a>,
    /// What is declared about its answers.
    pub(super) cells: &'a Cells<'a>,
    /// The values of its codes, according to the map.
    pub(super) codes: Option<&'a codes::Codes>,
    /// The question in the form that the answer came from.
    pub(super) question: Option<&'a Question>,
    /// The labels of its options.
    pub(super) labels: &'a Labels,
    /// The unit of its numbers, as written in each language.
    pub(super) units: &'a [String],
}

/// At most this many characters of an answer are shown in messages.
const SHOWN: usize = 255;

/// Returns the key and the value of an answer, or `None` if it has no value.
pub(super) fn value(answer: &Map<String, Value>) -> Result<Option<(&str, &Value)>, String> {
    let mut values = answer.iter().filter(|(key, _)| key.starts_with("value"));
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some((key, value)), None) => Ok(Some((key, value))),
        (Some(_), Some(_)) => Err("is not an answer: it has two values".to_owned()),
    }
}

/// An answer as messages show it.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.chars().take(SHOWN).collect(),
        Value::Object(inner) => {
            let part = |key: &str| inner.get(key).filter(|part| !part.is_object()).map(shown);
            // A code in braces is an annotation of UCUM, not a unit.
            let unit =
                || part("unit").or_else(|| part("code")).filter(|unit| !unit.starts_with('{'));
            let unit = || unit().unwrap_or_default();
            let measure =
                part("value").map(|value| format!("{value} {}", unit()).trim().to_owned());
            let named = measure.or_else(|| part("code")).or_else(|| part("display"));
            named.unwrap_or_else(|| "{…}".to_owned())
        }
        Value::Array(_) => "[…]".to_owned(),
        other => other.to_string(),
    }
}

impl Asked<'_> {
    /// Checks that the options in the form of the answer have the same values and labels as those of the item.
    pub(super) fn check_options(&self) -> Result<(), String> {
        let Some(question) = self.question else { return Ok(()) };
        let number = |option: &Choice| {
            let code = option.code.as_deref();
            let mapped = code.or(option.display.as_deref()).and_then(|code| self.mapped(code));
            mapped.or(option.number).or_else(|| self.of_code(code?))
        };
        fhir_options::contradiction(question, self.rule.scale(), self.labels, number)
    }

    /// Returns the coded answer, or why it is missing.
    ///
    /// # Errors
    ///
    /// The reason why the item does not accept the answer.
    pub(super) fn answer(&self, answer: &Value) -> Result<Answer, String> {
        let Value::Object(entries) = answer else {
            return Err("is not an answer: it is not an object".to_owned());
        };
        let absent = match value(entries)? {
            None => fhir_absent::of_element(answer),
            Some((_, given)) => fhir_absent::of_coding(given).or_else(|| self.marked(given)),
        };
        match absent {
            Some(reason) => Ok(Answer::Absent(reason)),
            None => self.code(answer).map(Answer::Code),
        }
    }

    /// Why an answer is missing that has a declared code: as its code, its words, its text or its number.
    fn marked(&self, given: &Value) -> Option<Rc<str>> {
        let absent = |given: Given<'_>| self.cells.absent(given).cloned();
        match given {
            Value::String(text) => absent(Given::Text(text)),
            Value::Number(number) => absent(Given::Number(number.as_f64()?)),
            Value::Object(coding) => {
                let text = |key: &str| coding.get(key)?.as_str();
                let named = [text("code"), text("display")].into_iter().flatten();
                named.map(Given::Text).find_map(absent)
            }
            _ => None,
        }
    }

    /// Returns the coded answer, or `None` if the answer is missing or the item is not scored.
    ///
    /// # Errors
    ///
    /// The reason why the item does not accept the answer.
    fn code(&self, answer: &Value) -> Result<Option<f64>, String> {
        let Value::Object(entries) = answer else {
            return Err("is not an answer: it is not an object".to_owned());
        };
        let Some((key, value)) = value(entries)? else { return Ok(None) };
        let scale = self.rule.scale();
        let unexpected = || Err(format!("is not an answer: the item does not accept a `{key}`"));
        let given = match (&scale.kind, key) {
            // Free text is not scored, so the form of the answer does not matter.
            (ResponseKind::Text { .. }, _) => None,
            (ResponseKind::Date, "valueDate" | "valueDateTime" | "valueString") => {
                return self.date(value);
            }
            (ResponseKind::Date, _) => return unexpected(),
            (_, "valueCoding") => self.coding(value, answer)?,
            (ResponseKind::Time, "valueTime" | "valueString") => return self.time(value),
            (ResponseKind::Time, _) => return unexpected(),
            (ResponseKind::YesNo, "valueBoolean") => {
                let truth = value.as_bool().ok_or("is neither true nor false")?;
                Some(f64::from(u8::from(truth)))
            }
            (_, "valueInteger" | "valueDecimal") => Some(self.bare(value)?),
            (_, "valueQuantity") => Some(self.quantity(value)?),
            (_, "valueString") => Some(self.text(value)?),
            _ => return unexpected(),
        };
        let Some(given) = given else { return Ok(None) };
        if self.rule.is_scored() {
            return self.rule.code(Given::Number(given));
        }
        // One of several choices: the number that records it alone.
        scale.accepts(given).map_err(|why| format!("is not an answer: {why}"))?;
        Ok(scale.chosen(scale.position(given)))
    }

    /// A date, which formulas may use. A date of FHIR may be only a year or a month, from which no years are counted.
    fn date(&self, value: &Value) -> Result<Option<f64>, String> {
        let text = value.as_str().filter(|text| is_date_time(text)).ok_or(NO_DATE)?;
        let day = text.get(..10).filter(|day| is_date(day));
        match day {
            Some(day) => self.rule.code(Given::Text(day)),
            None if self.rule.is_scored() => {
                Err("is not a whole date, which years are counted from".to_owned())
            }
            None => Ok(None),
        }
    }

    /// The minutes of a clock time. Seconds and their fractions are ignored.
    fn time(&self, value: &Value) -> Result<Option<f64>, String> {
        let text = value
            .as_str()
            // A bare number would be taken for minutes after midnight, which FHIR does not use.
            .filter(|text| text.contains(':'))
            .ok_or("is not a clock time such as 23:15:00")?;
        self.rule.code(Given::Text(text.split('.').next().unwrap_or_default()))
    }

    /// The value of a code or a text, according to the map.
    fn mapped(&self, code: &str) -> Option<f64> {
        self.codes?.get(code).copied()
    }

    /// A number without a unit of its own. If its form states a unit, the number is converted from that.
    fn bare(&self, value: &Value) -> Result<f64, String> {
        let number = number(value)?;
        // Maps name codes as texts. `to_string` writes 3.0 as `3`, as a user does.
        if let Some(mapped) = self.mapped(&number.to_string()) {
            return Ok(mapped);
        }
        let [system, code, text] = match self.question {
            Some(question) => question.unit.each_ref().map(Option::as_deref),
            None => [None; 3],
        };
        self.converted(&Measure { value: number, code, system, text })
    }

    fn quantity(&self, value: &Value) -> Result<f64, String> {
        if !value["comparator"].is_null() {
            return Err(
                "is not an answer: it has a comparator, so it is a bound instead of a number"
                    .to_owned(),
            );
        }
        let text = |key: &str| value[key].as_str().filter(|text| !text.trim().is_empty());
        let (code, system, words) = (text("code"), text("system"), text("unit"));
        self.converted(&Measure { value: number(&value["value"])?, code, system, text: words })
    }

    fn converted(&self, measure: &Measure<'_>) -> Result<f64, String> {
        let number = measure.within(self.units)?;
        #[expect(clippy::float_cmp, reason = "a number that is not converted is exactly the same")]
        let is_converted = number != measure.value;
        match (self.rule.scale().accepts(number), self.units.first()) {
            (Err(why), Some(unit)) if is_converted => {
                Err(format!("is not an answer: it is {number} in `{unit}`, and {why}"))
            }
            _ => Ok(number),
        }
    }

    fn text(&self, value: &Value) -> Result<f64, String> {
        let text = value.as_str().ok_or("is not a text")?;
        if let Some(number) = self.mapped(text).or_else(|| self.of_code(text)) {
            return Ok(number);
        }
        self.cells.worded(text)?.ok_or_else(|| self.only_words(text))
    }

    /// The number of a coding: from the map, from its code, or from the weight that it or its form states.
    fn coding(&self, coding: &Value, answer: &Value) -> Result<Option<f64>, String> {
        let (code, words) = (coding["code"].as_str(), coding["display"].as_str());
        if let Some(value) = code.or(words).and_then(|code| self.mapped(code)) {
            return Ok(Some(value));
        }
        let by_code = code.and_then(|code| self.of_code(code));
        let of_form = || self.question.and_then(|question| question.number(code?));
        // The number nearest to the answer takes precedence.
        let by_weight = weight(answer).or_else(|| weight(coding)).or_else(of_form);
        let number = match (by_code, by_weight) {
            (Some(code), Some(weight)) if (code - weight).abs() > f64::EPSILON => {
                return Err(format!(
                    "is ambiguous: its code means {code}, but its weight is {weight}; set the value of the code in `[codes]` of a map"
                ));
            }
            (Some(number), _) | (None, Some(number)) => number,
            (None, None) => {
                if let Some(number) = words.map_or(Ok(None), |words| self.cells.worded(words))? {
                    return Ok(Some(number));
                }
                return Err(match (code, words) {
                    (None, Some(words)) => self.only_words(words),
                    _ => self.no_option(),
                });
            }
        };
        self.labels.contradiction(words, number)?;
        Ok(Some(number))
    }

    /// The number of the option with this code or value.
    fn of_code(&self, code: &str) -> Option<f64> {
        let scale = self.rule.scale();
        match &scale.kind {
            ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
                // Codes take precedence: the code of one option may look like the value of another.
                let by_value = || options.iter().map(|o| o.value).find(|v| v.to_string() == code);
                scale.coded(code).or_else(by_value).map(coded)
            }
            ResponseKind::YesNo => match code {
                "Y" | "1" | "true" => Some(1.0),
                "N" | "0" | "false" => Some(0.0),
                _ => None,
            },
            ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. } => code.parse().ok(),
            ResponseKind::Text { .. } | ResponseKind::Date | ResponseKind::Time => None,
        }
    }

    /// The reason for refusing an answer that has words but no code. The user must map the words to a value.
    fn only_words(&self, words: &str) -> String {
        let scale = self.rule.scale();
        if scale.options().is_empty() {
            return self.no_option();
        }
        // Without characters that would need an escape, because the words are suggested as a line of TOML.
        let words: String = words.chars().take(40).filter(|c| !matches!(c, '"' | '\\')).collect();
        format!(
            "{}, and it has words without a code; set their value in a map: `[codes.{}]`, then `\"{words}\" = …`",
            self.no_option(),
            scale.name
        )
    }

    fn no_option(&self) -> String {
        let scale: &ResponseScale = self.rule.scale();
        // NaN is never an answer, so the reason lists the answers.
        match scale.accepts(f64::NAN) {
            Err(why) => format!("is not an answer: {why}"),
            Ok(()) => "is not an answer".to_owned(),
        }
    }
}

fn number(value: &Value) -> Result<f64, String> {
    value.as_f64().ok_or_else(|| "is not a number".to_owned())
}
