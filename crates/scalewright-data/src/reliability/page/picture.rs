//! Pictures of a scale: how often each answer was given, and the correlations of the items.

use super::super::result::{AnswerCounts, GroupAnalysis, Statistics};
use crate::drawing::MOST_PAIRS;
use crate::drawing::bars::{Bar, Fill, Part, bars};
use crate::drawing::heat::heat;
use crate::drawing::markup::table;

/// Bars of the answers to each item, from the lowest to the highest. Empty if there are too many items or answers to read
/// the bars. `id` is different for each picture.
pub(super) fn answers(id: &str, statistics: &Statistics, group: &GroupAnalysis) -> String {
    let of = |id: &String| group.answers.iter().find(|(other, _)| other == id).map(|(_, all)| all);
    let items: Vec<(&String, &AnswerCounts)> =
        statistics.items.iter().filter_map(|(id, _)| Some((id, of(id)?))).collect();
    let fits = |counts: &AnswerCounts| (2..=12).contains(&counts.counts.len());
    if items.len() > MOST_PAIRS || !items.iter().all(|(_, counts)| fits(counts)) {
        return String::new();
    }
    let items: Vec<Bar> = items.into_iter().map(|(id, counts)| bar(id, counts)).collect();
    let rows: Vec<Vec<String>> =
        items.iter().map(|bar| vec![bar.name.clone(), bar.counts()]).collect();
    let description = "One bar for each item, divided by the shares of the answers as given, from the lowest on the \
                       left to the highest on the right; darker is higher. Dotted: missing. The table below has the \
                       counts.";
    let head = ["item", "answers"].map(str::to_owned);
    format!(
        "<p>Answers as given, from the lowest (left, light) to the highest (right, dark); dotted are missing ones.</p>\n{}{}",
        bars(id, ("Answers to each item", description), &items),
        table("The same as numbers", &head, &rows)
    )
}

fn bar(id: &str, counts: &AnswerCounts) -> Bar {
    let of = counts.counts.len();
    let parts = counts.counts.iter().enumerate().map(|(at, (value, count))| Part {
        label: value.to_string(),
        count: *count,
        fill: Fill::Answer(at, of),
    });
    let (count, label) = (counts.n_missing, "missing".to_owned());
    let missing = Part { label, count, fill: Fill::Missing };
    Bar { name: id.to_owned(), parts: parts.chain([missing]).collect() }
}

/// The correlations between the keyed items. Empty if there are too many to read them.
pub(super) fn correlations(id: &str, statistics: &Statistics) -> String {
    if !(2..=MOST_PAIRS).contains(&statistics.items.len()) {
        return String::new();
    }
    let names: Vec<&str> = statistics.items.iter().map(|(id, _)| id.as_str()).collect();
    let r = |a: usize, b: usize| Some(statistics.correlations[a][b]).filter(|r| r.is_finite());
    heat(id, "Correlations of the keyed items", &names, &r)
}
