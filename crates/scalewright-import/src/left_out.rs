//! Keys of a source that have no counterpart: one finding for each key, however often it occurs.

use std::collections::BTreeMap;

use crate::finding::{Finding, Kind};
use crate::json::Node;
use crate::place::Place;

/// The keys that were left out, with the first place of each and how often it occurs.
#[derive(Default)]
pub(crate) struct LeftOut {
    keys: BTreeMap<(&'static str, String), (Place, usize)>,
}

impl LeftOut {
    /// Notes the keys of a node that are not `known`. `what` says what the node is: `an item`. Keys without a value do
    /// not count.
    pub(crate) fn keys(&mut self, node: &Node<'_>, what: &'static str, known: &[&str]) {
        for (key, value) in node.entries() {
            let is_blank =
                value.value().is_null() || value.value().as_str().is_some_and(str::is_empty);
            if !known.contains(&key) && !is_blank {
                self.note(&value, what, key);
            }
        }
    }

    /// Notes a key.
    pub(crate) fn note(&mut self, at: &Node<'_>, what: &'static str, key: &str) {
        let key: String = key.chars().take(80).collect();
        let (_, count) = self.keys.entry((what, key)).or_insert_with(|| (at.place(), 0));
        *count += 1;
    }

    /// The findings, by key.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let finding =
            |((what, key), (place, count)): (&(&'static str, String), &(Place, usize))| {
                let more = match count {
                    1 => String::new(),
                    2 => " here and at one more place".to_owned(),
                    count => format!(" here and at {} more places", count - 1),
                };
                let message = format!("`{key}` of {what} has no counterpart and is left out{more}");
                Finding::new(Kind::NotUnderstood, "unknown-key", place, message)
            };
        self.keys.iter().map(finding).collect()
    }
}
