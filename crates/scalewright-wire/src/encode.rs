//! Conversion to the wire: builds requests from an instrument, its words and its scores.

mod expression;
mod instrument;
mod normal;
mod scores;
mod wording;

use std::collections::BTreeMap;

use scalewright_model::{Choice, Layout, Paper};
use scalewright_scoring::{Program, Range};

use crate::request::{
    Answers, EvaluateRequest, ExportRequest, HouseStyle, LintRequest, OptionValue, SourceFile,
};
use crate::{Instrument, PROTOCOL, Scores, Wording};
use expression::Encoder;

/// The usual words for yes and no in a language.
pub type YesAndNo = (&'static str, &'static str);

/// A definition as the program knows it.
#[derive(Debug, Clone, Copy)]
pub struct Definition<'a> {
    /// The instrument.
    pub instrument: &'a scalewright_model::Instrument,
    /// Its scores.
    pub program: &'a Program,
    /// The range of each score, parallel to the scores of the program.
    pub ranges: &'a [Range],
    /// For each score of the program, whether it may be published.
    pub published: &'a [bool],
    /// The files that it was read from, the definition first: name and text.
    pub sources: &'a [(&'a str, &'a str)],
}

/// How an instrument is published.
#[derive(Debug, Clone)]
pub struct Publication<'a> {
    /// The words to publish.
    pub wording: &'a scalewright_model::Wording,
    /// Returns the usual words for yes and no in a language.
    pub yes_and_no: fn(&str) -> YesAndNo,
    /// The options of the exporter, complete.
    pub options: BTreeMap<String, OptionValue>,
    /// The paper size.
    pub paper: Paper,
    /// The page layout of printed forms.
    pub layout: Layout,
    /// Whether the user accepts scores with a recalled key.
    pub accept_recalled_keys: bool,
    /// Whether scores that the platform cannot compute are left out.
    pub leave_out_scores: bool,
    /// The house style.
    pub house: HouseStyle,
}

/// Returns the instrument and its scores. The two belong together: formulas of the scores use tables of the instrument.
#[must_use]
pub fn definition(definition: &Definition<'_>) -> (Instrument, Scores) {
    let mut encoder = Encoder::new(definition.instrument);
    let mut instrument = instrument::encoded(&mut encoder);
    let scores = scores::encoded(&mut encoder, definition);
    encoder.finish(&mut instrument);
    (instrument, scores)
}

/// Returns the words of one language. `yes_and_no` are the usual words of that language.
#[must_use]
pub fn words(
    instrument: &scalewright_model::Instrument,
    wording: &scalewright_model::Wording,
    yes_and_no: (&str, &str),
) -> Wording {
    wording::encoded(instrument, wording, yes_and_no)
}

/// Returns the request to export a definition.
#[must_use]
pub fn export_request(parts: &Definition<'_>, publication: Publication<'_>) -> ExportRequest {
    let (instrument, scores) = definition(parts);
    let Publication {
        wording,
        yes_and_no,
        options,
        paper,
        layout,
        accept_recalled_keys,
        leave_out_scores,
        house,
    } = publication;
    ExportRequest {
        protocol: PROTOCOL,
        options,
        instrument,
        wording: words(parts.instrument, wording, yes_and_no(&wording.language)),
        wordings: wordings(parts, yes_and_no),
        scores,
        sources: sources(parts.sources),
        paper: paper.name().to_owned(),
        layout: layout.name().to_owned(),
        accept_recalled_keys,
        leave_out_scores,
        house,
    }
}

/// Returns the request to check a definition. `yes_and_no` returns the usual words for yes and no in a language.
#[must_use]
pub fn lint_request(parts: &Definition<'_>, yes_and_no: fn(&str) -> YesAndNo) -> LintRequest {
    let (instrument, scores) = definition(parts);
    LintRequest {
        protocol: PROTOCOL,
        instrument,
        wordings: wordings(parts, yes_and_no),
        scores,
        sources: sources(parts.sources),
    }
}

/// Returns the request to compute the scores of an export for some answers.
#[must_use]
pub fn evaluate_request(export: ExportRequest, answers: Answers) -> EvaluateRequest {
    EvaluateRequest { protocol: PROTOCOL, export, answers }
}

fn wordings(parts: &Definition<'_>, yes_and_no: fn(&str) -> YesAndNo) -> Vec<Wording> {
    let encoded = |wording: &scalewright_model::Wording| {
        words(parts.instrument, wording, yes_and_no(&wording.language))
    };
    parts.instrument.wordings.iter().map(encoded).collect()
}

fn sources(sources: &[(&str, &str)]) -> Vec<SourceFile> {
    let source =
        |(name, text): &(&str, &str)| SourceFile { name: (*name).into(), text: (*text).into() };
    sources.iter().map(source).collect()
}
