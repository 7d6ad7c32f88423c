//! Another version of the definition than the one that a form was made from.

use scalewright_model::Severity;

use super::matched::Matched;
use super::types::Discrepancy;
use crate::own;
use crate::place::Place;
use crate::source::Opened;

/// A finding if the file contains another definition, or states another version.
pub(super) fn findings(opened: &Opened<'_>, matched: &Matched<'_>) -> Vec<Discrepancy> {
    let place = Place::new(opened.name(), "");
    let id = &matched.instrument().id;
    let own = own::definitions(opened).into_iter().find_map(|files| {
        let text = files.get("instrument.toml")?.clone();
        (scalewright_check::id_of(&text).as_ref() == Some(id)).then_some(text)
    });
    let help = "make the form again from the definition: `scalewright export`";
    if let Some(text) = own {
        let is_same = text == matched.against.text.as_bytes();
        let message = format!(
            "the form was made from another version of `{id}` than the one it is compared with"
        );
        let finding =
            Discrepancy::new("stale-definition", Severity::Warning, &place, message).help(help);
        return if is_same { Vec::new() } else { vec![finding] };
    }
    let version = matched.form.titled.version.as_deref().map(str::trim);
    let differs = version.filter(|version| {
        !version.is_empty() && is_version(version) && *version != matched.instrument().version
    });
    let message = |version: &str| {
        format!(
            "the form states the version {version} of `{id}`, and the definition is {}",
            matched.instrument().version
        )
    };
    let finding = differs.map(|version| {
        Discrepancy::new("stale-version", Severity::Warning, &place, message(version)).help(help)
    });
    finding.into_iter().collect()
}

/// Whether a version is three numbers, as definitions have.
fn is_version(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}
