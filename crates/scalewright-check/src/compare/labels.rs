//! Finds labels that moved to other values, so that the same answer in words is another number.

use std::collections::BTreeMap;

use scalewright_model::{ResponseKind, ResponseScale, ResponseWording, Wording};

use super::same_words::same_words;
use super::{Side, pairs::Pairs};

/// The label of each value of a response scale, or of each end of it.
pub(super) type Labels = BTreeMap<String, String>;

/// Returns, for each item of the new version, whether labels of its answers moved to other values.
pub(super) fn moved(old: &Side<'_>, new: &Side<'_>, pairs: &Pairs) -> Vec<bool> {
    // Many items share few response scales, so each pair is compared once.
    let mut known: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    let items = new.instrument.items.iter().zip(&pairs.items_back);
    let moved = items.map(|(item, before)| {
        let Some(before) = before else { return false };
        let pair = (old.instrument.items[before.0].response.0, item.response.0);
        *known.entry(pair).or_insert_with(|| match (of(old, pair.0), of(new, pair.1)) {
            (Some(was), Some(is)) => have_moved(&was, &is),
            _ => false,
        })
    });
    moved.collect()
}

/// Returns the labels of a response scale in the source language, if the words are not withheld.
pub(super) fn of(side: &Side<'_>, response: usize) -> Option<Labels> {
    let words: &Wording = side.instrument.wording(&side.instrument.language)?;
    Some(labels(side.instrument.response_scales.get(response)?, words.responses.get(response)?))
}

fn labels(response: &ResponseScale, words: &ResponseWording) -> Labels {
    let ends = |names: [&str; 2], labels: [&Option<String>; 2]| -> Labels {
        let both = names.into_iter().zip(labels);
        both.filter_map(|(name, label)| Some((name.to_owned(), label.clone()?))).collect()
    };
    match &response.kind {
        ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
            let values = options.iter().map(|option| option.value.to_string());
            values.zip(words.labels.iter().cloned()).collect()
        }
        ResponseKind::YesNo => ends(["1", "0"], [&words.yes_label, &words.no_label]),
        ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. } => {
            ends(["low end", "high end"], [&words.min_label, &words.max_label])
        }
        ResponseKind::Text { .. } | ResponseKind::Date | ResponseKind::Time => Labels::new(),
    }
}

/// Whether a label of one value is now the label of another value, and no longer of that one.
pub(super) fn have_moved(old: &Labels, new: &Labels) -> bool {
    let same = |one: &str, other: &str| same_words(Some(one), Some(other));
    // Options without a label have an empty one, which would seem to move.
    old.iter().filter(|(_, label)| !label.is_empty()).any(|(value, label)| {
        let stays = new.get(value).is_some_and(|now| same(label, now));
        !stays && new.iter().any(|(other, now)| other != value && same(label, now))
    })
}

/// Returns the values with their labels, for a message.
pub(super) fn listed(labels: &Labels) -> String {
    let each = labels.iter().map(|(value, label)| format!("{value} {label}"));
    each.collect::<Vec<_>>().join(", ")
}
