//! Levels of lints in `scalewright.toml`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserializer, Error, MapAccess, Visitor};

/// The level of a lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LevelFile {
    /// The lint is switched off.
    Allow,
    /// A finding is a hint, worth a second look. It never fails a check.
    Hint,
    /// A finding is a warning: probably not intended.
    Warn,
    /// A finding is an error: the check fails. The instrument can still be scored and exported.
    Deny,
}

/// The value of a key under `[lints]`: a level, or a table with the levels of the lints of a plug-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LintsFile {
    /// The level of a lint, or of several lints.
    Level(LevelFile),
    /// The levels of the lints of a plug-in, by the name of the lint without that of the plug-in; may be empty.
    Plugin(BTreeMap<String, LevelFile>),
}

impl JsonSchema for LintsFile {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "LintsFile".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = generator.subschema_for::<LevelFile>();
        // The keywords for tables are outside of `anyOf`, so that an error in a table is reported at its key.
        json_schema!({
            "anyOf": [{ "type": "object" }, level],
            "additionalProperties": level,
            "maxProperties": 300,
        })
    }
}

impl<'de> Deserialize<'de> for LintsFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LintsVisitor)
    }
}

struct LintsVisitor;

impl<'de> Visitor<'de> for LintsVisitor {
    type Value = LintsFile;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a level or a table of levels")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<LintsFile, E> {
        LevelFile::deserialize(StrDeserializer::new(value)).map(LintsFile::Level)
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<LintsFile, A::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(table)).map(LintsFile::Plugin)
    }
}
