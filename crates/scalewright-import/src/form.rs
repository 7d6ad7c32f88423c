//! A questionnaire as a source has it, before it becomes a definition.

pub(crate) mod rule;

use std::collections::BTreeMap;

use scalewright_model::file::{BandFile, ReferenceFile};
use scalewright_model::{Code, Evidence, OptionValue, Respondent, Status};

use crate::finding::Finding;
use crate::place::Place;
use crate::words::Words;
use rule::Rule;

/// A questionnaire of a source.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// The id of the instrument: lower-case words joined by hyphens. See [`crate::Ids::instrument`].
    pub id: String,
    /// Title, description, instructions and so on.
    pub titled: Titled,
    /// The language of the source's main words, as a BCP 47 tag; `None` if the source does not say.
    pub language: Option<String>,
    /// What the source says about rights.
    pub rights: FormRights,
    /// Who answers, if the source says so.
    pub respondent: Option<Respondent>,
    /// The works that the source names, after the one for the source itself.
    pub references: Vec<ReferenceFile>,
    /// The response scales. Items refer to them by position.
    pub responses: Vec<Response>,
    /// The printed groups. Items refer to them by position.
    pub sections: Vec<Section>,
    /// The items, in order.
    pub items: Vec<Item>,
    /// The texts between the items, in the order of the source.
    pub notes: Vec<Note>,
    /// The codes of items in terminologies, by the positions of the items.
    pub codes: BTreeMap<usize, Vec<Code>>,
    /// The scores, in order. A score may use earlier and later ones.
    pub scores: Vec<Score>,
    /// Whether the source's scores use an answer that was given before its item was hidden.
    pub keeps_hidden: bool,
    /// Whether the source is a list of items for people, which does not state when they are asked.
    pub is_list: bool,
    /// What was noticed while reading.
    pub findings: Vec<Finding>,
}

/// The words and facts about a form as a whole.
#[derive(Debug, Clone, Default)]
pub struct Titled {
    /// The title.
    pub title: Words,
    /// The usual abbreviation.
    pub short_title: Option<String>,
    /// The version as the source writes it.
    pub version: Option<String>,
    /// The status, if the source has one.
    pub status: Option<Status>,
    /// The day of publication, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The permanent address.
    pub url: Option<String>,
    /// What the instrument measures.
    pub description: Option<String>,
    /// The instructions before the first item.
    pub instructions: Words,
    /// The notice that must be printed with the words.
    pub notice: Words,
    /// Describes the source for the reference `import`, with its format: `walk.csv, a REDCap data dictionary`.
    pub citation: String,
}

/// What a source says about rights.
#[derive(Debug, Clone, Default)]
pub struct FormRights {
    /// The owner of the wording.
    pub holder: Option<String>,
    /// The licence of the wording as the source writes it.
    pub licence: Option<String>,
    /// Terms in words.
    pub terms: Option<String>,
    /// The address of the licence or the terms.
    pub url: Option<String>,
    /// Statements that are claims rather than facts.
    pub evidence: Vec<Evidence>,
}

/// A response scale.
#[derive(Debug, Clone)]
pub struct Response {
    /// The name: lower-case words joined by underscores. See [`crate::Ids::response`].
    pub name: String,
    /// The kind of answer.
    pub kind: ResponseKind,
    /// Where the source has it.
    pub place: Place,
}

/// The kind of answer that a response scale takes.
#[derive(Debug, Clone)]
pub enum ResponseKind {
    /// One of several options.
    Coded(Vec<Choice>),
    /// Any number of several options.
    Several(Vec<Choice>),
    /// A number, with its bounds as far as the source has them.
    Numeric {
        /// The lowest number.
        min: Option<f64>,
        /// The highest number.
        max: Option<f64>,
        /// The decimal places.
        decimals: Option<u32>,
        /// The unit.
        unit: Words,
    },
    /// A mark on a line.
    VisualAnalogue {
        /// The value of the low end.
        min: f64,
        /// The value of the high end.
        max: f64,
        /// The decimal places.
        decimals: u32,
        /// The words at the low end.
        low: Words,
        /// The words at the high end.
        high: Words,
    },
    /// Yes (1) or no (0), with the words of the source; empty words are the usual ones.
    YesNo {
        /// The word for yes.
        yes: Words,
        /// The word for no.
        no: Words,
    },
    /// Free text, with the number of lines.
    Text(u32),
    /// A calendar date.
    Date,
    /// A clock time.
    Time,
}

/// An option of a response scale.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The number that codes it.
    pub value: OptionValue,
    /// The text that the source stores for it: `3`, `A3`, `often`.
    pub stored: String,
    /// The words.
    pub label: Words,
    /// Whether it means that no answer was given.
    pub non_response: bool,
}

/// A printed group of items.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// The id. See [`crate::Ids::section`].
    pub id: String,
    /// The heading.
    pub title: Words,
    /// The words that all items continue.
    pub lead_in: Words,
    /// The instructions.
    pub instructions: Words,
}

/// An item.
#[derive(Debug, Clone)]
pub struct Item {
    /// The id. See [`crate::Ids::item`].
    pub id: String,
    /// The name of its column in the data of the source.
    pub column: String,
    /// The number printed before it, if the source has one.
    pub number: Option<String>,
    /// The words.
    pub stem: Words,
    /// Its response scale, by position.
    pub response: usize,
    /// Its section, by position.
    pub section: Option<usize>,
    /// Whether the source requires an answer.
    pub required: bool,
    /// When it is asked; `None` means always. A condition that was not understood is reported, and the item is always
    /// asked.
    pub condition: Option<Rule>,
    /// Where the source has it.
    pub place: Place,
}

/// A text between items.
#[derive(Debug, Clone)]
pub struct Note {
    /// The id. See [`crate::Ids::item`]: items, scores and notes share their names.
    pub id: String,
    /// The words.
    pub text: Words,
    /// The number of items before it.
    pub at: usize,
    /// Whether it belongs to the item before it, rather than to the one after it.
    pub is_after: bool,
    /// When it is shown; `None` means always. If the condition was not understood, the note is always shown.
    pub condition: Option<Rule>,
    /// Where the source has it.
    pub place: Place,
}

/// A score.
#[derive(Debug, Clone)]
pub struct Score {
    /// The id. See [`crate::Ids::item`]: items and scores share their names.
    pub id: String,
    /// The name of its column in the data of the source.
    pub column: String,
    /// The name in words.
    pub title: Words,
    /// What it measures.
    pub description: Option<String>,
    /// How it is computed.
    pub rule: Rule,
    /// The bands of the score.
    pub bands: Vec<BandFile>,
}
