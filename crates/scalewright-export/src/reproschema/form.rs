//! An instrument as an activity.

use super::options::{self, Options};
use super::syntax::REPROSCHEMA;
use super::texts::Languages;
use crate::ExportRequest;
use crate::code::script::Script;
use crate::translations::wordings;

/// An instrument that is exported.
pub(super) struct Form<'a> {
    pub(super) request: &'a ExportRequest<'a>,
    pub(super) options: Options,
    pub(super) languages: Languages<'a>,
    pub(super) script: Script,
}

impl<'a> Form<'a> {
    /// The form of an instrument.
    pub(super) fn new(request: &'a ExportRequest<'a>) -> Self {
        let options = Options::of(request.options);
        let script = Script::with_conditions(request, &REPROSCHEMA, options.columns);
        let all = options.languages == options::Languages::All;
        let languages = Languages(wordings(request, all));
        Self { request, options, languages, script }
    }

    /// The name of the file of an item, a text, or a score.
    pub(super) fn item_file(&self, name: &str) -> String {
        self.request.file_name(&format!("item.{name}.jsonld"))
    }

    /// The name of the file of the activity.
    pub(super) fn activity_file(&self) -> String {
        self.request.file_name("activity.jsonld")
    }
}
