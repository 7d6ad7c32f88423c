//! Several instruments in one survey, each in blocks of its own.

use super::form::Form;
use super::options::Format;
use super::survey::Survey;
use super::{parts, text_file};
use crate::{ExportedFile, ExportedStudy, StudyRequest};

/// Exports a study. The names of all questions and fields begin with the id of their instrument, so they do not depend on
/// the other instruments of the study.
pub(super) fn export(study: &StudyRequest<'_>) -> ExportedStudy {
    let mut survey = Survey::new(study.title, "en");
    let (mut files, mut diagnostics, mut text) = (Vec::new(), Vec::new(), String::new());
    let mut format = Format::Qsf;
    for (at, request) in study.instruments.iter().enumerate() {
        let prefix = format!("{}__", request.instrument.id);
        let mut form = Form::new(request, prefix, survey.categories.len());
        if at == 0 {
            survey.languages.clear();
        }
        form.languages.0.iter().for_each(|wording| survey.speak(&wording.language));
        format = form.options.format;
        let mut found = parts::add(&mut form, &mut survey);
        text.push_str(&text_file::blocks(&form));
        text_file::refuse(&form, &mut found);
        diagnostics.push(found);
    }
    if format != Format::Txt {
        files.push(ExportedFile::of(study.file_name("qsf"), survey.bytes()));
    }
    if format != Format::Qsf {
        files.push(ExportedFile::of(study.file_name("qualtrics.txt"), text_file::bytes(&text)));
    }
    ExportedStudy { files, diagnostics }
}
