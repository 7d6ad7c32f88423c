//! Counts as stacked bars.

use std::fmt::Write;

use scalewright_model::text::html;

use super::markup::{fitting, picture};
use crate::statistics::{float, length};

/// The left edge of the bars, their length, and the height of a row.
const LEFT: f64 = 150.0;
const LONG: f64 = 640.0;
const ROW: f64 = 24.0;
/// Shades from the lowest to the highest answer, and those that need light letters on them.
const SHADES: [&str; 7] =
    ["#f2f2f2", "#d5dfee", "#b3c6e2", "#8ba9d3", "#5f88bf", "#37659f", "#173f73"];
const DARK: usize = 4;

/// A bar.
pub(crate) struct Bar {
    /// The name beside it.
    pub(crate) name: String,
    /// Its parts, from left to right.
    pub(crate) parts: Vec<Part>,
}

/// A part of a bar.
pub(crate) struct Part {
    /// What is counted.
    pub(crate) label: String,
    pub(crate) count: u64,
    pub(crate) fill: Fill,
}

/// How a part is filled.
#[derive(Clone, Copy)]
pub(crate) enum Fill {
    /// An answer, by its position among so many.
    Answer(usize, usize),
    /// Hatched: codes that are no answers.
    Other,
    /// Dotted: missing.
    Missing,
}

impl Fill {
    fn shade(self) -> Option<usize> {
        let Self::Answer(at, of) = self else { return None };
        Some(at * (SHADES.len() - 1) / of.saturating_sub(1).max(1))
    }
}

impl Bar {
    /// The counts in words.
    pub(crate) fn counts(&self) -> String {
        let cells = self.parts.iter().map(|part| format!("{}: {}", part.label, part.count));
        cells.collect::<Vec<_>>().join(", ")
    }
}

/// The bars, each divided by the shares of its parts. `id` is different for each picture of the page.
pub(crate) fn bars(id: &str, title: (&str, &str), bars: &[Bar]) -> String {
    let mut svg = format!(
        "<defs><pattern id=\"{id}-other\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
         <rect width=\"6\" height=\"6\" fill=\"#fff\"/><path d=\"M0 6L6 0\" stroke=\"#a33\" stroke-width=\"1.5\"/></pattern>\
         <pattern id=\"{id}-none\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
         <rect width=\"6\" height=\"6\" fill=\"#fff\"/><circle cx=\"3\" cy=\"3\" r=\"1\" fill=\"#555\"/></pattern></defs>\n",
    );
    for (row, one) in bars.iter().enumerate() {
        let y = length(row) * ROW;
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            y + 16.0,
            html(&fitting(&one.name, LEFT - 10.0))
        );
        bar(&mut svg, id, y, &one.parts);
    }
    let height = length(bars.len()) * ROW + 6.0;
    picture(id, title, (LEFT + LONG + 10.0, height), &svg)
}

fn bar(svg: &mut String, id: &str, y: f64, parts: &[Part]) {
    let all: u64 = parts.iter().map(|part| part.count).sum();
    let mut x = LEFT;
    for Part { label, count, fill } in parts.iter().filter(|part| part.count > 0) {
        let width = LONG * float(*count) / float(all.max(1));
        let paint = match fill {
            Fill::Missing => format!("url(#{id}-none)"),
            Fill::Other => format!("url(#{id}-other)"),
            Fill::Answer(..) => SHADES[fill.shade().unwrap_or(0)].to_owned(),
        };
        let _ = write!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{:.0}\" width=\"{width:.1}\" height=\"18\" fill=\"{paint}\" stroke=\"#555\" \
             stroke-width=\".5\"/>",
            y + 2.0
        );
        // Digits are about 6 pixels wide.
        if let Some(shade) = fill.shade().filter(|_| width > 8.0 + 6.0 * length(label.len())) {
            let class = if shade >= DARK { "in light" } else { "in" };
            let _ = write!(
                svg,
                "<text class=\"{class}\" x=\"{:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>",
                x + width / 2.0,
                y + 15.0,
                html(label)
            );
        }
        x += width;
    }
    svg.push('\n');
}
