//! The instrument on the wire.

use scalewright_model::{
    Code, Derived, Evidence, KeyStatus, MissingKind, Mode, Permissions, ReliabilityKind,
    Respondent, ScoreKind, Status, WordingPolicy,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::expression::{Fill, Formula, Model, Parts, Table, Test};
use crate::number::Number;

/// An instrument without its words. Every default is filled in. What a definition leaves out is left out here, too.
/// Parts of the instrument refer to each other by id. `at` is the place of an object in the definition, a JSON pointer
/// (RFC 6901): answer with it in findings and losses, extended by a key if that is more precise
/// (`/items/3` → `/items/3/stem`). The terms that authors write in definitions are spelt as there: `answered-only`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Instrument {
    /// The short permanent name: `phq-9`. It is safe in names of files.
    pub id: String,
    /// The full name, in the source language.
    pub title: String,
    /// The usual abbreviation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_title: Option<String>,
    /// The name shared by instruments with a common origin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// Which form of the family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// The edition of wording, structure and scoring.
    pub version: String,
    /// Whether the instrument is in development, in use or retired.
    pub status: Status,
    /// The day on which this version was published, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The source language, a BCP 47 tag.
    pub language: String,
    /// The permanent address that identifies the instrument on other systems.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The codes of the instrument in terminologies.
    pub codes: Vec<Code>,
    /// What the instrument measures and for whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The authors, in citation order.
    pub authors: Vec<String>,
    /// Who owns the wording, and what may be done with it.
    pub rights: Rights,
    /// Who answers, about which period, and how.
    pub administration: Administration,
    /// The works cited.
    pub references: Vec<Reference>,
    /// The response scales (answer formats), in the order of their names.
    pub response_scales: Vec<ResponseScale>,
    /// The printed groups of items, in the order of presentation.
    pub sections: Vec<Section>,
    /// The items, in the order of presentation.
    pub items: Vec<Item>,
    /// The texts between the items, which respondents read and do not answer. Notes beside the same item are in the
    /// order of presentation. Left out if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The scales, then the flags, then the derived scores of norms, each in the order of the definition.
    pub scales: Vec<Scale>,
    /// The tables that formulas use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Table>,
    /// The item response models that formulas use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<Model>,
    /// Parts of very deep formulas. Left out if there are none, as nearly always.
    #[serde(default, skip_serializing_if = "Parts::is_empty")]
    pub parts: Parts,
}

/// Who owns the wording, and what may be done with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rights {
    /// The place in the definition.
    pub at: String,
    /// The rights holder.
    pub holder: String,
    /// The licence: an SPDX identifier, or a few words.
    pub licence: String,
    /// Whether the definition includes the wording or withholds it.
    pub wording: WordingPolicy,
    /// The notice to print. A wording may have its own, see `notice` there.
    pub notice: String,
    /// What the holder allows and requires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// The web address of the terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How to obtain the wording or permission to use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obtain: Option<String>,
    /// The permission for each context of use.
    #[serde(rename = "use")]
    pub usage: Permissions,
    /// The evidence for these statements.
    pub evidence: Vec<Evidence>,
}

/// Who answers, about which period, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Administration {
    /// The place in the definition.
    pub at: String,
    /// Who answers.
    pub respondent: Respondent,
    /// The person described, if that is not the respondent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The period that respondents are asked about, in the source language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recall_period: Option<String>,
    /// The modes of administration.
    pub modes: Vec<Mode>,
    /// The usual duration in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

/// A work cited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// The place in the definition.
    pub at: String,
    /// The short name within the definition.
    pub id: String,
    /// The citation.
    pub citation: String,
    /// The DOI, without the address of the resolver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// The web address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What was taken from the work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A response scale: the answer format of one or more items. Its labels are in the wording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResponseScale {
    /// The place in the definition.
    pub at: String,
    /// Its name, by which items and wordings refer to it.
    pub id: String,
    /// The kind of answer, with its details.
    #[serde(flatten)]
    pub kind: ResponseKind,
}

/// The kind of answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ResponseKind {
    /// One of several coded options.
    Coded {
        /// The options, in printed order.
        options: Vec<ResponseOption>,
    },
    /// Any number of the options. It cannot be scored.
    SeveralChoice {
        /// The options, in printed order.
        options: Vec<ResponseOption>,
    },
    /// A number.
    Numeric {
        /// The lowest number allowed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<Number>,
        /// The highest number allowed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<Number>,
        /// The number of decimal places recorded.
        decimals: u32,
    },
    /// A mark on a line.
    VisualAnalogue {
        /// The number at the low end.
        min: Number,
        /// The number at the high end.
        max: Number,
        /// The number of decimal places recorded.
        decimals: u32,
    },
    /// Yes, coded 1, or no, coded 0.
    YesNo,
    /// Free text. It cannot be scored.
    Text {
        /// The number of lines to write on.
        lines: u32,
    },
    /// A calendar date. It cannot be scored.
    Date,
    /// A clock time, scored as minutes since midnight.
    Time,
}

/// A response option.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResponseOption {
    /// The number that codes this answer, before keying.
    pub value: Number,
    /// The word for this answer in formulas and data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Whether choosing it counts as a missing answer.
    pub non_response: bool,
    /// Whether it has no words: its label in the wording is its value. Left out if it has words.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unlabelled: bool,
}

/// A printed group of items. Its words are in the wording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// The place in the definition.
    pub at: String,
    /// The short name.
    pub id: String,
}

/// An item. Its stem is in the wording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// The place in the definition.
    pub at: String,
    /// The short permanent name.
    pub id: String,
    /// The number printed before the item. Left out if it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// The id of the response scale on which it is answered.
    pub response: String,
    /// The id of the section in which it is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Whether an electronic form requires an answer.
    pub required: bool,
    /// The condition under which the item is asked. Left out if it is always asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_if: Option<Ask>,
    /// Whether the item is a fact about the respondent that norms need, and not part of the instrument itself.
    pub background: bool,
    /// The codes of the item in terminologies.
    pub codes: Vec<Code>,
    /// The id of the item in the instrument of which this is a short form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_from: Option<String>,
}

/// A text before or after an item. Its words are in the wording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// The place in the definition.
    pub at: String,
    /// The short permanent name. It differs from the ids of all items and scales.
    pub id: String,
    /// The id of the item that the note is shown before. Left out if it is shown after an item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The id of the item that the note is shown after. Left out if it is shown before an item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The condition under which the note is shown. Left out if it is always shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_if: Option<Ask>,
}

/// The condition under which an item is asked, or a note is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ask {
    /// The place in the definition.
    pub at: String,
    /// The condition as the definition states it.
    pub text: String,
    /// The condition as a tree. If it is false, the item is not asked. If it is missing, the item may have been asked.
    pub test: Test,
    /// The answer that counts, before keying, if the item was not asked. Without it, the answer is then missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when_not_asked: Option<Number>,
}

/// A scale, a flag, or a derived score of a norm. `scores` states how it is computed; this is what the definition states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scale {
    /// The place in the definition: in `/scales`, `/flags` or `/norms`.
    pub at: String,
    /// The short permanent name.
    pub id: String,
    /// For a score of a norm, the kind of derived score: `t`, `percentile`. Left out for scales and flags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derived: Option<Derived>,
    /// The name, in the source language. The wording has the name in its language.
    pub title: String,
    /// What it measures and what a high score means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The unit of the score, in the source language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The codes of the score in terminologies.
    pub codes: Vec<Code>,
    /// The id of the scale of which this is a subscale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// What the score is computed from.
    pub terms: Terms,
    /// How the terms are combined into the score.
    pub score: ScoreKind,
    /// The weight of each term. All are 1 if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Vec<Number>>,
    /// How the sum or mean is transformed before it is rounded. Left out if it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transform: Option<Transform>,
    /// The number of decimal places the score is rounded to. Left out if it is not rounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
    /// What happens when answers are missing.
    pub missing: Missing,
    /// How well the key is known. Left out if the definition itself is the publication of the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_status: Option<KeyStatus>,
    /// The ids of the references that the key is taken from.
    pub key_source: Vec<String>,
    /// The ids of the references that the rule for missing answers is taken from.
    pub missing_source: Vec<String>,
    /// The reliability of the score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
    /// The range that a source states for the score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_range: Option<ScoreRange>,
    /// Named intervals of the score, in the order of the definition.
    pub bands: Vec<Band>,
    /// The ids of the references that the bands are taken from.
    pub bands_source: Vec<String>,
    /// Further named sets of bands.
    pub band_sets: Vec<BandSet>,
}

/// What a scale is computed from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Terms {
    /// Items.
    Items {
        /// The items, in the order of the key.
        items: Vec<ScaleItem>,
    },
    /// Other scales.
    Scales {
        /// Their ids.
        scales: Vec<String>,
        /// The positions, in `scales`, of those whose score is reversed: `low + high - score`, with the ends that the
        /// program of the score has. Left out if there are none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reversed: Vec<usize>,
    },
    /// A formula.
    Formula {
        /// The formula.
        formula: Formula,
    },
    /// Not known: the key is unverified and not given.
    Unknown,
}

/// An item on a scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScaleItem {
    /// The id of the item.
    pub item: String,
    /// Whether the answer is reversed within the bounds of its response scale: lowest + highest - answer.
    pub reversed: bool,
    /// How the answer is recoded after that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recode: Option<Recode>,
}

/// How answers are recoded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recode {
    /// Pairs of an answer and its number, ascending by the answer.
    pub pairs: Vec<[Number; 2]>,
    /// The number of a missing answer, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Number>,
}

/// How a sum or mean is transformed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Transform {
    /// `multiply * x / divide + add`.
    Linear {
        /// The factor.
        multiply: Number,
        /// The divisor. 1 if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        divide: Option<Number>,
        /// The number added after the multiplication.
        add: Number,
    },
    /// The range of results for complete answers becomes `low` to `high`.
    Rescale {
        /// The number that the lowest possible result becomes.
        low: Number,
        /// The number that the highest possible result becomes.
        high: Number,
    },
}

/// A rule for missing answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Missing {
    /// The kind of rule.
    pub kind: MissingKind,
    /// The number of terms that must be answered.
    pub need: usize,
    /// The positions of the terms that must be answered, counted from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mandatory: Vec<usize>,
    /// What replaces a missing answer. Left out if nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill: Option<Fill>,
}

/// The reliability of a score in a sample.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reliability {
    /// The place in the definition.
    pub at: String,
    /// The coefficient, from 0 to 1.
    pub value: Number,
    /// The kind of coefficient.
    pub kind: ReliabilityKind,
    /// The standard deviation of the score in the sample.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sd: Option<Number>,
    /// The people in the sample.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<String>,
    /// The ids of the references that the numbers are taken from.
    pub source: Vec<String>,
}

/// A range of scores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "StatedRange")]
pub struct ScoreRange {
    /// The lowest score.
    pub low: Number,
    /// The highest score.
    pub high: Number,
}

/// A named set of bands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BandSet {
    /// The place in the definition.
    pub at: String,
    /// The short name.
    pub id: String,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The bands, in the order of the definition.
    pub bands: Vec<Band>,
    /// The ids of the references that the bands are taken from.
    pub source: Vec<String>,
}

/// A named interval of a score. It has one of `from` and `above`, and one of `to` and `below`. A score within 1e-9 of an
/// end is equal to that end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Band {
    /// The place in the definition.
    pub at: String,
    /// The name, in the source language. The wording has the name in its language.
    pub label: String,
    /// The band begins at this score, which belongs to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Number>,
    /// The band begins above this score, which does not belong to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<Number>,
    /// The band ends at this score, which belongs to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Number>,
    /// The band ends below this score, which does not belong to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Number>,
    /// What a score in the band means, in plain words of the source language. The wording has it in its language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<String>,
}
