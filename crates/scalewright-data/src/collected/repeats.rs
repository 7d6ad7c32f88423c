//! Respondents that occur more than once on the same occasion.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::people::Name;

/// The most respondents whose rows are compared.
pub(super) const MOST: usize = 1_000_000;
/// The most repeated respondents that are named.
const NAMED: usize = 20;

/// Respondents by a hash. 64 bits: of a million respondents, two share a hash with a probability of one in
/// thirty million.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    seen: HashSet<u64>,
    /// The rows beyond the first of each respondent.
    pub(crate) count: u64,
    /// The respondents with several rows, each with the occasion.
    pub(crate) names: Vec<(Name, String)>,
    /// Whether there were more respondents than are compared.
    pub(crate) is_full: bool,
}

impl Repeats {
    pub(crate) fn add(&mut self, respondent: &str, occasion: &[&str], name: &dyn Fn() -> Name) {
        if respondent.is_empty() {
            return;
        }
        let mut hasher = DefaultHasher::new();
        (respondent, occasion).hash(&mut hasher);
        let hash = hasher.finish();
        if self.seen.contains(&hash) {
            self.count += 1;
            let is_named = |(known, _): &(Name, String)| known.1 == respondent;
            if self.names.len() < NAMED && !self.names.iter().any(is_named) {
                self.names.push((name(), occasion.join(" ")));
            }
        } else if self.seen.len() < MOST {
            self.seen.insert(hash);
        } else {
            self.is_full = true;
        }
    }
}
