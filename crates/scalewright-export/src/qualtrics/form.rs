//! An instrument as a part of a survey.

use super::fields::Fields;
use super::grading::Grading;
use super::options::{self, Options};
use super::texts::Languages;
use crate::ExportRequest;
use crate::choices;
use crate::translations::wordings;

/// An instrument that is exported.
pub(super) struct Form<'a> {
    pub(super) request: &'a ExportRequest<'a>,
    pub(super) options: Options,
    pub(super) languages: Languages<'a>,
    pub(super) grading: Grading<'a>,
    pub(super) fields: Fields,
    /// What precedes the names of its questions and fields.
    pub(super) prefix: String,
}

impl<'a> Form<'a> {
    /// The form of an instrument; `prefix` precedes its names, and the survey has `categories` scoring categories before
    /// those of the instrument.
    pub(super) fn new(request: &'a ExportRequest<'a>, prefix: String, categories: usize) -> Self {
        let options = Options::of(request.options);
        let languages = languages(request, &options);
        let grading = Grading::new(request.instrument, request.program);
        let mut fields = Fields::new(prefix.clone(), true);
        fields.categories.before = categories;
        Self { request, options, languages, grading, fields, prefix }
    }

    /// The name of a question or a field.
    pub(super) fn name(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The words of an item in a language, after its number.
    pub(super) fn stem(&self, item: usize, wording: &scalewright_model::Wording) -> String {
        let stem = &wording.stems[item];
        match choices::printed_number(&self.request.instrument.items[item].number) {
            None => stem.clone(),
            Some(number) => format!("{number} {stem}"),
        }
    }
}

fn languages<'a>(request: &ExportRequest<'a>, options: &Options) -> Languages<'a> {
    Languages(wordings(request, options.languages == options::Languages::All))
}
