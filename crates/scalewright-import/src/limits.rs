//! The limits of our format for texts. Longer texts are cut when the definition is made.

use crate::finding::{Finding, Kind};
use crate::form::{Choice, Form, ResponseKind};
use crate::place::Place;
use crate::words::Words;

/// Reports the texts of a form that are too long. `place` is the place of the form.
pub(crate) fn findings(form: &Form, place: &Place) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut check = |words: &Words, most: usize, what: &str, place: &Place| {
        let longest = words.iter().map(|(_, text)| text.chars().count()).max().unwrap_or(0);
        if longest > most {
            let message = format!("{what} has {longest} characters, and is cut to {most}");
            found.push(Finding::new(Kind::Changed, "cut", place, message));
        }
    };
    check(&form.titled.title, 300, "the title", place);
    check(&form.titled.instructions, 10_000, "the text of the instructions", place);
    for section in &form.sections {
        let what = |part: &str| format!("the {part} of the section `{}`", section.id);
        check(&section.title, 300, &what("title"), place);
        check(&section.lead_in, 2000, &what("lead-in"), place);
        check(&section.instructions, 10_000, &what("text"), place);
    }
    for item in &form.items {
        check(&item.stem, 4000, &format!("the text of `{}`", item.id), &item.place);
    }
    for note in &form.notes {
        check(&note.text, 10_000, &format!("the text `{}`", note.id), &note.place);
    }
    for response in &form.responses {
        let what = format!("a label of `{}`", response.name);
        for (words, most) in labels(&response.kind) {
            check(words, most, &what, &response.place);
        }
    }
    for score in &form.scores {
        check(&score.title, 300, &format!("the title of `{}`", score.id), &score.rule.place);
    }
    found
}

/// The labels of a response scale, each with its limit.
fn labels(kind: &ResponseKind) -> Vec<(&Words, usize)> {
    match kind {
        ResponseKind::Coded(choices) | ResponseKind::Several(choices) => {
            choices.iter().map(|Choice { label, .. }| (label, 300)).collect()
        }
        ResponseKind::VisualAnalogue { low, high, .. } => vec![(low, 300), (high, 300)],
        ResponseKind::YesNo { yes, no } => vec![(yes, 100), (no, 100)],
        ResponseKind::Numeric { unit, .. } => vec![(unit, 100)],
        ResponseKind::Text(_) | ResponseKind::Date | ResponseKind::Time => Vec::new(),
    }
}
