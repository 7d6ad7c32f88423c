//! Pictures as SVG: how often each answer was given, and the correlations between items. The numbers are in the page as
//! well, so that nobody depends on colours.

use std::fmt::Write;

use super::super::result::{AnswerCounts, GroupAnalysis, Statistics};
use super::super::text::{number, percent};
use super::escaped;

/// Above this number of items or answers, a picture would be too small to read.
const MOST: usize = 60;

/// Bars of the answers to each item, from the lowest to the highest.
pub(super) fn answers(statistics: &Statistics, group: &GroupAnalysis) -> String {
    let of = |id: &String| group.answers.iter().find(|(other, _)| other == id).map(|(_, all)| all);
    let rows: Vec<(&String, &AnswerCounts)> =
        statistics.items.iter().filter_map(|(id, _)| Some((id, of(id)?))).collect();
    let fits = |counts: &AnswerCounts| (2..=12).contains(&counts.counts.len());
    if rows.len() > MOST || !rows.iter().all(|(_, counts)| fits(counts)) {
        return String::new();
    }
    let height = 26 * rows.len() + 4;
    let mut svg = format!(
        "<figure><svg viewBox=\"0 0 720 {height}\" width=\"720\" height=\"{height}\" role=\"img\" aria-label=\"Answers to each item\" font-size=\"13\">"
    );
    for (at, (id, counts)) in rows.iter().enumerate() {
        let y = 26 * at + 2;
        let _ = write!(
            svg,
            "<text x=\"112\" y=\"{}\" text-anchor=\"end\">{}</text>",
            y + 16,
            escaped(id)
        );
        svg.push_str(&bar(counts, y));
    }
    svg.push_str("</svg><figcaption>Answers as given, from the lowest (light) to the highest (dark), without missing ones.</figcaption></figure>\n");
    svg
}

fn bar(counts: &AnswerCounts, y: usize) -> String {
    let (mut svg, mut x) = (String::new(), 120.0);
    let last = counts.counts.len().saturating_sub(1).max(1) as f64;
    for (at, (value, n)) in counts.counts.iter().enumerate() {
        let share = *n as f64 / counts.n.max(1) as f64;
        let width = 596.0 * share;
        let depth = at as f64 / last;
        let shade = |light: f64, dark: f64| light + (dark - light) * depth;
        let _ = write!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y}\" width=\"{width:.1}\" height=\"22\" fill=\"rgb({:.0},{:.0},{:.0})\"><title>{value}: {n}, {}</title></rect>",
            shade(222.0, 8.0),
            shade(235.0, 48.0),
            shade(247.0, 107.0),
            percent(Some(share))
        );
        if width > 34.0 {
            let colour = if depth > 0.5 { "#fff" } else { "#111" };
            let _ = write!(
                svg,
                "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\" fill=\"{colour}\">{value}</text>",
                x + width / 2.0,
                y + 16
            );
        }
        x += width;
    }
    svg
}

/// The correlations between the keyed items: blue above 0, orange below.
pub(super) fn heat(statistics: &Statistics) -> String {
    let k = statistics.items.len();
    if !(2..=MOST).contains(&k) {
        return String::new();
    }
    let cell = (600 / k).clamp(12, 44);
    let (left, size) = (120, cell * k);
    let longest = statistics.items.iter().map(|(id, _)| id.len()).max().unwrap_or(0);
    let (width, height) = (left + size + 40, size + 20 + (7 * longest).min(90));
    let mut svg = format!(
        "<figure><svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"Correlations between the items\" font-size=\"12\">"
    );
    for (i, (id, _)) in statistics.items.iter().enumerate() {
        let middle = i * cell + cell / 2;
        let name = escaped(id);
        let _ =
            write!(svg, "<text x=\"112\" y=\"{}\" text-anchor=\"end\">{name}</text>", middle + 4);
        let _ = write!(
            svg,
            "<text transform=\"translate({},{}) rotate(60)\">{name}</text>",
            left + middle - 3,
            size + 12
        );
        for (j, r) in statistics.correlations[i].iter().enumerate() {
            let other = escaped(&statistics.items[j].0);
            let at = (left + j * cell, i * cell);
            svg.push_str(&square(at, cell, *r, &format!("{name}, {other}")));
        }
    }
    svg.push_str("</svg><figcaption>Correlations between the keyed items: blue above 0, orange below.</figcaption></figure>\n");
    svg
}

fn square((x, y): (usize, usize), cell: usize, r: f64, names: &str) -> String {
    let end = if r < 0.0 { [217.0, 95.0, 2.0] } else { [33.0, 102.0, 172.0] };
    let [red, green, blue] = end.map(|end| 255.0 + (end - 255.0) * r.abs().min(1.0));
    let shown = number(Some(r), 2);
    let mut svg = format!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{cell}\" height=\"{cell}\" stroke=\"#fff\" fill=\"rgb({red:.0},{green:.0},{blue:.0})\"><title>{names}: {shown}</title></rect>"
    );
    if cell >= 30 {
        let colour = if r.abs() > 0.6 { "#fff" } else { "#111" };
        let _ = write!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"11\" fill=\"{colour}\">{shown}</text>",
            x + cell / 2,
            y + cell / 2 + 4
        );
    }
    svg
}
