//! A change between two versions, and where it is.

use scalewright_model::{ItemIx, Part, Pointer, ScaleIx};

use super::kinds::{Category, Kind};
use crate::finding::Mark;

/// A change.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its kind.
    pub kind: Kind,
    /// What is changed: ``the stem of `a2` ``.
    pub what: String,
    /// As it was, in words.
    pub old: Option<String>,
    /// As it is, in words.
    pub new: Option<String>,
    /// The language of the words, for a change of words that are not the source's.
    pub language: Option<String>,
    /// Where it is to be seen.
    pub place: Place,
    pub(super) touches: Touches,
    pub(super) at: (Version, usize, Pointer, Part),
}

/// A place in one of the two versions.
#[derive(Debug, Clone)]
pub struct Place {
    /// Which of the two.
    pub version: Version,
    /// Where in its documents.
    pub mark: Mark,
}

/// One of the two that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// The new one: where a change is to be seen, if it can.
    New,
    /// The old one: for what is gone.
    Old,
}

/// Which scores a change is about, by the positions of the new version.
#[derive(Debug, Clone)]
pub(super) enum Touches {
    Nothing,
    Everything,
    Items(Vec<ItemIx>),
    Scale(ScaleIx),
}

impl Change {
    pub(super) fn new(kind: Kind, what: impl Into<String>) -> Self {
        let at = (Version::New, 0, Pointer::root(), Part::Key);
        let mark = Mark { document: 0, span: 0..0, text: String::new() };
        let place = Place { version: Version::New, mark };
        Self {
            kind,
            what: what.into(),
            old: None,
            new: None,
            language: None,
            place,
            touches: Touches::Nothing,
            at,
        }
    }

    pub(super) fn was(self, old: impl Into<String>) -> Self {
        Self { old: Some(old.into()), ..self }
    }

    pub(super) fn is(self, new: impl Into<String>) -> Self {
        Self { new: Some(new.into()), ..self }
    }

    pub(super) fn turns(self, old: Option<String>, new: Option<String>) -> Self {
        Self { old, new, ..self }
    }

    /// At a place of the new definition.
    pub(super) fn at(self, place: Pointer) -> Self {
        Self { at: (Version::New, 0, place, Part::Value), ..self }
    }

    /// At a key, or the header of a table, of the new definition.
    pub(super) fn at_key(self, place: Pointer) -> Self {
        Self { at: (Version::New, 0, place, Part::Key), ..self }
    }

    /// At a place of another document of the new version.
    pub(super) fn inside(self, document: usize, place: Pointer) -> Self {
        Self { at: (Version::New, document, place, Part::Value), ..self }
    }

    /// At a place of the old definition: it is gone.
    pub(super) fn gone(self, place: Pointer) -> Self {
        Self { at: (Version::Old, 0, place, Part::Key), ..self }
    }

    /// At a place of another document of the old version.
    pub(super) fn gone_inside(self, document: usize, place: Pointer) -> Self {
        Self { at: (Version::Old, document, place, Part::Key), ..self }
    }

    pub(super) fn touching(self, touches: Touches) -> Self {
        Self { touches, ..self }
    }

    pub(super) fn in_language(self, language: &str) -> Self {
        Self { language: Some(language.to_owned()), ..self }
    }
}

impl Change {
    pub(super) fn order(&self) -> (Category, Version, usize, usize) {
        let Place { version, mark } = &self.place;
        (self.kind.category(), *version, mark.document, mark.span.start)
    }
}
