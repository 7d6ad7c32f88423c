//! What a platform has no place for, said at its place in the definition.

use scalewright_model::file::KeyStatus;
use scalewright_model::{Ask, Diagnostic, Item, ItemIx, Pointer, ScaleIx, Severity};
use scalewright_scoring::emit::Unsupported;

use crate::ExportRequest;

/// A `lossy-export` at `place`: `what` is not carried over, `because`.
pub(crate) fn lost(place: Pointer, what: &str, because: &str) -> Diagnostic {
    Diagnostic::warning("lossy-export", format!("{what} is not exported: {because}"))
        .at_key(place, "")
}

/// A loss for each fact that is there: its key in the definition, what it is in words, whether it is given.
pub(crate) fn of_facts(facts: &[(&str, &str, bool)], because: &str) -> Vec<Diagnostic> {
    let given = facts.iter().filter(|(_, _, given)| *given);
    given.map(|(key, what, _)| lost(Pointer::top(key), what, because)).collect()
}

/// The scores that are left out because their key is not sure enough.
pub(crate) fn unscored(request: &ExportRequest<'_>, platform: &str) -> Vec<Diagnostic> {
    let scales = request.instrument.scales.iter().enumerate();
    let left_out = scales.filter(|(index, _)| !request.is_published(ScaleIx(*index)));
    let findings = left_out.map(|(_, scale)| {
        let place = scale.pointer();
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

/// A score, or what is made of it, that the platform cannot compute: the export is refused, unless it was asked
/// to leave such scores out.
pub(crate) fn refused(
    request: &ExportRequest<'_>,
    place: Pointer,
    what: &str,
    unsupported: &Unsupported,
) -> Diagnostic {
    let finding = lost(place, what, &unsupported.because);
    match request.options.leave_out_scores {
        true => finding,
        false => Diagnostic { severity: Severity::Error, ..finding }
            .help("to export the rest without it: `--leave-out-scores`"),
    }
}

/// Conditions under which items are asked, which `platform` does not get yet. Scores are the same: their formulas
/// leave out what should not have been asked. Those of items that are `kept` are told in words.
pub(crate) fn conditions(
    request: &ExportRequest<'_>,
    platform: &str,
    kept: impl Fn(usize) -> bool,
) -> Vec<Diagnostic> {
    let items = request.instrument.items.iter().enumerate();
    let conditional = items
        .filter(|(index, _)| !kept(*index))
        .filter_map(|(index, item)| Some((ItemIx(index), item, item.ask.as_ref()?)));
    let findings = conditional.map(|(index, item, ask): (ItemIx, &Item, &Ask)| {
        let place = Pointer::item(index).key("ask-if");
        let what = format!("the condition of `{}`", item.id);
        lost(place, &what, &format!("{platform} asks the item always"))
            .help(format!("scores are the same: an answer counts only where `{}`", ask.text))
    });
    findings.collect()
}

/// Scores that are words, published in another language than that of the definition: a translation has no place for
/// such words.
pub(crate) fn words_of_formulas(request: &ExportRequest<'_>) -> Vec<Diagnostic> {
    let instrument = request.instrument;
    if request.wording.language.eq_ignore_ascii_case(&instrument.language) {
        return Vec::new();
    }
    let worded = instrument.scales.iter().filter(|scale| scale.words().is_some());
    let findings = worded.map(|scale| {
        let place = scale.pointer().key("formula");
        let what = format!("the translation of the words of `{}`", scale.id);
        lost(place, &what, "a wording file has no place for the words of formulas")
            .help("scores are the same: a word is the code that data are stored with")
    });
    findings.collect()
}

/// What a form is described with, published in another language than that of the definition.
pub(crate) fn description(request: &ExportRequest<'_>) -> Option<Diagnostic> {
    let instrument = request.instrument;
    let is_source = request.wording.language.eq_ignore_ascii_case(&instrument.language);
    let place = Pointer::top("description");
    let because = "a wording file has no place for it";
    let described = instrument.description.is_some() && !is_source;
    described.then(|| lost(place, "the translation of the description", because))
}
