//! Conversion from the wire: reads an instrument, its words and its scores from a request. The request may come from
//! anywhere, so every reference is checked. The parts that are read are consistent; that formulas make sense is not
//! checked.

mod expression;
mod ids;
mod instrument;
mod scores;
mod wording;

use scalewright_scoring::{Program, Range};

use crate::{Instrument, Scores, Wording};
use ids::Ids;

pub use ids::DecodeError;

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
