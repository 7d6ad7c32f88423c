//! The conditions of items in a form beside those of the definition.

use scalewright_model::Severity;

use super::both::{Both, reason};
use super::types::Discrepancy;
use crate::form::rule::{Answers, Rule};

/// Items that the form shows to other respondents than the definition asks.
pub(super) fn findings(both: &Both<'_>) -> Vec<Discrepancy> {
    let form = both.matched.form;
    let mut findings = Vec::new();
    if form.is_list {
        return findings;
    }
    for (item, position) in both.matched.items.iter().enumerate() {
        let Some(position) = *position else { continue };
        let theirs = form.items[position].condition.as_ref();
        if theirs.is_some() || both.asked.contains_key(&item) {
            findings.extend(finding(both, item, position, theirs));
        }
    }
    findings
}

/// A finding if the condition of an item differs or was not understood.
fn finding(
    both: &Both<'_>,
    item: usize,
    position: usize,
    theirs: Option<&Rule>,
) -> Option<Discrepancy> {
    let form = both.matched.form;
    let id = &both.matched.instrument().items[item].id;
    let place = theirs.map_or(&form.items[position].place, |rule| &rule.place);
    if let Some(rule) = theirs.filter(|rule| rule.source.is_none()) {
        let message = format!("the condition of `{id}` was not understood: {}", reason(rule));
        let code = "condition-not-understood";
        return Some(Discrepancy::new(code, Severity::Warning, place, message));
    }
    let source = theirs.and_then(|rule| rule.source.as_deref());
    let shows =
        |answers: &Answers| source.is_none_or(|source| source.value(form, answers).is_met());
    let index = (0..both.sets.len()).find(|index| {
        let own = both.asks_in(item, *index);
        own.is_some_and(|asks| asks != shows(&both.in_form(&both.sets[*index])))
    })?;
    let respondent = both.smallest(index, |answers| {
        let own = both.asks(item, answers);
        own.is_some_and(|asks| asks != shows(&both.in_form(answers)))
    });
    let word = if both.asks(item, &respondent) == Some(true) { "hides" } else { "shows" };
    let message = format!(
        "the form {word} `{id}` to respondents for whom the definition decides otherwise, for instance with {}",
        both.described(&respondent)
    );
    Some(Discrepancy::new("condition-differs", Severity::Error, place, message))
}
