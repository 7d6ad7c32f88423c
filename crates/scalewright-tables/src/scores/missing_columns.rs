//! `--with missing`: for each score, columns with the number of blank answers and of those missing for each reason.

use std::rc::Rc;

use scalewright_model::Instrument;
use scalewright_scoring::Program;

use crate::responses::{NonResponses, Plan};

/// The columns with the numbers of missing answers.
#[derive(Debug, Clone)]
pub struct MissingColumns {
    /// The positions of the scores in the program, in the order of the definition.
    pub(crate) scores: Vec<usize>,
    /// The declared reasons, and the labels of options that are no answers.
    reasons: Vec<Rc<str>>,
    pub(crate) non_responses: NonResponses,
    /// Whether the table may give reasons that are not declared.
    has_others: bool,
    /// The endings of the names of the columns of each score.
    endings: Vec<String>,
}

impl MissingColumns {
    /// The columns for the scores of a program: for the reasons that `plan` declares, and for options that are no answers.
    #[must_use]
    pub fn new(instrument: &Instrument, program: &Program, plan: &Plan<'_>) -> Self {
        let mut scores: Vec<usize> = (0..program.scores.len()).collect();
        scores.sort_unstable_by_key(|&at| program.scores[at].scale);
        let (has_others, non_responses) = (plan.may_have_reasons, NonResponses::new(instrument));
        let mut reasons = plan.reasons.clone();
        let mut used: Vec<usize> =
            program.scores.iter().flat_map(|score| &score.items).map(|item| item.0).collect();
        used.sort_unstable();
        used.dedup();
        for reason in used.into_iter().flat_map(|item| non_responses.of(item)) {
            if !reasons.contains(reason) {
                reasons.push(Rc::clone(reason));
            }
        }
        let endings = endings(&reasons, has_others);
        Self { scores, reasons, non_responses, has_others, endings }
    }

    /// The number of columns.
    pub(crate) fn count(&self) -> usize {
        self.scores.len() * self.endings.len()
    }

    /// The names of the columns of a score that has the name `score` in the table.
    pub(crate) fn names(&self, score: &str) -> Vec<String> {
        self.endings.iter().map(|ending| format!("{score}_{ending}")).collect()
    }

    /// The counts of one score in one row, in the order of its columns. `each` calls its argument for each missing answer,
    /// with its reason.
    pub(crate) fn counts(&self, each: impl FnOnce(&mut dyn FnMut(Option<&str>))) -> Vec<u32> {
        let mut counts = vec![0; 1 + self.reasons.len() + usize::from(self.has_others)];
        let last = counts.len() - 1;
        each(&mut |reason| {
            let known = |reason: &str| self.reasons.iter().position(|known| **known == *reason);
            let at = match reason {
                None => 0,
                Some(reason) => known(reason).map_or(last, |at| at + 1),
            };
            counts[at] += 1;
        });
        counts
    }
}

/// The endings of the names of the columns of a score.
fn endings(reasons: &[Rc<str>], has_others: bool) -> Vec<String> {
    let mut endings = vec!["blank".to_owned()];
    let others = has_others.then_some("other reason");
    for reason in reasons.iter().map(|reason| &**reason).chain(others) {
        let ending = ending(reason);
        let mut free = ending.clone();
        let mut number = 2;
        while endings.contains(&free) {
            free = format!("{ending}_{number}");
            number += 1;
        }
        endings.push(free);
    }
    endings
}

/// A reason as part of a name: `don't know` is `don_t_know`.
fn ending(reason: &str) -> String {
    let lower = reason.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "code".to_owned() } else { words.join("_") }
}

#[cfg(test)]
mod tests {
    use super::endings;

    #[test]
    fn endings_are_words_and_differ() {
        let reasons = ["don't know", "-99", "99", "blank", ".", "nicht gefragt"].map(Into::into);
        let expected = [
            "blank",
            "don_t_know",
            "99",
            "99_2",
            "blank_2",
            "code",
            "nicht_gefragt",
            "other_reason",
        ];
        assert_eq!(endings(&reasons, true), expected);
    }
}
