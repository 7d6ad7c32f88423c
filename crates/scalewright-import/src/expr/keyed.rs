//! Recognises what a formula does with the answers to one item: nothing, reversal, or a table.

use crate::form::Form;

use super::formula::F;
use super::tabulate::{self, Known};

/// The formula as an item, a reversed item or a table, if it is equal for every answer and for a blank.
pub(super) fn keyed(form: &Form, formula: F) -> F {
    if !matches!(formula, F::If(_) | F::Sum(_) | F::Coalesce(_) | F::Neg(_) | F::Recode(..))
        || is_indicator(&formula)
    {
        return formula;
    }
    let Some(item) = only_item(&formula) else { return formula };
    match tabulate::answers(form, item) {
        Some(answers) => of_answers(form, item, &answers, formula),
        None => of_range(form, item, formula),
    }
}

/// The only item of a formula without scores. Long formulas are not searched.
fn only_item(formula: &F) -> Option<usize> {
    if let F::Sum(terms) = formula
        && terms.len() > 8
    {
        return None;
    }
    let (items, has_scores) = formula.operands();
    let item = *items.iter().next()?;
    (items.len() == 1 && !has_scores).then_some(item)
}

/// `if condition then 1 else 0` and similar conditions, which read well as they are.
fn is_indicator(formula: &F) -> bool {
    let F::If(parts) = formula else { return false };
    matches!(&parts[1..], [F::Number(_), F::Number(_)])
}

fn of_answers(form: &Form, item: usize, answers: &[f64], formula: F) -> F {
    let at = |answer: Option<f64>| tabulate::value(&formula, form, &|_| answer);
    let mut table = Vec::new();
    for answer in answers {
        match at(Some(*answer)) {
            Some(Known::Number(number)) => table.push((*answer, number)),
            Some(_) => return formula,
            None => {}
        }
    }
    let missing = match at(None) {
        Some(Known::Number(number)) => Some(number),
        Some(_) => return formula,
        None => None,
    };
    let is_complete = table.len() == answers.len();
    let ends = answers.first().zip(answers.last()).map_or(0.0, |(low, high)| low + high);
    let is_as = |expected: &dyn Fn(f64) -> f64| {
        is_complete
            && table.iter().all(|(answer, number)| (expected(*answer) - number).abs() < 1e-9)
    };
    let simple = if is_as(&|answer| answer) {
        F::Item(item)
    } else if answers.len() > 1 && is_as(&|answer| ends - answer) {
        F::Reverse(item)
    } else if choices(&formula) > 1 && (is_complete || missing.is_none()) && !table.is_empty() {
        F::Recode(Box::new(F::Item(item)), table)
    } else {
        return formula;
    };
    match missing {
        Some(number) => simple.or_number(number),
        None => simple,
    }
}

/// The number of ifs.
fn choices(formula: &F) -> usize {
    let own = usize::from(matches!(formula, F::If(_) | F::Recode(..)));
    own + formula.children().into_iter().map(choices).sum::<usize>()
}

/// `8 - x` for a number from 1 to 7.
fn of_range(form: &Form, item: usize, formula: F) -> F {
    let F::Sum(terms) = &formula else { return formula };
    let is_simple = terms.iter().all(|(_, term)| matches!(term, F::Number(_) | F::Item(_)));
    let Some((low, high)) = tabulate::bounds(form, item).filter(|_| is_simple) else {
        return formula;
    };
    let at = |answer: f64| tabulate::value(&formula, form, &|_| Some(answer));
    // A sum of numbers and one item is a line, which two points determine.
    let is_reversed = at(low) == Some(Known::Number(high)) && at(high) == Some(Known::Number(low));
    if is_reversed && low < high { F::Reverse(item) } else { formula }
}

/// Terms about one item of which at most one is present, such as `if x = 1 then 7 else missing`, as one table.
pub(super) fn merged(form: &Form, terms: Vec<F>) -> Vec<F> {
    let mut out: Vec<(Option<usize>, Vec<F>)> = Vec::new();
    for term in terms {
        let item = if let F::If(_) = term { only_item(&term) } else { None };
        match out.last_mut() {
            Some((last, group)) if item.is_some() && *last == item => group.push(term),
            _ => out.push((item, vec![term])),
        }
    }
    let one = |(item, group): (Option<usize>, Vec<F>)| match item
        .and_then(|item| table(form, item, &group))
    {
        Some(table) => vec![keyed(form, table)],
        None => group,
    };
    out.into_iter().flat_map(one).collect()
}

/// The table of some terms.
fn table(form: &Form, item: usize, terms: &[F]) -> Option<F> {
    let numbers = |answer: Option<f64>| {
        let value = |term: &F| tabulate::value(term, form, &|_| answer);
        terms.iter().filter_map(value).collect::<Vec<_>>()
    };
    if terms.len() < 2 || !numbers(None).is_empty() {
        return None;
    }
    let mut table = Vec::new();
    for answer in tabulate::answers(form, item)? {
        match &numbers(Some(answer))[..] {
            [] => {}
            [Known::Number(number)] => table.push((answer, *number)),
            _ => return None,
        }
    }
    (!table.is_empty()).then(|| F::Recode(Box::new(F::Item(item)), table))
}
