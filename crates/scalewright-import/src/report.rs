//! The report of an import: what is known about each score, and what happened to each part of the source.

mod json;
mod sarif;
mod text;

use scalewright_model::Stop;

use crate::finding::Kind;
use crate::import::{Import, Imported};
use crate::prove::{Outcome, Proof, Subject, When};

pub use json::json;
pub(crate) use json::proof as proof_json;
pub use sarif::sarif;
pub(crate) use sarif::{document as sarif_document, result as sarif_result};
pub use text::text;

/// A file that was to be imported, and what became of it.
#[derive(Debug)]
pub struct ImportedFile {
    /// Its name in the report.
    pub name: String,
    /// The import, or why there is none.
    pub import: Result<Import, Stop>,
}

impl ImportedFile {
    /// Why the file was not imported, without its name.
    #[must_use]
    pub fn reason<'s>(&self, stop: &'s Stop) -> &'s str {
        let name = self.name.rsplit('/').next().unwrap_or_default();
        let message =
            stop.message.strip_prefix(&self.name).or_else(|| stop.message.strip_prefix(name));
        message.and_then(|rest| rest.strip_prefix(": ")).unwrap_or(&stop.message)
    }
}

/// The numbers of outcomes of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Scores that are equal.
    pub equal: usize,
    /// Scores that differ.
    pub differs: usize,
    /// Scores that were not understood.
    pub not_understood: usize,
    /// Scores that could not be compared with a rule of the source.
    pub not_proved: usize,
    /// Definitions with errors.
    pub errors: usize,
}

impl Counts {
    /// Counts the scores of an import.
    #[must_use]
    pub fn of(import: &Import) -> Self {
        let mut counts = Self::default();
        for proof in import.instruments.iter().flat_map(|one| &one.proofs) {
            match (&proof.outcome, proof.subject) {
                (_, Subject::Condition) => {}
                (Outcome::Equal(_), Subject::Score) => counts.equal += 1,
                (Outcome::Differs(_), Subject::Score) => counts.differs += 1,
                (Outcome::NotUnderstood(_), Subject::Score) => counts.not_understood += 1,
                (Outcome::NotProved(_), Subject::Score) => counts.not_proved += 1,
            }
        }
        counts.errors = import.instruments.iter().filter(|one| !one.errors.is_empty()).count();
        counts
    }
}

/// Whether a part of the source was not understood, or a condition differs.
#[must_use]
pub fn has_gaps(import: &Import) -> bool {
    import.instruments.iter().any(|one| {
        one.findings.iter().any(|finding| finding.kind == Kind::NotUnderstood)
            || one.proofs.iter().any(|proof| matches!(proof.outcome, Outcome::Differs(_)))
    })
}

/// The difference of a proof as a clause: the smallest set of answers, and both results.
fn difference(proof: &Proof) -> Option<String> {
    let Outcome::Differs(difference) = &proof.outcome else { return None };
    let answers: Vec<String> =
        difference.answers.iter().map(|(id, value)| format!("{id} = {value}")).collect();
    let answers = if answers.is_empty() { "no answer".to_owned() } else { answers.join(", ") };
    let when = match difference.when {
        When::Complete => "",
        When::Blanks => ", only if answers are missing",
        When::Hidden => ", only if an item was answered and then hidden",
    };
    let always = difference
        .always
        .map(|gap| format!("; always {gap} more in the source"))
        .unwrap_or_default();
    Some(format!(
        "{answers}: source {}, definition {}{when}{always}",
        difference.source, difference.ours
    ))
}

/// Whether a difference of conditions only repeats that hidden answers are kept.
fn is_worth_a_line(proof: &Proof) -> bool {
    match (&proof.outcome, proof.subject) {
        (Outcome::Differs(difference), Subject::Condition) => difference.when != When::Hidden,
        (Outcome::NotUnderstood(_) | Outcome::NotProved(_), Subject::Condition) => true,
        (Outcome::Equal(_), Subject::Condition) => false,
        (_, Subject::Score) => true,
    }
}

/// The number of items of an instrument's conditions and scores that were proved.
fn proved(one: &Imported) -> usize {
    one.proofs.iter().filter(|proof| matches!(proof.outcome, Outcome::Equal(_))).count()
}
