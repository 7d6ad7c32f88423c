//! One answer of a QuestionnaireResponse to one coded answer.

use scalewright_model::{ResponseKind, ResponseScale};
use serde_json::{Map, Value};

use super::answer::{Given, Rule};
use super::fhir_form::{Question, weight};
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
}

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
        Value::String(text) => text.clone(),
        Value::Object(inner) => match inner.get("code").or_else(|| inner.get("value")) {
            Some(inner) if !inner.is_object() => shown(inner),
            _ => "{…}".to_owned(),
        },
        Value::Array(_) => "[…]".to_owned(),
        other => other.to_string(),
    }
}

impl Asked<'_> {
    /// The number in an answer that the item takes, or nothing where nothing was answered or nothing is scored.
    pub(super) fn code(&self, answer: &Value) -> Result<Option<f64>, String> {
        let Value::Object(entries) = answer else {
            return Err("is no answer: it is not an object".to_owned());
        };
        let Some((key, value)) = value(entries)? else { return Ok(None) };
        let scale = self.rule.scale();
        let given = match (&scale.kind, key) {
            (ResponseKind::Text { .. } | ResponseKind::Date, _) => None,
            (_, "valueCoding") => self.coding(value, answer)?,
            (ResponseKind::Time, "valueTime") => return self.time(value),
            (ResponseKind::YesNo, "valueBoolean") => {
                let truth = value.as_bool().ok_or("is neither true nor false")?;
                Some(f64::from(u8::from(truth)))
            }
            (_, "valueInteger" | "valueDecimal") => Some(number(value)?),
            (_, "valueQuantity") if value["comparator"].is_null() => Some(number(&value["value"])?),
            (_, "valueString") => Some(self.text(value)?),
            (_, other) => return Err(format!("is no answer: the item takes no `{other}`")),
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
        let text = value.as_str().ok_or("is no clock time")?;
        self.rule.code(Given::Text(text.split('.').next().unwrap_or_default()))
    }

    fn text(&self, value: &Value) -> Result<f64, String> {
        let text = value.as_str().ok_or("is not a text")?;
        self.of_code(text).ok_or_else(|| self.no_option())
    }

    /// The number of a coding: by the map, by its code, or by the number that it or its form carries.
    fn coding(&self, coding: &Value, answer: &Value) -> Result<Option<f64>, String> {
        if coding["system"].as_str().is_some_and(|system| ABSENT.contains(&system)) {
            return Ok(None);
        }
        let code = coding["code"].as_str();
        if let Some(value) = code.and_then(|code| self.codes?.get(code)) {
            return Ok(Some(*value));
        }
        let by_code = code.and_then(|code| self.of_code(code));
        let of_form = || self.question.and_then(|q| q.weights.get(code?).copied());
        let by_weight = weight(answer).or_else(|| weight(coding)).or_else(of_form);
        match (by_code, by_weight) {
            (Some(code), Some(weight)) if (code - weight).abs() > f64::EPSILON => Err(format!(
                "is no answer that can be told: its code means {code}, but it carries the number {weight}; say which in `[codes]` of a map"
            )),
            (Some(number), _) | (None, Some(number)) => Ok(Some(number)),
            (None, None) => Err(self.no_option()),
        }
    }

    /// The number of the option with this code or value.
    fn of_code(&self, code: &str) -> Option<f64> {
        let scale = self.rule.scale();
        let option = |value: i64| {
            #[expect(clippy::cast_precision_loss, reason = "coded values are within ±1,000,000")]
            let value = value as f64;
            value
        };
        match &scale.kind {
            ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
                let by_value = || options.iter().map(|o| o.value).find(|v| v.to_string() == code);
                scale.coded(code).or_else(by_value).map(option)
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
