//! The answers to each item, as stacked bars.

use crate::collected::Collected;
use crate::drawing::bars::{self, Bar, Fill, Part};
use crate::drawing::markup::table;
use crate::statistics::median;

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

/// The answers to an item: scored values, other codes, missing.
fn counts(collected: &Collected<'_>, item: usize) -> Vec<Part> {
    let (whole, values) = (&collected.whole, &collected.shape.items[item].values);
    let mut parts: Vec<Part> = values
        .iter()
        .enumerate()
        .map(|(at, &value)| Part {
            label: value.to_string(),
            count: whole.count(item, value),
            fill: Fill::Answer(at, values.len()),
        })
        .collect();
    let known: u64 = parts.iter().map(|part| part.count).sum();
    let other = whole.codes[item].values().sum::<u64>() - known;
    parts.push(Part { label: "other".to_owned(), count: other, fill: Fill::Other });
    let count = whole.missing[item];
    parts.push(Part { label: "missing".to_owned(), count, fill: Fill::Missing });
    parts
}

fn bars(collected: &Collected<'_>, items: &[usize]) -> String {
    let bar = |&item: &usize| Bar {
        name: collected.shape.items[item].id.clone(),
        parts: counts(collected, item),
    };
    let bars: Vec<Bar> = items.iter().map(bar).collect();
    let stems = items.iter().map(|&item| stem(collected, item).to_owned());
    let rows = bars.iter().zip(stems).map(|(bar, stem)| vec![bar.name.clone(), stem, bar.counts()]);
    let rows: Vec<Vec<String>> = rows.collect();
    let description = "One bar for each item, divided by the shares of the answers from the lowest on the left to the \
                       highest on the right; darker is higher. Hatched: codes that are no answers. Dotted: missing. \
                       The table below has the counts.";
    let picture = bars::bars("bars", ("Answers to each item", description), &bars);
    let head = ["item", "stem", "answers"].map(str::to_owned);
    let key = "<p>From the lowest answer (left, light) to the highest (right, dark); hatched are codes that are no \
               answers, dotted are missing answers.</p>\n";
    format!("{key}{picture}{}", table("The same as numbers", &head, &rows))
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
