//! The identifiers of a form.
//!
//! OpenEDC replaces periods and hyphens of identifiers in expressions, and reads them back wrongly if there are several.
//! So an identifier is a few capital letters, a period, and letters, digits and underscores. The id of an instrument is
//! in capital letters, and an item's begins with a small letter: their boundary is certain.

use scalewright_model::Pointer;
use scalewright_model::{Diagnostic, OptionValue};

/// The identifiers of the parts of an instrument.
pub(super) struct Oids {
    /// The id of the instrument, in capital letters.
    instrument: String,
    /// What precedes the ids of items and scores: empty if the file has no other instrument.
    prefix: String,
}

impl Oids {
    /// The identifiers in a file without other instruments, or in a study.
    pub(super) fn new(instrument: &str, is_study: bool) -> Self {
        let instrument = instrument.to_uppercase().replace('-', "_");
        let prefix = if is_study { format!("{instrument}_") } else { String::new() };
        Self { instrument, prefix }
    }

    /// A part of which the instrument has one, such as its form.
    pub(super) fn one(&self, kind: &str) -> String {
        format!("{kind}.{}", self.instrument)
    }

    /// A part that has a number.
    pub(super) fn numbered(&self, kind: &str, index: usize) -> String {
        format!("{kind}.{}_{}", self.instrument, index + 1)
    }

    /// An item, or a score.
    pub(super) fn item(&self, id: &str) -> String {
        self.named("I", id)
    }

    /// A part that has the name of an item or a score.
    pub(super) fn named(&self, kind: &str, id: &str) -> String {
        format!("{kind}.{}{id}", self.prefix)
    }

    /// The item for one option of an item with several answers.
    pub(super) fn option(&self, id: &str, value: OptionValue) -> String {
        self.item(&option_name(id, value))
    }
}

/// The name of the item for one option of an item with several answers. No other id contains a capital letter.
pub(super) fn option_name(id: &str, value: OptionValue) -> String {
    let code = value.to_string().replace('-', "M").replace('.', "P");
    format!("{id}_C{code}")
}

/// Errors for instruments of a study whose identifiers would be equal.
pub(super) fn doubled(ids: &[&str]) -> Vec<Option<Diagnostic>> {
    let upper: Vec<String> = ids.iter().map(|id| Oids::new(id, true).prefix).collect();
    let is_taken = |at: usize| upper[..at].contains(&upper[at]);
    let error = |at: usize| {
        let because =
            format!("the identifiers of `{}` would equal those of another instrument", ids[at]);
        let finding = Diagnostic::error("unusable-name", because);
        finding.at(Pointer::top("id"), "").help("choose another id")
    };
    (0..ids.len()).map(|at| is_taken(at).then(|| error(at))).collect()
}

#[cfg(test)]
mod tests {
    use super::{Oids, doubled};

    #[test]
    fn the_items_of_a_study_have_different_identifiers() {
        assert_eq!(Oids::new("phq-9", false).item("q1"), "I.q1");
        assert_eq!(Oids::new("phq-9", true).item("q1"), "I.PHQ_9_q1");
        assert_eq!(Oids::new("a", true).option("q_1", (-9).into()), "I.A_q_1_CM9");
        let doubled = doubled(&["a-b", "c", "a_b"]);
        assert!(doubled[0].is_none() && doubled[1].is_none() && doubled[2].is_some());
    }
}
