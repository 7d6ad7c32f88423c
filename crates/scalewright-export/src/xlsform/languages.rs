//! The languages of a form.

use scalewright_model::Wording;

use super::options::Options;
use crate::ExportRequest;

/// The wordings that are published, the requested one first.
pub(super) struct Languages<'a>(pub(super) Vec<&'a Wording>);

impl<'a> Languages<'a> {
    /// The text in each language. A language without it gets that of the first language that has it, because pyxform
    /// would show a hyphen. Empty if no language has it.
    pub(super) fn each(&self, of: impl Fn(&'a Wording) -> Option<String>) -> Vec<String> {
        let texts: Vec<Option<String>> = self.0.iter().map(|wording| of(wording)).collect();
        let Some(first) = texts.iter().flatten().next().cloned() else { return Vec::new() };
        texts.into_iter().map(|text| text.unwrap_or_else(|| first.clone())).collect()
    }
}

/// The languages of a form: the requested one, and with the words of the definition also all translations.
pub(super) fn languages<'a>(request: &ExportRequest<'a>) -> Languages<'a> {
    let instrument = request.instrument;
    let is_source = request.wording.language == instrument.language;
    let others = instrument.wordings.iter().filter(|other| {
        is_source
            && Options::of(request.options).translations
            && other.language != request.wording.language
    });
    Languages(std::iter::once(request.wording).chain(others).collect())
}
