//! The expectations of cases, in a form that can be tested against many programs, such as those of mutants.

use std::collections::BTreeMap;

use scalewright_model::file::{CaseFile, CasesFile};
use scalewright_model::{Band, Instrument, ScaleIx};
use scalewright_scoring::{Program, Responses, Scored};

use super::{CLOSE, responses};

/// The expectations of all cases of a file.
pub(crate) struct Expectations<'a> {
    /// The responses of the cases, one row per case.
    pub(crate) responses: Responses,
    /// For each scale, what the cases expect of it, each with the row of the case.
    expected: BTreeMap<ScaleIx, Vec<(usize, Expected<'a>)>>,
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
        let scales = instrument.scales.iter().enumerate();
        let scales: BTreeMap<&str, ScaleIx> =
            scales.map(|(index, scale)| (scale.id.as_str(), ScaleIx(index))).collect();
        let mut expected: BTreeMap<ScaleIx, Vec<(usize, Expected<'a>)>> = BTreeMap::new();
        for (row, case) in file.cases.iter().enumerate() {
            let close = case.tolerance.or(file.tolerance).unwrap_or(CLOSE);
            for (id, what) in of_case(case, close) {
                if let Some(scale) = scales.get(id) {
                    expected.entry(*scale).or_default().push((row, what));
                }
            }
        }
        // Mutants have the same items as the definition, so these columns fit all of them.
        Self { responses: responses(file, instrument), expected }
    }

    /// Whether some case expects something of `scale`.
    pub(crate) fn concern(&self, scale: ScaleIx) -> bool {
        self.expected.contains_key(&scale)
    }

    /// Whether the scores of `scales` meet all expectations, with the bands of `instrument`. `scored` are the scores of
    /// the cases by `program`.
    pub(crate) fn are_met(
        &self,
        scales: &[ScaleIx],
        instrument: &Instrument,
        (program, scored): (&Program, &[Scored]),
    ) -> bool {
        scales.iter().all(|scale| {
            let mut expected = self.expected.get(scale).into_iter().flatten();
            expected.all(|(row, expected)| {
                let Some(position) = program.position(*scale) else { return false };
                expected.is_met(&scored[position], *row, &instrument.scales[scale.0])
            })
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
