//! What the names of a source have become.

use std::collections::{HashMap, HashSet};

use crate::expr::{Bound, Name};

/// The items and scores of a form by their names in the source.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The position of each item.
    pub(crate) items: HashMap<String, usize>,
    /// The position of the item for each option of a question with several answers.
    pub(crate) boxes: HashMap<(String, String), usize>,
    /// The position of each score.
    pub(crate) scores: HashMap<String, usize>,
    /// Why other names are neither: clauses.
    pub(crate) left_out: HashMap<String, String>,
    /// The questions with several answers whose options are items.
    pub(crate) several: HashSet<String>,
}

impl Names {
    /// Whether the name is taken.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.items.contains_key(name)
            || self.scores.contains_key(name)
            || self.left_out.contains_key(name)
    }

    /// The item or the score that a name of an expression means.
    pub(crate) fn bound(&self, name: Name<'_>) -> Option<Bound> {
        match name.option {
            Some(option) => {
                let key = (name.text.to_owned(), option.to_owned());
                self.boxes.get(&key).copied().map(Bound::Ticked)
            }
            None => {
                let item = self.items.get(name.text).copied().map(Bound::Item);
                item.or_else(|| self.scores.get(name.text).copied().map(Bound::Score))
            }
        }
    }

    /// Why an expression cannot be computed, if it contains a word that was left out.
    pub(crate) fn obstacle(&self, text: &str) -> Option<String> {
        words(text).find_map(|word| {
            let reason = self.left_out.get(word).filter(|_| !self.several.contains(word))?;
            Some(format!("`{word}` {reason}"))
        })
    }
}

/// The words of an expression that may be names.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '.')))
        .filter(|word| !word.is_empty())
}
