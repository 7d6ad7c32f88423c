//! `instrument.toml`: one form of one instrument.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rights::RightsFile;
use crate::vocabulary::{
    Code, Derived, KeyStatus, Matching, MissingKind, Mode, ModelType, Outside, ReliabilityKind,
    Respondent, ScoreKind, ScoreRange, Status,
};

/// One form of a psychometric instrument: what is asked, how it is answered, and how the answers
/// become scores. Written once; checked, scored and published from here.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
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
    /// The id of the instrument that this one is a short form of: `wai`. Its items are then compared with those of
    /// that instrument's definition, where it lies beside this one.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), length(max = 64))]
    pub short_form_of: Option<String>,
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 500))]
    pub translations: Vec<String>,
    /// Permanent address that identifies this instrument on other systems (FHIR calls it the canonical
    /// URL). Without a version in it.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9+.-]*:[!$-{}~]+$"), length(max = 500))]
    pub url: Option<String>,
    /// Its codes in terminologies, such as the panel code of LOINC.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 20))]
    pub codes: Vec<Code>,
    /// What the instrument measures and for whom, in a few sentences.
    #[schemars(length(min = 1, max = 10000))]
    pub description: Option<String>,
    /// The authors of the instrument, in the order in which it is cited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub references: Vec<ReferenceFile>,
    /// The answer formats, by name. An item refers to one by `response`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 1000))]
    pub response_scales: BTreeMap<String, ResponseScaleFile>,
    /// Printed groups of items. They have no meaning for scores.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub sections: Vec<SectionFile>,
    /// The items, in the order in which they are presented.
    #[schemars(length(min = 1, max = 5000))]
    pub items: Vec<ItemFile>,
    /// The scales: which items are scored together, keyed which way, and what happens when answers are missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub scales: Vec<ScaleFile>,
    /// Statements about the answers that are true or false: a critical item, a diagnostic rule, a
    /// warning that a form was filled in carelessly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub flags: Vec<FlagFile>,
    /// Tables from a raw to a derived score, by name. A norm or a formula refers to one by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 1000))]
    pub tables: BTreeMap<String, TableFile>,
    /// Norms: the samples that raw scores are compared with, each making derived scores.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub norms: Vec<NormFile>,
    /// Item response models with given parameters, by name, for `eap(…)` in formulas.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 100))]
    pub models: BTreeMap<String, ModelFile>,
    /// Lints that are silenced in this file, each with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub allow: Vec<AllowFile>,
}

/// Who answers, about what period, and how.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 3))]
    pub modes: Vec<Mode>,
    /// Minutes it usually takes.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: Option<u32>,
}

/// A work that statements in this file are taken from.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ResponseScaleFile {
    /// What kind of answer is given. `coded` when left out.
    #[serde(rename = "type", default, skip_serializing_if = "is_default")]
    pub kind: ResponseType,
    /// The response options, in printed order (for `coded` and `several-choice`). Values may skip
    /// numbers and be negative, as in -3, -2, -1, 1, 2, 3.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
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
    /// A clock time, `23:15`. In formulas and data it is the minutes since midnight, 0 to 1439.
    Time,
    /// Any number of the options. Not scored by sum or mean.
    SeveralChoice,
}

/// One response option: the number it is coded with, and its words.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OptionFile {
    /// The number coded for this answer, before keying.
    #[schemars(range(min = -1000000, max = 1000000))]
    pub value: i64,
    /// The words of the option. Left out only where the wording is withheld.
    #[schemars(length(min = 1, max = 300))]
    pub label: Option<String>,
    /// A short word for this answer, used in formulas (`sex = "female"`) and accepted in data.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9_-]*$"), length(max = 64))]
    pub code: Option<String>,
    /// `true` when choosing this option means that no answer was given (`does not apply`, `prefer not
    /// to say`). It is then treated as a missing response, and its value is outside the scale's range.
    #[serde(default)]
    pub non_response: bool,
}

/// A printed group of items.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ItemFile {
    /// Short permanent name in lower case, safe as a variable name everywhere: `wai_1`. Data are stored under it.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 64))]
    pub id: String,
    /// The number printed before the item, empty for none. Left out, items are counted from 1, without those that have no
    /// number; background items have none.
    #[schemars(length(max = 12))]
    pub number: Option<String>,
    /// The words of the item. Left out only where the wording is withheld.
    #[schemars(length(min = 1, max = 4000))]
    pub stem: Option<String>,
    /// The name of the response scale that answers it.
    #[schemars(length(max = 64))]
    pub response: String,
    /// The id of this item in the instrument that this one is a short form of. The same id when left out.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 64))]
    pub taken_from: Option<String>,
    /// The section it is printed in.
    #[schemars(length(max = 64))]
    pub section: Option<String>,
    /// Whether an electronic form insists on an answer. `false` when left out: the scales' rules for
    /// missing answers then apply.
    #[serde(default)]
    pub required: bool,
    /// When the item is asked, as a formula about earlier answers: `audit_1 > 0`. Always when left out. Where it
    /// is false the item is not asked, and an answer that is there all the same is not used.
    #[schemars(length(min = 1, max = 4000))]
    pub ask_if: Option<String>,
    /// The answer that counts when the item was not asked because `ask-if` is false, before keying. Missing when left out.
    #[schemars(range(min = -1000000, max = 1000000))]
    pub when_not_asked: Option<f64>,
    /// `true` for a fact about the respondent that norms need, such as age or sex, and that is no part
    /// of the instrument itself.
    #[serde(default)]
    pub background: bool,
    /// Its codes in terminologies, such as that of the question in LOINC.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 20))]
    pub codes: Vec<Code>,
}

/// Items scored together to one number.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
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
    /// Codes of its score in terminologies, such as that of the total in LOINC.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 20))]
    pub codes: Vec<Code>,
    /// What the score is counted in, where it has a unit: `minutes`, `%`. None when left out: most sums and means have none.
    #[schemars(length(min = 1, max = 100))]
    pub unit: Option<String>,
    /// The scale of which this is a subscale.
    #[schemars(length(max = 64))]
    pub parent: Option<String>,
    /// The items, each with its keying: `"wai_1"` when more of the answer means more of the scale,
    /// `"-wai_1"` when it is reverse keyed. Left out where the key is not known (`key-status = "unverified"`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 5000))]
    pub items: Vec<String>,
    /// Other scales this one is made of, instead of items: a total of subscale scores.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub scales: Vec<String>,
    /// Recoding of keyed answers, before they are added up: for some items, or for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub recode: Vec<RecodeFile>,
    /// The weight of each item (or scale) in a sum, by id. When given, every one must have its weight.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub weights: BTreeMap<String, f64>,
    /// How the keyed answers become the score.
    pub score: ScoreKind,
    /// The rule for the score where no sum or mean says it, in the formula language (for `score = "formula"`).
    #[schemars(length(min = 1, max = 8000))]
    pub formula: Option<String>,
    /// A number the sum or mean is multiplied by: 4 where a raw score of 0 to 25 is reported as 0 to 100.
    #[schemars(range(min = -1000000, max = 1000000))]
    pub multiply: Option<f64>,
    /// A number that is added after that, such as the intercept of a regression.
    #[schemars(range(min = -1000000, max = 1000000))]
    pub intercept: Option<f64>,
    /// The range that the lowest and highest possible sum or mean are stretched to: `{ low = 0, high = 100 }` is the
    /// percentage of the maximum possible (POMP); `{ low = 100, high = 0 }` turns it round.
    pub rescale: Option<ScoreRange>,
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
    /// More answers than this are needed: `more-than-answered = 6` is at least 7.
    #[schemars(range(min = 0, max = 5000))]
    pub more_than_answered: Option<u32>,
    /// More than this share of the answers is needed, written exactly: with `"50%"`, exactly half is too few.
    #[schemars(regex(pattern = r"^([0-9]+([.][0-9]+)?%|[0-9]+/[0-9]+)$"), length(max = 12))]
    pub more_than_proportion: Option<String>,
    /// So many answers may be missing at most.
    #[schemars(range(min = 0, max = 5000))]
    pub max_missing: Option<u32>,
    /// Items (or scales, for a scale of scales) that must be answered for there to be a score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 5000))]
    pub mandatory: Vec<String>,
    /// The keyed value each missing answer counts as (for `missing = "substitute"`).
    #[schemars(range(min = -1000000, max = 1000000))]
    pub substitute: Option<f64>,
    /// The keyed value that a missing answer counts as, by item (for `missing = "substitute"`): published item means, say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub substitutes: BTreeMap<String, f64>,
    /// How sure the key is. Left out where this file is itself the place where the key is published.
    pub key_status: Option<KeyStatus>,
    /// The `[[references]]` that the key is taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub key_source: Vec<String>,
    /// The `[[references]]` that the rule for missing answers is taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub missing_source: Vec<String>,
    /// How reliable the score is. Score reports make an interval of it, and say which change is a reliable one.
    pub reliability: Option<ReliabilityFile>,
    /// The range a source states for the score. Compared with the range computed from the key.
    pub stated_range: Option<ScoreRange>,
    /// Named intervals of the score, from low to high.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 200))]
    pub bands: Vec<BandFile>,
    /// The `[[references]]` that the bands are taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub bands_source: Vec<String>,
    /// Further sets of bands, where sources disagree or purposes differ, each with a name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 50))]
    pub band_sets: Vec<BandSetFile>,
}

/// A table from keyed answers to the values that are added up.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RecodeFile {
    /// The items recoded. All items of the scale when left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 5000))]
    pub items: Vec<String>,
    /// What each keyed answer counts as: `{ 1 = 0, 2 = 2, 3 = 4 }`. Every keyed answer must be listed.
    #[schemars(extend("maxProperties" = 500))]
    pub values: BTreeMap<String, f64>,
    /// What a missing answer counts as, where it has a weight of its own. It then counts as answered.
    #[schemars(range(min = -1000000, max = 1000000))]
    pub missing: Option<f64>,
}

/// A named set of bands beside the scale's own.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BandSetFile {
    /// Short name, by which data and formulas refer to the set.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 64))]
    pub id: String,
    /// What the set is called.
    #[schemars(length(min = 1, max = 300))]
    pub title: Option<String>,
    /// The bands, from low to high.
    #[schemars(length(min = 1, max = 200))]
    pub bands: Vec<BandFile>,
    /// The `[[references]]` that they are taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub source: Vec<String>,
}

/// A statement about the answers that is true, false, or not known because answers are missing.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FlagFile {
    /// Short permanent name in lower case. It must differ from every item's and scale's.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 64))]
    pub id: String,
    /// What is said of the respondent when it is true.
    #[schemars(length(min = 1, max = 300))]
    pub title: String,
    /// What to make of it.
    #[schemars(length(min = 1, max = 4000))]
    pub description: Option<String>,
    /// The condition, in the formula language: `phq_9 >= 1`.
    #[schemars(length(min = 1, max = 8000))]
    pub when: String,
    /// How sure the rule is. Left out where this file is itself the place where it is published.
    pub key_status: Option<KeyStatus>,
    /// The `[[references]]` that the rule is taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub source: Vec<String>,
}

/// A table from one or more numbers to one number: raw score to T score, age and raw score to percentile.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TableFile {
    /// The rows: first what is looked up (a number, or several), last what is found. `[[0, 31.5], [1, 38.2]]`.
    #[schemars(length(min = 1, max = 20000))]
    pub rows: Vec<Vec<f64>>,
    /// How each looked-up number is matched, in order. `exact` when left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 8))]
    pub matching: Vec<Matching>,
    /// What happens to a number that is not in the table.
    #[serde(default, skip_serializing_if = "is_default")]
    pub outside: Outside,
    /// The `[[references]]` that the table is taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub source: Vec<String>,
}

/// A sample that a raw score is compared with. Each derived score is stored as `<id>_<kind>`: `sbs_uk_t`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NormFile {
    /// Short permanent name in lower case; derived scores are named after it.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 64))]
    pub id: String,
    /// What the norm is called.
    #[schemars(length(min = 1, max = 300))]
    pub title: String,
    /// The scale whose score is compared.
    #[schemars(length(max = 64))]
    pub scale: String,
    /// The people of the sample: who, where, when, how many.
    #[schemars(length(min = 1, max = 2000))]
    pub population: Option<String>,
    /// Which derived scores are made.
    #[schemars(length(min = 1, max = 8))]
    pub derive: Vec<Derived>,
    /// The groups of the sample. A respondent belongs to the first group whose `when` is true.
    #[schemars(length(min = 1, max = 2000))]
    pub groups: Vec<NormGroupFile>,
    /// Decimal places the derived scores are rounded to, halves away from zero. Stens and stanines are
    /// always whole. Not rounded when left out.
    #[schemars(range(min = 0, max = 6))]
    pub round: Option<u32>,
    /// The `[[references]]` that the norm is taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub source: Vec<String>,
}

/// A group of a norm: give either `mean` and `sd`, or a `table`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NormGroupFile {
    /// Who belongs to it, in the formula language: `sex = "female" and age >= 11 and age < 14`. Everyone when left out.
    #[schemars(length(min = 1, max = 4000))]
    pub when: Option<String>,
    /// The mean raw score of the group.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub mean: Option<f64>,
    /// The standard deviation of the raw scores.
    #[schemars(range(min = 0, max = 1000000000))]
    pub sd: Option<f64>,
    /// The name of the table from the raw to the derived score.
    #[schemars(length(max = 64))]
    pub table: Option<String>,
}

/// An item response model with given parameters: graded response, of which the two-parameter logistic is the case of
/// one threshold, or generalised partial credit.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ModelFile {
    /// Which model.
    #[serde(rename = "type")]
    pub kind: ModelType,
    /// The scaling constant D that the parameters were estimated with: 1 or 1.7.
    #[schemars(range(min = 0.1, max = 10))]
    pub scaling: f64,
    /// The items with their parameters.
    #[schemars(length(min = 1, max = 500))]
    pub items: Vec<ModelItemFile>,
    /// The points at which the distribution of the trait is evaluated.
    pub grid: GridFile,
    /// The mean of the trait in the population. 0 when left out.
    #[schemars(range(min = -10, max = 10))]
    pub prior_mean: Option<f64>,
    /// Its standard deviation. 1 when left out.
    #[schemars(range(min = 0.01, max = 10))]
    pub prior_sd: Option<f64>,
    /// The `[[references]]` that the parameters are taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub source: Vec<String>,
}

/// The parameters of one item.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ModelItemFile {
    /// The item, `"-id"` when it is reverse keyed.
    #[schemars(length(max = 65))]
    pub item: String,
    /// Its discrimination.
    #[schemars(range(min = -100, max = 100))]
    pub discrimination: f64,
    /// Its thresholds, one fewer than it has answers.
    #[schemars(length(min = 1, max = 200))]
    pub thresholds: Vec<f64>,
}

/// Equally spaced points.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct GridFile {
    /// The lowest.
    #[schemars(range(min = -20, max = 20))]
    pub low: f64,
    /// The highest.
    #[schemars(range(min = -20, max = 20))]
    pub high: f64,
    /// How many.
    #[schemars(range(min = 3, max = 2001))]
    pub points: u32,
}

/// How reliable a score is in a sample.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReliabilityFile {
    /// The coefficient.
    #[schemars(range(min = 0, max = 1))]
    pub value: f64,
    /// Which coefficient it is.
    pub kind: ReliabilityKind,
    /// The standard deviation of the score in the sample that is compared with, as the source states it. The standard error of
    /// measurement is made of it: sd · √(1 − value).
    #[schemars(range(min = 0.000001, max = 1000000))]
    pub sd: Option<f64>,
    /// Who the sample was.
    #[schemars(length(min = 1, max = 1000))]
    pub population: Option<String>,
    /// The `[[references]]` that the numbers are taken from. Without one, no interval is made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub source: Vec<String>,
}

/// A named interval of a score. Give either `from` (which belongs to the band) or `above` (which does not),
/// and either `to` (which belongs to it) or `below` (which does not).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BandFile {
    /// The name of the band: `mild`.
    #[schemars(length(min = 1, max = 200))]
    pub label: String,
    /// The lowest score of the band. It belongs to the band.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub from: Option<f64>,
    /// The score above which the band begins. It does not belong to the band.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub above: Option<f64>,
    /// The highest score of the band. It belongs to the band.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub to: Option<f64>,
    /// The score at which the next band begins. It does not belong to the band.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub below: Option<f64>,
}

/// A lint that is silenced at one place, with the reason.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
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

/// Whether a value is what leaving it out means.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
