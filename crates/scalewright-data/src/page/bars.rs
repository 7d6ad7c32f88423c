//! The answers to each item, as stacked bars.

use std::fmt::Write;

use scalewright_model::text::html;

use super::markup::{fitting, picture, table};
use crate::collected::Collected;
use crate::statistics::{float, length, median};

/// The left edge of the bars, their length, and the height of a row.
const LEFT: f64 = 150.0;
const LONG: f64 = 640.0;
const ROW: f64 = 24.0;
/// Shades from the lowest to the highest answer, and those that need light letters on them.
const SHADES: [&str; 7] =
    ["#f2f2f2", "#d5dfee", "#b3c6e2", "#8ba9d3", "#5f88bf", "#37659f", "#173f73"];
const DARK: usize = 4;

/// The bars of coded items, and a table of the items that are numbers.
pub(super) fn section(collected: &Collected<'_>) -> String {
    let coded: Vec<usize> = (0..collected.shape.items.len())
        .filter(|&item| !collected.shape.items[item].values.is_empty())
        .collect();
    let mut text = String::from("<h2>Answers to each item</h2>\n");
    if !coded.is_empty() {
        text.push_str(&bars(collected, &coded));
    }
    text + &numbers(collected)
}

/// The answers to an item as counts: scored values, other codes, missing.
fn counts(collected: &Collected<'_>, item: usize) -> Vec<(String, u64, usize)> {
    let (whole, values) = (&collected.whole, &collected.shape.items[item].values);
    let last = values.len().saturating_sub(1).max(1);
    let shade = |at: usize| at * (SHADES.len() - 1) / last;
    let scored = values.iter().enumerate();
    let mut counts: Vec<(String, u64, usize)> = scored
        .map(|(at, &value)| (value.to_string(), whole.count(item, value), shade(at)))
        .collect();
    let known: u64 = counts.iter().map(|(_, count, _)| count).sum();
    counts.push(("other".to_owned(), whole.codes[item].values().sum::<u64>() - known, usize::MAX));
    counts.push(("missing".to_owned(), whole.missing[item], usize::MAX));
    counts
}

fn bars(collected: &Collected<'_>, items: &[usize]) -> String {
    let mut svg = String::from(
        "<defs><pattern id=\"other\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
         <rect width=\"6\" height=\"6\" fill=\"#fff\"/><path d=\"M0 6L6 0\" stroke=\"#a33\" stroke-width=\"1.5\"/></pattern>\
         <pattern id=\"none\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
         <rect width=\"6\" height=\"6\" fill=\"#fff\"/><circle cx=\"3\" cy=\"3\" r=\"1\" fill=\"#555\"/></pattern></defs>\n",
    );
    let mut rows = Vec::new();
    for (row, &item) in items.iter().enumerate() {
        let y = length(row) * ROW;
        let id = &collected.shape.items[item].id;
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            y + 16.0,
            html(&fitting(id, LEFT - 10.0))
        );
        let counts = counts(collected, item);
        bar(&mut svg, y, &counts, collected.rows);
        let cells = counts.iter().map(|(value, count, _)| format!("{value}: {count}"));
        let stem = stem(collected, item).to_owned();
        rows.push([vec![id.clone(), stem], vec![cells.collect::<Vec<_>>().join(", ")]].concat());
    }
    let height = length(items.len()) * ROW + 6.0;
    let description = "One bar for each item, divided by the shares of the answers from the lowest on the left to the \
                       highest on the right; darker is higher. Hatched: codes that are no answers. Dotted: missing. \
                       The table below has the counts.";
    let picture =
        picture("bars", ("Answers to each item", description), (LEFT + LONG + 10.0, height), &svg);
    let head = ["item", "stem", "answers"].map(str::to_owned);
    let key = "<p>From the lowest answer (left, light) to the highest (right, dark); hatched are codes that are no \
               answers, dotted are missing answers.</p>\n";
    format!("{key}{picture}{}", table("The same as numbers", &head, &rows))
}

fn bar(svg: &mut String, y: f64, counts: &[(String, u64, usize)], rows: u64) {
    let mut x = LEFT;
    for (value, count, shade) in counts.iter().filter(|(_, count, _)| *count > 0) {
        let width = LONG * float(*count) / float(rows.max(1));
        let fill = match (SHADES.get(*shade), value.as_str()) {
            (Some(colour), _) => (*colour).to_owned(),
            (None, "missing") => "url(#none)".to_owned(),
            (None, _) => "url(#other)".to_owned(),
        };
        let _ = write!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{:.0}\" width=\"{width:.1}\" height=\"18\" fill=\"{fill}\" stroke=\"#555\" \
             stroke-width=\".5\"/>",
            y + 2.0
        );
        if width > 14.0 && *shade < SHADES.len() {
            let class = if *shade >= DARK { "in light" } else { "in" };
            let _ = write!(
                svg,
                "<text class=\"{class}\" x=\"{:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{value}</text>",
                x + width / 2.0,
                y + 15.0
            );
        }
        x += width;
    }
    svg.push('\n');
}

/// The items that are numbers: how many, and their quartiles.
fn numbers(collected: &Collected<'_>) -> String {
    let items = (0..collected.shape.items.len()).filter(|&at| collected.shape.items[at].is_number);
    let rows: Vec<Vec<String>> = items
        .filter_map(|item| {
            let numbers = &collected.whole.numbers[item];
            let sorted = numbers.sorted();
            let (first, last) = (sorted.first()?, sorted.last()?);
            Some(vec![
                collected.shape.items[item].id.clone(),
                numbers.seen().to_string(),
                first.to_string(),
                median(&sorted).to_string(),
                last.to_string(),
                collected.whole.missing[item].to_string(),
            ])
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let head = ["item", "numbers", "lowest", "median", "highest", "missing"].map(str::to_owned);
    table("Items that are numbers", &head, &rows).replacen("<details>", "<details open>", 1)
}

/// The stem of an item in the source language; empty if the wording is withheld.
fn stem<'c>(collected: &'c Collected<'_>, item: usize) -> &'c str {
    let wording = collected.instrument.wordings.first();
    wording.and_then(|words| words.stems.get(item)).map_or("", String::as_str)
}
