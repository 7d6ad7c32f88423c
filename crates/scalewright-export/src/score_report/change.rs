//! Intervals and reliable changes of scores whose reliability and standard deviation have a source.

use scalewright_model::{Reliability, Scale};
use scalewright_scoring::emit::digits;
use serde::Serialize;

use super::numbers::shown;
use super::request::{ReportRequest, Reported};
use crate::ui::filled;

/// The interval around a score, and the smallest reliable change.
#[derive(Serialize)]
pub(super) struct ChangeRow {
    title: String,
    interval: String,
    change: String,
    /// The coefficient, its sample and its source.
    reliability: String,
}

/// Returns a row for each score with a sourced reliability and a reliable change.
pub(super) fn rows(request: &ReportRequest<'_>) -> Vec<ChangeRow> {
    request.in_order().filter_map(|score| row(request, &score)).collect()
}

fn row(request: &ReportRequest<'_>, score: &Reported<'_>) -> Option<ChangeRow> {
    let reliability = sourced(score.scale)?;
    let change = reliability.reliable_change()?;
    let interval = interval(score);
    Some(ChangeRow {
        title: score.title.to_owned(),
        interval: interval.map_or_else(
            || request.words().no_score.to_owned(),
            |(low, high)| request.span(low, high),
        ),
        change: filled(request.words().more_than, &[("change", &shown(change))]),
        reliability: described(request, reliability),
    })
}

/// Returns the reliability of a scale if it states a source.
fn sourced(scale: &Scale) -> Option<&Reliability> {
    scale.reliability.as_ref().filter(|reliability| !reliability.source.is_empty())
}

/// Returns the 95 % interval: the score ± 1.96 standard errors of measurement. It may exceed the range of the score.
pub(super) fn interval(score: &Reported<'_>) -> Option<(f64, f64)> {
    let margin = sourced(score.scale)?.half_width()?;
    let value = score.score().filter(|_| score.is_number())?;
    Some((value - margin, value + margin))
}

fn described(request: &ReportRequest<'_>, reliability: &Reliability) -> String {
    let Reliability { value, kind, sd, population, source } = reliability;
    let sd = sd.map(|sd| format!(", SD {}", digits(sd))).unwrap_or_default();
    let who = population.as_ref().map(|who| format!("; {who}")).unwrap_or_default();
    let works = source.iter().map(|work| request.instrument.references[work.0].citation.as_str());
    // The words are in the order of the variants of the kind.
    let coefficient = request.words().coefficients[*kind as usize];
    format!("{coefficient} {}{sd}{who}. {}", digits(*value), works.collect::<Vec<_>>().join(" "))
}
