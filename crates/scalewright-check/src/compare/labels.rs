//! Labels that stand at other values than before: the same answer, in words, is another number.

use std::collections::BTreeMap;

use scalewright_model::{ResponseKind, ResponseScale, ResponseWording, Wording};

use super::same_words::same_words;
use super::{Side, pairs::Pairs};

/// What stands at each value of a response scale, or at each end of it.
pub(super) type Labels = BTreeMap<String, String>;

/// For each item of the new version whether the labels of its answers were turned round.
pub(super) fn turned(old: &Side<'_>, new: &Side<'_>, pairs: &Pairs) -> Vec<bool> {
    // Many items share few response scales.
    let mut known: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    let items = new.instrument.items.iter().zip(&pairs.items_back);
    let turned = items.map(|(item, before)| {
        let Some(before) = before else { return false };
        let pair = (old.instrument.items[before.0].response.0, item.response.0);
        *known.entry(pair).or_insert_with(|| match (of(old, pair.0), of(new, pair.1)) {
            (Some(was), Some(is)) => are_turned(&was, &is),
            _ => false,
        })
    });
    turned.collect()
}

/// The labels of a response scale in the source language, where the words are there.
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

/// Whether a label that stood at one value stands at another, and no longer at that one.
pub(super) fn are_turned(old: &Labels, new: &Labels) -> bool {
    let same = |one: &str, other: &str| same_words(Some(one), Some(other));
    old.iter().filter(|(_, label)| !label.is_empty()).any(|(value, label)| {
        let stays = new.get(value).is_some_and(|now| same(label, now));
        !stays && new.iter().any(|(other, now)| other != value && same(label, now))
    })
}

/// The labels with what they stand at, in a message.
pub(super) fn told(labels: &Labels) -> String {
    let each = labels.iter().map(|(value, label)| format!("{value} {label}"));
    each.collect::<Vec<_>>().join(", ")
}
