//! An instrument as a part of a SurveyJS form.

use super::options::{self, Options};
use super::syntax::SurveyJs;
use super::texts::Languages;
use crate::ExportRequest;
use crate::code::script::Script;
use crate::translations::wordings;

/// An instrument that is exported.
pub(super) struct Form<'a> {
    pub(super) request: &'a ExportRequest<'a>,
    pub(super) options: Options,
    pub(super) languages: Languages<'a>,
    pub(super) syntax: SurveyJs,
    pub(super) script: Script,
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
}

/// The wordings of a form: the published one first.
fn languages<'a>(request: &ExportRequest<'a>, options: &Options) -> Languages<'a> {
    Languages(wordings(request, options.languages == options::Languages::All))
}
