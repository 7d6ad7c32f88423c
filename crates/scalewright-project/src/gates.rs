//! Conditions for scoring, exporting or reading an instrument: it has no errors, and its keys are verified.

use scalewright_check::{Checked, Finding, SuppliedKey};
use scalewright_model::file::{KeyDisclosure, KeyStatus};
use scalewright_model::text::line;
use scalewright_model::{Instrument, Note, Stop};
use scalewright_scoring::Program;

/// An instrument that cannot be used because of errors.
#[derive(Debug)]
pub struct Unsound<'a> {
    /// The errors.
    pub errors: Vec<&'a Finding>,
    /// The message to print after them.
    pub stop: Stop,
}

/// Returns the instrument if the check found no error that prevents its use.
///
/// # Errors
///
/// Otherwise, with all errors that were found.
pub fn sound(checked: &Checked) -> Result<&Instrument, Unsound<'_>> {
    checked.sound().ok_or_else(|| {
        let errors = checked.findings.iter().filter(|finding| finding.is_error()).collect();
        let name = checked.documents.first().map_or("", |document| document.name.as_str());
        Unsound { errors, stop: Stop::wrong(format!("`{name}` has errors; nothing was done")) }
    })
}

/// Checks whether the keys of an instrument are certain enough for scoring. Recalled keys are scored only if
/// `accept_recalled` is set. Scales with an unverified key are not scored; the returned note lists them.
///
/// # Errors
///
/// If there are recalled keys and they are not accepted, or if no scale can be scored.
pub fn keys_are_sure(
    instrument: &Instrument,
    program: &Program,
    accept_recalled: bool,
) -> Result<Option<Note>, Stop> {
    let with = |status: KeyStatus| -> Vec<String> {
        let scales = instrument.scales.iter().filter(|s| s.key_status == Some(status));
        scales.map(|scale| format!("`{}`", scale.id)).collect()
    };
    let (recalled, unverified) = (with(KeyStatus::Recalled), with(KeyStatus::Unverified));
    if !recalled.is_empty() && !accept_recalled {
        let message =
            format!("the key of {} is recalled, not read in a source", recalled.join(", "));
        return Err(Stop::wrong(message).help("to score it anyway: `--accept-recalled-keys`"));
    }
    if program.scores.is_empty() {
        let message = format!("`{}` has no scale that can be scored", instrument.id);
        let help = "their keys are unverified: check them against the instrument's own publication";
        return Err(Stop::wrong(message).help(help).help(format!(
            "if you have its manual, supply the key: `scalewright key {} --out key.toml`",
            instrument.id
        )));
    }
    let list = unverified.join(", ");
    Ok((!unverified.is_empty())
        .then(|| Note::info(format!("not scored, because the key is unverified: {list}"))))
}

/// Returns a note that states where a supplied key is from: its file, its source and its digest.
#[must_use]
pub fn supplied_key(checked: &Checked) -> Option<Note> {
    let key = checked.key.as_ref()?;
    let (id, file) = named(checked, key);
    let source = line(&key.source);
    Some(Note::info(format!("the key of `{id}` is from `{file}`: {source} ({})", key.digest)))
}

/// Checks that a supplied key may appear in exported forms.
///
/// # Errors
///
/// If its file does not permit that.
pub fn key_may_be_published(checked: &Checked) -> Result<(), Stop> {
    let refused = checked.key.as_ref().filter(|key| key.may_appear_in == KeyDisclosure::Scores);
    let Some(key) = refused else { return Ok(()) };
    let (id, file) = named(checked, key);
    let message =
        format!("a form that computes scores contains the key, and `{file}` does not permit that");
    let help = format!(
        "if its holder permits it, write `may-appear-in = \"forms\"`; without the key, `{id}` is exported without scores"
    );
    Err(Stop::wrong(message).help(help))
}

/// The id of the instrument and the name of the key file.
fn named(checked: &Checked, key: &SuppliedKey) -> (String, String) {
    let id = checked.instrument.as_ref().map_or("", |instrument| instrument.id.as_str());
    let file = checked.documents.get(key.document).map_or("", |document| document.name.as_str());
    (line(id), line(file))
}
