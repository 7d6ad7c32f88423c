//! Several occasions of one respondent: for each score a picture of its course, and a table.

use std::cmp::Ordering;

use super::block::{Block, Column, REST, Run, Style, Table, Width};
use super::change;
use super::figures;
use super::picture::{Anchor, Axis, Form, INK, Picture, RULE, Shape};
use super::profile::{Segment, axis_of, parts_in_words};
use super::request::{ReportRequest, ReportSheet, Reported, ScoreOf, score_text};
use super::scores;
use crate::ui::{PartWords, ReportWords, filled};

/// Returns the part with the scores of all occasions.
pub(super) fn part(requests: &[ReportRequest<'_>]) -> Vec<Block> {
    let Some(first) = requests.first() else { return Vec::new() };
    let words = first.sheet.ui().parts();
    let mut blocks = vec![Block::heading(words.occasions), Block::paragraph(words.course_rule)];
    let names: Vec<String> = requests.iter().map(own).collect();
    for of in first.sheet.scores() {
        let scores: Vec<Reported<'_>> =
            requests.iter().filter_map(|request| request.score(of)).collect();
        blocks.push(Block::below(of.title));
        blocks.extend(picture(first.sheet, &of, &scores).map(|picture| Block::Figure { picture }));
        blocks.push(Block::Table(table(first.sheet, &of, (&names, &scores))));
    }
    blocks
}

/// Returns the columns that all occasions of a series share: rows of different forms or raters are different series.
pub fn shared_by_occasions(
    occasion: &[(String, String)],
) -> impl Iterator<Item = &(String, String)> {
    occasion.iter().filter(|(name, _)| matches!(name.as_str(), "form" | "rater"))
}

/// Returns the positions of occasions in their order: by `date` if all have an ISO date, else by `session` if all have a
/// number, else as they are.
#[must_use]
pub fn order_of_occasions(occasions: &[&[(String, String)]]) -> Vec<usize> {
    let value = |at: usize, column: &str| {
        occasions[at].iter().find(|(name, _)| name == column).map(|(_, value)| value.as_str())
    };
    let number = |at: usize| value(at, "session")?.trim().parse::<f64>().ok();
    let date = |at: usize| value(at, "date").filter(|date| figures::is_date(date));
    let mut order: Vec<usize> = (0..occasions.len()).collect();
    let has_numbers = order.iter().all(|at| number(*at).is_some());
    // The order of sessions within a day stays that of their numbers.
    if has_numbers {
        order.sort_by(|a, b| number(*a).partial_cmp(&number(*b)).unwrap_or(Ordering::Equal));
    }
    if order.iter().all(|at| date(*at).is_some()) {
        order.sort_by_key(|at| date(*at));
    }
    order
}

/// Returns what distinguishes an occasion from others, in words. The usual columns have words of their own.
pub(super) fn name(request: &ReportRequest<'_>) -> String {
    named(request, request.occasion.iter())
}

/// Returns what the occasions of a series share, in words.
pub(super) fn shared(request: &ReportRequest<'_>) -> String {
    named(request, shared_by_occasions(request.occasion))
}

/// Returns what distinguishes an occasion from others of its series, in words.
fn own(request: &ReportRequest<'_>) -> String {
    let shared: Vec<_> = shared_by_occasions(request.occasion).collect();
    named(request, request.occasion.iter().filter(|part| !shared.contains(part)))
}

fn named<'o>(
    request: &ReportRequest<'_>,
    parts: impl Iterator<Item = &'o (String, String)>,
) -> String {
    let (ui, figures) = (request.sheet.ui(), request.sheet.figures());
    let part = |(name, value): &(String, String)| {
        let name = known(name, ui.report, ui.parts(), ui.date).unwrap_or(name);
        format!("{name} {}", figures.date(value))
    };
    parts.map(part).collect::<Vec<_>>().join(", ")
}

/// Returns the words for the columns that usually distinguish occasions.
fn known(
    name: &str,
    words: &'static ReportWords,
    parts: &'static PartWords,
    date: &'static str,
) -> Option<&'static str> {
    Some(match name {
        "redcap_event_name" => words.event,
        "redcap_repeat_instance" => words.repeat,
        "session" => parts.session,
        "date" => date,
        "form" => parts.form,
        "rater" => parts.rater,
        _ => return None,
    })
}

fn table(
    sheet: &ReportSheet<'_>,
    of: &ScoreOf<'_>,
    (names, scores): (&[String], &[Reported<'_>]),
) -> Table {
    let (own, words, parts) = (sheet.ui(), sheet.words(), sheet.ui().parts());
    let first = scores.first().and_then(Reported::score).filter(|_| of.is_number());
    let has_bands = of.scale.all_bands().next().is_some();
    let row = |(at, (name, score)): (usize, (&String, &Reported<'_>))| {
        let mut row = vec![
            Run::own((at + 1).to_string()).styled(Style::Quiet),
            Run::own(name.as_str()),
            Run::own(score_text(sheet, score)).styled(Style::Strong),
            Run::own(since(sheet, score, first.filter(|_| at > 0))),
            Run::own(scores::answered(sheet, score)),
        ];
        row.extend(has_bands.then(|| Run::words(scores::bands(sheet, score))));
        row
    };
    let mut columns = vec![
        Column::of_numbers(own.number),
        Column::new(parts.occasion, REST),
        Column::of_numbers(words.score),
        Column::new(parts.since_first, Width::Content),
        Column::new(words.answered, Width::Content),
    ];
    columns.extend(has_bands.then(|| Column::new(own.band, Width::Fixed(40.0))));
    Table {
        caption: of.title.to_owned(),
        columns,
        named_by: 1,
        rows: names.iter().zip(scores).enumerate().map(row).collect(),
    }
}

/// Returns the difference from the first score in words, and whether it is larger than the smallest reliable change.
fn since(sheet: &ReportSheet<'_>, score: &Reported<'_>, first: Option<f64>) -> String {
    let Some((value, first)) = score.score().zip(first) else { return String::new() };
    let difference = sheet.figures().difference(value - first);
    let is_reliable = change::reliable(&score.of)
        .is_some_and(|least| (value - first).abs() > least + scalewright_model::TOLERANCE);
    match is_reliable {
        true => filled(sheet.ui().parts().reliable, &[("change", &difference)]),
        false => difference,
    }
}

/// The size of a picture, and the space around its plot: for the numbers of the axes, and for the names of the bands.
const WIDTH: f64 = 150.0;
const HEIGHT: f64 = 46.0;
const LEFT: f64 = 10.0;
const RIGHT: f64 = 112.0;
const TOP: f64 = 3.0;
const BOTTOM: f64 = 38.0;

/// Returns the picture of the course of a score. `None` if it has no known range, or no occasion has a score.
fn picture(sheet: &ReportSheet<'_>, of: &ScoreOf<'_>, scores: &[Reported<'_>]) -> Option<Picture> {
    let (ends, segments) = axis_of(sheet, of)?;
    scores.iter().find_map(Reported::score)?;
    let axis = Axis { scores: ends, places: (BOTTOM, TOP) };
    let x = |at: usize| {
        let step = (RIGHT - LEFT) / scores.len() as f64;
        LEFT + step * (at as f64 + 0.5)
    };
    let shapes = [
        background(&axis, &segments),
        axes(sheet, &axis, (scores.len(), &x)),
        course(sheet, scores, (&axis, &x)),
    ];
    Some(Picture {
        width: WIDTH,
        height: HEIGHT,
        alt: alt(sheet, of, scores, ends) + &parts_in_words(sheet, &segments),
        shapes: shapes.into_iter().flatten().collect(),
    })
}

/// The bands as stripes, with their names at the right.
fn background(axis: &Axis, segments: &[Segment]) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for segment in segments {
        let (low, high) = (axis.at(segment.from), axis.at(segment.to));
        let (width, height) = (RIGHT - LEFT, low - high);
        shapes.push(Shape::Area { x: LEFT, y: high, width, height, grey: segment.grey });
        if height >= 2.4 {
            let at = (RIGHT + 2.0, (low + high) / 2.0);
            shapes.push(Shape::name(at, Anchor::Left, &segment.label, WIDTH - RIGHT - 2.0));
        }
    }
    shapes
}

fn axes(
    sheet: &ReportSheet<'_>,
    axis: &Axis,
    (count, x): (usize, &dyn Fn(usize) -> f64),
) -> Vec<Shape> {
    let mut shapes = vec![Shape::frame((LEFT, TOP), (RIGHT - LEFT, BOTTOM - TOP))];
    for score in axis.ticks() {
        let y = axis.at(score);
        shapes.push(Shape::line((LEFT - 1.0, y), (LEFT, y), 0.2, RULE));
        let text = sheet.figures().shown(score);
        shapes.push(Shape::label((LEFT - 1.6, y), Anchor::Right, 6.5, text));
    }
    // Of many occasions, every second, third or further one gets its number.
    let step = count.div_ceil(24).max(1);
    for at in (0..count).step_by(step) {
        let place = (x(at), BOTTOM + 2.4);
        shapes.push(Shape::label(place, Anchor::Middle, 6.5, (at + 1).to_string()));
    }
    let title = sheet.ui().parts().occasion.to_owned();
    let middle = ((LEFT + RIGHT) / 2.0, BOTTOM + 5.8);
    shapes.push(Shape::label(middle, Anchor::Middle, 6.5, title));
    shapes
}

/// The scores: marks that lines join, except over an occasion without a score, which is a cross on the axis.
fn course(
    sheet: &ReportSheet<'_>,
    scores: &[Reported<'_>],
    (axis, x): (&Axis, &dyn Fn(usize) -> f64),
) -> Vec<Shape> {
    let points: Vec<Option<(f64, f64)>> = scores
        .iter()
        .enumerate()
        .map(|(at, score)| score.score().map(|score| (x(at), axis.at(score))))
        .collect();
    let runs = points.split(Option::is_none).filter(|run| run.len() > 1);
    let path = |run: &[Option<(f64, f64)>]| Shape::Path {
        points: run.iter().flatten().copied().collect(),
        weight: 0.4,
        grey: INK,
        dashed: false,
    };
    let mut shapes: Vec<Shape> = runs.map(path).collect();
    for (at, score) in scores.iter().enumerate() {
        let Some(value) = score.score() else {
            shapes.push(Shape::Mark { x: x(at), y: BOTTOM - 1.6, form: Form::Cross });
            continue;
        };
        shapes.extend(whisker(score, (x(at), axis)));
        shapes.push(Shape::Mark { x: x(at), y: axis.at(value), form: Form::Circle });
        if scores.len() <= 12 {
            let above = axis.at(value) - 2.6;
            // Above the plot there is no room.
            let y = if above < TOP + 1.0 { axis.at(value) + 2.8 } else { above };
            let text = sheet.figures().shown(value);
            shapes.push(Shape::label((x(at) + 2.2, y), Anchor::Left, 6.5, text));
        }
    }
    shapes
}

/// The 95 % interval around a score, if its reliability has a source.
fn whisker(score: &Reported<'_>, (x, axis): (f64, &Axis)) -> Vec<Shape> {
    let Some((from, to)) = change::interval(score) else { return Vec::new() };
    let (from, to) = (axis.at(from), axis.at(to));
    let end = |y: f64| Shape::line((x - 0.8, y), (x + 0.8, y), 0.25, INK);
    vec![Shape::line((x, from), (x, to), 0.25, INK), end(from), end(to)]
}

fn alt(
    sheet: &ReportSheet<'_>,
    of: &ScoreOf<'_>,
    scores: &[Reported<'_>],
    (low, high): (f64, f64),
) -> String {
    let figures = sheet.figures();
    let each = scores.iter().enumerate();
    let each = each.map(|(at, score)| format!("{}: {}", at + 1, score_text(sheet, score)));
    let (low, high) = (figures.shown(low), figures.shown(high));
    let (count, each) = (scores.len().to_string(), each.collect::<Vec<_>>().join("; "));
    let ends = [("low", &*low), ("high", &high), ("count", &count), ("scores", &each)];
    let values: Vec<(&str, &str)> = ends.into_iter().chain([("title", of.title)]).collect();
    filled(sheet.ui().parts().course_alt, &values)
}

#[cfg(test)]
mod tests {
    use super::order_of_occasions;

    fn occasion(parts: &[(&str, &str)]) -> Vec<(String, String)> {
        parts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn order(occasions: &[Vec<(String, String)>]) -> Vec<usize> {
        order_of_occasions(&occasions.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    #[test]
    fn occasions_follow_dates_then_numbers_then_the_table() {
        let dated = ["2026-03-01", "2025-12-24", "2026-02-01T10:00"];
        let dated: Vec<_> = dated.iter().map(|date| occasion(&[("date", date)])).collect();
        assert_eq!(order(&dated), [1, 2, 0]);
        let numbered = ["10", "9", "1"];
        let numbered: Vec<_> = numbered.iter().map(|at| occasion(&[("session", at)])).collect();
        assert_eq!(order(&numbered), [2, 1, 0]);
        let named = ["start", "end"];
        let named: Vec<_> = named.iter().map(|at| occasion(&[("session", at)])).collect();
        assert_eq!(order(&named), [0, 1]);
        let same_day = ["2", "1"];
        let same_day: Vec<_> = same_day
            .iter()
            .map(|at| occasion(&[("session", at), ("date", "2026-03-01")]))
            .collect();
        assert_eq!(order(&same_day), [1, 0]);
    }
}
