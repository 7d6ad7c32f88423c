//! Positions by id, and the error of a reference that leads nowhere.

use std::collections::HashMap;
use std::fmt;

use crate::Instrument;

/// Why a request cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {}

pub(super) type Decoded<T> = Result<T, DecodeError>;

pub(super) fn error(message: impl Into<String>) -> DecodeError {
    DecodeError { message: message.into() }
}

/// The positions of everything that has an id.
pub(super) struct Ids<'a> {
    pub(super) items: Names<'a>,
    pub(super) scales: Names<'a>,
    pub(super) references: Names<'a>,
    pub(super) response_scales: Names<'a>,
    pub(super) sections: Names<'a>,
}

impl<'a> Ids<'a> {
    pub(super) fn of(instrument: &'a Instrument) -> Decoded<Self> {
        Ok(Self {
            items: Names::of("item", instrument.items.iter().map(|of| &*of.id))?,
            scales: Names::of("scale", instrument.scales.iter().map(|of| &*of.id))?,
            references: Names::of("reference", instrument.references.iter().map(|of| &*of.id))?,
            response_scales: Names::of(
                "response scale",
                instrument.response_scales.iter().map(|of| &*of.id),
            )?,
            sections: Names::of("section", instrument.sections.iter().map(|of| &*of.id))?,
        })
    }
}

/// The positions of the things of one kind, by id.
pub(super) struct Names<'a> {
    what: &'static str,
    positions: HashMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    fn of(what: &'static str, ids: impl Iterator<Item = &'a str>) -> Decoded<Self> {
        let mut positions = HashMap::new();
        for (position, id) in ids.enumerate() {
            if positions.insert(id, position).is_some() {
                return Err(error(format!("the id of {what} `{id}` occurs twice")));
            }
        }
        Ok(Self { what, positions })
    }

    pub(super) fn get(&self, id: &str) -> Decoded<usize> {
        let found = self.positions.get(id).copied();
        found.ok_or_else(|| error(format!("there is no {} `{id}`", self.what)))
    }
}
