//! A change between two versions, and its location.

use scalewright_model::{ItemIx, Part, Pointer, ScaleIx};

use super::kinds::{Category, Kind};
use crate::finding::Mark;

/// A change between two versions of an instrument.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its kind.
    pub kind: Kind,
    /// What is changed: ``the stem of `a2` ``.
    pub what: String,
    /// The old value, in words.
    pub old: Option<String>,
    /// The new value, in words.
    pub new: Option<String>,
    /// The language of the changed words, for words of a translation.
    pub language: Option<String>,
    /// The location of the change.
    pub place: Place,
    pub(super) touches: Touches,
    pub(super) at: (Version, usize, Pointer, Part),
}

/// A location in one of the two versions.
#[derive(Debug, Clone)]
pub struct Place {
    /// The version.
    pub version: Version,
    /// The location in the documents of that version.
    pub mark: Mark,
}

/// One of the two versions that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// The new version, at which changes point if they can.
    New,
    /// The old version, for what is removed.
    Old,
}

/// Which scores a change affects, by positions in the new version.
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
        let mark = Mark::at(0, 0..0);
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

    /// Sets the location to a value of the new definition.
    pub(super) fn at(self, place: Pointer) -> Self {
        Self { at: (Version::New, 0, place, Part::Value), ..self }
    }

    /// Sets the location to a key, or to the header of a table, of the new definition.
    pub(super) fn at_key(self, place: Pointer) -> Self {
        Self { at: (Version::New, 0, place, Part::Key), ..self }
    }

    /// Sets the location to a value in any document of the new version.
    pub(super) fn inside(self, document: usize, place: Pointer) -> Self {
        Self { at: (Version::New, document, place, Part::Value), ..self }
    }

    /// Sets the location to a key of the old definition, for what is removed.
    pub(super) fn gone(self, place: Pointer) -> Self {
        Self { at: (Version::Old, 0, place, Part::Key), ..self }
    }

    /// Sets the location to a key in any document of the old version.
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
