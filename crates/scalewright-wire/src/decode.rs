//! Conversion from the wire: reads an instrument, its words and its scores from a request. The request may come from
//! anywhere, so every reference is checked. The parts that are read are consistent; that formulas make sense is not
//! checked.

mod expression;
mod instrument;
mod scores;
mod wording;

use std::collections::HashMap;
use std::fmt;

use scalewright_scoring::{Program, Range};

use crate::{Instrument, Scores, Wording};

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

type Decoded<T> = Result<T, DecodeError>;

/// An instrument with its scores, as they were before they were sent.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The instrument with the given wordings.
    pub instrument: scalewright_model::Instrument,
    /// Its scores.
    pub program: Program,
    /// The range of each score, parallel to the scores of the program.
    pub ranges: Vec<Range>,
}

/// Reads an instrument, its words in some languages, and its scores.
///
/// # Errors
///
/// If a reference leads nowhere, an id occurs twice, words are missing, or a formula is nested too deeply.
pub fn definition(
    instrument: &Instrument,
    wordings: &[Wording],
    scores: &Scores,
) -> Result<Definition, DecodeError> {
    let ids = Ids::of(instrument)?;
    let mut decoder = expression::Decoder::new(&ids, instrument)?;
    let mut decoded = instrument::decoded(&mut decoder, instrument)?;
    let (program, ranges) = scores::decoded(&mut decoder, instrument, scores)?;
    let words = wordings.iter().map(|words| wording::decoded(instrument, words));
    decoded.wordings = words.collect::<Result<_, _>>()?;
    Ok(Definition { instrument: decoded, program, ranges })
}

/// Reads the words of one language.
///
/// # Errors
///
/// If words are missing.
pub fn words(
    instrument: &Instrument,
    words: &Wording,
) -> Result<scalewright_model::Wording, DecodeError> {
    wording::decoded(instrument, words)
}

fn error(message: impl Into<String>) -> DecodeError {
    DecodeError { message: message.into() }
}

/// The positions of everything that has an id.
struct Ids<'a> {
    items: Names<'a>,
    scales: Names<'a>,
    references: Names<'a>,
    response_scales: Names<'a>,
    sections: Names<'a>,
}

impl<'a> Ids<'a> {
    fn of(instrument: &'a Instrument) -> Decoded<Self> {
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
struct Names<'a> {
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

    fn get(&self, id: &str) -> Decoded<usize> {
        let found = self.positions.get(id).copied();
        found.ok_or_else(|| error(format!("there is no {} `{id}`", self.what)))
    }
}
