//! The table of scores, and what the bands of the scores mean.

use super::block::{Block, Column, REST, Run, Style, Table, Width};
use super::request::{ReportRequest, ReportSheet, Reported, ScoreOf, score_text};
use crate::ui::filled;

/// Returns the part with the scores, each with its range, the number of answers and its bands.
pub(super) fn part(request: &ReportRequest<'_>) -> Vec<Block> {
    let (own, words) = (request.sheet.ui(), request.sheet.words());
    let table = Table {
        caption: own.scores.to_owned(),
        columns: vec![
            Column::new(words.score_of, REST),
            Column::of_numbers(words.score),
            Column::new(words.range, Width::Content),
            Column::new(words.answered, Width::Content),
            Column::new(own.band, Width::Fixed(48.0)),
        ],
        named_by: 0,
        rows: request.in_order().map(|score| row(request.sheet, &score)).collect(),
    };
    vec![Block::heading(own.scores), Block::Table(table)]
}

fn row(sheet: &ReportSheet<'_>, score: &Reported<'_>) -> Vec<Run> {
    vec![
        Run::words(score.of.title),
        Run::own(score_text(sheet, score)).styled(Style::Strong),
        Run::own(range(sheet, &score.of)),
        Run::own(answered(sheet, score)),
        Run::words(bands(sheet, score)),
    ]
}

/// Returns the range of a score in words; nothing if it is no number or has no limits.
pub(super) fn range(sheet: &ReportSheet<'_>, of: &ScoreOf<'_>) -> String {
    let reach = &of.range.any;
    match of.is_number() && reach.low.is_finite() && reach.high.is_finite() {
        true => sheet.span(reach.low, reach.high),
        false => String::new(),
    }
}

/// Returns how many of the items of a score were answered, in words.
pub(super) fn answered(sheet: &ReportSheet<'_>, score: &Reported<'_>) -> String {
    let (answered, all) = (score.answered().to_string(), score.of.items.to_string());
    filled(sheet.words().count, &[("count", &answered), ("all", &all)])
}

/// Returns the band of each set that contains the score.
pub(super) fn bands(sheet: &ReportSheet<'_>, score: &Reported<'_>) -> String {
    let Some(value) = score.score() else { return String::new() };
    let names = sheet.band_names(score.of.index);
    let sets = score.of.scale.all_bands().zip(names).filter_map(|((set, bands), names)| {
        let at = bands.iter().position(|band| band.contains(value))?;
        let name = names.get(at)?;
        Some(set.map_or_else(|| (*name).to_owned(), |set| format!("{name} ({set})")))
    });
    sets.collect::<Vec<_>>().join("; ")
}

/// Returns the part with the feedback on each score whose band has one, in the order of the definition. `of` names the
/// occasion, if the report has several.
pub(super) fn feedback(request: &ReportRequest<'_>, of: Option<usize>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for score in request.in_order() {
        let title = Run::words(format!("{}: ", score.of.title)).styled(Style::Strong);
        let texts = texts(request.sheet, &score).into_iter();
        blocks.extend(
            texts.map(|text| Block::Paragraph { runs: vec![title.clone(), Run::words(text)] }),
        );
    }
    if !blocks.is_empty() {
        let parts = request.sheet.ui().parts();
        let of = of.map(|number| format!(" ({} {number})", parts.occasion)).unwrap_or_default();
        blocks.insert(0, Block::heading(format!("{}{of}", parts.feedback)));
    }
    blocks
}

/// Returns the feedback of the band of each set that contains the score.
fn texts<'a>(sheet: &ReportSheet<'a>, score: &Reported<'_>) -> Vec<&'a str> {
    let Some(value) = score.score() else { return Vec::new() };
    let words = sheet.wording.and_then(|words| words.scales.get(score.of.index.0));
    let sets = score.of.scale.all_bands().zip(words.into_iter().flat_map(|words| &words.feedback));
    let texts = sets.filter_map(|((_, bands), texts)| {
        let at = bands.iter().position(|band| band.contains(value))?;
        texts.get(at)?.as_deref()
    });
    texts.collect()
}
