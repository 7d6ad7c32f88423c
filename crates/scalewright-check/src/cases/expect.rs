//! The expectations of cases, in a form that can be tested against many programs, such as those of mutants.

use scalewright_model::file::{CaseFile, CasesFile};
use scalewright_model::{Band, Instrument, ScaleIx};
use scalewright_scoring::{Program, Responses, Scored, evaluate};

use super::{CLOSE, responses};

/// The expectations of all cases of a file.
pub(crate) struct Expectations<'a> {
    responses: Responses,
    expected: Vec<(usize, ScaleIx, Expected<'a>)>,
}

/// The expectation about one score in one case.
enum Expected<'a> {
    /// A number, and the tolerance.
    Score(f64, f64),
    Nothing,
    Truth(bool),
    Word(&'a str),
    /// The label of a band in the named set, or among the scale's own bands if the name is `None`.
    Band(Option<&'a str>, &'a str),
    Prorated,
}

impl<'a> Expectations<'a> {
    /// Collects what `file` expects of the scales of `instrument`. Unknown scale ids are left out.
    pub(crate) fn new(file: &'a CasesFile, instrument: &Instrument) -> Self {
        // Mutants have the same items as the definition, so these columns fit all of them.
        let mut expected = Vec::new();
        for (row, case) in file.cases.iter().enumerate() {
            let close = case.tolerance.or(file.tolerance).unwrap_or(CLOSE);
            for (id, what) in of_case(case, close) {
                let scale = instrument.scales.iter().position(|scale| scale.id == id);
                expected.extend(scale.map(|scale| (row, ScaleIx(scale), what)));
            }
        }
        Self { responses: responses(file, instrument), expected }
    }

    /// Whether `program` meets all expectations, with the bands of `instrument`.
    pub(crate) fn are_met(&self, instrument: &Instrument, program: &Program) -> bool {
        let scored = evaluate(program, &self.responses);
        self.expected.iter().all(|(row, scale, expected)| {
            let Some(position) = program.position(*scale) else { return false };
            expected.is_met(&scored[position], *row, &instrument.scales[scale.0])
        })
    }
}

fn of_case(case: &CaseFile, close: f64) -> Vec<(&str, Expected<'_>)> {
    let mut all: Vec<(&str, Expected<'_>)> = Vec::new();
    all.extend(case.scores.iter().map(|(id, score)| (id.as_str(), Expected::Score(*score, close))));
    all.extend(case.no_score.iter().map(|id| (id.as_str(), Expected::Nothing)));
    all.extend(case.flags.iter().map(|(id, truth)| (id.as_str(), Expected::Truth(*truth))));
    all.extend(case.codes.iter().map(|(id, word)| (id.as_str(), Expected::Word(word))));
    all.extend(case.bands.iter().map(|(id, band)| (id.as_str(), Expected::Band(None, band))));
    for (id, sets) in &case.band_sets {
        all.extend(sets.iter().map(|(set, band)| (id.as_str(), Expected::Band(Some(set), band))));
    }
    all.extend(case.prorated.iter().map(|id| (id.as_str(), Expected::Prorated)));
    all
}

impl Expected<'_> {
    fn is_met(&self, scored: &Scored, row: usize, scale: &scalewright_model::Scale) -> bool {
        let score = scored.score.get(row);
        match self {
            Self::Score(expected, close) => {
                score.is_some_and(|score| (score - expected).abs() <= *close)
            }
            Self::Nothing => score.is_none(),
            // An unknown flag is neither true nor false.
            Self::Truth(truth) => score.map(|score| score != 0.0) == Some(*truth),
            Self::Word(word) => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a position"
                )]
                let got = score.and_then(|at| scale.words()?.get(at as usize));
                got.is_some_and(|got| got == word)
            }
            Self::Band(set, label) => {
                let bands = scale.all_bands().find(|(name, _)| name == set);
                score
                    .is_some_and(|score| bands.is_some_and(|(_, bands)| is_in(bands, score, label)))
            }
            Self::Prorated => scored.prorated[row],
        }
    }
}

/// Whether the first band that contains `score` has this label.
fn is_in(bands: &[Band], score: f64, label: &str) -> bool {
    Band::containing(bands, score).is_some_and(|band| band.label == label)
}
