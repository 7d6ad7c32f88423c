//! The usual words of response scales, by rank, in many languages: *never* before *rarely* before *often*.

mod languages;

use crate::words::{listed, plain};

use languages::{LANGUAGES, Vocabulary};

/// The dimensions of the vocabularies.
const DIMENSIONS: [&str; 7] =
    ["frequency", "agreement", "intensity", "quality", "satisfaction", "likelihood", "amount"];

/// A label that is known, as its place among the labels of its dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    dimension: usize,
    rank: usize,
}

/// The order of the labels of a response scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// From low to high.
    Rising,
    /// From high to low.
    Falling,
    /// Neither: the label at this position is not between its neighbours, on the named dimension.
    Broken(usize, &'static str),
}

/// Returns the order of labels in the language of a BCP 47 tag, or `None` if fewer than two of them are known.
pub(crate) fn order(labels: &[&str], tag: &str) -> Option<Order> {
    let vocabulary = listed(&LANGUAGES, tag)?;
    let known: Vec<Vec<Known>> = labels.iter().map(|label| known(label, vocabulary)).collect();
    let ranks = |dimension: usize| -> Vec<(usize, usize)> {
        let of = |one: &Vec<Known>| one.iter().find(|k| k.dimension == dimension).map(|k| k.rank);
        known.iter().enumerate().filter_map(|(at, one)| Some((at, of(one)?))).collect()
    };
    let all: Vec<(usize, Vec<(usize, usize)>)> =
        (0..DIMENSIONS.len()).map(|dimension| (dimension, ranks(dimension))).collect();
    let most = all.iter().map(|(_, ranks)| ranks.len()).max().filter(|&most| most > 1)?;
    // A label may belong to several dimensions. If one of the best reads the labels in order, that one is meant.
    let best = all.iter().filter(|(_, ranks)| ranks.len() == most);
    let orders: Option<Vec<Order>> = best.map(|(at, ranks)| of_ranks(ranks, *at)).collect();
    orders?.into_iter().reduce(|a, b| if matches!(a, Order::Broken(..)) { b } else { a })
}

/// Whether a text is one of the usual labels of a language.
pub(crate) fn is_label(text: &str, tag: &str) -> bool {
    listed(&LANGUAGES, tag).is_some_and(|vocabulary| !known(text, vocabulary).is_empty())
}

/// Returns the order of ranks, each with the position of its label; `None` if all are equal.
fn of_ranks(ranks: &[(usize, usize)], dimension: usize) -> Option<Order> {
    let pairs =
        || ranks.iter().enumerate().flat_map(|(at, a)| ranks[at + 1..].iter().map(move |b| (a, b)));
    let rising = pairs().filter(|(a, b)| a.1 < b.1).count();
    let falling = pairs().filter(|(a, b)| a.1 > b.1).count();
    match (rising, falling) {
        (0, 0) => None,
        (_, 0) => Some(Order::Rising),
        (0, _) => Some(Order::Falling),
        _ => {
            let up = rising >= falling;
            let turns = |pair: &[(usize, usize)]| {
                if up { pair[0].1 > pair[1].1 } else { pair[0].1 < pair[1].1 }
            };
            let at = ranks.windows(2).find(|pair| turns(pair)).map_or(0, |pair| pair[1].0);
            Some(Order::Broken(at, DIMENSIONS[dimension]))
        }
    }
}

/// Returns the places of a label in a vocabulary: at most one per dimension.
fn known(label: &str, vocabulary: &Vocabulary) -> Vec<Known> {
    let label = bare(label);
    let find = |(dimension, ranks): (usize, &&str)| {
        let mut ranks = ranks.split('<').enumerate();
        let (rank, _) =
            ranks.find(|(_, words)| words.split('|').any(|known| known.trim() == label))?;
        Some(Known { dimension, rank })
    };
    vocabulary.iter().enumerate().filter_map(find).collect()
}

/// Returns a label without its number, and without what is in brackets: `1 = Rarely (once a month)`.
fn bare(label: &str) -> String {
    let plain = plain(label.split(['(', '（', '[']).next().unwrap_or(label));
    let words = plain.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    if words.is_empty() { plain } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, Order, order};
    use crate::words::plain;

    #[test]
    fn every_known_label_has_the_form_in_which_labels_are_compared() {
        for (language, vocabulary) in LANGUAGES {
            for ranks in vocabulary {
                let mut seen = Vec::new();
                for label in ranks.split(['<', '|']).map(str::trim) {
                    assert_eq!(plain(label), label, "{language}");
                    assert!(!seen.contains(&label), "{language}: {label} twice");
                    seen.push(label);
                }
            }
        }
    }

    #[test]
    fn labels_out_of_order_are_found_in_any_language() {
        let broken = |labels: &[&str], tag| matches!(order(labels, tag), Some(Order::Broken(..)));
        assert_eq!(order(&["Never", "Rarely", "Often"], "en"), Some(Order::Rising));
        assert_eq!(order(&["Immer", "Oft", "Nie"], "de-AT"), Some(Order::Falling));
        assert!(broken(&["Rarely", "Never", "Often"], "en"));
        assert!(broken(&["Nunca", "Siempre", "A veces"], "es"));
        assert!(broken(&["いつも", "まったくない", "ときどき"], "ja"));
        assert_eq!(
            order(&["Not at all", "Several days", "Nearly every day"], "en"),
            Some(Order::Rising)
        );
        assert_eq!(order(&["Not at all", "A little", "Extremely"], "en"), Some(Order::Rising));
        assert_eq!(order(&["Female", "Male"], "en"), None);
    }
}
