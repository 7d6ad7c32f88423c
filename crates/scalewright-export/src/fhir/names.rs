//! The addresses and code systems of an instrument and its parts in FHIR.

use scalewright_model::Instrument;

/// Returns the permanent address of an instrument: its own `url`, or a URN in scalewright's namespace.
#[must_use]
pub fn url(instrument: &Instrument) -> String {
    let own = || format!("urn:scalewright:instrument:{}", instrument.id);
    instrument.url.clone().unwrap_or_else(own)
}

/// Returns the permanent address of the instrument's questionnaire in `language`. Each translation is a questionnaire
/// of its own.
#[must_use]
pub fn url_in(instrument: &Instrument, language: &str) -> String {
    let base = url(instrument);
    if language.eq_ignore_ascii_case(&instrument.language) {
        base
    } else {
        format!("{base}-{}", language.to_ascii_lowercase())
    }
}

/// Returns the code system of a response scale's options.
#[must_use]
pub(super) fn option_system(instrument: &Instrument, response_scale: &str) -> String {
    part(instrument, &["response-scale", response_scale])
}

/// Returns the code system of an instrument's scores.
#[must_use]
pub fn score_system(instrument: &Instrument) -> String {
    part(instrument, &["score"])
}

fn part(instrument: &Instrument, path: &[&str]) -> String {
    let base = url(instrument);
    match base.starts_with("urn:") {
        true => format!("{base}:{}", path.join(":")),
        false => format!("{}/{}", base.trim_end_matches('/'), path.join("/")),
    }
}
