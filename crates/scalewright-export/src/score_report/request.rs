//! Requests for reports, and the data about each score.

use scalewright_model::{Instrument, Paper, Scale, ScaleIx, Wording, choices};
use scalewright_scoring::{Program, Range, Scored};

use super::figures::Figures;
use crate::House;
use crate::ui::{self, ReportWords, Ui, filled};

/// Returns the language of the report: that of the wording, or else of the definition.
pub(super) fn language<'a>(instrument: &'a Instrument, wording: Option<&'a Wording>) -> &'a str {
    wording.map_or(instrument.language.as_str(), |words| &words.language)
}

/// What all reports of a run share.
#[derive(Clone, Copy)]
pub struct ReportSheet<'a> {
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
    /// The paper size.
    pub paper: Paper,
    /// The house style.
    pub house: &'a House,
    /// The content of the logo of the house style.
    pub logo: Option<&'a [u8]>,
    /// The format of the files.
    pub format: ReportFormat,
}

choices! {
    /// The format of a report.
    ReportFormat {
        Pdf = "pdf": "A PDF for print, tagged for screen readers.",
        Html = "html": "A page for browsers and screen readers, without scripts.",
    }
}

/// A request for the score report of one respondent, or for one of several occasions of it.
#[derive(Clone, Copy)]
pub struct ReportRequest<'a> {
    /// What all reports of the run share.
    pub sheet: &'a ReportSheet<'a>,
    /// The respondent's name or id.
    pub respondent: &'a str,
    /// Names and values, such as an event, that distinguish this occasion from others of the respondent.
    pub occasion: &'a [(String, String)],
    /// The coded answer to each item.
    pub answers: &'a [Option<f64>],
    /// The scores of this respondent only, parallel to the program's scores.
    pub scored: &'a [Scored],
}

impl<'a> ReportSheet<'a> {
    /// Returns the language of the report: that of the wording, or else of the definition.
    pub(super) fn language(&self) -> &'a str {
        language(self.instrument, self.wording)
    }

    /// Returns the forms' built-in words in the language of the report.
    pub(super) fn ui(&self) -> &'static Ui {
        ui::ui(self.language()).0
    }

    /// Returns the report's built-in words in its language.
    pub(super) fn words(&self) -> &'static ReportWords {
        self.ui().report
    }

    /// Returns how the language writes numbers and dates.
    pub(super) fn figures(&self) -> Figures {
        Figures::of(self.ui())
    }

    /// Returns a range in words: "1 to 5".
    pub(super) fn span(&self, low: f64, high: f64) -> String {
        let figures = self.figures();
        let ends = (figures.shown(low), figures.shown(high));
        filled(self.ui().range, &[("min", &ends.0), ("max", &ends.1)])
    }

    /// Returns the scores in the order of the definition.
    pub(super) fn scores(&self) -> impl Iterator<Item = ScoreOf<'a>> {
        let (instrument, program, wording) = (self.instrument, self.program, self.wording);
        let ranges = self.ranges;
        (0..instrument.scales.len()).filter_map(move |index| {
            let scale = &instrument.scales[index];
            let position = program.position(ScaleIx(index))?;
            let worded = wording.and_then(|words| words.scales.get(index));
            Some(ScoreOf {
                index: ScaleIx(index),
                position,
                scale,
                title: worded.map_or(scale.title.as_str(), |words| &words.title),
                unit: worded.map_or(scale.unit.as_deref(), |words| words.unit.as_deref()),
                range: ranges.get(position)?,
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

impl<'a> ReportRequest<'a> {
    /// Returns the scores in the order of the definition.
    pub(super) fn in_order(&self) -> impl Iterator<Item = Reported<'a>> {
        let scored = self.scored;
        let all = self.sheet.scores();
        all.filter_map(move |of| Some(Reported { of, scored: scored.get(of.position)? }))
    }

    /// Returns the score of one scale.
    pub(super) fn score(&self, of: ScoreOf<'a>) -> Option<Reported<'a>> {
        Some(Reported { of, scored: self.scored.get(of.position)? })
    }
}

/// One score of the definition.
#[derive(Clone, Copy)]
pub(super) struct ScoreOf<'a> {
    pub(super) index: ScaleIx,
    /// Its position in the program.
    pub(super) position: usize,
    pub(super) scale: &'a Scale,
    pub(super) title: &'a str,
    pub(super) unit: Option<&'a str>,
    pub(super) range: &'a Range,
    /// The number of items that it is computed from.
    pub(super) items: usize,
}

impl ScoreOf<'_> {
    pub(super) fn is_number(&self) -> bool {
        !self.scale.is_truth() && self.scale.words().is_none()
    }

    /// The lowest and the highest possible score, if both are known and differ.
    pub(super) fn ends(&self) -> Option<(f64, f64)> {
        let (low, high) = (self.range.any.low, self.range.any.high);
        let is_known = self.is_number() && low.is_finite() && high.is_finite() && low < high;
        is_known.then_some((low, high))
    }
}

/// One score of the respondent.
#[derive(Clone, Copy)]
pub(super) struct Reported<'a> {
    pub(super) of: ScoreOf<'a>,
    pub(super) scored: &'a Scored,
}

impl Reported<'_> {
    pub(super) fn score(&self) -> Option<f64> {
        self.scored.score.get(0)
    }

    pub(super) fn answered(&self) -> u32 {
        self.scored.answered.first().copied().unwrap_or_default()
    }
}

/// Returns a score as text: a number with its unit, yes or no, or a word.
pub(super) fn score_text(sheet: &ReportSheet<'_>, score: &Reported<'_>) -> String {
    score
        .score()
        .map_or_else(|| sheet.words().none.to_owned(), |it| value_text(sheet, &score.of, it))
}

/// Returns a value of a score as text.
pub(super) fn value_text(sheet: &ReportSheet<'_>, of: &ScoreOf<'_>, value: f64) -> String {
    let (own, figures) = (sheet.ui(), sheet.figures());
    if of.scale.is_truth() {
        return if value == 0.0 { own.no } else { own.yes }.to_lowercase();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position among words"
    )]
    match of.scale.words() {
        Some(words) => words.get(value as usize).cloned().unwrap_or_default(),
        None => match of.unit {
            Some(unit) => format!("{} {unit}", figures.shown(value)),
            None => figures.shown(value),
        },
    }
}
