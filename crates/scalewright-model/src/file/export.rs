//! `[export.TARGET]` in `scalewright.toml`: the options of targets.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The options of each target, by target name.
pub type ExportFile = BTreeMap<String, BTreeMap<String, SettingFile>>;

/// The value of an option. Any value is read here: only the targets know which values an option accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingFile {
    /// `true` or `false`.
    Switch(bool),
    /// A text.
    Text(String),
    /// A list of texts.
    Texts(Vec<String>),
    /// A value of a type that no option accepts: a number, a table, a date or a mixed list.
    Other,
}

impl JsonSchema for SettingFile {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "SettingFile".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({})
    }
}

impl<'de> Deserialize<'de> for SettingFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SettingVisitor)
    }
}

struct SettingVisitor;

impl<'de> Visitor<'de> for SettingVisitor {
    type Value = SettingFile;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value of an option")
    }

    fn visit_bool<E>(self, value: bool) -> Result<SettingFile, E> {
        Ok(SettingFile::Switch(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<SettingFile, E> {
        Ok(SettingFile::Text(value.to_owned()))
    }

    fn visit_i64<E>(self, _: i64) -> Result<SettingFile, E> {
        Ok(SettingFile::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<SettingFile, E> {
        Ok(SettingFile::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<SettingFile, E> {
        Ok(SettingFile::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<SettingFile, A::Error> {
        let mut texts = Some(Vec::new());
        // A mixed list is read to its end too, because the parser expects every entry to be taken.
        while let Some(entry) = list.next_element::<SettingFile>()? {
            texts = match (texts, entry) {
                (Some(mut texts), SettingFile::Text(text)) => {
                    texts.push(text);
                    Some(texts)
                }
                _ => None,
            };
        }
        Ok(texts.map_or(SettingFile::Other, SettingFile::Texts))
    }

    // A table or a date: the TOML parser passes a date as a table with one entry.
    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<SettingFile, A::Error> {
        while table.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(SettingFile::Other)
    }
}
