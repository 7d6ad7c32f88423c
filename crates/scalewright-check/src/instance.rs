//! Lets the schema validator read a TOML tree directly, without converting it to JSON first.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node, NodeIdentity, Object};
use serde_json::{Number, Value};
use toml::Spanned;
use toml::de::{DeArray, DeInteger, DeString, DeTable, DeValue};

/// TOML as a representation of JSON.
pub(crate) struct Toml;

/// A node of the tree.
#[derive(Clone, Copy)]
pub(crate) enum Instance<'a> {
    /// The root.
    Table(&'a DeTable<'a>),
    /// A value.
    Value(&'a DeValue<'a>),
    /// The name of a key, if names are validated.
    Name(&'a str),
}

/// A number that can be compared with bounds of a schema.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Num {
    Integer(i64),
    Float(f64),
}

/// Returns `value` as a number if JSON can represent it: a finite float, or an integer of 64 bits.
pub(crate) fn num(value: &DeValue<'_>) -> Option<Num> {
    match value {
        DeValue::Integer(integer) => Some(Num::Integer(parse_integer(integer)?)),
        DeValue::Float(float) => {
            // Rust also parses `inf` and `nan`, which TOML allows and JSON does not have.
            let value: f64 = float.as_str().parse().ok()?;
            value.is_finite().then_some(Num::Float(value))
        }
        _ => None,
    }
}

fn parse_integer(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

impl Json for Toml {
    type Node<'a> = Instance<'a>;
    type PreparedKey = String;
    type StringBuffer = String;
    // TOML has no references, so a tree cannot contain itself.
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(
        buffer: &mut String,
        string: &str,
        f: impl FnOnce(Instance<'_>) -> T,
    ) -> T {
        string.clone_into(buffer);
        f(Instance::Name(buffer))
    }
}

impl<'a> Node<'a, Toml> for Instance<'a> {
    type Object = &'a DeTable<'a>;
    type Array = &'a DeArray<'a>;
    type Number = Num;

    fn as_object(&self) -> Option<Self::Object> {
        match self {
            Self::Table(table) => Some(table),
            Self::Value(value) => value.as_table(),
            Self::Name(_) => None,
        }
    }

    fn as_array(&self) -> Option<Self::Array> {
        match self {
            Self::Value(value) => value.as_array(),
            Self::Table(_) | Self::Name(_) => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Value(value) => value.as_str().map(Cow::Borrowed),
            Self::Name(name) => Some(Cow::Borrowed(name)),
            Self::Table(_) => None,
        }
    }

    fn as_number(&self) -> Option<Num> {
        match self {
            Self::Value(value) => num(value),
            Self::Table(_) | Self::Name(_) => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self {
            Self::Value(value) => value.as_bool(),
            Self::Table(_) | Self::Name(_) => None,
        }
    }

    fn is_null(&self) -> bool {
        self.json_type() == JsonType::Null
    }

    /// Values that JSON cannot represent (dates, infinite numbers, integers of more than 64 bits) are reported as null.
    /// None of our schemas allows null, so they are refused as a wrong type.
    fn json_type(&self) -> JsonType {
        match self {
            Self::Table(_) => JsonType::Object,
            Self::Name(_) => JsonType::String,
            Self::Value(value) => match value {
                DeValue::String(_) => JsonType::String,
                DeValue::Integer(_) | DeValue::Float(_) if num(value).is_some() => JsonType::Number,
                DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => JsonType::Null,
                DeValue::Boolean(_) => JsonType::Boolean,
                DeValue::Array(_) => JsonType::Array,
                DeValue::Table(_) => JsonType::Object,
            },
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match self {
            Self::Table(table) => table_to_json(table),
            Self::Value(value) => to_json(value),
            Self::Name(name) => Value::String((*name).to_owned()),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        // The tree does not move while it is validated, so the address of a node identifies it.
        let address = match self {
            Self::Table(table) => std::ptr::from_ref(*table).addr(),
            Self::Value(value) => std::ptr::from_ref(*value).addr(),
            Self::Name(name) => name.as_ptr().addr(),
        };
        Some(NodeIdentity::new(address))
    }
}

fn to_json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Integer(_) | DeValue::Float(_) => {
            num(value).map_or(Value::Null, |num| Value::Number(num.to_number().into_owned()))
        }
        DeValue::Datetime(_) => Value::Null,
        DeValue::Array(list) => list.iter().map(|element| to_json(element.get_ref())).collect(),
        DeValue::Table(table) => table_to_json(table),
    }
}

fn table_to_json(table: &DeTable<'_>) -> Value {
    let entries = table.iter();
    entries.map(|(key, value)| (key.get_ref().to_string(), to_json(value.get_ref()))).collect()
}

impl JsonNumber for Num {
    fn as_u64(&self) -> Option<u64> {
        self.as_i64().and_then(|integer| u64::try_from(integer).ok())
    }

    fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(integer) => Some(*integer),
            Self::Float(_) => None,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "compared with bounds far below 2^53")]
    fn as_f64(&self) -> Option<f64> {
        Some(match self {
            Self::Integer(integer) => *integer as f64,
            Self::Float(float) => *float,
        })
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Owned(match self {
            Self::Integer(integer) => integer.to_string(),
            Self::Float(float) => float.to_string(),
        })
    }

    fn to_number(&self) -> Cow<'_, Number> {
        Cow::Owned(match self {
            Self::Integer(integer) => Number::from(*integer),
            // `num` returns only finite numbers, so the fallback is never used.
            Self::Float(float) => Number::from_f64(*float).unwrap_or_else(|| Number::from(0)),
        })
    }

    /// Whether the number is written without a decimal point: in TOML, `1.0` is not an integer.
    fn is_integer(&self) -> bool {
        matches!(self, Self::Integer(_))
    }

    fn is_written_as_integer(&self) -> bool {
        self.is_integer()
    }
}

/// The members of a table.
pub(crate) struct Members<'a> {
    names: Vec<(&'a str, &'a DeValue<'a>)>,
    next: usize,
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, Instance<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, value) = *self.names.get(self.next)?;
        self.next += 1;
        Some((name, Instance::Value(value)))
    }
}

impl<'a> Object<'a, Toml> for &'a DeTable<'a> {
    type Node = Instance<'a>;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        // `self.len()` would be this method again, not that of the table.
        self.iter().count()
    }

    fn get(&self, key: &String) -> Option<Instance<'a>> {
        DeTable::get(self, key.as_str()).map(|value| Instance::Value(value.get_ref()))
    }

    fn members(&self) -> Members<'a> {
        let entry = |(key, value): (&'a Spanned<DeString<'a>>, &'a Spanned<DeValue<'a>>)| {
            (key.get_ref().as_ref(), value.get_ref())
        };
        Members { names: self.iter().map(entry).collect(), next: 0 }
    }
}

/// The elements of a list.
pub(crate) struct Elements<'a>(std::slice::Iter<'a, Spanned<DeValue<'a>>>);

impl<'a> Iterator for Elements<'a> {
    type Item = Instance<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|element| Instance::Value(element.get_ref()))
    }
}

impl<'a> Array<'a, Toml> for &'a DeArray<'a> {
    type Node = Instance<'a>;
    type ElementsIter = Elements<'a>;

    fn len(&self) -> usize {
        self.iter().count()
    }

    fn elements(&self) -> Elements<'a> {
        Elements(self.iter())
    }
}
