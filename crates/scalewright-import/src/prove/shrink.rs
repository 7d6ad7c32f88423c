//! The smallest set of answers for which results differ.

use crate::form::rule::Answers;

/// The most steps of shrinking. Each evaluates both sides once.
const STEPS: usize = 600;

/// Removes answers, where `values` are those of each item, ascending, then lowers values, as long as the results differ.
pub(crate) fn smallest(
    values: &[Vec<f64>],
    answers: &Answers,
    differs: impl Fn(&Answers) -> bool,
) -> Answers {
    let mut smallest = answers.clone();
    if !differs(&smallest) {
        return smallest;
    }
    let mut steps = STEPS;
    let mut attempt = |smallest: &mut Answers, item: usize, value: Option<f64>| {
        if steps == 0 || smallest.of[item] == value {
            return false;
        }
        steps -= 1;
        let mut smaller = smallest.clone();
        smaller.of[item] = value;
        let is_smaller = differs(&smaller);
        if is_smaller {
            *smallest = smaller;
        }
        is_smaller
    };
    for item in 0..smallest.of.len() {
        attempt(&mut smallest, item, None);
    }
    for (item, values) in values.iter().enumerate() {
        let Some(value) = smallest.of[item] else { continue };
        for &lower in values {
            if lower >= value || attempt(&mut smallest, item, Some(lower)) {
                break;
            }
        }
    }
    smallest
}
