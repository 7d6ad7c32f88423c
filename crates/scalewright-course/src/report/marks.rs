//! The lines, marks and episodes of series in a picture. Series differ in marks and dashes, not in colour alone.

use std::fmt::Write;

use scalewright_model::Choice;
use scalewright_model::text::html;

use super::drawn::{Drawn, Lane};
use super::plot::{BOTTOM, LANE_TOP, Plot, RIGHT, TOP};
use crate::drops::Outcome;

/// The dashes of the lines, in the order of the series.
const DASHES: [&str; 4] = ["", "7 4", "2 3", "9 3 2 3"];
/// Blue and orange, which readers with a colour vision deficiency distinguish, then greys.
const COLOURS: [&str; 4] = ["#0b4f8a", "#b35900", "#333", "#777"];

/// The line of a series with its marks, and its name beside the plot.
pub(super) fn series(one: &Drawn, at: usize, plot: &Plot) -> String {
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
pub(super) fn lane_of(one: &Drawn, found: &Lane, lane: usize, plot: &Plot) -> String {
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
