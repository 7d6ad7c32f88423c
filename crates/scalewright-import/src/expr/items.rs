//! What a formula may do with an item, and what its answers are in the source.

use crate::form::{Form, ResponseKind};

use super::Language;
use super::dialect::{parsed, written};
use super::formula::F;
use super::node::Op;

/// Why no formula can use an item; `None` if formulas can.
pub(super) fn refusal(form: &Form, item: usize) -> Option<String> {
    let Some(found) = form.items.get(item) else {
        return Some("an item does not exist".to_owned());
    };
    let kind = &form.responses.get(found.response)?.kind;
    let what = match kind {
        ResponseKind::Coded(_)
        | ResponseKind::YesNo { .. }
        | ResponseKind::VisualAnalogue { .. }
        | ResponseKind::Numeric { .. } => return None,
        ResponseKind::Several(_) => "has several answers",
        ResponseKind::Text(_) => "is a text",
        ResponseKind::Date => "is a date",
        ResponseKind::Time => "is a clock time",
    };
    Some(format!("`{}` {what}, which no formula can contain", found.column))
}

/// Whether an item can be on a scale: a scale needs its lowest and highest answer, a formula does not.
pub(super) fn has_range(form: &Form, item: usize) -> bool {
    let response = form.items.get(item).and_then(|item| form.responses.get(item.response));
    response.is_some_and(|response| match &response.kind {
        ResponseKind::Numeric { min, max, .. } => min.is_some() && max.is_some(),
        _ => true,
    })
}

/// The number that the source computes with for an item.
pub(super) fn number(form: &Form, language: Language, item: usize) -> Result<F, String> {
    if let Some(reason) = refusal(form, item) {
        return Err(reason);
    }
    let column = &form.items[item].column;
    let not_numbers = |stored: &str| {
        Err(format!(
            "`{column}` is computed with, but its answers are stored as texts such as `{stored}`"
        ))
    };
    match &form.responses[form.items[item].response].kind {
        ResponseKind::YesNo { .. } if language == Language::LimeSurvey => not_numbers("Y"),
        ResponseKind::YesNo { .. } if language == Language::SurveyJs => not_numbers("true"),
        ResponseKind::Coded(choices) => {
            let mut table = Vec::new();
            for choice in choices.iter().filter(|choice| !choice.non_response) {
                let Some(number) = parsed(&choice.stored) else {
                    return not_numbers(&choice.stored);
                };
                table.push((choice.value.number(), number));
            }
            let is_same = table.iter().all(|(value, number)| value == number);
            Ok(if is_same { F::Item(item) } else { F::Recode(Box::new(F::Item(item)), table) })
        }
        _ => Ok(F::Item(item)),
    }
}

/// The condition that the stored answer compares to a text. Missing where the answer is.
pub(super) fn compared(
    form: &Form,
    language: Language,
    op: Op,
    item: usize,
    text: &str,
) -> Result<F, String> {
    if let Some(reason) = refusal(form, item) {
        return Err(reason);
    }
    let column = &form.items[item].column;
    let is_equality = matches!(op, Op::Eq | Op::Ne | Op::Same | Op::NotSame);
    let Some(options) = options(form, language, item) else {
        let number = parsed(text).filter(|number| is_equality && written(*number) == text.trim());
        let number = number.or_else(|| parsed(text).filter(|_| orders_by_number(language)));
        let reason = || format!("`{column}` is a number, and is compared with the text `{text}`");
        return Ok(F::compare(op, F::Item(item), F::Number(number.ok_or_else(reason)?)));
    };
    let met = options.iter().filter(|(_, stored)| is_met(language, op, stored, text));
    let met: Vec<f64> = met.map(|(value, _)| *value).collect();
    let equal = options.iter().filter(|(_, stored)| is_met(language, Op::Eq, stored, text));
    let equal: Vec<f64> = equal.map(|(value, _)| *value).collect();
    if is_equality && equal.is_empty() {
        return Err(format!("`{text}` is not an answer to `{column}`"));
    }
    if !is_equality && options.iter().all(|(value, stored)| parsed(stored) == Some(*value)) {
        // A comparison of numbers, if it says the same.
        if let Some(number) = parsed(text) {
            let is_same =
                |value: &f64| value.partial_cmp(&number).is_some_and(|order| op.holds(order));
            if options.iter().all(|(value, _)| is_same(value) == met.contains(value)) {
                return Ok(F::compare(op, F::Item(item), F::Number(number)));
            }
        }
    }
    if is_equality
        && let Some(reason) = equal.iter().find_map(|value| cannot_equal(form, item, *value))
    {
        return Err(reason);
    }
    let equals = |value: &f64| F::compare(Op::Eq, F::Item(item), F::Number(*value));
    if matches!(op, Op::Ne | Op::NotSame) {
        let others = options.iter().map(|(value, _)| value).filter(|value| !met.contains(value));
        return Ok(F::any(others.map(equals)).negated());
    }
    Ok(F::any(met.iter().map(equals)))
}

/// Whether texts are compared as numbers by `<` and `>`.
fn orders_by_number(language: Language) -> bool {
    !matches!(language, Language::LimeSurvey | Language::R)
}

/// The values and stored texts of the answers; `None` for numbers.
fn options(form: &Form, language: Language, item: usize) -> Option<Vec<(f64, String)>> {
    match &form.responses.get(form.items.get(item)?.response)?.kind {
        ResponseKind::Coded(choices) => {
            let pair =
                |choice: &crate::form::Choice| (choice.value.number(), choice.stored.clone());
            Some(choices.iter().map(pair).collect())
        }
        ResponseKind::YesNo { .. } => {
            let (yes, no) = match language {
                Language::LimeSurvey => ("Y", "N"),
                Language::SurveyJs => ("true", "false"),
                _ => ("1", "0"),
            };
            Some(vec![(0.0, no.to_owned()), (1.0, yes.to_owned())])
        }
        _ => None,
    }
}

/// Whether a stored text compares so to a text in the expression.
fn is_met(language: Language, op: Op, stored: &str, text: &str) -> bool {
    let is_equality = matches!(op, Op::Eq | Op::Ne);
    let as_numbers = match language {
        Language::XPath => !is_equality,
        Language::LimeSurvey => is_equality,
        Language::R => false,
        _ => true,
    };
    let order = match (parsed(stored), parsed(text)) {
        (Some(stored), Some(text)) if as_numbers => stored.partial_cmp(&text),
        // NaN is neither less nor greater.
        _ if language == Language::XPath && !is_equality => None,
        _ => Some(stored.cmp(text)),
    };
    order.is_some_and(|order| op.holds(order))
}

/// Whether an item is answered with yes or no.
pub(super) fn is_yes_no(form: &Form, item: usize) -> bool {
    let response = form.items.get(item).and_then(|item| form.responses.get(item.response));
    response.is_some_and(|response| matches!(response.kind, ResponseKind::YesNo { .. }))
}

/// The number of characters of each stored answer; `None` if the answers are not a short list.
pub(super) fn lengths(form: &Form, language: Language, item: usize) -> Option<Vec<(f64, f64)>> {
    #[expect(clippy::cast_precision_loss, reason = "texts are short")]
    let length = |text: &str| text.chars().count() as f64;
    Some(
        options(form, language, item)?
            .iter()
            .map(|(value, stored)| (*value, length(stored)))
            .collect(),
    )
}

/// Why no answer to an item can equal a number; `None` if one can.
pub(super) fn cannot_equal(form: &Form, item: usize, number: f64) -> Option<String> {
    let found = form.items.get(item)?;
    let ResponseKind::Coded(choices) = &form.responses.get(found.response)?.kind else {
        return None;
    };
    let column = &found.column;
    match choices.iter().find(|choice| choice.value.number() == number) {
        None => Some(format!("`{number}` is not an answer to `{column}`")),
        Some(choice) if choice.non_response => Some(format!(
            "`{number}` means that there is no answer to `{column}`, which is not a value here"
        )),
        Some(_) => None,
    }
}
