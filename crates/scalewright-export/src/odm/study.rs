//! Several instruments in one file, each with a form of its own.

use scalewright_model::Diagnostic;

use super::document::{Study, document};
use super::form::Form;
use super::oids::doubled;
use super::parts::parts;
use crate::{ExportedFile, ExportedStudy, StudyRequest};

/// Exports a study. The identifiers of all parts contain the id of their instrument, so they do not depend on the other
/// instruments of the study.
pub(super) fn export(study: &StudyRequest<'_>) -> ExportedStudy {
    let forms: Vec<Form<'_>> =
        study.instruments.iter().map(|request| Form::new(request, true)).collect();
    let ids: Vec<&str> =
        study.instruments.iter().map(|request| request.instrument.id.as_str()).collect();
    let mut all: Vec<_> = forms.iter().map(parts).collect();
    let diagnostics: Vec<Vec<Diagnostic>> = all
        .iter_mut()
        .zip(doubled(&ids))
        .map(|(own, doubled)| {
            doubled.into_iter().chain(std::mem::take(&mut own.diagnostics)).collect()
        })
        .collect();
    let notices = forms.iter().map(|form| {
        let wording = form.request.wording;
        format!("{}: {}", wording.title, form.notice(wording))
    });
    let own = Study {
        name: study.name.to_uppercase().replace('-', "_"),
        title: study.title,
        version: "1",
        description: notices.collect::<Vec<_>>().join("\n\n"),
    };
    let bytes = document(&own, &forms, all);
    let files = vec![ExportedFile::of(study.file_name("odm.xml"), bytes)];
    ExportedStudy { files, diagnostics }
}
