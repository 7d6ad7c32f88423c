//! What a platform has no place for: declared once, reported at its place in the definition.

use scalewright_model::file::KeyStatus;
use scalewright_model::{
    Ask, Diagnostic, FactKey, Instrument, Item, ItemIx, Pointer, ScaleIx, Severity,
};
use scalewright_scoring::emit::Unsupported;
use serde::Serialize;

use crate::ExportRequest;
use crate::ui::filled;

/// Something that a platform has no place for. What is in braces stands for words of the definition.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Loss {
    /// The keys of `instrument.toml` that say it, as paths: `scales[].codes[].code`.
    pub keys: &'static [&'static str],
    /// What is lost: "the condition of `{id}`".
    pub what: &'static str,
    /// Why, as a clause. Empty where that depends on the definition.
    pub because: &'static str,
    /// What to do, or what is kept. Empty where there is nothing to say.
    pub help: &'static str,
    /// In which case it is lost, as a clause: "where …". Empty where it always is.
    pub when: &'static str,
    /// What happens to it, before the reason.
    #[serde(skip)]
    verb: &'static str,
}

impl Loss {
    /// What the keys say is not exported.
    pub(crate) const fn new(
        keys: &'static [&'static str],
        what: &'static str,
        because: &'static str,
    ) -> Self {
        Self { keys, what, because, help: "", when: "", verb: "is not exported" }
    }

    /// The same, with what to do.
    pub(crate) const fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    /// The same, in some cases only.
    pub(crate) const fn when(self, when: &'static str) -> Self {
        Self { when, ..self }
    }

    /// The same, with other words for "is not exported".
    pub(crate) const fn verb(self, verb: &'static str) -> Self {
        Self { verb, ..self }
    }

    /// What is lost, as a list has it: "the condition of an item".
    #[must_use]
    pub fn shown(&self) -> String {
        let words = [("`{id}`", "…"), ("{min} and {max},", "")];
        let what = words.iter().fold(self.what.to_owned(), |what, (of, to)| what.replace(of, to));
        what.replace(" in {platform}", "").trim_end().trim_end_matches(',').to_owned()
    }

    /// The loss at a place in the definition.
    pub(crate) fn at(&self, place: Pointer) -> Diagnostic {
        self.of(place, &[], None)
    }

    /// The loss at a place in the definition: `words` fill the places in braces, and `because` is the reason where that
    /// depends on the definition.
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

/// A score whose key nobody has read in a source, and that has no formula.
pub(crate) const UNVERIFIED: Loss = Loss::new(
    &["scales[].key-status", "flags[].key-status"],
    "the score of `{id}` in {platform}",
    "its key is unverified, so it has none",
)
.when("where `key-status` is `unverified`")
.help("read the key in the instrument's own publication and raise `key-status`");

/// A score whose key is only recalled.
pub(crate) const RECALLED: Loss = Loss::new(
    &["scales[].key-status", "flags[].key-status"],
    "the score of `{id}` in {platform}",
    "its key is recalled, not read in a source",
)
.when("where `key-status` is `recalled`")
.help("to publish it all the same: `--accept-recalled-keys`");

/// A score made of one whose key is not sure.
pub(crate) const UNSURE: Loss = Loss::new(
    &["scales[].key-status", "flags[].key-status"],
    "the score of `{id}` in {platform}",
    "a scale it is made of has no sure key",
)
.when("where `key-status` of a scale below it is `recalled` or `unverified`")
.help("to publish recalled keys all the same: `--accept-recalled-keys`");

/// The translation of words that are scores.
pub(crate) const WORDS_OF_FORMULAS: Loss = Loss::new(
    &["scales[].formula"],
    "the translation of the words of `{id}`",
    "a wording file has no place for the words of formulas",
)
.when("in another language than that of the definition, where a score is a word")
.help("scores are the same: a word is the code that data are stored with");

/// The translation of the description.
pub(crate) const DESCRIPTION: Loss = Loss::new(
    &["description"],
    "the translation of the description",
    "a wording file has no place for it",
)
.when("in another language than that of the definition");

/// The facts about the instrument that are stated and lost. `lost` gives for each the loss and its place, a key such as
/// `rights.evidence`; facts that are lost together have one place and are reported once.
pub(crate) fn of_facts(
    instrument: &Instrument,
    lost: fn(FactKey) -> Option<(&'static str, &'static Loss)>,
) -> Vec<Diagnostic> {
    let stated = instrument.facts().into_iter().filter(|fact| fact.value.is_some());
    let mut all: Vec<(&str, &Loss)> = stated.filter_map(|fact| lost(fact.key)).collect();
    all.dedup_by_key(|(place, _)| *place);
    let pointer = |place: &str| place.split('.').fold(Pointer::root(), |at, name| at.key(name));
    all.into_iter().map(|(place, loss)| loss.at(pointer(place))).collect()
}

/// The scores that are left out because their key is not sure enough.
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

/// A score, or what is made of it, that the platform cannot compute: the export is refused, unless it was asked
/// to leave such scores out.
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
            .help("to export the rest without it: `--leave-out-scores`"),
    }
}

/// Conditions under which items are asked that the platform does not get. Scores are the same: their formulas
/// leave out what should not have been asked. Those of items that are `kept` are printed in words.
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

/// Scores that are words, published in another language than that of the definition: a translation has no place for
/// such words.
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

/// What a form is described with, published in another language than that of the definition.
pub(crate) fn description(request: &ExportRequest<'_>) -> Option<Diagnostic> {
    let instrument = request.instrument;
    let is_source = request.wording.language.eq_ignore_ascii_case(&instrument.language);
    let described = instrument.description.is_some() && !is_source;
    described.then(|| DESCRIPTION.at(Pointer::top("description")))
}
