//! The names under which an instrument and its parts are known to FHIR: addresses and code systems.

use scalewright_model::Instrument;

/// The permanent address of an instrument: its own, or a name of ours.
#[must_use]
pub fn url(instrument: &Instrument) -> String {
    let own = || format!("urn:scalewright:instrument:{}", instrument.id);
    instrument.url.clone().unwrap_or_else(own)
}

/// The permanent address of its questionnaire in `language`. Other languages than the source are questionnaires of
/// their own.
#[must_use]
pub fn url_in(instrument: &Instrument, language: &str) -> String {
    let base = url(instrument);
    if language.eq_ignore_ascii_case(&instrument.language) {
        base
    } else {
        format!("{base}-{}", language.to_ascii_lowercase())
    }
}

/// The code system of a response scale's options.
#[must_use]
pub fn option_system(instrument: &Instrument, response_scale: &str) -> String {
    part(instrument, &["response-scale", response_scale])
}

/// The code system of an instrument's scores.
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
