//! Requests for score reports, and the data about each score.

use scalewright_model::{Instrument, Paper, Scale, ScaleIx, Wording};
use scalewright_scoring::{Program, Range, Scored};

use super::numbers::shown;
use crate::House;
use crate::ui::{self, ReportWords, Ui, filled};

/// A request for the score report of one respondent.
pub struct ReportRequest<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// Its scores.
    pub program: &'a Program,
    /// The range of each score, parallel to the program's scores.
    pub ranges: &'a [Range],
    /// The source of a key that somebody supplied, and the digest of the key.
    pub supplied_key: Option<(&'a str, &'a str)>,
    /// The words for items and scales, if available.
    pub wording: Option<&'a Wording>,
    /// The respondent's name or id.
    pub respondent: &'a str,
    /// Names and values, such as an event, that distinguish this occasion from others of the respondent.
    pub occasion: &'a [(String, String)],
    /// The coded answer to each item.
    pub answers: &'a [Option<f64>],
    /// The scores of this respondent only, parallel to the program's scores.
    pub scored: &'a [Scored],
    /// The paper size.
    pub paper: Paper,
    /// The house style.
    pub house: &'a House,
}

/// Returns the language of the report: that of the wording, or else of the definition.
pub(super) fn language<'a>(instrument: &'a Instrument, wording: Option<&'a Wording>) -> &'a str {
    wording.map_or(instrument.language.as_str(), |words| &words.language)
}

impl<'a> ReportRequest<'a> {
    /// Returns the forms' built-in words in the language of the report.
    pub(super) fn ui(&self) -> &'static Ui {
        ui::ui(language(self.instrument, self.wording)).0
    }

    /// Returns the report's built-in words in its language.
    pub(super) fn words(&self) -> &'static ReportWords {
        self.ui().report
    }

    /// Returns a range in words: "1 to 5".
    pub(super) fn span(&self, low: f64, high: f64) -> String {
        filled(self.ui().range, &[("min", &shown(low)), ("max", &shown(high))])
    }

    /// Returns the scores in the order of the definition.
    pub(super) fn in_order(&self) -> impl Iterator<Item = Reported<'a>> {
        let (instrument, program, wording) = (self.instrument, self.program, self.wording);
        let (ranges, scored) = (self.ranges, self.scored);
        (0..instrument.scales.len()).filter_map(move |index| {
            let scale = &instrument.scales[index];
            let position = program.position(ScaleIx(index))?;
            let worded = wording.and_then(|words| words.scales.get(index));
            Some(Reported {
                index: ScaleIx(index),
                scale,
                title: worded.map_or(scale.title.as_str(), |words| &words.title),
                unit: worded.map_or(scale.unit.as_deref(), |words| words.unit.as_deref()),
                range: ranges.get(position)?,
                scored: scored.get(position)?,
                items: program.scores[position].items.len(),
            })
        })
    }

    /// Returns the names of the bands of each band set of a scale, in the wording's language.
    pub(super) fn band_names(&self, scale: ScaleIx) -> Vec<Vec<&'a str>> {
        let own = &self.instrument.scales[scale.0];
        match self.wording.and_then(|words| words.scales.get(scale.0)) {
            Some(words) => {
                words.all_bands().map(|set| set.iter().map(String::as_str).collect()).collect()
            }
            None => own
                .all_bands()
                .map(|(_, bands)| bands.iter().map(|band| band.label.as_str()).collect())
                .collect(),
        }
    }
}

/// One score of the respondent.
pub(super) struct Reported<'a> {
    pub(super) index: ScaleIx,
    pub(super) scale: &'a Scale,
    pub(super) title: &'a str,
    pub(super) unit: Option<&'a str>,
    pub(super) range: &'a Range,
    pub(super) scored: &'a Scored,
    /// The number of items that it is computed from.
    pub(super) items: usize,
}

impl Reported<'_> {
    pub(super) fn score(&self) -> Option<f64> {
        self.scored.score.get(0)
    }

    pub(super) fn answered(&self) -> u32 {
        self.scored.answered.first().copied().unwrap_or_default()
    }

    pub(super) fn is_number(&self) -> bool {
        !self.scale.is_truth() && self.scale.words().is_none()
    }
}

/// Returns a score as text: a number with its unit, yes or no, or a word.
pub(super) fn score_text(request: &ReportRequest<'_>, score: &Reported<'_>) -> String {
    let own = request.ui();
    let Some(value) = score.score() else { return own.report.none.to_owned() };
    if score.scale.is_truth() {
        return if value == 0.0 { own.no } else { own.yes }.to_lowercase();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position among words"
    )]
    match score.scale.words() {
        Some(words) => words.get(value as usize).cloned().unwrap_or_default(),
        None => match score.unit {
            Some(unit) => format!("{} {unit}", shown(value)),
            None => shown(value),
        },
    }
}
