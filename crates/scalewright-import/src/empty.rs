//! Sources in which there is nothing to answer.

use scalewright_model::Stop;

use crate::finding::{Finding, Kind};
use crate::form::Form;
use crate::place::Place;

/// The stop for a source without items, with the first thing in it that was not understood. `what` says what is missing,
/// as a clause: `the survey has no questions to answer`.
pub(crate) fn stop(file: &str, what: &str, findings: &[Finding]) -> Stop {
    let stop = Stop::wrong(format!("{file}: {what}"));
    let lost =
        |finding: &&Finding| finding.kind == Kind::NotUnderstood && !finding.place.at.is_empty();
    // A key that has no counterpart leaves no item out.
    let explains = |finding: &&Finding| !matches!(&*finding.code, "unknown-key" | "allow");
    let mut all = findings.iter().filter(lost).filter(explains);
    match all.next() {
        None => stop,
        Some(Finding { place, message, .. }) => {
            let more = match all.count() {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            stop.help(format!("what was not understood: {place}: {message}{more}"))
        }
    }
}

/// Takes out the forms of a file that have no items, and says so with the first of the others.
///
/// # Errors
///
/// Returns a stop if no form has items.
pub(crate) fn without(file: &str, what: &str, forms: Vec<Form>) -> Result<Vec<Form>, Stop> {
    let (empty, mut forms): (Vec<Form>, Vec<Form>) =
        forms.into_iter().partition(|form| form.items.is_empty());
    let mut findings: Vec<Finding> =
        empty.iter().flat_map(|form| form.findings.iter().cloned()).collect();
    let Some(first) = forms.first_mut() else { return Err(stop(file, what, &findings)) };
    findings.extend(empty.iter().map(|form| {
        let message = format!("`{}` has no items to answer and is left out", form.id);
        Finding::new(Kind::NotUnderstood, "empty-form", &Place::new(file, ""), message)
    }));
    first.findings.splice(0..0, findings);
    Ok(forms)
}
