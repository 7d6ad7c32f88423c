//! How far a score can be relied on, where its reliability and the standard deviation of the sample have a source.

use scalewright_model::{Reliability, Scale};
use scalewright_scoring::emit::digits;
use serde::Serialize;

use super::numbers::shown;
use super::request::{ReportRequest, Reported};
use crate::ui::filled;

/// The interval around a score, and the least change that is reliable.
#[derive(Serialize)]
pub(super) struct ChangeRow {
    title: String,
    interval: String,
    change: String,
    /// The coefficient, its sample and its source.
    reliability: String,
}

/// A row for each score that such can be said of.
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

/// What no source vouches for is not made use of.
fn sourced(scale: &Scale) -> Option<&Reliability> {
    scale.reliability.as_ref().filter(|reliability| !reliability.source.is_empty())
}

/// The score and 1.96 standard errors of measurement to both sides; it may reach beyond what a score can be.
pub(super) fn interval(score: &Reported<'_>) -> Option<(f64, f64)> {
    let margin = sourced(score.scale)?.margin()?;
    let value = score.score().filter(|_| score.is_number())?;
    Some((value - margin, value + margin))
}

fn described(request: &ReportRequest<'_>, reliability: &Reliability) -> String {
    let Reliability { value, kind, sd, population, source } = reliability;
    let sd = sd.map(|sd| format!(", SD {}", digits(sd))).unwrap_or_default();
    let who = population.as_ref().map(|who| format!("; {who}")).unwrap_or_default();
    let works = source.iter().map(|work| request.instrument.references[work.0].citation.as_str());
    let coefficient = request.words().coefficients[*kind as usize];
    format!("{coefficient} {}{sd}{who}. {}", digits(*value), works.collect::<Vec<_>>().join(" "))
}
