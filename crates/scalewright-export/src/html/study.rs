//! Several instruments in one form, one after the other.

use super::form::Form;
use super::options::Options;
use super::page::Page;
use crate::{ExportedFile, ExportedStudy, StudyRequest};

/// Exports a study. The name of each field begins with the id of its instrument.
pub(super) fn export(study: &StudyRequest<'_>) -> ExportedStudy {
    let options = study.instruments.first().map(|request| Options::of(request.options));
    let Some(options) = options else {
        return ExportedStudy { files: Vec::new(), diagnostics: Vec::new() };
    };
    let mut forms: Vec<Form<'_>> = study
        .instruments
        .iter()
        .map(|request| Form::new(request, &options, format!("{}__", request.instrument.id)))
        .collect();
    let text = Page { title: study.title, options: &options, forms: &forms }.text();
    let files = vec![ExportedFile::of(study.file_name("html"), text.into_bytes())];
    let diagnostics = forms.iter_mut().map(|form| std::mem::take(&mut form.diagnostics)).collect();
    ExportedStudy { files, diagnostics }
}
