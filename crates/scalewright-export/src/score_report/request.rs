//! Whose scores are reported, and what is known of each score.

use scalewright_model::{Instrument, Paper, Scale, ScaleIx, Wording};
use scalewright_scoring::{Program, Range, Scored};

use super::numbers::shown;
use crate::House;
use crate::ui::{self, ReportWords, Ui, filled};

/// Whose scores are to be reported, and how.
pub struct ReportRequest<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// Its scores.
    pub program: &'a Program,
    /// What each score can be, parallel to the program's scores.
    pub ranges: &'a [Range],
    /// The words for items and scales, where they are known.
    pub wording: Option<&'a Wording>,
    /// Who answered.
    pub respondent: &'a str,
    /// What tells this occasion from others of the respondent: a name and what it is, such as an event.
    pub occasion: &'a [(String, String)],
    /// The coded answer to each item.
    pub answers: &'a [Option<f64>],
    /// The scores, parallel to the program's, of this respondent alone.
    pub scored: &'a [Scored],
    /// The size of the sheet.
    pub paper: Paper,
    /// How it looks beside that.
    pub house: &'a House,
}

/// The language of the report: that of its words.
pub(super) fn language<'a>(instrument: &'a Instrument, wording: Option<&'a Wording>) -> &'a str {
    wording.map_or(instrument.language.as_str(), |words| &words.language)
}

impl<'a> ReportRequest<'a> {
    /// The form's own words in the language of the report.
    pub(super) fn ui(&self) -> &'static Ui {
        ui::ui(language(self.instrument, self.wording)).0
    }

    /// The report's own words in its language.
    pub(super) fn words(&self) -> &'static ReportWords {
        self.ui().report
    }

    /// From one number to another.
    pub(super) fn span(&self, low: f64, high: f64) -> String {
        filled(self.ui().range, &[("min", &shown(low)), ("max", &shown(high))])
    }

    /// The scores in the order of the definition.
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

    /// The names of the bands of each set of a scale, as the wording has them.
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
    /// How many items it rests on.
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

/// A score as it is read: a number with its unit, yes or no, or a word.
pub(super) fn said(request: &ReportRequest<'_>, score: &Reported<'_>) -> String {
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
