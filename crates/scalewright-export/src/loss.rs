//! What a platform has no place for, said at its place in the definition.

use scalewright_model::file::KeyStatus;
use scalewright_model::{Diagnostic, Pointer, ScaleIx};

use crate::ExportRequest;

/// A `lossy-export` at `place`: `what` is not carried over, `because`.
pub(crate) fn lost(place: Pointer, what: &str, because: &str) -> Diagnostic {
    Diagnostic::warning("lossy-export", format!("{what} is not exported: {because}"))
        .at_key(place, "")
}

/// A loss for each fact that is there: its key in the definition, what it is in words, whether it is given.
pub(crate) fn of_facts(facts: &[(&str, &str, bool)], because: &str) -> Vec<Diagnostic> {
    let given = facts.iter().filter(|(_, _, given)| *given);
    given.map(|(key, what, _)| lost(Pointer::root().key(key), what, because)).collect()
}

/// The scores that are left out because their key is not sure enough.
pub(crate) fn unscored(request: &ExportRequest<'_>, platform: &str) -> Vec<Diagnostic> {
    let scales = request.instrument.scales.iter().enumerate();
    let left_out = scales.filter(|(index, _)| !request.is_published(ScaleIx(*index)));
    let findings = left_out.map(|(index, scale)| {
        let place = Pointer::root().key("scales").index(index);
        let what = format!("the score of `{}` in {platform}", scale.id);
        match scale.key_status {
            Some(KeyStatus::Unverified) => {
                lost(place, &what, "its key is unverified, so it has none")
                    .help("read the key in the instrument's own publication and raise `key-status`")
            }
            Some(KeyStatus::Recalled) => {
                lost(place, &what, "its key is recalled, not read in a source")
                    .help("to publish it all the same: `--accept-recalled-keys`")
            }
            _ => lost(place, &what, "a scale it is made of has no sure key")
                .help("to publish recalled keys all the same: `--accept-recalled-keys`"),
        }
    });
    findings.collect()
}
