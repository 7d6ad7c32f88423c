//! Several instruments in one file, each on pages of its own.

use scalewright_model::Diagnostic;

use super::form::Form;
use super::model::Survey;
use super::parts::parts;
use super::texts::Text;
use crate::{ExportedFile, ExportedStudy, StudyRequest};

/// Exports a study. The names of all questions and values begin with the id of their instrument, so they do not depend
/// on the other instruments of the study.
pub(super) fn export(study: &StudyRequest<'_>) -> ExportedStudy {
    let mut survey = Survey { title: Some(Text::plain(study.title)), ..Survey::empty() };
    let mut diagnostics: Vec<Vec<Diagnostic>> = Vec::new();
    for request in study.instruments {
        let mut form = Form::new(request, format!("{}__", request.instrument.id));
        survey.locale = form.languages.locale();
        let mut own = parts(&mut form);
        if let Some(first) = own.pages.first_mut() {
            first.title = own.title;
        }
        survey.pages.extend(own.pages);
        survey.calculated_values.extend(own.values);
        diagnostics.push(own.diagnostics);
    }
    let files = vec![ExportedFile::of(study.file_name("surveyjs.json"), survey.bytes())];
    ExportedStudy { files, diagnostics }
}
