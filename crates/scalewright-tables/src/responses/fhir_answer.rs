//! One answer of a QuestionnaireResponse to one coded answer.

use scalewright_model::{ResponseKind, ResponseScale};
use serde_json::{Map, Value};

use super::answer::{Given, Rule};
use super::fhir_dates::is_date_time;
use super::fhir_form::{Choice, Question, weight};
use super::fhir_options::{self, Labels, coded};
use super::fhir_units::Measure;
use super::map_file;

/// Code systems of reasons why there is no answer.
const ABSENT: [&str; 2] = [
    "http://terminology.hl7.org/CodeSystem/data-absent-reason",
    "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
];

/// What is known of a question beside the answer itself.
pub(super) struct Asked<'a> {
    /// What the item takes.
    pub(super) rule: &'a Rule<'a>,
    /// What the map says its codes stand for.
    pub(super) codes: Option<&'a map_file::Codes>,
    /// What the form it came from says of it.
    pub(super) question: Option<&'a Question>,
    /// The words for its options.
    pub(super) labels: &'a Labels,
    /// The unit of its number, as it is written in each language.
    pub(super) units: &'a [String],
}

/// More of an answer than this is not repeated.
const SHOWN: usize = 255;

/// The value of an answer: its key and itself; nothing where there is none.
pub(super) fn value(answer: &Map<String, Value>) -> Result<Option<(&str, &Value)>, String> {
    let mut values = answer.iter().filter(|(key, _)| key.starts_with("value"));
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some((key, value)), None) => Ok(Some((key, value))),
        (Some(_), Some(_)) => Err("is no answer: it has two values".to_owned()),
    }
}

/// What an answer shows of itself in a message.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.chars().take(SHOWN).collect(),
        Value::Object(inner) => {
            let part = |key: &str| inner.get(key).filter(|part| !part.is_object()).map(shown);
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
    /// Why the form that the answer came from asks something else, as far as options tell.
    pub(super) fn is_asked_alike(&self) -> Result<(), String> {
        let Some(question) = self.question else { return Ok(()) };
        let number = |option: &Choice| {
            let code = option.code.as_deref();
            let mapped = code.or(option.display.as_deref()).and_then(|code| self.mapped(code));
            mapped.or(option.number).or_else(|| self.of_code(code?))
        };
        fhir_options::contradiction(question, self.rule.scale(), self.labels, number)
    }

    /// The number in an answer that the item takes, or nothing where nothing was answered or nothing is scored.
    pub(super) fn code(&self, answer: &Value) -> Result<Option<f64>, String> {
        let Value::Object(entries) = answer else {
            return Err("is no answer: it is not an object".to_owned());
        };
        let Some((key, value)) = value(entries)? else { return Ok(None) };
        let scale = self.rule.scale();
        let takes_none = || Err(format!("is no answer: the item takes no `{key}`"));
        let given = match (&scale.kind, key) {
            (ResponseKind::Text { .. }, _) => None,
            (ResponseKind::Date, "valueDate" | "valueDateTime" | "valueString") => {
                let day = value.as_str().is_some_and(is_date_time);
                return if day { Ok(None) } else { Err("is no date".to_owned()) };
            }
            (ResponseKind::Date, _) => return takes_none(),
            (_, "valueCoding") => self.coding(value, answer)?,
            (ResponseKind::Time, "valueTime" | "valueString") => return self.time(value),
            (ResponseKind::Time, _) => return takes_none(),
            (ResponseKind::YesNo, "valueBoolean") => {
                let truth = value.as_bool().ok_or("is neither true nor false")?;
                Some(f64::from(u8::from(truth)))
            }
            (_, "valueInteger" | "valueDecimal") => Some(self.bare(value)?),
            (_, "valueQuantity") => Some(self.quantity(value)?),
            (_, "valueString") => Some(self.text(value)?),
            _ => return takes_none(),
        };
        let Some(given) = given else { return Ok(None) };
        if self.rule.is_scored() {
            return self.rule.code(Given::Number(given));
        }
        scale.accepts(given).map_err(|why| format!("is no answer: {why}"))?;
        Ok(None)
    }

    /// Seconds and their parts are of no account.
    fn time(&self, value: &Value) -> Result<Option<f64>, String> {
        let text = value.as_str().filter(|text| text.contains(':')).ok_or("is no clock time")?;
        self.rule.code(Given::Text(text.split('.').next().unwrap_or_default()))
    }

    /// What a code or a text stands for by the map.
    fn mapped(&self, code: &str) -> Option<f64> {
        self.codes?.get(code).copied()
    }

    /// A number alone: in the unit that the form it came from gives it, if that says one.
    fn bare(&self, value: &Value) -> Result<f64, String> {
        let number = number(value)?;
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
            return Err("is no answer: it is not one number, but a bound".to_owned());
        }
        let text = |key: &str| value[key].as_str().filter(|text| !text.trim().is_empty());
        let (code, system, words) = (text("code"), text("system"), text("unit"));
        self.converted(&Measure { value: number(&value["value"])?, code, system, text: words })
    }

    fn converted(&self, measure: &Measure<'_>) -> Result<f64, String> {
        let number = measure.within(self.units)?;
        #[expect(clippy::float_cmp, reason = "what is not converted is the same number")]
        let is_converted = number != measure.value;
        match (self.rule.scale().accepts(number), self.units.first()) {
            (Err(why), Some(unit)) if is_converted => {
                Err(format!("is no answer: it is {number} in `{unit}`, and {why}"))
            }
            _ => Ok(number),
        }
    }

    fn text(&self, value: &Value) -> Result<f64, String> {
        let text = value.as_str().ok_or("is not a text")?;
        let number = self.mapped(text).or_else(|| self.of_code(text));
        number.ok_or_else(|| self.only_words(text))
    }

    /// The number of a coding: by the map, by its code, or by the number that it or its form carries.
    fn coding(&self, coding: &Value, answer: &Value) -> Result<Option<f64>, String> {
        if coding["system"].as_str().is_some_and(|system| ABSENT.contains(&system)) {
            return Ok(None);
        }
        let (code, words) = (coding["code"].as_str(), coding["display"].as_str());
        if let Some(value) = code.or(words).and_then(|code| self.mapped(code)) {
            return Ok(Some(value));
        }
        let by_code = code.and_then(|code| self.of_code(code));
        let of_form = || self.question.and_then(|question| question.number(code?));
        let by_weight = weight(answer).or_else(|| weight(coding)).or_else(of_form);
        let number = match (by_code, by_weight) {
            (Some(code), Some(weight)) if (code - weight).abs() > f64::EPSILON => {
                return Err(format!(
                    "is no answer that can be told: its code means {code}, but it carries the number {weight}; say which in `[codes]` of a map"
                ));
            }
            (Some(number), _) | (None, Some(number)) => number,
            (None, None) => {
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

    /// Words are no code: whether they are those of an option is for the user to say.
    fn only_words(&self, words: &str) -> String {
        let scale = self.rule.scale();
        if scale.options().is_empty() {
            return self.no_option();
        }
        let words: String = words.chars().take(40).filter(|c| !matches!(c, '"' | '\\')).collect();
        format!(
            "{}, and it has words without a code; say what they stand for in a map: `[codes.{}]`, then `\"{words}\" = …`",
            self.no_option(),
            scale.name
        )
    }

    fn no_option(&self) -> String {
        let scale: &ResponseScale = self.rule.scale();
        match scale.accepts(f64::NAN) {
            Err(why) => format!("is no answer: {why}"),
            Ok(()) => "is no answer".to_owned(),
        }
    }
}

fn number(value: &Value) -> Result<f64, String> {
    value.as_f64().ok_or_else(|| "is not a number".to_owned())
}
