//! The types that a `target.toml` is read into. Their comments are the reference for authors.

use scalewright_wire::{OptionDescription, OptionKind, ValueDescription};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A folder of templates that is an exporter: what it is called, which files it writes, and what it cannot represent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TargetFile {
    /// The version of this format: `1`.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// The name of the exporter, as in `export --to NAME`: lower-case letters, digits and hyphens.
    #[schemars(regex(pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), length(max = 40))]
    pub name: String,
    /// The version of the exporter.
    #[schemars(length(min = 1, max = 40))]
    pub version: String,
    /// What the exporter writes, in one line.
    #[schemars(length(min = 1, max = 200))]
    pub summary: String,
    /// The languages in which the templates print scores, as `score.r` and `score.sql`. `score.text` always exists.
    #[serde(default)]
    pub dialects: Vec<Dialect>,
    /// Limits that do not concern single keys, as sentences.
    #[serde(default)]
    pub limits: Vec<String>,
    /// The rules for the ids of items and scales. An id that breaks them is refused.
    pub names: Option<NamesFile>,
    /// The files that the exporter writes.
    #[schemars(length(min = 1, max = 100))]
    pub files: Vec<OutputFile>,
    /// The options of the exporter: `--set NAME.OPTION=VALUE`.
    #[serde(default)]
    pub options: Vec<OptionFile>,
    /// What the files do not represent.
    #[serde(default)]
    pub losses: Vec<LossFile>,
}

/// A language in which scores are printed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// An expression of R: `score.r`.
    R,
    /// An expression of standard SQL: `score.sql`.
    Sql,
}

impl Dialect {
    /// The name, which is also the key of a score in a template.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::R => "r",
            Self::Sql => "sql",
        }
    }
}

/// The rules for the ids of items and scales.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamesFile {
    /// The most characters of an id.
    #[schemars(range(min = 1))]
    pub longest: Option<usize>,
    /// The ids that are refused, in upper or lower case.
    #[serde(default)]
    pub reserved: Vec<String>,
}

/// A file that the exporter writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutputFile {
    /// The path of the template in this folder.
    #[schemars(length(min = 1, max = 200))]
    pub template: String,
    /// The path of the file, which is a template too: `{{ instrument.id }}.{{ wording.language }}.html`.
    #[schemars(length(min = 1, max = 400))]
    pub name: String,
    /// What the file is.
    #[schemars(length(min = 1, max = 200))]
    pub what: String,
    /// How printed values are escaped. If left out, the ending of the template decides: `html` or `htm`, `xml` or `svg`,
    /// `csv` or `tsv`, `json`, `md`, `tex`, `txt`.
    pub escape: Option<Escape>,
}

/// A kind of file, which decides how printed values are escaped.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Escape {
    /// Text and quoted attributes of HTML.
    Html,
    /// Text and quoted attributes of XML.
    Xml,
    /// Each value is one cell, in quotation marks if necessary.
    Csv,
    /// Each value is a value of JSON; texts get quotation marks. The file must be valid JSON.
    Json,
    /// CommonMark with tables.
    Markdown,
    /// Text of LaTeX.
    Latex,
    /// Nothing is escaped. Control characters are refused.
    Plain,
}

/// An option of the exporter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionFile {
    /// The name: lower-case words joined by hyphens. Templates read `options["two-words"]` or `options.word`.
    #[schemars(regex(pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"))]
    pub name: String,
    /// What the option changes, as a phrase without a full stop.
    #[schemars(length(min = 1))]
    pub summary: String,
    /// The kind of value: a `switch` is `true` or `false` in templates, a `choice` a text, a `list` a list of texts.
    #[serde(rename = "type")]
    pub kind: OptionType,
    /// The values of a choice or a list.
    #[serde(default)]
    pub values: Vec<ValueFile>,
    /// The value if none is given: `yes` or `no` for a switch, one of the values for a choice, values joined by `+` for
    /// a list.
    #[serde(default)]
    pub default: String,
}

/// The kind of value that an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OptionType {
    /// `yes` or `no`.
    Switch,
    /// One of the values.
    Choice,
    /// None, one or several of the values.
    List,
}

/// A value that an option takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueFile {
    /// The value.
    #[schemars(regex(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub value: String,
    /// What it means, as a clause.
    pub meaning: String,
}

/// Something that the files do not represent. It is reported at each place of the definition that has one of the keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LossFile {
    /// Paths of keys of `instrument.toml`: `scales[].bands`, `response-scales.*.missing`. `[]` is each entry of a list,
    /// `*` each key of a table.
    #[schemars(length(min = 1))]
    pub keys: Vec<String>,
    /// What is lost: "the norms".
    #[schemars(length(min = 1))]
    pub what: String,
    /// Why, as a clause: "a page does not compute scores".
    #[schemars(length(min = 1))]
    pub because: String,
    /// When it is lost, as a clause: "if the option `scores` is off". Required with `if`.
    #[serde(default)]
    pub when: String,
    /// An expression of the template language that decides whether it is lost at a place. It may use `value`, the value
    /// of the key, and everything that templates may use: `not options.scores`.
    #[serde(rename = "if")]
    pub condition: Option<String>,
    /// What to do about it, or what is not affected.
    #[serde(default)]
    pub help: String,
}

impl OptionFile {
    /// The option as the protocol describes it.
    #[must_use]
    pub fn description(&self) -> OptionDescription {
        let values = self
            .values
            .iter()
            .map(|one| ValueDescription { value: one.value.clone(), meaning: one.meaning.clone() });
        OptionDescription {
            name: self.name.clone(),
            summary: self.summary.clone(),
            kind: match self.kind {
                OptionType::Switch => OptionKind::Switch,
                OptionType::Choice => OptionKind::Choice,
                OptionType::List => OptionKind::List,
            },
            values: values.collect(),
            default: self.default.clone(),
        }
    }
}

impl OutputFile {
    /// How printed values are escaped, or `None` if neither the key nor the ending of the template says so.
    #[must_use]
    pub fn kind(&self) -> Option<Escape> {
        self.escape.or_else(|| Escape::of_name(&self.template))
    }
}
