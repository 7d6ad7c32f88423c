//! The picture of the series of one respondent on one scale, as SVG.
//!
//! Series differ in marks and dashes, outcomes in marks and words, so that a print in grey and a reader with a
//! colour vision deficiency lose nothing. Missed sessions interrupt the line.

use std::collections::BTreeMap;
use std::fmt::Write;

use scalewright_model::Choice;
use scalewright_model::text::html;

use super::markup::short;
use super::page::SAME;
use super::plot::{BOTTOM, LANE_TOP, LEFT, Plot, RIGHT, TOP, WIDTH};
use crate::bands::corridor_of;
use crate::course::{Axis, Course, Known, Line};
use crate::dates;
use crate::drops::{Episode, Outcome};
use crate::judge::{Found, Judge};
use crate::numbers::QUANTILE;
use crate::series::RowSeries;
use crate::sheet::{Row, UNKNOWN};

/// At most this many lanes of episodes are drawn. All are in the list below the picture.
const LANES: usize = 12;

/// The fonts of letters in a browser.
pub(super) const FONT: &str = "system-ui,sans-serif";

/// A series with what is drawn of it.
pub(super) struct Drawn {
    pub(super) name: String,
    pub(super) line: Line,
    /// The session or the day of each score.
    at: Vec<i64>,
    /// Which scores are prorated.
    prorated: Vec<bool>,
    /// The sessions or days without a score.
    unscored: Vec<i64>,
    /// The date of each session that has one.
    dates: Vec<(i64, i32)>,
    /// What the measurement error adds to a score on both sides, if it is drawn.
    whisker: Option<f64>,
    pub(super) lanes: Vec<Lane>,
}

/// What one criterion found in a series.
pub(super) struct Lane {
    pub(super) criterion: String,
    pub(super) episodes: Vec<Episode>,
}

/// Collects what is drawn of a series.
pub(super) fn drawn(course: &Course<'_>, series: &RowSeries, scale: usize, known: &Known) -> Drawn {
    let judge = Judge { criteria: &course.criteria, choices: course.choices };
    let line = course.line(series, scale);
    let found = judge.judge(&line, known);
    let mut lanes = Vec::new();
    for (rule, one) in course.criteria.rupture.iter().zip(found.ruptures) {
        let Ok((_, Found::Drops(episodes))) = one else { continue };
        if !episodes.is_empty() {
            lanes.push(Lane { criterion: rule.id.clone(), episodes });
        }
    }
    let rows = course.rows(series);
    let scores = course.scores(series, scale);
    let by_days = course.choices.axis == Axis::Days && rows.iter().all(|row| row.day != UNKNOWN);
    let first = course.first_day(series.respondent).unwrap_or_default();
    let place = |row: &Row| match by_days {
        true => i64::from(row.day - first),
        false => i64::from(row.session),
    };
    let each = || rows.iter().zip(&scores);
    let dates = rows.iter().filter(|row| row.day != UNKNOWN).map(|row| (place(row), row.day));
    let scored = || each().filter(|(_, (score, _))| score.is_some());
    Drawn {
        name: course.rating(series),
        at: scored().map(|(row, _)| place(row)).collect(),
        prorated: scored().map(|(_, (_, prorated))| *prorated).collect(),
        unscored: each()
            .filter(|(_, (score, _))| score.is_none())
            .map(|(row, _)| place(row))
            .collect(),
        dates: dates.collect(),
        whisker: known
            .group
            .filter(|_| course.choices.whiskers)
            .map(|group| QUANTILE * group.sem()),
        line,
        lanes,
    }
}

/// The picture. `None` if no session has a score.
pub(super) fn picture(
    course: &Course<'_>,
    scale: usize,
    all: &[Drawn],
    known: &Known,
) -> Option<String> {
    let plot = plot(course, scale, all)?;
    let lanes: usize = all.iter().map(|one| one.lanes.len()).sum::<usize>().min(LANES);
    let height = LANE_TOP + 18.0 * lanes as f64;
    let title = html(&course.scale(scale).title);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"{FONT}\" font-size=\"12\">\
         <title>{title} by session</title><desc>{SAME}</desc>"
    );
    let days = course.choices.axis == Axis::Days;
    svg.push_str(&axes(&plot, if days { "days since the first session" } else { "session" }));
    let dates: BTreeMap<i64, i32> = all.iter().flat_map(|one| one.dates.iter().copied()).collect();
    svg.push_str(&date_labels(&dates, &plot));
    svg.push_str(&cut_lines(course, scale, &plot));
    if let Some(corridor) = corridor(course, &all[0].line, known) {
        svg.push_str(&corridor_lines(corridor, (all.len(), &all[0].name), &plot));
    }
    let mut lane = 0;
    for (at, one) in all.iter().enumerate() {
        for found in one.lanes.iter().take(LANES - lane.min(LANES)) {
            svg.push_str(&lane_of(one, found, lane, &plot));
            lane += 1;
        }
        svg.push_str(&series(one, at, &plot));
    }
    svg.push_str("</svg>");
    Some(svg)
}

fn plot(course: &Course<'_>, scale: usize, all: &[Drawn]) -> Option<Plot> {
    let sessions = all.iter().flat_map(|one| one.at.iter().chain(&one.unscored));
    let (first, last) = (sessions.clone().min()?, sessions.max()?);
    let whisker = |one: &Drawn| one.whisker.unwrap_or_default();
    let reach = |one: &Drawn, sign: f64| {
        let whisker = sign * whisker(one);
        one.line.scores.iter().map(move |score| score + whisker).collect::<Vec<f64>>()
    };
    let low = all.iter().flat_map(|one| reach(one, -1.0)).min_by(f64::total_cmp)?;
    let high = all.iter().flat_map(|one| reach(one, 1.0)).max_by(f64::total_cmp)?;
    let scores = match &course.scale(scale).stated_range {
        Some(range) => (range.low.min(low), range.high.max(high)),
        None if high > low => (low - 0.1 * (high - low), high + 0.1 * (high - low)),
        None => (low - 1.0, high + 1.0),
    };
    Some(Plot { sessions: (*first, *last), scores })
}

fn axes(plot: &Plot, title: &str) -> String {
    let mut svg = format!(
        "<path d=\"M{LEFT} {TOP}V{BOTTOM}H{RIGHT}\" fill=\"none\" stroke=\"#111\"/>\
         <text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{title}</text>",
        (LEFT + RIGHT) / 2.0,
        BOTTOM + 48.0
    );
    for session in plot.session_labels() {
        let x = plot.x(session);
        let (tick, label) = (BOTTOM + 4.0, BOTTOM + 18.0);
        let _ = write!(
            svg,
            "<path d=\"M{x:.1} {BOTTOM}V{tick}\" stroke=\"#111\"/>\
             <text x=\"{x:.1}\" y=\"{label}\" text-anchor=\"middle\">{session}</text>"
        );
    }
    for score in plot.score_labels() {
        let y = plot.y(score);
        let _ = write!(
            svg,
            "<path d=\"M{LEFT} {y:.1}h-4\" stroke=\"#111\"/>\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 7.0,
            y + 4.0,
            short(score)
        );
    }
    svg
}

/// The dates below the axis that have room.
fn date_labels(dates: &BTreeMap<i64, i32>, plot: &Plot) -> String {
    let mut svg = String::new();
    let mut free = f64::NEG_INFINITY;
    for (at, day) in dates {
        let x = plot.x(*at);
        if x < free {
            continue;
        }
        free = x + 76.0;
        let _ = write!(
            svg,
            "<text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\" font-size=\"10\" fill=\"#333\">{}</text>",
            BOTTOM + 31.0,
            dates::text(*day)
        );
    }
    svg
}

/// The lower edges of the bands of the scale.
fn cut_lines(course: &Course<'_>, scale: usize, plot: &Plot) -> String {
    let mut svg = String::new();
    for band in &course.scale(scale).bands {
        let edge = band.lower.value();
        if edge > plot.scores.0 && edge < plot.scores.1 {
            let y = plot.y(edge);
            let label: String = band.label.chars().take(20).collect();
            let _ = write!(
                svg,
                "<path d=\"M{LEFT} {y:.1}H{RIGHT}\" stroke=\"#999\" stroke-width=\".7\"/>\
                 <text x=\"{}\" y=\"{:.1}\" fill=\"#444\" font-size=\"10\">{}</text>",
                RIGHT + 6.0,
                y - 2.0,
                html(&label)
            );
        }
    }
    svg
}

/// The scores that show no reliable change from the first score of a series.
fn corridor(course: &Course<'_>, line: &Line, known: &Known) -> Option<(f64, f64)> {
    let judge = Judge { criteria: &course.criteria, choices: course.choices };
    let group = known.group?;
    judge.before(line).map(|before| corridor_of(before, course.choices.baseline, &group))
}

fn corridor_lines((low, high): (f64, f64), (series, name): (usize, &str), plot: &Plot) -> String {
    // Below the names of the series.
    let label = ((plot.y(high) + plot.y(low)) / 2.0).max(TOP + 16.0 * series as f64 + 12.0);
    let (top, bottom) = (plot.y(high), plot.y(low));
    format!(
        "<path d=\"M{LEFT} {top:.1}H{RIGHT}V{bottom:.1}H{LEFT}Z\" fill=\"#000\" fill-opacity=\".06\"/>\
         <path d=\"M{LEFT} {top:.1}H{RIGHT}M{LEFT} {bottom:.1}H{RIGHT}\" stroke=\"#555\" stroke-dasharray=\"2 3\"/>\
         <text x=\"{}\" y=\"{label:.1}\" fill=\"#333\" font-size=\"10\">no reliable change{}</text>",
        RIGHT + 8.0,
        if series > 1 {
            html(&format!(": {}", name.chars().take(20).collect::<String>()))
        } else {
            String::new()
        }
    )
}

/// The dashes of the lines, in the order of the series.
const DASHES: [&str; 4] = ["", "7 4", "2 3", "9 3 2 3"];
/// Blue and orange, which readers with a colour vision deficiency distinguish, then greys.
const COLOURS: [&str; 4] = ["#0b4f8a", "#b35900", "#333", "#777"];

fn series(one: &Drawn, at: usize, plot: &Plot) -> String {
    let (dash, colour) = (DASHES[at % 4], COLOURS[at % 4]);
    let places = one.line.sessions.iter().zip(&one.at);
    let points: Vec<(i64, f64, f64)> = places
        .zip(&one.line.scores)
        .map(|((session, at), score)| (*session, plot.x(*at), plot.y(*score)))
        .collect();
    let mut path = String::new();
    for run in points.chunk_by(|a, b| b.0 - a.0 == 1) {
        for (place, (_, x, y)) in run.iter().enumerate() {
            let _ = write!(path, "{}{x:.1} {y:.1}", if place == 0 { "M" } else { "L" });
        }
    }
    let mut svg = format!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\" stroke-dasharray=\"{dash}\"/>"
    );
    svg.push_str(&whiskers(one, colour, plot));
    for ((_, x, y), prorated) in points.iter().zip(&one.prorated) {
        svg.push_str(&mark(at, (*x, *y), colour));
        if *prorated {
            let (x, y) = (x + 8.0, y + 3.0);
            let _ = write!(
                svg,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" font-size=\"10\">p</text>"
            );
        }
    }
    for session in &one.unscored {
        let (x, y) = (plot.x(*session), BOTTOM - 5.0);
        let _ = write!(
            svg,
            "<path d=\"M{:.1} {:.1}l6 6m0 -6l-6 6\" stroke=\"{colour}\" stroke-width=\"1.4\"/>",
            x - 3.0,
            y - 3.0
        );
    }
    let y = TOP + 16.0 * at as f64 + 4.0;
    let (x, label): (f64, String) = (RIGHT + 40.0, one.name.chars().take(24).collect());
    let _ = write!(
        svg,
        "<path d=\"M{} {y}h26\" stroke=\"{colour}\" stroke-width=\"1.6\" stroke-dasharray=\"{dash}\"/>{}\
         <text x=\"{x}\" y=\"{}\">{}</text>",
        RIGHT + 8.0,
        mark(at, (RIGHT + 21.0, y), colour),
        y + 4.0,
        html(&label)
    );
    svg
}

/// What the measurement error allows, above and below each score.
fn whiskers(one: &Drawn, colour: &str, plot: &Plot) -> String {
    let Some(whisker) = one.whisker else { return String::new() };
    let mut path = String::new();
    for (at, score) in one.at.iter().zip(&one.line.scores) {
        let (x, low, high) = (plot.x(*at), plot.y(score - whisker), plot.y(score + whisker));
        let from = x - 3.0;
        let _ =
            write!(path, "M{from:.1} {high:.1}h6M{x:.1} {high:.1}V{low:.1}M{from:.1} {low:.1}h6");
    }
    format!("<path d=\"{path}\" stroke=\"{colour}\" stroke-width=\".8\" fill=\"none\"/>")
}

/// The mark of a series: a full circle, an open square, a full triangle, an open diamond.
fn mark(at: usize, (x, y): (f64, f64), colour: &str) -> String {
    match at % 4 {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\"/>"),
        1 => format!(
            "<path d=\"M{:.1} {:.1}h8v8h-8Z\" fill=\"#fff\" stroke=\"{colour}\" stroke-width=\"1.6\"/>",
            x - 4.0,
            y - 4.0
        ),
        2 => format!("<path d=\"M{x:.1} {:.1}l5 9h-10Z\" fill=\"{colour}\"/>", y - 5.0),
        _ => format!(
            "<path d=\"M{x:.1} {:.1}l5 5l-5 5l-5 -5Z\" fill=\"#fff\" stroke=\"{colour}\" stroke-width=\"1.6\"/>",
            y - 5.0
        ),
    }
}

/// A lane below the plot with the episodes of one criterion: from the base over the trough to the repair.
fn lane_of(one: &Drawn, found: &Lane, lane: usize, plot: &Plot) -> String {
    let y = LANE_TOP + 4.0 + 18.0 * lane as f64;
    let mut svg = String::new();
    for episode in &found.episodes {
        let at = |place: usize| plot.x(one.at[place]);
        let end = episode.repair.unwrap_or(episode.trough_at);
        let (from, trough, to) = (at(episode.onset), at(episode.trough_at), at(end));
        let last = match episode.outcome {
            // A full circle, a cross, and an arrow into the unknown.
            Outcome::Repaired => format!("<circle cx=\"{to:.1}\" cy=\"{y}\" r=\"4\"/>"),
            Outcome::Unrepaired => {
                format!(
                    "<path d=\"M{:.1} {}l8 8m0 -8l-8 8\" stroke=\"#111\" stroke-width=\"2\"/>",
                    to - 4.0,
                    y - 4.0
                )
            }
            Outcome::Censored => {
                format!(
                    "<path d=\"M{to:.1} {}l7 5l-7 5\" fill=\"none\" stroke=\"#111\" stroke-width=\"1.6\"/>",
                    y - 5.0
                )
            }
        };
        let width = (to - from).max(1.0);
        let _ = write!(
            svg,
            "<path d=\"M{from:.1} {TOP}h{width:.1}V{BOTTOM}h-{width:.1}Z\" fill=\"#000\" fill-opacity=\".045\"/>\
             <path d=\"M{from:.1} {}v8M{from:.1} {y}H{to:.1}\" stroke=\"#111\" stroke-width=\"1.6\"/>\
             <path d=\"M{trough:.1} {}l-4 -7h8Z\"/>{last}",
            y - 4.0,
            y + 3.0
        );
    }
    let outcomes = found.episodes.iter().map(|one| one.outcome.name());
    let mut words: Vec<&str> = outcomes.collect();
    words.dedup();
    let label = format!("{}, {}: {}", one.name, found.criterion, words.join(", "));
    let label: String = label.chars().take(44).collect();
    let (x, y) = (RIGHT + 8.0, y + 4.0);
    let _ = write!(svg, "<text x=\"{x}\" y=\"{y}\" font-size=\"10\">{}</text>", html(&label));
    svg
}
