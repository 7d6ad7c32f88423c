//! `instrument.toml`: one form of one instrument.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::factor::FactorFile;
use super::rights::RightsFile;
use crate::vocabulary::{
    Code, Derived, KeyStatus, Matching, MissingKind, Mode, ModelType, Outside, ReliabilityKind,
    Respondent, ScoreKind, ScoreRange, Status,
};

/// One form of a psychometric instrument: its items, its answer formats, and the rules that turn answers into scores.
/// It is written once; it is checked, scored and published from this file.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "scalewright instrument")]
pub struct InstrumentFile {
    /// Version of the file format: `1`.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// Short permanent name: lower-case words joined by hyphens, such as `wai-sr`. The folder has the same name.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), length(max = 64))]
    pub id: String,
    /// The full name of the instrument, as it is cited.
    #[schemars(length(min = 1, max = 300))]
    pub title: String,
    /// The usual abbreviation: `WAI-SR`.
    #[schemars(length(min = 1, max = 40))]
    pub short_title: Option<String>,
    /// Name shared by instruments with a common origin (long form, short form, parallel forms): `wai`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), length(max = 64))]
    pub family: Option<String>,
    /// Which form of the family this is: `client`, `therapist`, `short`. Each form has a definition of its own: the key
    /// of a short form is never derived from that of the long form.
    #[schemars(length(min = 1, max = 100))]
    pub form: Option<String>,
    /// The id of the instrument that this one is a short form of: `wai`. The check compares the items of the two. Their
    /// folders must be beside each other.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), length(max = 64))]
    pub short_form_of: Option<String>,
    /// The ids of the instruments that ask the same of another person: of `wai-36`, the therapist's and the observer's
    /// forms. Their items and scales correspond by position, so that their scores can be compared. The check compares
    /// the forms. Their folders must be beside each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 20))]
    pub parallel_to: Vec<String>,
    /// Edition of wording, structure and scoring: `1.0.0`. Raise it whenever any of them changes.
    #[schemars(regex(pattern = r"^[0-9]+[.][0-9]+[.][0-9]+(-[0-9A-Za-z.-]+)?$"), length(max = 60))]
    pub version: String,
    /// Whether the instrument is in development, in use or retired.
    pub status: Status,
    /// The day on which this version was published: `2026-01-05`.
    #[schemars(regex(pattern = r"^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$"))]
    pub date: Option<String>,
    /// The language of the words in this file: a BCP 47 tag such as `en` or `pt-BR`.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z]+(-[A-Za-z0-9]+)*$"), length(max = 35))]
    pub language: String,
    /// The languages of the translations, without the source language. Each must have a wording file in this folder, so
    /// that a lost translation is noticed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 500))]
    pub translations: Vec<String>,
    /// Permanent address that identifies this instrument on other systems, without a version. FHIR calls it the
    /// canonical URL.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9+.-]*:[!$-{}~]+$"), length(max = 500))]
    pub url: Option<String>,
    /// The codes of the instrument in terminologies, such as its panel code in LOINC.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 20))]
    pub codes: Vec<Code>,
    /// What the instrument measures and for whom, in a few sentences.
    #[schemars(length(min = 1, max = 10000))]
    pub description: Option<String>,
    /// The authors of the instrument, in citation order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 200))]
    pub authors: Vec<String>,
    /// The instructions printed before the first item.
    #[schemars(length(min = 1, max = 10000))]
    pub instructions: Option<String>,
    /// Who owns the wording, and what may be done with it.
    pub rights: RightsFile,
    /// Who answers, about which period, and how.
    pub administration: AdministrationFile,
    /// The works that the keys, rules, bands and other statements of this file are taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub references: Vec<ReferenceFile>,
    /// The response scales (answer formats), by name. The `response` of an item names one of them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 1000))]
    pub response_scales: BTreeMap<String, ResponseScaleFile>,
    /// Printed groups of items. They do not affect scores.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub sections: Vec<SectionFile>,
    /// The items, in the order of presentation.
    #[schemars(length(min = 1, max = 5000))]
    pub items: Vec<ItemFile>,
    /// Texts between the items, which respondents read and do not answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub notes: Vec<NoteFile>,
    /// The scales: which items are scored together, how each is keyed, and what happens when answers are missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub scales: Vec<ScaleFile>,
    /// Recodings that several scales use, by name. The `use` of a `recode` names one of them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 1000))]
    pub recodes: BTreeMap<String, SharedRecodeFile>,
    /// Statements about the answers that are true, false or unknown: a critical item, a diagnostic rule, a sign of
    /// careless responding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub flags: Vec<FlagFile>,
    /// Tables from raw scores to derived scores, by name. Norms and formulas refer to them by this name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 1000))]
    pub tables: BTreeMap<String, TableFile>,
    /// Norms: the samples that raw scores are compared with. Each gives derived scores.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub norms: Vec<NormFile>,
    /// Item response models with known parameters, by name, for `eap(…)` and `eap_sum(…)` in formulas.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 100))]
    pub models: BTreeMap<String, ModelFile>,
    /// Lints that are silenced in this file, each with a reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub allow: Vec<AllowFile>,
}

/// Who answers, about which period, and how.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AdministrationFile {
    /// Who answers the items.
    pub respondent: Respondent,
    /// The person described, if that is not the respondent: `the therapist`.
    #[schemars(length(min = 1, max = 200))]
    pub subject: Option<String>,
    /// The period that respondents are asked about: `the last 7 days`, `today's session`.
    #[schemars(length(min = 1, max = 200))]
    pub recall_period: Option<String>,
    /// How the instrument is administered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 3))]
    pub modes: Vec<Mode>,
    /// The usual duration, in minutes.
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
    /// The DOI, without the address of the resolver: `10.1080/10503300500352500`.
    #[schemars(regex(pattern = r"^10[.][0-9]+/[!-~]+$"), length(max = 300))]
    pub doi: Option<String>,
    /// The web address of the work.
    #[schemars(url, length(max = 2000))]
    pub url: Option<String>,
    /// What was taken from the work, and which parts of it were not seen.
    #[schemars(length(min = 1, max = 4000))]
    pub note: Option<String>,
}

/// An answer format: the answers offered for one or more items. Which other keys apply depends on `type`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ResponseScaleFile {
    /// The kind of answer. Default: `coded`.
    #[serde(rename = "type", default, skip_serializing_if = "is_default")]
    pub kind: ResponseType,
    /// The response options, in printed order (for `coded` and `several-choice`). Values may be negative and may skip
    /// numbers: -3, -2, -1, 1, 2, 3.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub options: Vec<OptionFile>,
    /// The lowest number allowed (for `numeric` and `visual-analogue`). Default for `visual-analogue`: 0. For `coded`,
    /// instead of `options`: the lowest of whole numbers of which only the first and the last have words.
    #[schemars(range(min = -1000000, max = 1000000))]
    pub min: Option<f64>,
    /// The highest number allowed (for `numeric` and `visual-analogue`). Default for `visual-analogue`: 100. For `coded`,
    /// instead of `options`: the highest of the whole numbers.
    #[schemars(range(min = -1000000, max = 1000000))]
    pub max: Option<f64>,
    /// The number of decimal places recorded (for `numeric` and `visual-analogue`). Default: 0, whole numbers.
    #[schemars(range(min = 0, max = 6))]
    pub decimals: Option<u32>,
    /// The unit of the number, as printed (for `numeric`): `cm`.
    #[schemars(length(min = 1, max = 100))]
    pub unit: Option<String>,
    /// The words at the low end of the line (for `visual-analogue`), or of the number `min` (for `coded`).
    #[schemars(length(min = 1, max = 300))]
    pub min_label: Option<String>,
    /// The words at the high end of the line (for `visual-analogue`), or of the number `max` (for `coded`).
    #[schemars(length(min = 1, max = 300))]
    pub max_label: Option<String>,
    /// The word for yes, which is coded 1 (for `yes-no`). Default: the usual word of the language.
    #[schemars(length(min = 1, max = 100))]
    pub yes_label: Option<String>,
    /// The word for no, which is coded 0 (for `yes-no`). Default: the usual word of the language.
    #[schemars(length(min = 1, max = 100))]
    pub no_label: Option<String>,
    /// The number of lines to write on (for `text`). Default: 1.
    #[schemars(range(min = 1, max = 40))]
    pub lines: Option<u32>,
}

/// The kind of answer that a response scale takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ResponseType {
    /// One of several coded options, as on a rating scale.
    #[default]
    Coded,
    /// A number.
    Numeric,
    /// A mark on a line between two labelled ends.
    VisualAnalogue,
    /// Yes (1) or no (0).
    YesNo,
    /// Free text. Never scored.
    Text,
    /// A calendar date. In formulas only `years_between` uses it. In cases, and in the data of scoring code, it is the number of
    /// its eight digits: 20260131.
    Date,
    /// A clock time such as `23:15`. In formulas and data it is the number of minutes since midnight, 0 to 1439.
    Time,
    /// Any number of the options. It has no sum or mean.
    SeveralChoice,
}

/// One response option: its value and its label.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OptionFile {
    /// The number that codes this answer, before keying. It has at most six decimals.
    #[schemars(range(min = -1000000, max = 1000000))]
    pub value: f64,
    /// The words of the option. Required, unless the wording is withheld or the option is `unlabelled`.
    #[schemars(length(min = 1, max = 300))]
    pub label: Option<String>,
    /// A short word for this answer, for use in formulas (`sex = "female"`). Data may contain it instead of the value.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9_-]*$"), length(max = 64))]
    pub code: Option<String>,
    /// `true` if choosing this option means that no answer was given (`does not apply`, `prefer not to say`). The
    /// response then counts as missing, and the range of the response scale does not include the value. Default:
    /// `false`.
    #[serde(default)]
    pub non_response: bool,
    /// `true` if the option has no words: respondents see its value. It then has no `label`. Default: `false`.
    #[serde(default)]
    pub unlabelled: bool,
}

/// A printed group of items.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SectionFile {
    /// Short name by which items refer to this section.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 100))]
    pub id: String,
    /// The heading of the section.
    #[schemars(length(min = 1, max = 300))]
    pub title: Option<String>,
    /// Words that all items of the section continue: `In the last 7 days …`.
    #[schemars(length(min = 1, max = 2000))]
    pub lead_in: Option<String>,
    /// The instructions for the items of this section.
    #[schemars(length(min = 1, max = 10000))]
    pub instructions: Option<String>,
}

/// One item: the smallest unit that is answered and coded.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ItemFile {
    /// Short permanent name in lower case, valid as a variable name everywhere: `wai_1`. Data are stored under it.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 100))]
    pub id: String,
    /// The number printed before the item; an empty text prints none. Default: items are counted from 1, background
    /// items have no number. Background items and items with an empty number are not counted.
    #[schemars(length(max = 12))]
    pub number: Option<String>,
    /// The words of the item. Required, unless the wording is withheld.
    #[schemars(length(min = 1, max = 4000))]
    pub stem: Option<String>,
    /// The name of the response scale on which the item is answered.
    #[schemars(length(max = 100))]
    pub response: String,
    /// The id of this item in the instrument that `short-form-of` names. Default: the same id.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 100))]
    pub taken_from: Option<String>,
    /// The id of the section in which the item is printed.
    #[schemars(length(max = 100))]
    pub section: Option<String>,
    /// Whether an electronic form requires an answer. Default: `false`; the scales' rules for missing answers then
    /// apply.
    #[serde(default)]
    pub required: bool,
    /// The condition for asking the item, as a formula about earlier answers: `audit_1 > 0`. If it is false, the item
    /// is not asked, and an answer that is present nevertheless is not used. Default: the item is always asked.
    #[schemars(length(min = 1, max = 4000))]
    pub ask_if: Option<String>,
    /// The answer that counts, before keying, if the item was not asked because `ask-if` is false. Default: the answer
    /// is missing.
    #[schemars(range(min = -1000000, max = 1000000))]
    pub when_not_asked: Option<f64>,
    /// `true` for a fact about the respondent that norms need, such as age or sex, and that is not part of the
    /// instrument itself. Default: `false`.
    #[serde(default)]
    pub background: bool,
    /// The codes of the item in terminologies, such as the code of the question in LOINC.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 20))]
    pub codes: Vec<Code>,
}

/// A text before or after an item, which respondents read and do not answer: `The next questions are about sleep.`
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NoteFile {
    /// Short permanent name in lower case, which differs from the ids of all items and scales. Wording files refer to
    /// the note by it.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 100))]
    pub id: String,
    /// The words of the note. Required, unless the wording is withheld.
    #[schemars(length(min = 1, max = 10000))]
    pub text: Option<String>,
    /// The id of the item that the note is shown before. The note is in the section of that item, after the heading
    /// and the lead-in of the section. Either this key or `after` is required.
    #[schemars(length(max = 100))]
    pub before: Option<String>,
    /// The id of the item that the note is shown after. The note is in the section of that item.
    #[schemars(length(max = 100))]
    pub after: Option<String>,
    /// The condition for showing the note, as a formula about earlier answers: `audit_1 > 0`. Default: the note is
    /// always shown.
    #[schemars(length(min = 1, max = 4000))]
    pub ask_if: Option<String>,
}

/// Items that are scored together to one number.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScaleFile {
    /// Short permanent name in lower case. Scores are stored under it, so it must differ from the id of every item.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 100))]
    pub id: String,
    /// The name of the scale.
    #[schemars(length(min = 1, max = 300))]
    pub title: String,
    /// What the scale measures and what a high score means.
    #[schemars(length(min = 1, max = 4000))]
    pub description: Option<String>,
    /// The codes of the score in terminologies, such as the code of the total in LOINC.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 20))]
    pub codes: Vec<Code>,
    /// The unit of the score: `minutes`, `%`. Default: no unit, as for most sums and means.
    #[schemars(length(min = 1, max = 100))]
    pub unit: Option<String>,
    /// The id of the scale that this one is a subscale of.
    #[schemars(length(max = 100))]
    pub parent: Option<String>,
    /// The items, each with its keying: `"wai_1"` if a higher answer means more of the scale, `"-wai_1"` if the item is
    /// reverse keyed. `"wai_1..wai_9"` lists all items from one to the other, whose ids must count up; a minus before it
    /// reverses all of them. Left out for a scale of scales, for a formula, and if the key is not known
    /// (`key-status = "unverified"`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 5000))]
    pub items: Vec<String>,
    /// The scales that this one is computed from, instead of items: for a total of subscale scores. A minus before an id
    /// reverses the score within its range: lowest + highest − score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub scales: Vec<String>,
    /// The recoding of keyed answers before they are scored, for some items or for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub recode: Vec<RecodeFile>,
    /// The weight of each item (or scale) in a sum, by id: a number, or an exact fraction such as `"1/3"`. If one has a
    /// weight, all must have one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub weights: BTreeMap<String, FactorFile>,
    /// How the keyed answers become the score.
    pub score: ScoreKind,
    /// The rule for the score, in the formula language (for `score = "formula"`), if no other `score` expresses it.
    #[schemars(length(min = 1, max = 8000))]
    pub formula: Option<String>,
    /// The number that the sum or mean is multiplied by: 4 if a raw score of 0 to 25 is reported as 0 to 100. It may be an
    /// exact fraction: `"1/3"`.
    pub multiply: Option<FactorFile>,
    /// The number that is added after the multiplication, such as the intercept of a regression.
    #[schemars(range(min = -1000000, max = 1000000))]
    pub intercept: Option<f64>,
    /// The range onto which the range of possible sums or means is mapped: `{ low = 0, high = 100 }` gives the
    /// percentage of the maximum possible (POMP); `{ low = 100, high = 0 }` reverses the direction.
    pub rescale: Option<ScoreRange>,
    /// The number of decimal places the score is rounded to, halves away from zero. Default: no rounding.
    #[schemars(range(min = 0, max = 6))]
    pub round: Option<u32>,
    /// What happens when answers are missing. Required, because programs differ in their defaults. If the source states
    /// no rule, write `no-score`.
    pub missing: MissingKind,
    /// The least number of answers needed for a score. `prorate` and `answered-only` must have this or another limit;
    /// with `substitute`, one answer is enough if there is no limit.
    #[schemars(range(min = 1, max = 5000))]
    pub min_answered: Option<u32>,
    /// The least share of the answers needed for a score, written exactly: `"80%"` or `"2/3"`.
    #[schemars(regex(pattern = r"^([0-9]+([.][0-9]+)?%|[0-9]+/[0-9]+)$"), length(max = 12))]
    pub min_proportion: Option<String>,
    /// More answers than this are needed for a score: `more-than-answered = 6` means at least 7.
    #[schemars(range(min = 0, max = 5000))]
    pub more_than_answered: Option<u32>,
    /// More than this share of the answers is needed for a score, written exactly: for `"50%"`, half is too few.
    #[schemars(regex(pattern = r"^([0-9]+([.][0-9]+)?%|[0-9]+/[0-9]+)$"), length(max = 12))]
    pub more_than_proportion: Option<String>,
    /// The greatest number of answers that may be missing.
    #[schemars(range(min = 0, max = 5000))]
    pub max_missing: Option<u32>,
    /// The items that must be answered for a score, or the scales that must have a score (for a scale of scales).
    /// Items may be given as a range, as in `items`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 5000))]
    pub mandatory: Vec<String>,
    /// The keyed value that each missing answer counts as (for `missing = "substitute"`).
    #[schemars(range(min = -1000000, max = 1000000))]
    pub substitute: Option<f64>,
    /// The keyed value that a missing answer counts as, by item (for `missing = "substitute"`), such as published item
    /// means. `substitute` applies to the items not listed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub substitutes: BTreeMap<String, f64>,
    /// How well the key is known. Left out if this file is itself the publication of the key.
    pub key_status: Option<KeyStatus>,
    /// The `[[references]]` that the key is taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub key_source: Vec<String>,
    /// The `[[references]]` that the rule for missing answers is taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub missing_source: Vec<String>,
    /// The reliability of the score. From it, score reports compute an interval and the smallest reliable change.
    pub reliability: Option<ReliabilityFile>,
    /// The range that a source states for the score. It is compared with the range computed from the key.
    pub stated_range: Option<ScoreRange>,
    /// The number of items of the scale, which may be known although the key is not. A key with another number of items
    /// is an error, also one that somebody supplies with `--key`.
    #[schemars(range(min = 1, max = 5000))]
    pub stated_items: Option<u32>,
    /// Named intervals of the score, from low to high.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 200))]
    pub bands: Vec<BandFile>,
    /// The `[[references]]` that the bands are taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub bands_source: Vec<String>,
    /// Further sets of bands, each with a name, for sources that disagree or purposes that differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 50))]
    pub band_sets: Vec<BandSetFile>,
}

/// A table from keyed answers to the values that are scored.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RecodeFile {
    /// The ids of the items that are recoded. They may be given as a range, as in the `items` of the scale. Default: all
    /// items of the scale.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 5000))]
    pub items: Vec<String>,
    /// The name of the entry of `[recodes]` that has the values, instead of `values` here.
    #[serde(rename = "use")]
    #[schemars(length(min = 1, max = 100))]
    pub shared: Option<String>,
    /// The value of each keyed answer: `{ 1 = 0, 2 = 2, 3 = 4 }`. Every keyed answer must be listed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 1000))]
    pub values: BTreeMap<String, f64>,
    /// The value of a missing answer, if the source gives it one. The item then counts as answered.
    #[schemars(range(min = -1000000, max = 1000000))]
    pub missing: Option<f64>,
}

/// A table from keyed answers to the values that are scored, for several scales.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SharedRecodeFile {
    /// The value of each keyed answer: `{ 1 = 0, 2 = 2, 3 = 4 }`. Every keyed answer must be listed.
    #[schemars(extend("maxProperties" = 1000))]
    pub values: BTreeMap<String, f64>,
    /// The value of a missing answer, if the source gives it one. The item then counts as answered.
    #[schemars(range(min = -1000000, max = 1000000))]
    pub missing: Option<f64>,
}

/// A named set of bands, in addition to the scale's own.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BandSetFile {
    /// Short name by which data and formulas refer to this set.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 100))]
    pub id: String,
    /// The title of the set.
    #[schemars(length(min = 1, max = 300))]
    pub title: Option<String>,
    /// The bands, from low to high.
    #[schemars(length(min = 1, max = 200))]
    pub bands: Vec<BandFile>,
    /// The `[[references]]` that the bands of this set are taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub source: Vec<String>,
}

/// A statement about the answers that is true, false, or unknown because answers are missing.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FlagFile {
    /// Short permanent name in lower case. It must differ from the id of every item and scale.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 100))]
    pub id: String,
    /// What the flag states about the respondent if it is true.
    #[schemars(length(min = 1, max = 300))]
    pub title: String,
    /// How to interpret the flag.
    #[schemars(length(min = 1, max = 4000))]
    pub description: Option<String>,
    /// The condition, in the formula language: `phq_9 >= 1`.
    #[schemars(length(min = 1, max = 8000))]
    pub when: String,
    /// How well the rule is known. Left out if this file is itself the publication of the rule.
    pub key_status: Option<KeyStatus>,
    /// The `[[references]]` that the rule is taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub source: Vec<String>,
}

/// A table from one or more numbers to one number: from raw score to T score, from age and raw score to percentile.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TableFile {
    /// The rows: first the number or numbers to look up, last the result. `[[0, 31.5], [1, 38.2]]`.
    #[schemars(length(min = 1, max = 20000))]
    pub rows: Vec<Vec<f64>>,
    /// How each number to look up is matched, in the order of the row. Default: `exact` for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 8))]
    pub matching: Vec<Matching>,
    /// The result for a number that is not in the table. Default: `missing`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub outside: Outside,
    /// The `[[references]]` that the table is taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub source: Vec<String>,
}

/// A sample that a raw score is compared with. Each derived score is stored under the name `<id>_<kind>`: `sbs_uk_t`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NormFile {
    /// Short permanent name in lower case. The names of derived scores begin with it.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), length(max = 100))]
    pub id: String,
    /// The name of the norm.
    #[schemars(length(min = 1, max = 300))]
    pub title: String,
    /// The id of the scale whose score is compared.
    #[schemars(length(max = 100))]
    pub scale: String,
    /// The people in the sample: who, where, when, how many.
    #[schemars(length(min = 1, max = 2000))]
    pub population: Option<String>,
    /// The kinds of derived score to compute.
    #[schemars(length(min = 1, max = 8))]
    pub derive: Vec<Derived>,
    /// The groups of the sample. A respondent belongs to the first group whose `when` is true.
    #[schemars(length(min = 1, max = 2000))]
    pub groups: Vec<NormGroupFile>,
    /// The number of decimal places the derived scores are rounded to, halves away from zero. Default: no rounding.
    /// Stens and stanines that are computed from `mean` and `sd` are always whole numbers.
    #[schemars(range(min = 0, max = 6))]
    pub round: Option<u32>,
    /// The `[[references]]` that the norm is taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub source: Vec<String>,
}

/// A group of a norm. Give either `mean` and `sd`, or a `table`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NormGroupFile {
    /// Who belongs to the group, in the formula language: `sex = "female" and age >= 11 and age < 14`. Default:
    /// everyone.
    #[schemars(length(min = 1, max = 4000))]
    pub when: Option<String>,
    /// The mean raw score of the group.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub mean: Option<f64>,
    /// The standard deviation of the raw scores of the group.
    #[schemars(range(min = 0, max = 1000000000))]
    pub sd: Option<f64>,
    /// The name of the table from raw scores to derived scores.
    #[schemars(length(max = 100))]
    pub table: Option<String>,
}

/// An item response model with known parameters: the graded response model, which with one threshold per item is the
/// two-parameter logistic model, or the generalised partial credit model.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ModelFile {
    /// The type of model.
    #[serde(rename = "type")]
    pub kind: ModelType,
    /// The scaling constant D with which the parameters were estimated: 1 or 1.7.
    #[schemars(range(min = 0.1, max = 10))]
    pub scaling: f64,
    /// The items with their parameters.
    #[schemars(length(min = 1, max = 500))]
    pub items: Vec<ModelItemFile>,
    /// The values of the trait at which its distribution is evaluated.
    pub grid: GridFile,
    /// The mean of the trait in the population. Default: 0.
    #[schemars(range(min = -10, max = 10))]
    pub prior_mean: Option<f64>,
    /// The standard deviation of the trait in the population. Default: 1.
    #[schemars(range(min = 0.01, max = 10))]
    pub prior_sd: Option<f64>,
    /// The `[[references]]` that the parameters are taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub source: Vec<String>,
}

/// The parameters of one item of a model.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ModelItemFile {
    /// The id of the item; `"-id"` if the item is reverse keyed.
    #[schemars(length(max = 101))]
    pub item: String,
    /// The discrimination of the item.
    #[schemars(range(min = -100, max = 100))]
    pub discrimination: f64,
    /// The thresholds of the item: one fewer than it has answers.
    #[schemars(length(min = 1, max = 200))]
    pub thresholds: Vec<f64>,
}

/// Equally spaced values of the trait.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct GridFile {
    /// The lowest value.
    #[schemars(range(min = -20, max = 20))]
    pub low: f64,
    /// The highest value.
    #[schemars(range(min = -20, max = 20))]
    pub high: f64,
    /// The number of values.
    #[schemars(range(min = 3, max = 2001))]
    pub points: u32,
}

/// The reliability of a score in a sample.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReliabilityFile {
    /// The coefficient, from 0 to 1.
    #[schemars(range(min = 0, max = 1))]
    pub value: f64,
    /// The kind of coefficient.
    pub kind: ReliabilityKind,
    /// The standard deviation of the score in the comparison sample, as the source states it. It gives the standard
    /// error of measurement: sd · √(1 − value).
    #[schemars(range(min = 0.000001, max = 1000000))]
    pub sd: Option<f64>,
    /// The people in the sample.
    #[schemars(length(min = 1, max = 1000))]
    pub population: Option<String>,
    /// The `[[references]]` that the numbers are taken from. Without one, no interval is computed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub source: Vec<String>,
}

/// A named interval of a score. Give either `from` (inclusive) or `above` (exclusive), and either `to` (inclusive) or
/// `below` (exclusive).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BandFile {
    /// The name of the band: `mild`.
    #[schemars(length(min = 1, max = 200))]
    pub label: String,
    /// The lowest score of the band.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub from: Option<f64>,
    /// The score above which the band begins. The score itself does not belong to the band.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub above: Option<f64>,
    /// The highest score of the band.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub to: Option<f64>,
    /// The score below which the band ends. The score itself does not belong to the band.
    #[schemars(range(min = -1000000000, max = 1000000000))]
    pub below: Option<f64>,
    /// What a score in this band means, in plain words for respondents. Score reports print it.
    #[schemars(length(min = 1, max = 2000))]
    pub feedback: Option<String>,
}

/// A lint that is silenced, with the reason.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AllowFile {
    /// The name of the lint: `item-on-no-scale`.
    #[schemars(length(min = 1, max = 100))]
    pub lint: String,
    /// Where it is silenced: the id of an item, scale, section or response scale. Default: everywhere in this file.
    #[schemars(length(min = 1, max = 100))]
    pub at: Option<String>,
    /// Why the definition is correct although the lint objects.
    #[schemars(length(min = 1, max = 1000))]
    pub reason: String,
}

/// Whether a value equals its default, so that it need not be written.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
