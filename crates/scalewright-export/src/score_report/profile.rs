//! The profile: each score as a mark on a line of its own, with its bands or the middle range of its norm.

use scalewright_model::file::Derived;
use scalewright_model::{Band, Origin};
use serde::Serialize;

use super::change;
use super::numbers::shown;
use super::request::{ReportRequest, Reported, score_text};
use crate::ui::{ReportWords, filled};

/// A line of the profile.
#[derive(Serialize)]
pub(super) struct Profile {
    title: String,
    /// The ends of the line.
    low: f64,
    high: f64,
    low_text: String,
    high_text: String,
    /// The position of the mark. `None` if there is no score.
    score: Option<f64>,
    score_text: String,
    /// The ends of the interval around the mark, if the score's reliability has a source.
    interval: Option<(f64, f64)>,
    segments: Vec<Segment>,
    /// The alternative text.
    alt: String,
}

/// A part of a line.
#[derive(Serialize)]
struct Segment {
    from: f64,
    to: f64,
    label: String,
    shaded: bool,
}

/// Returns a line for each numeric score with a known range, in the order of the definition.
pub(super) fn profile(request: &ReportRequest<'_>) -> Vec<Profile> {
    request.in_order().filter_map(|score| line(request, &score)).collect()
}

fn line(request: &ReportRequest<'_>, score: &Reported<'_>) -> Option<Profile> {
    if !score.is_number() {
        return None;
    }
    let (low, high, segments) = match score.scale.origin {
        Origin::Norm(_, derived) => norm(derived, request.words())?,
        Origin::Scale(_) => {
            let (low, high) = (score.range.any.low, score.range.any.high);
            (low, high, segments(request, score, low, high))
        }
        Origin::Flag(_) => return None,
    };
    // The template divides by the length of the line.
    if !(low.is_finite() && high.is_finite() && low < high) {
        return None;
    }
    Some(Profile {
        title: score.title.to_owned(),
        low,
        high,
        low_text: shown(low),
        high_text: shown(high),
        score: score.score(),
        score_text: score_text(request, score),
        interval: change::interval(score),
        alt: alt(request, score, (low, high), &segments),
        segments,
    })
}

/// Returns the ends of the line of a derived score and its shaded middle: for standard scores three and one standard
/// deviations from the mean. `None` if the derived score has no fixed distribution.
fn norm(derived: Derived, words: &ReportWords) -> Option<(f64, f64, Vec<Segment>)> {
    let part = |percent: &str| filled(words.middle, &[("percent", percent)]);
    let (mean, sd) = match derived {
        Derived::Z => (0.0, 1.0),
        Derived::T => (50.0, 10.0),
        Derived::Iq => (100.0, 15.0),
        // Of a normal distribution, stanines 4 to 6 contain 54 %, stens 4 to 7 and percentiles 16 to 84 contain 68 %.
        Derived::Stanine => return Some(middle(1.0, 9.0, (4.0, 6.0), part("54"))),
        Derived::Sten => return Some(middle(1.0, 10.0, (4.0, 7.0), part("68"))),
        Derived::Percentile => {
            return Some(middle(0.0, 100.0, (16.0, 84.0), part("68")));
        }
        Derived::Measure => return None,
    };
    let within = (mean - sd, mean + sd);
    Some(middle(mean - 3.0 * sd, mean + 3.0 * sd, within, words.one_sd.to_owned()))
}

fn middle(low: f64, high: f64, (from, to): (f64, f64), label: String) -> (f64, f64, Vec<Segment>) {
    (low, high, vec![Segment { from, to, label, shaded: true }])
}

/// Returns the bands of the scale, or of its first band set, as parts of the line. Gaps are divided between neighbours.
fn segments(
    request: &ReportRequest<'_>,
    score: &Reported<'_>,
    low: f64,
    high: f64,
) -> Vec<Segment> {
    let Some((_, bands)) = score.scale.all_bands().next() else { return Vec::new() };
    let names = request.band_names(score.index);
    let mut order: Vec<(&Band, &str)> =
        bands.iter().zip(names.first().into_iter().flatten().copied()).collect();
    order.sort_by(|(a, _), (b, _)| a.lower.value().total_cmp(&b.lower.value()));
    // Overlapping bands cannot be shown on one line. The table lists them.
    if order.windows(2).any(|pair| pair[1].0.lower.value() < pair[0].0.upper.value()) {
        return Vec::new();
    }
    let edge = |at: usize| (order[at].0.upper.value() + order[at + 1].0.lower.value()) / 2.0;
    let inside = |value: f64| value.clamp(low, high);
    let parts = order.iter().enumerate().map(|(at, (band, name))| Segment {
        from: inside(if at == 0 { band.lower.value() } else { edge(at - 1) }),
        to: inside(if at + 1 == order.len() { band.upper.value() } else { edge(at) }),
        label: (*name).to_owned(),
        shaded: at % 2 == 1,
    });
    parts.filter(|part| part.from < part.to).collect()
}

fn alt(
    request: &ReportRequest<'_>,
    score: &Reported<'_>,
    (low, high): (f64, f64),
    segments: &[Segment],
) -> String {
    let words = request.words();
    let line = match score.score() {
        Some(_) => words.alt,
        None => words.alt_none,
    };
    let (low, high, text) = (shown(low), shown(high), score_text(request, score));
    let values = [("low", &*low), ("high", &high), ("score", &text), ("title", score.title)];
    let mut alt = filled(line, &values);
    if let Some((from, to)) = change::interval(score) {
        let (from, to) = (shown(from), shown(to));
        alt.push_str(&filled(words.alt_interval, &[("low", &*from), ("high", &to)]));
    }
    let part = |part: &Segment| {
        let (from, to) = (shown(part.from), shown(part.to));
        filled(words.alt_part, &[("low", &*from), ("high", &to), ("label", &part.label)])
    };
    let parts: Vec<String> = segments.iter().map(part).collect();
    if !parts.is_empty() {
        alt.push_str(&filled(words.alt_parts, &[("parts", &parts.join(", "))]));
    }
    alt
}
