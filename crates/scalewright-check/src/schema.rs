//! The JSON Schemas of the kinds of files, derived from the types that read them.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use scalewright_model::file::{
    CasesFile, ConfigFile, InstrumentFile, KeyFile, PackFile, WordingFile,
};

/// A kind of file that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaKind {
    /// `instrument.toml`.
    Instrument,
    /// `<language>.toml`.
    Wording,
    /// `cases.toml`.
    Cases,
    /// A key file.
    Key,
    /// `scalewright.toml`.
    Config,
    /// `pack.toml`.
    Pack,
}

/// Returns the JSON Schema (draft 2020-12) of a kind of file.
#[must_use]
pub fn schema(kind: SchemaKind) -> Value {
    match kind {
        SchemaKind::Instrument => schema_of::<InstrumentFile>(),
        SchemaKind::Wording => schema_of::<WordingFile>(),
        SchemaKind::Cases => schema_of::<CasesFile>(),
        SchemaKind::Key => schema_of::<KeyFile>(),
        SchemaKind::Config => schema_of::<ConfigFile>(),
        SchemaKind::Pack => schema_of::<PackFile>(),
    }
}

/// Returns the JSON Schema (draft 2020-12) of a type, without details that only matter in Rust.
#[must_use]
pub fn schema_of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(tidy));
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// Removes what schemars adds and authors of files do not need: `null`, which TOML does not have, the widths of
/// integers, and empty defaults.
fn tidy(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    object.remove("format");
    if object.get("default").is_some_and(is_empty) {
        object.remove("default");
    }
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
        choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
        if let [only] = choices.as_slice() {
            let only = only.clone();
            object.remove("anyOf");
            if let Value::Object(only) = only {
                // The description of the field takes precedence over that of its type.
                for (key, value) in only {
                    object.entry(key).or_insert(value);
                }
            }
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(table) => table.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
