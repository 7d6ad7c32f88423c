//! The conditions of items in a form beside those of the definition.

use scalewright_model::Severity;

use super::both::{Both, reason};
use super::types::Discrepancy;
use crate::form::rule::{Answers, Rule};
use crate::place::Place;

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
        let subject = Subject {
            id: &both.matched.instrument().items[item].id,
            asked: both.asked.get(&item).copied(),
            place: &form.items[position].place,
            severity: Severity::Error,
        };
        findings.extend(finding(both, &subject, theirs));
    }
    findings
}

/// An item or a note, and when the definition shows it.
pub(super) struct Subject<'a> {
    pub(super) id: &'a str,
    /// The position of its condition in the program; `None` if it is always shown.
    pub(super) asked: Option<usize>,
    /// Where the form has it.
    pub(super) place: &'a Place,
    /// How severe it is that it is shown to others.
    pub(super) severity: Severity,
}

/// A finding if the condition of an item or a note differs or was not understood.
pub(super) fn finding(
    both: &Both<'_>,
    subject: &Subject<'_>,
    theirs: Option<&Rule>,
) -> Option<Discrepancy> {
    if theirs.is_none() && subject.asked.is_none() {
        return None;
    }
    let form = both.matched.form;
    let Subject { id, asked, place, severity } = *subject;
    let place = theirs.map_or(place, |rule| &rule.place);
    if let Some(rule) = theirs.filter(|rule| rule.source.is_none()) {
        let message = format!("the condition of `{id}` was not understood: {}", reason(rule));
        let code = "condition-not-understood";
        return Some(Discrepancy::new(code, Severity::Warning, place, message));
    }
    let source = theirs.and_then(|rule| rule.source.as_deref());
    let shows =
        |answers: &Answers| source.is_none_or(|source| source.value(form, answers).is_met());
    let index = (0..both.sets.len()).find(|index| {
        let own = both.asks_in(asked, *index);
        own.is_some_and(|asks| asks != shows(&both.in_form(&both.sets[*index])))
    })?;
    let respondent = both.smallest(index, |answers| {
        let own = both.asks(asked, answers);
        own.is_some_and(|asks| asks != shows(&both.in_form(answers)))
    });
    let word = if both.asks(asked, &respondent) == Some(true) { "hides" } else { "shows" };
    let message = format!(
        "the form {word} `{id}` to respondents for whom the definition decides otherwise, for instance with {}",
        both.described(&respondent)
    );
    Some(Discrepancy::new("condition-differs", severity, place, message))
}
