//! Scores and conditions as REDCap's calculations.

use scalewright_check::Refusals;
use scalewright_model::Instrument;
use scalewright_scoring::Program;
use scalewright_scoring::emit::redcap;

pub(super) use scalewright_scoring::emit::redcap::{Emitted, band};

use super::field_names::item_names;

/// All scores and conditions. The field of each item is called as `names` has it, parallel to the instrument's items.
pub(super) fn print(instrument: &Instrument, program: &Program, names: &[String]) -> Emitted {
    redcap::emit(program, instrument, names)
}

/// Why scores and conditions cannot be expressed.
pub(super) fn refusals(instrument: &Instrument, program: &Program, _: &[bool]) -> Refusals {
    let Emitted { scores, shown } = print(instrument, program, &item_names(instrument));
    let scores = scores.into_iter().map(|score| score.err().map(|why| why.because));
    let conditions = shown.into_iter().map(|shown| shown?.err().map(|why| why.because));
    Refusals { scores: scores.collect(), conditions: conditions.collect() }
}
