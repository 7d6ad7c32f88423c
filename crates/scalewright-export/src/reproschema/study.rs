//! A study: one protocol with an activity for each instrument.

use serde_json::Value;

use super::form::Form;
use super::texts::Text;
use super::{activity, protocol};
use crate::{ExportedStudy, StudyRequest};

/// Exports a study. The names of items do not depend on the other instruments, because an activity has names of its own.
pub(super) fn export(study: &StudyRequest<'_>) -> ExportedStudy {
    let mut forms: Vec<Form<'_>> = study.instruments.iter().map(Form::new).collect();
    let (mut files, mut diagnostics) = (Vec::new(), Vec::new());
    for form in &mut forms {
        let (own, found) = activity::files(form);
        files.extend(own);
        diagnostics.push(found);
    }
    let language = forms.first().map(|form| form.request.wording.language.clone());
    let title: Text =
        language.into_iter().map(|language| (language, Value::from(study.title))).collect();
    let all: Vec<&Form<'_>> = forms.iter().collect();
    // The protocol is what a program opens.
    files.insert(0, protocol::file(study.file_name("protocol.jsonld"), &title, &all));
    ExportedStudy { files, diagnostics }
}
