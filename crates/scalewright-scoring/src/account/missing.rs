//! The rule for missing answers.

use scalewright_model::{Fill, Origin, Terms};

use super::phrases::{fill, plural};
use super::strict::is_strict;
use super::{Describer, shown};

impl Describer<'_> {
    pub(super) fn missing(&self) -> Vec<String> {
        let phrases = self.phrases;
        match &self.scale.terms {
            Terms::Items(_) => {
                let mut lines = self.limit(phrases.all_items, phrases.some_items);
                lines.extend(self.exceptions());
                lines
            }
            Terms::Scales(_) => self.limit(phrases.all_scales, phrases.some_scales),
            // Norms say what is needed themselves.
            Terms::Formula(_) if matches!(self.scale.origin, Origin::Norm(..)) => Vec::new(),
            Terms::Formula(_) => {
                let strict = self.score.is_some_and(|score| is_strict(&score.formula));
                strict.then(|| phrases.strict.to_owned()).into_iter().collect()
            }
            Terms::Unknown => Vec::new(),
        }
    }

    /// How many values are needed, and what replaces the others.
    fn limit(&self, all: [&'static str; 2], some: [&'static str; 2]) -> Vec<String> {
        let (size, need) = (self.scale.terms.len(), self.scale.missing.need);
        let count = size.to_string();
        if need >= size {
            return vec![plural(all, size).to_owned()];
        }
        let limit = fill(plural(some, need), &[("need", &need.to_string()), ("all", &count)]);
        let replaced = match &self.scale.missing.fill {
            Fill::Nothing => self.phrases.left_out.to_owned(),
            Fill::PersonMean => self.phrases.as_mean.to_owned(),
            Fill::Constant(value) => fill(self.phrases.as_constant, &[("value", &shown(*value))]),
            Fill::Each(_) => self.phrases.as_listed.to_owned(),
        };
        vec![limit, replaced]
    }

    /// Items that count as answered, or not, though a reader would expect the opposite.
    fn exceptions(&self) -> Vec<String> {
        let Terms::Items(items) = &self.scale.terms else { return Vec::new() };
        let asks =
            items.iter().filter_map(|entry| self.instrument.items[entry.item.0].ask.as_ref());
        let (counted, missing): (Vec<_>, Vec<_>) = asks.partition(|ask| ask.otherwise.is_some());
        let phrases = self.phrases;
        let recodes = items.iter().filter_map(|entry| entry.recode.as_ref());
        let blank = recodes.into_iter().any(|recode| recode.missing.is_some());
        // If some count and others do not, the list of the conditions says which.
        let (some, none) = (!counted.is_empty(), !missing.is_empty());
        [
            (some && !none).then(|| fill(phrases.not_asked_counts, &[("asked", phrases.asked)])),
            (none && !some).then(|| phrases.not_asked_missing.to_owned()),
            blank.then(|| phrases.blank_counts.to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
