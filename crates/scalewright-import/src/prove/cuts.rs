//! Numbers at which a formula may change its course: those that are written in it, and their neighbours.

use crate::form::Form;
use crate::form::rule::{Rule, Target};

/// The most numbers that are taken from formulas.
const MOST: usize = 32;

/// The numbers written in the rules of a form, as the source states them and as we do.
pub(super) fn of(form: &Form) -> Vec<f64> {
    let items = form.items.iter().filter_map(|item| item.condition.as_ref());
    let conditions = items.chain(form.notes.iter().filter_map(|note| note.condition.as_ref()));
    let scores = form.scores.iter().map(|score| &score.rule);
    numbers(conditions.chain(scores).flat_map(texts))
}

/// The texts of a rule.
pub(crate) fn texts(rule: &Rule) -> impl Iterator<Item = &str> {
    let ours = match &rule.target {
        Target::Formula(formula) => Some(formula.as_str()),
        Target::Scale(_) | Target::NotUnderstood(_) => None,
    };
    [Some(rule.text.as_str()), ours].into_iter().flatten()
}

/// The different numbers in texts, in the order of the texts. Digits in names do not count.
pub(crate) fn numbers<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::new();
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
    for text in texts {
        for word in text.split(|letter: char| !is_part(letter)) {
            let number = word.trim_end_matches('.').parse::<f64>().ok();
            match number.filter(|number| number.is_finite() && !found.contains(number)) {
                Some(number) if found.len() < MOST => found.push(number),
                _ => {}
            }
        }
    }
    found
}

/// The numbers of an item to try: the bounds, some between, and those at and beside the numbers of `cuts`; ascending.
pub(crate) fn around(low: f64, high: f64, decimals: u32, cuts: &[f64]) -> Vec<f64> {
    let scale = 10_f64.powi(i32::try_from(decimals.min(9)).unwrap_or(0));
    let whole = ((high - low) / 4.0).floor().max(1.0);
    let inner = (1..4).map(|index| low + whole * f64::from(index));
    let beside = cuts.iter().flat_map(|cut| [cut - 1.0 / scale, *cut, cut + 1.0 / scale]);
    let possible = |number: f64| (number * scale).round() / scale;
    let mut values: Vec<f64> = inner
        .chain(beside)
        .map(possible)
        .filter(|value| low < *value && *value < high)
        .chain([low, high])
        .collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

#[cfg(test)]
mod tests {
    use super::{around, numbers};

    #[test]
    fn numbers_in_names_do_not_count() {
        let texts = ["if([q1] >= 12.5 and q_2 < 3, 3, b4.5)", "x <= 7."];
        assert_eq!(numbers(texts), [12.5, 3.0, 7.0]);
    }

    #[test]
    fn both_sides_of_a_cut_point_are_tried() {
        assert_eq!(around(0.0, 8.0, 0, &[5.0, 90.0]), [0.0, 2.0, 4.0, 5.0, 6.0, 8.0]);
        assert_eq!(around(0.0, 1.0, 1, &[0.5]), [0.0, 0.4, 0.5, 0.6, 1.0]);
    }
}
