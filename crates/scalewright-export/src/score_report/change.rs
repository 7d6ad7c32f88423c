//! Intervals and reliable changes of scores whose reliability and standard deviation have a source.

use scalewright_model::{Reliability, Scale};

use super::block::{Block, Column, REST, Run, Style, Table, Width};
use super::request::{ReportRequest, ReportSheet, Reported, ScoreOf};
use crate::ui::filled;

/// Returns the part about the precision of the scores. Nothing if no reliability has a source.
pub(super) fn part(request: &ReportRequest<'_>) -> Vec<Block> {
    let words = request.sheet.words();
    let rows: Vec<Vec<Run>> = request.in_order().filter_map(|score| row(request, &score)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let table = Table {
        caption: words.how_sure.to_owned(),
        columns: vec![
            Column::new(words.score_of, REST),
            Column::new(words.interval, Width::Content),
            Column::new(words.change, Width::Content),
            Column::new(words.reliability, Width::Fixed(62.0)),
        ],
        named_by: 0,
        rows,
    };
    let text = Block::paragraph(words.how_sure_text);
    vec![Block::heading(words.how_sure), text, Block::Table(table)]
}

/// Returns the row of a score with a sourced reliability and a reliable change.
fn row(request: &ReportRequest<'_>, score: &Reported<'_>) -> Option<Vec<Run>> {
    let (sheet, words) = (request.sheet, request.sheet.words());
    let reliability = sourced(score.of.scale)?;
    let change = reliability.reliable_change()?;
    let interval = interval(score);
    let interval =
        interval.map_or_else(|| words.no_score.to_owned(), |(low, high)| sheet.span(low, high));
    let change = filled(words.more_than, &[("change", &sheet.figures().shown(change))]);
    Some(vec![
        Run::words(score.of.title),
        Run::own(interval),
        Run::own(change),
        Run::own(described(sheet, reliability)).styled(Style::Small),
    ])
}

/// Returns the reliability of a scale if it states a source.
fn sourced(scale: &Scale) -> Option<&Reliability> {
    scale.reliability.as_ref().filter(|reliability| !reliability.source.is_empty())
}

/// Returns the smallest reliable change of a score.
pub(super) fn reliable(of: &ScoreOf<'_>) -> Option<f64> {
    sourced(of.scale)?.reliable_change()
}

/// Returns the 95 % interval: the score ± 1.96 standard errors of measurement. It may exceed the range of the score.
pub(super) fn interval(score: &Reported<'_>) -> Option<(f64, f64)> {
    let margin = sourced(score.of.scale)?.half_width()?;
    let value = score.score().filter(|_| score.of.is_number())?;
    Some((value - margin, value + margin))
}

fn described(sheet: &ReportSheet<'_>, reliability: &Reliability) -> String {
    let Reliability { value, kind, sd, population, source } = reliability;
    let (figures, name) = (sheet.figures(), sheet.ui().parts().sd);
    let sd = sd.map(|sd| format!(", {name} {}", figures.exact(sd))).unwrap_or_default();
    let who = population.as_ref().map(|who| format!("; {}", figures.by_itself(who)));
    let who = who.unwrap_or_default();
    let works =
        source.iter().map(|work| figures.by_itself(&sheet.instrument.references[work.0].citation));
    // The words are in the order of the variants of the kind.
    let coefficient = sheet.words().coefficients[*kind as usize];
    let (value, works) = (figures.exact(*value), works.collect::<Vec<_>>().join(" "));
    format!("{coefficient} {value}{sd}{who}. {works}")
}
