//! An instrument as a part of a SurveyJS form.

use scalewright_model::{Diagnostic, Wording};

use super::model::{CalculatedValue, Page};
use super::options::{self, Options};
use super::syntax::SurveyJs;
use super::texts::{Languages, Text};
use super::{braces, definition, losses, names, pages, scores};
use crate::ExportRequest;
use crate::code::script::Script;

/// An instrument that is exported.
pub(super) struct Form<'a> {
    pub(super) request: &'a ExportRequest<'a>,
    pub(super) options: Options,
    pub(super) languages: Languages<'a>,
    pub(super) syntax: SurveyJs,
    pub(super) script: Script,
}

/// What an instrument adds to a file.
pub(super) struct Parts {
    pub(super) title: Option<Text>,
    pub(super) pages: Vec<Page>,
    pub(super) values: Vec<CalculatedValue>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Form<'a> {
    /// The form of an instrument; `prefix` precedes the names of its questions and values.
    pub(super) fn new(request: &'a ExportRequest<'a>, prefix: String) -> Self {
        let options = Options::of(request.options);
        let syntax = SurveyJs { prefix };
        let script = Script::with_conditions(request, &syntax, options.columns);
        let languages = languages(request, &options);
        Self { request, options, languages, syntax, script }
    }

    /// The name of a question, a text or a value.
    pub(super) fn name(&self, name: &str) -> String {
        format!("{}{name}", self.syntax.prefix)
    }

    /// Its pages and values, and what is lost or refused.
    pub(super) fn parts(&mut self) -> Parts {
        let mut diagnostics = std::mem::take(&mut self.script.diagnostics);
        diagnostics.extend(names::refused(self));
        let pages::Laid { mut pages, columns } = pages::pages(self, &mut diagnostics);
        let mut title = self.languages.text(|wording| Some(wording.title.clone()));
        let mut values = scores::values(self, &columns);
        values.extend(braces::replace(self, &mut title, &mut pages));
        let definition = definition::element(self, &mut diagnostics);
        diagnostics.extend(losses::reported(self, definition.is_some()));
        if let Some(last) = pages.last_mut() {
            last.elements.extend(definition);
        }
        Parts { title, pages, values, diagnostics }
    }
}

/// The wordings of a form: the published one first.
fn languages<'a>(request: &ExportRequest<'a>, options: &Options) -> Languages<'a> {
    let instrument = request.instrument;
    let is_source = request.wording.language.eq_ignore_ascii_case(&instrument.language);
    let others = instrument.wordings.iter().filter(|other: &&Wording| {
        is_source
            && options.languages == options::Languages::All
            && !other.language.eq_ignore_ascii_case(&request.wording.language)
    });
    Languages(std::iter::once(request.wording).chain(others).collect())
}
