//! The smallest set of answers for which results differ.

use crate::form::rule::Answers;

/// The most steps of shrinking. Each evaluates both sides once.
const STEPS: usize = 600;

/// The most sets of answers that are evaluated together.
const BATCH: usize = 32;

/// The position of the first of several sets of answers for which results differ, or, with `false`, do not differ.
pub(crate) type First<'a> = dyn Fn(&[Answers], bool) -> Option<usize> + 'a;

/// Finds the first set by looking at one after the other.
pub(crate) fn one_by_one<'a>(
    differs: impl Fn(&Answers) -> bool + 'a,
) -> impl Fn(&[Answers], bool) -> Option<usize> + 'a {
    move |sets, wanted| sets.iter().position(|answers| differs(answers) == wanted)
}

/// Removes answers, where `values` are those of each item, ascending, then lowers values, as long as the results differ.
pub(crate) fn smallest(values: &[Vec<f64>], answers: &Answers, first: &First<'_>) -> Answers {
    if first(std::slice::from_ref(answers), true).is_none() {
        return answers.clone();
    }
    let mut steps = STEPS;
    let fewest = fewest(answers.clone(), first, &mut steps);
    lowest(values, fewest, first, &mut steps)
}

/// Removes one answer after the other, and keeps those without which the results are equal.
fn fewest(mut answers: Answers, first: &First<'_>, steps: &mut usize) -> Answers {
    let given = (0..answers.of.len()).filter(|item| answers.of[*item].is_some());
    let given: Vec<usize> = given.collect();
    let mut done = 0;
    while done < given.len() && *steps > 0 {
        let next = &given[done..given.len().min(done + BATCH.min(*steps))];
        // Most answers can be removed: each set is the one before without one more.
        let mut without = answers.clone();
        let sets = next.iter().map(|item| {
            without.of[*item] = None;
            without.clone()
        });
        let mut sets: Vec<Answers> = sets.collect();
        let removed = first(&sets, false).unwrap_or(sets.len());
        let tried = (removed + 1).min(sets.len());
        if removed > 0 {
            answers = sets.swap_remove(removed - 1);
        }
        done += tried;
        *steps -= tried;
    }
    answers
}

/// Gives each answer the lowest value with which the results differ.
fn lowest(
    values: &[Vec<f64>],
    mut answers: Answers,
    first: &First<'_>,
    steps: &mut usize,
) -> Answers {
    for (item, values) in values.iter().enumerate() {
        let Some(value) = answers.of[item] else { continue };
        let lower = values.iter().take_while(|lower| **lower < value).take(*steps);
        let set = |lower: &f64| {
            let mut set = answers.clone();
            set.of[item] = Some(*lower);
            set
        };
        let mut sets: Vec<Answers> = lower.map(set).collect();
        let found = first(&sets, true);
        *steps -= found.map_or(sets.len(), |found| found + 1);
        if let Some(found) = found {
            answers = sets.swap_remove(found);
        }
    }
    answers
}

#[cfg(test)]
mod tests {
    use super::{one_by_one, smallest};
    use crate::form::rule::Answers;

    #[test]
    fn answers_are_removed_and_lowered_as_long_as_results_differ() {
        let values = vec![vec![1.0, 2.0, 3.0]; 70];
        let all = Answers { of: vec![Some(3.0); 70] };
        let of = |answers: &Answers, item: usize| answers.of[item].unwrap_or_default();
        let differs = |answers: &Answers| of(answers, 3) >= 2.0 && of(answers, 40) >= 1.0;
        let found = smallest(&values, &all, &one_by_one(differs));
        let mut expected = Answers { of: vec![None; 70] };
        (expected.of[3], expected.of[40]) = (Some(2.0), Some(1.0));
        assert_eq!(found, expected);
        assert_eq!(smallest(&values, &all, &one_by_one(|_| false)), all);
    }
}
