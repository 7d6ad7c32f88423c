//! An instrument as a part of an ODM file.

use scalewright_model::Wording;

use super::layout::Layout;
use super::oids::Oids;
use super::options::{self, Options, Version};
use super::xml::Element;
use crate::ExportRequest;

/// An instrument that is exported.
pub(super) struct Form<'a> {
    pub(super) request: &'a ExportRequest<'a>,
    pub(super) options: Options,
    /// The wordings: the published one first.
    pub(super) languages: Vec<&'a Wording>,
    pub(super) oids: Oids,
    pub(super) layout: Layout,
}

impl<'a> Form<'a> {
    /// The form of an instrument, in a file of its own or in a study.
    pub(super) fn new(request: &'a ExportRequest<'a>, is_study: bool) -> Self {
        let options = Options::of(request.options);
        let languages = languages(request, &options);
        let oids = Oids::new(&request.instrument.id, is_study);
        let layout = Layout::of(request.instrument, options.version == Version::Two);
        Self { request, options, languages, oids, layout }
    }

    /// Whether the file is of version 2.0.
    pub(super) fn is_two(&self) -> bool {
        self.options.version == Version::Two
    }

    /// An element with the text that `of` finds in each language; `None` if the published language has none.
    pub(super) fn texts(
        &self,
        name: &'static str,
        of: impl Fn(&Wording) -> Option<String>,
    ) -> Option<Element> {
        let found = self.languages.iter().map(|wording| (wording, of(wording)));
        let found = found.filter_map(|(wording, text)| Some((wording, text?)));
        let found: Vec<_> = found.filter(|(_, text)| !text.trim().is_empty()).collect();
        let (first, _) = found.first()?;
        if first.language != self.request.wording.language {
            return None;
        }
        let texts = found.into_iter().map(|(wording, text)| self.text(&wording.language, &text));
        Some(Element::new(name).of(texts))
    }

    /// A text in one language.
    pub(super) fn text(&self, language: &str, text: &str) -> Element {
        let element = Element::text("TranslatedText", text).with("xml:lang", language);
        if self.is_two() { element.with("Type", "text/plain") } else { element }
    }

    /// An element with a text in the published language only.
    pub(super) fn one_text(&self, name: &'static str, text: &str) -> Element {
        Element::new(name).of([self.text(&self.request.wording.language, text)])
    }

    /// The rights notice.
    pub(super) fn notice(&self, wording: &Wording) -> String {
        let own = &self.request.instrument.rights.notice;
        wording.notice.clone().unwrap_or_else(|| own.clone())
    }
}

/// The wordings of a form: the published one first.
fn languages<'a>(request: &ExportRequest<'a>, options: &Options) -> Vec<&'a Wording> {
    let instrument = request.instrument;
    let is_source = request.wording.language.eq_ignore_ascii_case(&instrument.language);
    let others = instrument.wordings.iter().filter(|other: &&Wording| {
        is_source
            && options.languages == options::Languages::All
            && !other.language.eq_ignore_ascii_case(&request.wording.language)
    });
    std::iter::once(request.wording).chain(others).collect()
}

/// An alias: what another system calls a part.
pub(super) fn alias(context: &str, name: &str) -> Element {
    Element::new("Alias").with("Context", format!("scalewright:{context}")).with("Name", name)
}
