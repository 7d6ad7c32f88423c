//! What was taken from a form, and what was not.

use std::borrow::Cow;

use scalewright_check::{Checked, wording_digest};
use scalewright_model::file::WordingFile;

use crate::place::Place;

/// The words of a form, as far as they are certain.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The format of the file: its name, and what it is.
    pub format: (Cow<'static, str>, Cow<'static, str>),
    /// The id of the definition.
    pub id: String,
    /// The items of the definition that the form has.
    pub items: Vec<TakenItem>,
    /// How many items the definition has.
    pub of_items: usize,
    /// What is not certain. The file must not be used if there is anything.
    pub refusals: Vec<Remark>,
    /// The keys of the wording file for which the form has no words. Their texts are empty.
    pub lacking: Vec<String>,
    /// What the form has and the definition has not.
    pub beyond: Vec<Remark>,
    /// What was changed in the words, such as markup.
    pub changed: Vec<Remark>,
    /// The wording file.
    pub file: WordingFile,
}

/// An item that the form has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenItem {
    /// Its id in the definition.
    pub id: String,
    /// Its name in the form.
    pub name: String,
    /// How it was found.
    pub by: MatchedBy,
    /// Where the form has it.
    pub place: Place,
}

/// How an item was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchedBy {
    /// By its code in a terminology.
    Code,
    /// By its id.
    Id,
    /// By a table of names.
    Name,
    /// By its position: all items and their answers agree.
    Order,
}

impl MatchedBy {
    /// The word for reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Id => "id",
            Self::Name => "name",
            Self::Order => "order",
        }
    }
}

/// A sentence about a part of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The part.
    pub place: Place,
    /// What there is to say, as a clause.
    pub message: String,
}

impl Remark {
    pub(super) fn new(place: &Place, message: String) -> Self {
        Self { place: place.clone(), message }
    }
}

/// Whether the words are those whose digest the definition states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verbatim {
    /// They are.
    Same,
    /// They are not: the digest of these words.
    Altered(String),
    /// The definition states no digest for this language: the digest of these words.
    NotStated(String),
    /// Words are lacking or were refused, so that there is no digest.
    Incomplete,
}

impl Verbatim {
    /// Compares the digest of the words with the one that the definition states. `checked` is the definition with them.
    #[must_use]
    pub fn of(taken: &Taken, checked: &Checked) -> Self {
        let language = &taken.file.language;
        let is_complete = taken.refusals.is_empty() && taken.lacking.is_empty();
        let instrument = checked.instrument.as_ref().filter(|_| is_complete);
        let digest = instrument.and_then(|instrument| {
            instrument.wording(language).map(|words| wording_digest(instrument, words))
        });
        match (digest, checked.stated_digest(language)) {
            (None, _) => Self::Incomplete,
            (Some(now), None) => Self::NotStated(now),
            (Some(now), Some(stated)) if stated == now => Self::Same,
            (Some(now), Some(_)) => Self::Altered(now),
        }
    }
}
