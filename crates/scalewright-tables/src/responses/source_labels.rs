//! Compares the value labels of a column with the options of an item. Statistics programs renumber the values of factors
//! and categories, so a label says more than a code.

use scalewright_model::ResponseKind;
use scalewright_model::text::line;

use super::answer::Given;
use super::cell::Cells;
use super::labels::{Labels, fold};
use super::source::{SourceCell, SourceColumn};

/// At most this many codes are shown in a message.
const SHOWN: usize = 8;

/// What the values of a column mean.
#[derive(Debug, PartialEq)]
pub(super) enum Meaning {
    /// They are the codes of the definition. Labels, if there are any, say the same.
    Codes,
    /// The labels are others than those of the definition, so that only the codes can be read.
    Unknown,
    /// The labels are those of the definition, but the values are not its codes: the answer of each value.
    Labels(Vec<(SourceCell, Option<f64>)>),
    /// Labels and codes say different things: what each value means in the table and in the definition.
    Contradiction(Vec<String>),
}

/// A value with a label.
struct Entry<'c> {
    value: &'c SourceCell,
    label: &'c str,
    /// The answer that the value would be as a code.
    by_code: Option<f64>,
    /// The answer that its label is.
    by_label: Option<f64>,
}

/// Decides what the values of a column mean.
pub(super) fn decide(column: &SourceColumn, cells: &Cells<'_>) -> Meaning {
    let labels = cells.labels();
    let is_yes_no = cells.scale().kind == ResponseKind::YesNo;
    if labels.is_empty() && !is_yes_no || cells.takes_several() {
        return Meaning::Codes;
    }
    let is_answer = |value: &SourceCell| {
        let has_code = matches!(value, SourceCell::Number(_) | SourceCell::Text(_));
        has_code && !column.is_missing(value)
    };
    let entries = column.value_labels.iter().filter(|(value, _)| is_answer(value));
    let entries: Vec<Entry<'_>> = entries
        .map(|(value, label)| Entry {
            value,
            label,
            by_code: by_code(value, cells),
            by_label: match is_yes_no {
                // The words for yes and no are read like those in cells.
                true => cells.plain(Given::Text(label)).flatten(),
                false => labels.value_of(label, column.label_bytes),
            },
        })
        .collect();
    let known: Vec<&Entry<'_>> = entries.iter().filter(|entry| entry.by_label.is_some()).collect();
    if known.iter().any(|entry| entry.by_code != entry.by_label) {
        return match labels_decide(&entries, &known, labels) {
            true => Meaning::Labels(
                entries.iter().map(|entry| (entry.value.clone(), entry.by_label)).collect(),
            ),
            false => Meaning::Contradiction(shown(&entries, labels)),
        };
    }
    // A label such as `3` for the code 3 says nothing.
    let is_number = |entry: &Entry<'_>| entry.label.trim() == entry.value.text();
    let stranger = |entry: &Entry<'_>| {
        entry.by_label.is_none() && entry.by_code.is_some() && !is_number(entry)
    };
    match entries.iter().any(stranger) {
        true => Meaning::Unknown,
        false => Meaning::Codes,
    }
}

/// The answer that a value is as a code.
fn by_code(value: &SourceCell, cells: &Cells<'_>) -> Option<f64> {
    let given = match value {
        SourceCell::Number(number) => Given::Number(*number),
        SourceCell::Text(text) => Given::Text(text),
        _ => return None,
    };
    cells.plain(given).flatten()
}

/// Whether only the labels can be right: they are those of the definition, each once, and the values are no codes of the
/// definition, or are numbered as programs number categories.
fn labels_decide(entries: &[Entry<'_>], known: &[&Entry<'_>], labels: &Labels) -> bool {
    let mut answers: Vec<f64> = known.iter().filter_map(|entry| entry.by_label).collect();
    let in_order = |entries: &[&Entry<'_>], key: &dyn Fn(&Entry<'_>) -> String| {
        entries.windows(2).all(|pair| key(pair[0]) < key(pair[1]))
    };
    let mut sorted: Vec<&Entry<'_>> = entries.iter().collect();
    sorted.sort_by(|one, other| number(one).total_cmp(&number(other)));
    let first = sorted.first().map_or(0.0, |entry| number(entry));
    let steps = sorted.windows(2).all(|pair| number(pair[1]) - number(pair[0]) == 1.0);
    let is_numbered = steps && sorted.len() > 1 && (first == 0.0 || first == 1.0);
    let by_alphabet = in_order(&sorted, &|entry| entry.label.to_owned())
        || in_order(&sorted, &|entry| fold(entry.label));
    let ranks: Vec<f64> = sorted.iter().filter_map(|entry| entry.by_label).collect();
    let by_answer = ranks.windows(2).all(|pair| pair[0] < pair[1]);
    // A code that is no answer can only be read by its label.
    let no_codes = known.iter().any(|entry| entry.by_code.is_none());
    answers.sort_by(f64::total_cmp);
    let count = answers.len();
    answers.dedup();
    let all_once = answers.len() == count;
    let complete = known.len() == entries.len() || answers.len() == labels.count();
    all_once && complete && (no_codes || is_numbered && (by_alphabet || by_answer))
}

fn number(entry: &Entry<'_>) -> f64 {
    match entry.value {
        SourceCell::Number(number) => *number,
        _ => f64::NAN,
    }
}

/// What each value means in the table and in the definition.
fn shown(entries: &[Entry<'_>], labels: &Labels) -> Vec<String> {
    let row = |entry: &Entry<'_>| {
        let there = match entry.by_code.and_then(|code| labels.label_of(code)) {
            Some(label) => format!("`{}`", line(label)),
            None if entry.by_code.is_some() => "another answer".to_owned(),
            None => "no answer".to_owned(),
        };
        let value = entry.value.text();
        format!("{value} is `{}` in the table, {there} in the definition", line(entry.label))
    };
    entries.iter().take(SHOWN).map(row).collect()
}
