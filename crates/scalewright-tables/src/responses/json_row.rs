//! Parses one JSON object to the cells of a row. Of nested lists and objects, only the parts that are needed are kept.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::answer::Given;
use super::cell::{Answer, Cells};
use super::json_sound::{self, Sound, TWICE};
use super::kept::Kept;

/// The maximum number of keys of an object.
pub(super) const KEYS: usize = 100_000;
/// The maximum number of choices in a list, and of keys of a nested object, that are kept.
const WITHIN: usize = 1000;

/// A cell.
#[derive(Debug)]
pub(super) enum Cell {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    /// The entries of a list; `None` if one of them is a list or an object, or if there are too many.
    List(Option<Vec<Cell>>),
    /// The first keys of an object.
    Object(Vec<String>),
}

/// The cells of a row, or the fault of the whole row.
type ReadCells = Result<Vec<(String, Cell)>, &'static str>;

/// A parsed row: its line, in formats with lines, and its cells or the fault of the whole row.
pub(super) struct Row {
    pub(super) line: Option<u64>,
    pub(super) cells: ReadCells,
}

/// Parses an object to its cells or its fault. Returns an error if the text is not JSON.
pub(super) fn parse(text: &[u8]) -> Result<ReadCells, serde_json::Error> {
    let Ok(text) = std::str::from_utf8(text) else { return Ok(Err("is not UTF-8 text")) };
    if !text.trim_start().starts_with('{') {
        return serde_json::from_str::<IgnoredAny>(text).map(|_| Err("is not an object"));
    }
    let Pairs(pairs) = match serde_json::from_str(text) {
        // serde_json keeps only the text of a custom error.
        Err(error) if error.to_string().starts_with(TWICE) => return Ok(Err(TWICE)),
        read => read?,
    };
    let mut keys: Vec<&str> = pairs.iter().map(|(key, _)| key.as_str()).collect();
    keys.sort_unstable();
    Ok(match keys.windows(2).any(|two| two[0] == two[1]) {
        true => Err(TWICE),
        // The number is that of `KEYS`. It is written out, because faults of whole rows are static texts.
        false if pairs.len() > KEYS => Err("has more than 100000 keys"),
        false => Ok(pairs),
    })
}

impl Cell {
    /// A value as a cell.
    pub(super) fn of(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(truth) => Self::Bool(truth),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::Text(text),
            Value::Array(list) => {
                let plain = |value: &Value| !value.is_array() && !value.is_object();
                let is_plain = list.iter().all(plain);
                Self::List(is_plain.then(|| list.into_iter().map(Self::of).collect()))
            }
            Value::Object(object) => Self::Object(object.into_iter().map(|(key, _)| key).collect()),
        }
    }

    /// What the cell says about an item. `true` and `false` are coded 1 and 0.
    pub(super) fn answer(&self, cells: &Cells<'_>) -> Result<Answer, String> {
        match self {
            Self::Null => Ok(Answer::Code(None)),
            Self::List(Some(list)) => {
                let given: Option<Vec<Given<'_>>> = list.iter().map(Self::given).collect();
                let given = given.ok_or("is not an answer: the list contains a null")?;
                cells.list(given)
            }
            Self::List(None) | Self::Object(_) if cells.takes_anything() => Ok(Answer::Code(None)),
            Self::List(None) => Err("is not an answer: it is a list".to_owned()),
            Self::Object(_) => Err("is not an answer: it is an object".to_owned()),
            Self::Bool(_) | Self::Number(_) | Self::Text(_) => match self.given() {
                Some(given) => cells.answer(given),
                None => Err("is not a number".to_owned()),
            },
        }
    }

    fn given(&self) -> Option<Given<'_>> {
        Some(match self {
            Self::Bool(truth) => Given::Number(f64::from(u8::from(*truth))),
            Self::Number(number) => Given::Number(number.as_f64()?),
            Self::Text(text) => Given::Text(text),
            Self::Null | Self::List(_) | Self::Object(_) => return None,
        })
    }

    /// The cell as JSON; `None` if it was not kept completely.
    pub(super) fn json(&self) -> Option<String> {
        Some(match self {
            Self::Null => "null".to_owned(),
            Self::Bool(truth) => truth.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => serde_json::to_string(text).ok()?,
            Self::List(list) => {
                let entries: Option<Vec<String>> = list.as_ref()?.iter().map(Self::json).collect();
                format!("[{}]", entries?.join(","))
            }
            Self::Object(_) => return None,
        })
    }

    /// Adds the cell to the cells that are written beside the scores.
    pub(super) fn keep(&self, kept: &mut Kept) {
        match self {
            Self::Text(text) => kept.push_text(text),
            Self::Null => kept.push_missing(),
            other => match other.json() {
                Some(text) => kept.push_literal(&text),
                None => kept.push_missing(),
            },
        }
    }

    /// The cell as messages show it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            // As the coded value, because the reason for the refusal lists coded values.
            Self::Bool(truth) => u8::from(*truth).to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::List(Some(list)) if list.len() <= 20 => {
                let entries: Vec<String> = list.iter().map(Self::shown).collect();
                format!("[{}]", entries.join(", "))
            }
            Self::List(_) => "[…]".to_owned(),
            Self::Object(_) => "{…}".to_owned(),
        }
    }

    /// The respondent that the cell names.
    pub(super) fn id(&self) -> Result<String, String> {
        match self {
            Self::Null => Ok(String::new()),
            Self::List(_) | Self::Object(_) => {
                Err("does not name a respondent: write a text or a number".to_owned())
            }
            // A whole number with this many digits was rounded when it was parsed.
            Self::Number(number)
                if number.is_f64() && number.as_f64().is_some_and(|n| n.abs() >= 1e18) =>
            {
                Err("has more digits than a number can store: write it as a text".to_owned())
            }
            other => Ok(other.shown()),
        }
    }
}

/// The entries of an object in order, including repeated keys.
struct Pairs(Vec<(String, Cell)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                // One more than the limit is kept, so that `parse` can refuse the object.
                while pairs.len() <= KEYS {
                    let Some(pair) = map.next_entry()? else { return Ok(Pairs(pairs)) };
                    pairs.push(pair);
                }
                // serde requires that the whole object is read.
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Cell, E> {
        Ok(Cell::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Cell, E> {
        Ok(Cell::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Cell, E> {
        Ok(Cell::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Cell, E> {
        Number::from_f64(value).map(Cell::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Cell, E> {
        Ok(Cell::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Cell, A::Error> {
        let (mut cells, mut plain) = (Vec::new(), true);
        while cells.len() < WITHIN && plain {
            let Some(cell) = list.next_element()? else { return Ok(Cell::List(Some(cells))) };
            plain = !matches!(cell, Cell::List(_) | Cell::Object(_));
            cells.push(cell);
        }
        // The rest must be read too, and a repeated key in it is still a fault.
        while list.next_element::<Sound>()?.is_some() {}
        Ok(Cell::List(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Cell, A::Error> {
        let keys = json_sound::keys(entries)?;
        Ok(Cell::Object(keys.into_iter().take(WITHIN).collect()))
    }
}
