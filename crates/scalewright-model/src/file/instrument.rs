//! `instrument.toml`: one form of one instrument.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::rights::RightsFile;

/// One form of a psychometric instrument: what is asked, how it is answered, and how the answers
/// become scores. Written once; checked, scored and published from here.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "scalewright instrument")]
pub struct InstrumentFile {
    /// Version of the file format: `1`.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// Short permanent name, lower-case words joined by hyphens: `wai-sr`. It is also the folder's name.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), length(max = 64))]
    pub id: String,
    /// The full name of the instrument, as it is cited.
    #[schemars(length(min = 1, max = 300))]
    pub title: String,
    /// The abbreviation in use: `WAI-SR`.
    #[schemars(length(min = 1, max = 40))]
    pub short_title: Option<String>,
    /// Name shared by instruments of one origin (long form, short form, parallel forms): `wai`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), length(max = 64))]
    pub family: Option<String>,
    /// Which form of the family this is: `client`, `therapist`, `short`. A short form's key is never
    /// derived from the long form's: each form is its own definition.
    #[schemars(length(min = 1, max = 100))]
    pub form: Option<String>,
    /// Edition of wording, structure and scoring, as `1.0.0`: raise it whenever any of them changes.
    #[schemars(regex(pattern = r"^[0-9]+[.][0-9]+[.][0-9]+(-[0-9A-Za-z.-]+)?$"), length(max = 60))]
    pub version: String,
    /// How far the instrument has come.
    pub status: Status,
    /// The day this version was published, as `2026-01-05`.
    #[schemars(regex(pattern = r"^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$"))]
    pub date: Option<String>,
    /// The language of the words in this file, as a BCP 47 tag such as `en` or `pt-BR`.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z]+(-[A-Za-z0-9]+)*$"), length(max = 35))]
    pub language: String,
    /// The languages that are promised beside the source language. Each must have its wording file
    /// here, so that a lost translation is noticed.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub translations: Vec<String>,
    /// Permanent address that identifies this instrument on other systems (FHIR calls it the canonical
    /// URL). Without a version in it.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9+.-]*:[!$-{}~]+$"), length(max = 500))]
    pub url: Option<String>,
    /// What the instrument measures and for whom, in a few sentences.
    #[schemars(length(min = 1, max = 10000))]
    pub description: Option<String>,
    /// The authors of the instrument, in the order in which it is cited.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub authors: Vec<String>,
    /// The instructions printed before the first item.
    #[schemars(length(min = 1, max = 10000))]
    pub instructions: Option<String>,
    /// Who owns the wording and what may be done with it. Required: rights are data.
    pub rights: RightsFile,
    /// Who answers, about what period, and how.
    pub administration: AdministrationFile,
    /// The works that keys, rules, bands and statements in this file are taken from.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub references: Vec<ReferenceFile>,
    /// The answer formats, by name. An item refers to one by `response`.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 1000))]
    pub response_scales: BTreeMap<String, ResponseScaleFile>,
    /// Printed groups of items. They have no meaning for scores.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub sections: Vec<SectionFile>,
    /// The items, in the order in which they are presented.
    #[schemars(length(min = 1, max = 5000))]
    pub items: Vec<ItemFile>,
    /// The scales: which items are scored together, keyed which way, and what happens when answers are missing.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub scales: Vec<ScaleFile>,
    /// Lints that are silenced in this file, each with the reason.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub allow: Vec<AllowFile>,
}

/// How far an instrument has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being developed: no validation evidence yet. Forms say so in print.
    Development,
    /// In use.
    Active,
    /// No longer to be used for new respondents.
    Retired,
}

/// Who answers, about what period, and how.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AdministrationFile {
    /// Who answers the items.
    pub respondent: Respondent,
    /// The person described, when it is not the respondent: `the therapist`.
    #[schemars(length(min = 1, max = 200))]
    pub subject: Option<String>,
    /// The period respondents are asked about: `the last 7 days`, `today's session`.
    #[schemars(length(min = 1, max = 200))]
    pub recall_period: Option<String>,
    /// How the instrument is given.
    #[serde(default)]
    #[schemars(length(max = 3))]
    pub modes: Vec<Mode>,
    /// Minutes it usually takes.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: Option<u32>,
}

/// Who answers the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Respondent {
    /// The person described answers about himself or herself.
    #[serde(rename = "self")]
    SelfReport,
    /// Someone who knows the person described.
    Informant,
    /// A trained rater who judges by observation.
    Rater,
}

/// How an instrument is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// On paper.
    Paper,
    /// On a screen.
    Electronic,
    /// Read out by an interviewer.
    Interview,
}

/// A work that statements in this file are taken from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReferenceFile {
    /// Short name by which this file refers to the work: `hatcher2006`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_-]*$"), length(max = 64))]
    pub id: String,
    /// The citation.
    #[schemars(length(min = 1, max = 2000))]
    pub citation: String,
    /// Its DOI, without the resolver's address: `10.1080/10503300500352500`.
    #[schemars(regex(pattern = r"^10[.][0-9]+/[!-~]+$"), length(max = 300))]
    pub doi: Option<String>,
    /// Its address.
    #[schemars(url, length(max = 2000))]
    pub url: Option<String>,
    /// What was taken from it, and what was not seen.
    #[schemars(length(min = 1, max = 4000))]
    pub note: Option<String>,
}

/// An answer format: the set of answers offered to one or more items. Which other keys belong to it
/// depends on `type`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ResponseScaleFile {
    /// What kind of answer is given. `coded` when left out.
    #[serde(rename = "type", default)]
    pub kind: ResponseType,
    /// The response options, in printed order (for `coded` and `several-choice`). Values may skip
    /// numbers and be negative, as in -3, -2, -1, 1, 2, 3.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub options: Vec<OptionFile>,
    /// The lowest number allowed (for `numeric` and `visual-analogue`; 0 for the latter when left out).
    #[schemars(range(min = -1000000, max = 1000000))]
    pub min: Option<f64>,
    /// The highest number allowed (for `numeric` and `visual-analogue`; 100 for the latter when left out).
    #[schemars(range(min = -1000000, max = 1000000))]
    pub max: Option<f64>,
    /// Decimal places recorded (for `numeric` and `visual-analogue`): 0 for whole numbers.
    #[schemars(range(min = 0, max = 6))]
    pub decimals: Option<u32>,
    /// The unit of the number, as printed: `cm`.
    #[schemars(length(min = 1, max = 100))]
    pub unit: Option<String>,
    /// The words at the low end (for `visual-analogue`).
    #[schemars(length(min = 1, max = 300))]
    pub min_label: Option<String>,
    /// The words at the high end (for `visual-analogue`).
    #[schemars(length(min = 1, max = 300))]
    pub max_label: Option<String>,
    /// The word for yes (for `yes-no`), coded 1. The language's own word when left out.
    #[schemars(length(min = 1, max = 100))]
    pub yes_label: Option<String>,
    /// The word for no (for `yes-no`), coded 0. The language's own word when left out.
    #[schemars(length(min = 1, max = 100))]
    pub no_label: Option<String>,
    /// Lines to write on (for `text`): 1 when left out.
    #[schemars(range(min = 1, max = 40))]
    pub lines: Option<u32>,
}

/// The kind of answer a response scale takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ResponseType {
    /// One of several coded options: the usual rating scale.
    #[default]
    Coded,
    /// A number.
    Numeric,
    /// A mark on a line between two ends.
    VisualAnalogue,
    /// Yes (1) or no (0).
    YesNo,
    /// Free text. Never scored.
    Text,
    /// A calendar date. Never scored.
    Date,
    /// Any number of the options. Not scored by sum or mean.
    SeveralChoice,
}

/// One response option: the number it is coded with, and its words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OptionFile {
    /// The number coded for this answer, before keying.
    #[schemars(range(min = -1000000, max = 1000000))]
    pub value: i64,
    /// The words of the option. Left out only where the wording is withheld.
    #[schemars(length(min = 1, max = 300))]
    pub label: Option<String>,
    /// `true` when choosing this option means that no answer was given (`does not apply`, `prefer not
    /// to say`). It is then treated as a missing response, and its value is outside the scale's range.
    #[serde(default)]
    pub non_response: bool,
}

/// A printed group of items.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SectionFile {
    /// Short name by which items refer to the section.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 64))]
    pub id: String,
    /// The heading of the section.
    #[schemars(length(min = 1, max = 300))]
    pub title: Option<String>,
    /// The words that every item of the section continues: `In the last 7 days …`.
    #[schemars(length(min = 1, max = 2000))]
    pub lead_in: Option<String>,
    /// What the respondent is told to do in this section.
    #[schemars(length(min = 1, max = 10000))]
    pub instructions: Option<String>,
}

/// The smallest thing that is answered and coded.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ItemFile {
    /// Short permanent name in lower case, safe as a variable name everywhere: `wai_1`. Data are stored under it.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 64))]
    pub id: String,
    /// The number printed before the item. Counted from 1 when left out; empty for none.
    #[schemars(length(max = 12))]
    pub number: Option<String>,
    /// The words of the item. Left out only where the wording is withheld.
    #[schemars(length(min = 1, max = 4000))]
    pub stem: Option<String>,
    /// The name of the response scale that answers it.
    #[schemars(length(max = 64))]
    pub response: String,
    /// The section it is printed in.
    #[schemars(length(max = 64))]
    pub section: Option<String>,
    /// Whether an electronic form insists on an answer. `false` when left out: the scales' rules for
    /// missing answers then apply.
    #[serde(default)]
    pub required: bool,
}

/// Items scored together to one number.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScaleFile {
    /// Short permanent name in lower case. Scores are stored under it, so it must differ from every item's.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 64))]
    pub id: String,
    /// The name of the scale.
    #[schemars(length(min = 1, max = 300))]
    pub title: String,
    /// What the scale measures and what a high score means.
    #[schemars(length(min = 1, max = 4000))]
    pub description: Option<String>,
    /// The scale of which this is a subscale.
    #[schemars(length(max = 64))]
    pub parent: Option<String>,
    /// The items, each with its keying: `"wai_1"` when more of the answer means more of the scale,
    /// `"-wai_1"` when it is reverse keyed. Left out where the key is not known (`key-status = "unverified"`).
    #[serde(default)]
    #[schemars(length(max = 5000))]
    pub items: Vec<String>,
    /// Other scales this one is made of, instead of items: a total of subscale scores.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub scales: Vec<String>,
    /// How the keyed answers become the score.
    pub score: ScoreKind,
    /// Decimal places the score is rounded to, halves away from zero. Not rounded when left out.
    #[schemars(range(min = 0, max = 6))]
    pub round: Option<u32>,
    /// What happens when answers are missing. Required: never guessed. `no-score` where the source states no rule.
    pub missing: MissingKind,
    /// How many answers are needed at least. `prorate` and `answered-only` must have this or
    /// `min-proportion`; with `substitute` one answer is enough when neither is given.
    #[schemars(range(min = 1, max = 5000))]
    pub min_answered: Option<u32>,
    /// Which share of the answers is needed at least, written exactly: `"80%"` or `"2/3"`.
    #[schemars(regex(pattern = r"^([0-9]+([.][0-9]+)?%|[0-9]+/[0-9]+)$"), length(max = 12))]
    pub min_proportion: Option<String>,
    /// Items (or scales, for a scale of scales) that must be answered for there to be a score.
    #[serde(default)]
    #[schemars(length(max = 5000))]
    pub mandatory: Vec<String>,
    /// The keyed value each missing answer counts as (for `missing = "substitute"`).
    #[schemars(range(min = -1000000, max = 1000000))]
    pub substitute: Option<f64>,
    /// How sure the key is. Left out where this file is itself the place where the key is published.
    pub key_status: Option<KeyStatus>,
    /// The `[[references]]` that the key is taken from.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub key_source: Vec<String>,
    /// The `[[references]]` that the rule for missing answers is taken from.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub missing_source: Vec<String>,
    /// The range a source states for the score. Compared with the range computed from the key.
    pub stated_range: Option<RangeFile>,
    /// Named intervals of the score, from low to high.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub bands: Vec<BandFile>,
    /// The `[[references]]` that the bands are taken from.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub bands_source: Vec<String>,
}

/// How keyed answers become a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScoreKind {
    /// The sum of the keyed answers.
    Sum,
    /// The mean of the keyed answers.
    Mean,
}

/// What happens when answers are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingKind {
    /// One missing answer and there is no score.
    NoScore,
    /// Each missing answer counts as the mean of the respondent's own answers (prorating, person-mean
    /// substitution), when enough are answered: give `min-answered` or `min-proportion`.
    Prorate,
    /// The score is made of the answers there are, when enough are answered: give `min-answered` or
    /// `min-proportion`. A sum is then a lower bound.
    AnsweredOnly,
    /// Each missing answer counts as the fixed number given by `substitute`.
    Substitute,
}

/// How sure the key of a scale is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyStatus {
    /// Read in the instrument's own publication, or in two independent sources that agree.
    Verified,
    /// Read in one source.
    SingleSource,
    /// From memory of the literature. Scored only when asked to with a flag.
    Recalled,
    /// Not known well enough to score. Never scored.
    Unverified,
}

/// The range a source states for a score.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RangeFile {
    /// The lowest score stated.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub low: f64,
    /// The highest score stated.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub high: f64,
}

/// A named interval of a score. Give either `to` (which belongs to the band) or `below` (which does not).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BandFile {
    /// The name of the band: `mild`.
    #[schemars(length(min = 1, max = 200))]
    pub label: String,
    /// The lowest score of the band. It belongs to the band.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub from: f64,
    /// The highest score of the band. It belongs to the band.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub to: Option<f64>,
    /// The score at which the next band begins. It does not belong to the band.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub below: Option<f64>,
}

/// A lint that is silenced at one place, with the reason.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AllowFile {
    /// The name of the lint: `item-on-no-scale`.
    #[schemars(length(min = 1, max = 100))]
    pub lint: String,
    /// Where: the id of an item, scale, section or response scale. Everywhere in this file when left out.
    #[schemars(length(min = 1, max = 100))]
    pub at: Option<String>,
    /// Why it is right as it is.
    #[schemars(length(min = 1, max = 1000))]
    pub reason: String,
}
