//! Losses: what a platform cannot represent. Each is declared once and reported at its position in the definition.

use scalewright_model::file::KeyStatus;
use scalewright_model::{
    Ask, Diagnostic, FactKey, Instrument, Item, ItemIx, Pointer, ScaleIx, Severity,
};
use scalewright_scoring::emit::Unsupported;
use serde::Serialize;

use crate::ExportRequest;
use crate::ui::filled;

/// Something that a platform cannot represent. Placeholders in braces are replaced by words of the definition.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Loss {
    /// The keys of `instrument.toml` that state it, as paths: `scales[].codes[].code`.
    pub keys: &'static [&'static str],
    /// What is lost: "the condition of `{id}`".
    pub what: &'static str,
    /// The reason, as a clause. Empty if it depends on the definition.
    pub because: &'static str,
    /// What to do about it, or what is not affected. Empty if there is no help.
    pub help: &'static str,
    /// When it is lost, as a clause: "if …". Empty if it always is.
    pub when: &'static str,
    /// The verb phrase between `what` and the reason: "is not exported".
    #[serde(skip)]
    verb: &'static str,
}

impl Loss {
    /// A loss: what `keys` state is not exported.
    pub(crate) const fn new(
        keys: &'static [&'static str],
        what: &'static str,
        because: &'static str,
    ) -> Self {
        Self { keys, what, because, help: "", when: "", verb: "is not exported" }
    }

    /// Adds help: what to do, or what is not affected.
    pub(crate) const fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    /// Restricts the loss to the cases that `when` describes.
    pub(crate) const fn when(self, when: &'static str) -> Self {
        Self { when, ..self }
    }

    /// Replaces "is not exported" by another verb phrase.
    pub(crate) const fn verb(self, verb: &'static str) -> Self {
        Self { verb, ..self }
    }

    /// Returns what is lost, for a list, without values: "the condition of …".
    #[must_use]
    pub fn shown(&self) -> String {
        let words = [("`{id}`", "…"), ("{min} and {max},", "")];
        let what = words.iter().fold(self.what.to_owned(), |what, (of, to)| what.replace(of, to));
        what.replace(" in {platform}", "").trim_end().trim_end_matches(',').to_owned()
    }

    /// Returns the diagnostic for the loss at a position in the definition.
    pub(crate) fn at(&self, place: Pointer) -> Diagnostic {
        self.of(place, &[], None)
    }

    /// Returns the diagnostic for the loss at a position in the definition. `words` are the values of the placeholders;
    /// `because` is the reason if that depends on the definition.
    pub(crate) fn of(
        &self,
        place: Pointer,
        words: &[(&str, &str)],
        because: Option<&str>,
    ) -> Diagnostic {
        let Self { keys: _, what, because: always, help, when: _, verb } = self;
        let what = filled(what, words);
        let because = because.map_or_else(|| filled(always, words), str::to_owned);
        let found = Diagnostic::warning("lossy-export", format!("{what} {verb}: {because}"));
        let found = found.at_key(place, "");
        if help.is_empty() { found } else { found.help(filled(help, words)) }
    }
}

/// When facts about an instrument are lost that a form contains only in the definition embedded in it.
pub(crate) const NOT_EMBEDDED: &str = "if the form does not contain the definition";

/// A score with an unverified key. It is not compiled, so there is no formula to export.
pub(crate) const UNVERIFIED: Loss = Loss::new(
    &["scales[].key-status", "flags[].key-status"],
    "the score of `{id}` in {platform}",
    "its key is unverified, and such scores are not computed",
)
.when("if `key-status` is `unverified`")
.help("check the key against the instrument's own publication, then raise `key-status`");

/// A score whose key is only recalled.
pub(crate) const RECALLED: Loss = Loss::new(
    &["scales[].key-status", "flags[].key-status"],
    "the score of `{id}` in {platform}",
    "its key is recalled, not read in a source",
)
.when("if `key-status` is `recalled`")
.help("to publish it anyway: `--accept-recalled-keys`");

/// A score computed from a score whose key is recalled or unverified.
pub(crate) const UNSURE: Loss = Loss::new(
    &["scales[].key-status", "flags[].key-status"],
    "the score of `{id}` in {platform}",
    "it is computed from a scale whose key is recalled or unverified",
)
.when("if `key-status` of a scale that it is computed from is `recalled` or `unverified`")
.help("to publish recalled keys anyway: `--accept-recalled-keys`");

/// The translation of scores that are words.
pub(crate) const WORDS_OF_FORMULAS: Loss = Loss::new(
    &["scales[].formula"],
    "the translation of the words of `{id}`",
    "a wording file cannot contain the words of formulas",
)
.when("in languages other than the definition's, if the score is a word")
.help("scores are unchanged: the word is the code that is stored in the data");

/// The translation of the description.
pub(crate) const DESCRIPTION: Loss = Loss::new(
    &["description"],
    "the translation of the description",
    "a wording file cannot contain it",
)
.when("in languages other than the definition's");

/// Returns the losses of the facts that the instrument states. `lost` returns for a fact its loss and the key to report
/// it at, such as `rights.evidence`. Facts that share a key are reported once.
pub(crate) fn of_facts(
    instrument: &Instrument,
    lost: fn(FactKey) -> Option<(&'static str, &'static Loss)>,
) -> Vec<Diagnostic> {
    let stated = instrument.facts().into_iter().filter(|fact| fact.value.is_some());
    let mut all: Vec<(&str, &Loss)> = stated.filter_map(|fact| lost(fact.key)).collect();
    // `facts` lists the facts of the rights and of the administration in succession, so equal keys are neighbours.
    all.dedup_by_key(|(place, _)| *place);
    let pointer = |place: &str| place.split('.').fold(Pointer::root(), |at, name| at.key(name));
    all.into_iter().map(|(place, loss)| loss.at(pointer(place))).collect()
}

/// Returns the losses of the scores that are left out because of the status of their keys.
pub(crate) fn unscored(request: &ExportRequest<'_>, platform: &str) -> Vec<Diagnostic> {
    let scales = request.instrument.scales.iter().enumerate();
    let left_out = scales.filter(|(index, _)| !request.is_published(ScaleIx(*index)));
    let findings = left_out.map(|(_, scale)| {
        let loss = match scale.key_status {
            Some(KeyStatus::Unverified) => UNVERIFIED,
            Some(KeyStatus::Recalled) => RECALLED,
            _ => UNSURE,
        };
        loss.of(scale.pointer(), &[("id", &scale.id), ("platform", platform)], None)
    });
    findings.collect()
}

/// Returns the diagnostic for a score, or for its bands, that the platform cannot compute. It is an error, which
/// refuses the export, unless the request asks to leave such scores out.
pub(crate) fn refused(
    request: &ExportRequest<'_>,
    place: Pointer,
    (loss, id): (&Loss, &str),
    unsupported: &Unsupported,
) -> Diagnostic {
    let finding = loss.of(place, &[("id", id)], Some(&unsupported.because));
    match request.common.leave_out_scores {
        true => finding,
        false => Diagnostic { severity: Severity::Error, ..finding }
            .help("to leave it out and export the rest: `--leave-out-scores`"),
    }
}

/// Returns the losses of conditions that are not exported, except those of items for which `kept` is true. Scores are
/// unchanged: their formulas ignore answers to items that should not have been asked.
pub(crate) fn conditions(
    request: &ExportRequest<'_>,
    loss: &Loss,
    kept: impl Fn(usize) -> bool,
) -> Vec<Diagnostic> {
    let items = request.instrument.items.iter().enumerate();
    let conditional = items
        .filter(|(index, _)| !kept(*index))
        .filter_map(|(index, item)| Some((ItemIx(index), item, item.ask.as_ref()?)));
    let findings = conditional.map(|(index, item, ask): (ItemIx, &Item, &Ask)| {
        let place = Pointer::item(index).key("ask-if");
        loss.of(place, &[("id", &item.id), ("text", &ask.text)], None)
    });
    findings.collect()
}

/// Returns the losses of scores that are words, if the published language is not the definition's: translations cannot
/// contain such words.
pub(crate) fn words_of_formulas(request: &ExportRequest<'_>) -> Vec<Diagnostic> {
    let instrument = request.instrument;
    if request.wording.language.eq_ignore_ascii_case(&instrument.language) {
        return Vec::new();
    }
    let worded = instrument.scales.iter().filter(|scale| scale.words().is_some());
    let findings = worded.map(|scale| {
        WORDS_OF_FORMULAS.of(scale.pointer().key("formula"), &[("id", &scale.id)], None)
    });
    findings.collect()
}

/// Returns the loss of the description's translation, if the published language is not the definition's.
pub(crate) fn description(request: &ExportRequest<'_>) -> Option<Diagnostic> {
    let instrument = request.instrument;
    let is_source = request.wording.language.eq_ignore_ascii_case(&instrument.language);
    let described = instrument.description.is_some() && !is_source;
    described.then(|| DESCRIPTION.at(Pointer::top("description")))
}
