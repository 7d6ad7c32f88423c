//! Options of which a source stores the same word.
//!
//! A code is unique only within its system in FHIR, and within its filter in XLSForm. A definition tells its options apart
//! by their codes, so that later ones get a number.

use std::collections::BTreeSet;

use crate::finding::{Finding, Kind};
use crate::form::{Choice, Form, ResponseKind};

/// Numbers the words that are stored for more than one option of a response scale, and reports each scale.
pub(crate) fn distinct(form: &mut Form) {
    for response in &mut form.responses {
        let (ResponseKind::Coded(choices) | ResponseKind::Several(choices)) = &mut response.kind
        else {
            continue;
        };
        let renamed = numbered(choices);
        if !renamed.is_empty() {
            let message = format!(
                "the same value is stored for several options: the later ones are {}",
                crate::words::some_of(renamed.iter().map(String::as_str))
            );
            let help = "data of the source do not tell these options apart";
            let at = &response.place;
            form.findings.push(Finding::new(Kind::Changed, "same-code", at, message).help(help));
        }
    }
}

/// Numbers repeated words. Returns the new ones.
fn numbered(choices: &mut [Choice]) -> Vec<String> {
    let mut taken: BTreeSet<String> = choices.iter().map(|choice| choice.stored.clone()).collect();
    let mut seen = BTreeSet::new();
    let mut renamed = Vec::new();
    for choice in choices {
        if choice.stored.is_empty() || seen.insert(choice.stored.clone()) {
            continue;
        }
        let mut number = 2;
        let free = loop {
            let name = format!("{}_{number}", choice.stored);
            if taken.insert(name.clone()) {
                break name;
            }
            number += 1;
        };
        choice.stored.clone_from(&free);
        renamed.push(free);
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::numbered;
    use crate::form::Choice;
    use crate::words::Words;

    #[test]
    fn later_options_with_the_same_word_get_a_number() {
        let choice = |stored: &str| Choice {
            value: 1.into(),
            stored: stored.to_owned(),
            label: Words::default(),
            non_response: false,
        };
        let mut choices = ["a", "b", "a", "a_2", "a", "", ""].map(choice);
        assert_eq!(numbered(&mut choices), ["a_3", "a_4"]);
        assert_eq!(choices.map(|choice| choice.stored), ["a", "b", "a_3", "a_2", "a_4", "", ""]);
    }
}
