//! The description of a plug-in: its answer to [`Describe`](crate::Describe).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Severity;

/// What a plug-in is and does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// The version of the protocol that the plug-in follows: `1`.
    pub protocol: u32,
    /// What the plug-in does.
    pub kind: Kind,
    /// The name: lower-case letters, digits and hyphens, as in `scalewright-export-NAME`.
    pub name: String,
    /// The version of the plug-in.
    pub version: String,
    /// What the plug-in does, in one line.
    pub summary: String,
    /// The features that the plug-in offers: `serve`, `evaluate`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<String>,
    /// The options that it takes: `--set NAME.OPTION=VALUE`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionDescription>,
    /// The plain options of `scalewright export` that change the files of an exporter: `paper`, `layout`. Others are
    /// refused for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// The files that an exporter writes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileDescription>,
    /// The rules for the names of fields in the files of an exporter, if it changes or refuses some ids.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<NameRules>,
    /// Limits of an exporter that do not concern single keys, as sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<String>,
    /// What an exporter cannot represent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub losses: Vec<LossDescription>,
    /// The lints of a lint plug-in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lints: Vec<LintDescription>,
    /// The formats that an importer reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<FormatDescription>,
}

/// What a plug-in does.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It publishes an instrument: `scalewright export --to NAME`.
    Export,
    /// It checks a definition: `scalewright check --lints NAME`.
    Lint,
    /// It reads definitions from files of another program: `scalewright import --from NAME`.
    Import,
}

/// An option of a plug-in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionDescription {
    /// The name: lower-case words joined by hyphens.
    pub name: String,
    /// What the option changes, as a phrase without a full stop.
    pub summary: String,
    /// The kind of value.
    #[serde(rename = "type")]
    pub kind: OptionKind,
    /// The values of a choice or a list. Not for a switch.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ValueDescription>,
    /// The value if none is given: `yes` or `no` for a switch, one of the values for a choice, values joined by `+` for a
    /// list; an empty text is an empty list.
    #[serde(default)]
    pub default: String,
}

/// The kind of value that an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OptionKind {
    /// `yes` or `no`; the request has `true` or `false`.
    Switch,
    /// One of the values; the request has a text.
    Choice,
    /// None, one or several of the values; the request has a list of texts.
    List,
}

/// A value that an option takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueDescription {
    /// The value.
    pub value: String,
    /// What it means, as a clause.
    pub meaning: String,
}

/// A file that an exporter writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileDescription {
    /// The name, with placeholders in angle brackets: `<id>.<language>.csv`.
    pub name: String,
    /// What the file is.
    pub what: String,
}

/// The rules for the names of fields.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NameRules {
    /// The most characters of a name. An id that is longer is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest: Option<usize>,
    /// The names that the platform reserves. An id that equals one of them, whatever its case, is refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserved: Vec<String>,
}

/// Something that an exporter cannot represent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LossDescription {
    /// The keys of `instrument.toml` that state it: `scales[].norms`.
    pub keys: Vec<String>,
    /// What is lost: "the norms".
    pub what: String,
    /// Why, as a clause: "a codebook has no place for them".
    pub because: String,
    /// When it is lost, as a clause: "if …". Empty if it always is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub when: String,
    /// What to do about it, or what is not affected.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
}

/// A lint of a lint plug-in. Its full name is `PLUGIN/NAME`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LintDescription {
    /// The name, which states the defect: lower-case words joined by hyphens.
    pub name: String,
    /// The defect, as a clause.
    pub summary: String,
    /// What the lint finds, why that matters, how to fix it, and when to allow it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub explain: String,
    /// The severity of its findings, unless the settings change it.
    pub level: Severity,
}

/// A format that an importer reads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormatDescription {
    /// What the format is.
    pub what: String,
    /// The endings of its files, without the dot: `csv`.
    pub endings: Vec<String>,
    /// Texts that all its files contain in their first 64 kB, such as a header. A file with one of the endings and all of
    /// these texts is recognised without `--from`, unless it is of a built-in format. None: only `--from` selects the
    /// importer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contains: Vec<String>,
}
