//! JSON of a source, with the place of each value.

use serde_json::{Map, Value};

use crate::place::Place;

/// A value of a JSON document and its JSON pointer.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    file: &'a str,
    at: String,
    value: &'a Value,
}

/// The value of a key that does not exist.
const NOTHING: &Value = &Value::Null;

impl<'a> Node<'a> {
    /// The whole document.
    pub(crate) fn root(file: &'a str, value: &'a Value) -> Self {
        Self { file, at: String::new(), value }
    }

    /// The value of a key; `null` if there is none.
    pub(crate) fn get(&self, key: &str) -> Self {
        let escaped = key.replace('~', "~0").replace('/', "~1");
        let value = self.value.get(key).unwrap_or(NOTHING);
        Self { file: self.file, at: format!("{}/{escaped}", self.at), value }
    }

    /// Whether a key is there and is not `null`.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some_and(|value| !value.is_null())
    }

    /// The entries of a list; none if it is not a list.
    pub(crate) fn list(&self) -> impl Iterator<Item = Self> + use<'a> {
        let (file, at) = (self.file, self.at.clone());
        let list: &'a [Value] = self.value.as_array().map_or(&[], Vec::as_slice);
        list.iter().enumerate().map(move |(index, value)| Self {
            file,
            at: format!("{at}/{index}"),
            value,
        })
    }

    /// Whether it is a list that is not empty.
    pub(crate) fn has_entries(&self) -> bool {
        self.value.as_array().is_some_and(|list| !list.is_empty())
    }

    /// The entries of a table, with their keys; none if it is not a table.
    pub(crate) fn entries(&self) -> Vec<(&'a str, Self)> {
        let keys = self.table().map(|table| table.keys()).into_iter().flatten();
        keys.map(|key| (key.as_str(), self.get(key))).collect()
    }

    /// The table, if the value is a table.
    pub(crate) fn table(&self) -> Option<&'a Map<String, Value>> {
        self.value.as_object()
    }

    /// The value itself.
    pub(crate) fn value(&self) -> &'a Value {
        self.value
    }

    /// A text that is not empty.
    pub(crate) fn text(&self) -> Option<&'a str> {
        self.value.as_str().filter(|text| !text.trim().is_empty())
    }

    /// A text, or a number or truth value as text.
    pub(crate) fn as_text(&self) -> Option<String> {
        match self.value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number_text(number)),
            Value::Bool(truth) => Some(truth.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// A number.
    pub(crate) fn number(&self) -> Option<f64> {
        self.value.as_f64()
    }

    /// A number, or a text that is one.
    pub(crate) fn as_number(&self) -> Option<f64> {
        let text = || self.text()?.trim().parse().ok();
        self.number().or_else(text).filter(|number: &f64| number.is_finite())
    }

    /// A truth value.
    pub(crate) fn truth(&self) -> Option<bool> {
        self.value.as_bool()
    }

    /// Where the value is.
    pub(crate) fn place(&self) -> Place {
        Place::new(self.file, self.at.as_str())
    }
}

/// A number as JavaScript writes it: `1.0` is `1`.
fn number_text(number: &serde_json::Number) -> String {
    let value = number.as_f64().unwrap_or(f64::NAN);
    if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{value:.0}")
    } else {
        value.to_string()
    }
}
