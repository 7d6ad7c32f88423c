//! The profile: each score as a mark on a line of its own, with its bands or the middle range of its norm.

use scalewright_model::file::Derived;
use scalewright_model::{Band, Origin};

use super::block::{Block, Line, Run};
use super::change;
use super::picture::{Anchor, Axis, Form, INK, Picture, SHADE, STRIPE, Shape};
use super::request::{ReportRequest, ReportSheet, Reported, ScoreOf, score_text};
use crate::ui::{ReportWords, filled};

/// The space for the names of lines, with the gap after them.
const NAMES: f64 = 52.0;

/// A part of a line: a band, or the middle of a norm.
pub(super) struct Segment {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) label: String,
    pub(super) grey: u8,
}

/// Returns the part with a line for each numeric score with a known range, in the order of the definition.
pub(super) fn part(request: &ReportRequest<'_>) -> Vec<Block> {
    let lines: Vec<Line> = request.in_order().filter_map(|score| line(request, &score)).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    vec![Block::heading(request.sheet.words().profile), Block::Lines { lines }]
}

fn line(request: &ReportRequest<'_>, score: &Reported<'_>) -> Option<Line> {
    let sheet = request.sheet;
    let (ends, segments) = axis_of(sheet, &score.of)?;
    let width = sheet.width() - NAMES;
    let axis = Axis { scores: ends, places: (0.0, width) };
    let shapes = [track(&axis, &segments), marks(sheet, score, &axis), ends_of(sheet, &axis)];
    let alt = alt(sheet, score, ends, &segments);
    let picture =
        Picture { width, height: 14.5, alt, shapes: shapes.into_iter().flatten().collect() };
    Some(Line { title: Run::words(score.of.title), picture })
}

/// Returns the ends of the axis of a score, and its parts. `None` if the score has no known range.
pub(super) fn axis_of(
    sheet: &ReportSheet<'_>,
    score: &ScoreOf<'_>,
) -> Option<((f64, f64), Vec<Segment>)> {
    if !score.is_number() {
        return None;
    }
    match score.scale.origin {
        Origin::Norm(_, derived) => {
            let (low, high, segments) = norm(derived, sheet.words())?;
            Some(((low, high), segments))
        }
        Origin::Scale(_) => {
            let (low, high) = score.ends()?;
            Some(((low, high), segments(sheet, score, low, high)))
        }
        Origin::Flag(_) => None,
    }
}

/// The upper edge and the height of the line.
const TOP: f64 = 4.4;
const HIGH: f64 = 3.6;

fn track(axis: &Axis, segments: &[Segment]) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for segment in segments {
        let (x, end) = (axis.at(segment.from), axis.at(segment.to));
        let width = end - x;
        shapes.push(Shape::Area { x, y: TOP, width, height: HIGH, grey: segment.grey });
        let middle = ((x + end) / 2.0, TOP + HIGH + 2.2);
        shapes.push(Shape::name(middle, Anchor::Middle, &segment.label, width - 1.0));
    }
    shapes.push(Shape::frame((0.0, TOP), (axis.places.1, HIGH)));
    shapes
}

fn marks(sheet: &ReportSheet<'_>, score: &Reported<'_>, axis: &Axis) -> Vec<Shape> {
    let Some(value) = score.score() else { return Vec::new() };
    let middle = TOP + HIGH / 2.0;
    let mut shapes = Vec::new();
    if let Some((from, to)) = change::interval(score) {
        let (from, to) = (axis.at(from), axis.at(to));
        shapes.push(Shape::line((from, middle), (to, middle), 0.5, INK));
        for end in [from, to] {
            shapes.push(Shape::line((end, middle - 1.2), (end, middle + 1.2), 0.5, INK));
        }
    }
    let (x, text) = (axis.at(value), score_text(sheet, score));
    shapes.push(Shape::Mark { x, y: middle, form: Form::Diamond });
    let (y, anchor) = (1.8, Anchor::Middle);
    let (size, bold, own) = (8.0, true, true);
    shapes.push(Shape::Label { x, y, anchor, size, bold, own, text, room: None });
    shapes
}

fn ends_of(sheet: &ReportSheet<'_>, axis: &Axis) -> Vec<Shape> {
    let ((low, high), (from, to)) = (axis.scores, axis.places);
    let (y, figures) = (TOP + HIGH + 5.0, sheet.figures());
    vec![
        Shape::label((from, y), Anchor::Left, 6.5, figures.shown(low)),
        Shape::label((to, y), Anchor::Right, 6.5, figures.shown(high)),
    ]
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
    (low, high, vec![Segment { from, to, label, grey: SHADE }])
}

/// Returns the bands of the scale, or of its first band set, as parts of the line. Gaps are divided between neighbours.
fn segments(sheet: &ReportSheet<'_>, score: &ScoreOf<'_>, low: f64, high: f64) -> Vec<Segment> {
    let Some((_, bands)) = score.scale.all_bands().next() else { return Vec::new() };
    let names = sheet.band_names(score.index);
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
        grey: if at % 2 == 1 { SHADE } else { STRIPE },
    });
    parts.filter(|part| part.from < part.to).collect()
}

fn alt(
    sheet: &ReportSheet<'_>,
    score: &Reported<'_>,
    (low, high): (f64, f64),
    segments: &[Segment],
) -> String {
    let (words, figures) = (sheet.words(), sheet.figures());
    let line = match score.score() {
        Some(_) => words.alt,
        None => words.alt_none,
    };
    let (low, high, text) = (figures.shown(low), figures.shown(high), score_text(sheet, score));
    let values = [("low", &*low), ("high", &high), ("score", &text), ("title", score.of.title)];
    let mut alt = filled(line, &values);
    if let Some((from, to)) = change::interval(score) {
        let (from, to) = (figures.shown(from), figures.shown(to));
        alt.push_str(&filled(words.alt_interval, &[("low", &*from), ("high", &to)]));
    }
    alt.push_str(&parts_in_words(sheet, segments));
    alt
}

/// Returns the parts of an axis in words, for the end of an alternative text.
pub(super) fn parts_in_words(sheet: &ReportSheet<'_>, segments: &[Segment]) -> String {
    let (words, figures) = (sheet.words(), sheet.figures());
    let part = |part: &Segment| {
        let (from, to) = (figures.shown(part.from), figures.shown(part.to));
        filled(words.alt_part, &[("low", &*from), ("high", &to), ("label", &part.label)])
    };
    let parts: Vec<String> = segments.iter().map(part).collect();
    match parts.is_empty() {
        true => String::new(),
        false => filled(words.alt_parts, &[("parts", &parts.join(", "))]),
    }
}
