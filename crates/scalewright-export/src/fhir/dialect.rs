//! Scores and conditions in FHIRPath.

use scalewright_check::Refusals;
use scalewright_model::Instrument;
use scalewright_scoring::Program;
use scalewright_scoring::emit::fhirpath::{self, Style};

pub(super) use scalewright_scoring::emit::fhirpath::{FhirPath, Variable, band};

use super::options::Scoring;

/// The scores that are wanted, and all conditions.
pub(super) fn print(
    instrument: &Instrument,
    program: &Program,
    wanted: &[bool],
    scoring: Scoring,
) -> FhirPath {
    let style = match scoring {
        Scoring::Portable => Style::Portable,
        Scoring::Weight => Style::Weight,
    };
    fhirpath::emit(program, instrument, wanted, style)
}

/// Why scores cannot be expressed. Conditions that cannot are reported by the export.
pub(super) fn refusals(instrument: &Instrument, program: &Program, wanted: &[bool]) -> Refusals {
    let printed = print(instrument, program, wanted, Scoring::Portable);
    let scores = printed.scores.into_iter();
    let scores = scores.map(|score| score.err().map(|unsupported| unsupported.because));
    Refusals { scores: scores.collect(), conditions: Vec::new() }
}
