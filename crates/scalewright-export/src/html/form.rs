//! An instrument as a form.

use scalewright_model::Diagnostic;

use super::losses;
use super::options::Options;
use super::words::{Words, words};
use crate::ExportRequest;
use crate::code::options::Columns;
use crate::code::script::Script;
use crate::javascript::JAVASCRIPT;

/// An instrument in the document.
pub(super) struct Form<'a> {
    pub(super) request: &'a ExportRequest<'a>,
    pub(super) words: &'static Words,
    /// What the names of its fields begin with.
    pub(super) prefix: String,
    pub(super) script: Script,
    /// What is lost or refused.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Form<'a> {
    /// The form of an instrument.
    pub(super) fn new(request: &'a ExportRequest<'a>, options: &Options, prefix: String) -> Self {
        let mut script = Script::of_form(request, &JAVASCRIPT, Columns::All);
        let mut diagnostics = std::mem::take(&mut script.diagnostics);
        diagnostics.extend(losses::reported(request, &script, options));
        Self { request, words: words(&request.wording.language), prefix, script, diagnostics }
    }

    /// The name of the field of an item. In a study it begins with the id of the instrument.
    pub(super) fn field(&self, id: &str) -> String {
        format!("{}{id}", self.prefix)
    }
}
