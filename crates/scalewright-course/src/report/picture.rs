//! The picture of the series of one respondent on one scale, as SVG.
//!
//! Series differ in marks and dashes, outcomes in marks and words, so that a print in grey and a reader with a
//! colour vision deficiency lose nothing. Missed sessions interrupt the line.

use std::collections::BTreeMap;
use std::fmt::Write;

use scalewright_model::text::html;

use super::drawn::Drawn;
use super::marks::{lane_of, series};
use super::markup::short;
use super::page::SAME;
use super::plot::{BOTTOM, LANE_TOP, LEFT, Plot, RIGHT, TOP, WIDTH};
use crate::bands::corridor_of;
use crate::course::{Axis, Course, Known, Line};
use crate::dates;
use crate::judge::Judge;

/// At most this many lanes of episodes are drawn. All are in the list below the picture.
const LANES: usize = 12;

/// The fonts of letters in a browser.
pub(super) const FONT: &str = "system-ui,sans-serif";

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
