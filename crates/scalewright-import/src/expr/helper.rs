//! Scores that only help others: the number of answered questions.

use crate::form::rule::Target;
use crate::form::{Form, Score};

use super::formula::F;

/// The items that a score counts, if it is `answered(…)`.
pub(super) fn answered(form: &Form, score: &Score) -> Option<F> {
    let Target::Formula(text) = &score.rule.target else { return None };
    // Short lists only, because each mention of the score comes here.
    let list =
        text.strip_prefix("answered(")?.strip_suffix(')').filter(|list| list.len() < 2000)?;
    let items =
        list.split(", ").map(|id| form.items.iter().position(|item| item.id == id).map(F::Item));
    Some(F::Answered(items.collect::<Option<Vec<_>>>()?))
}
