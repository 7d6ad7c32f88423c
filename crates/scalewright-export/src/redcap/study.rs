//! Several instruments as the forms of one project: a data dictionary, a zip of instrument zips, and the project.

use super::field_names::field_name;
use scalewright_model::{Diagnostic, Pointer};

use super::form::{Form, dictionary};
use super::names::{Names, doubled, ids};
use super::renamed::listed_together;
use super::unplaced::metadata_losses;
use super::{bytes, namespace, project, translations};
use crate::zipped::zipped;
use crate::{ExportRequest, ExportedFile, ExportedStudy, StudyRequest};

/// Exports a study.
pub(super) fn export(study: &StudyRequest<'_>) -> ExportedStudy {
    let mut diagnostics = vec![Vec::new(); study.instruments.len()];
    let forms = forms(study.instruments, &mut diagnostics);
    let names = listed_together(&forms);
    let project = project::Project { name: study.name, title: study.title, forms: &forms };
    let mut files = vec![
        ExportedFile::of(study.file_name("redcap.csv"), dictionary(&forms)),
        ExportedFile::of(study.file_name("redcap.zip"), zip(&forms, names.as_deref())),
        ExportedFile::of(study.file_name("redcap.xml"), project::xml(&project)),
    ];
    files.extend(names.map(|names| ExportedFile::of(study.file_name("redcap-names.csv"), names)));
    let name = |language: &str| format!("{}.{language}.redcap-mlm.json", study.name);
    files.extend(translations::files(&forms, &name));
    for (form, found) in forms.iter().zip(&mut diagnostics) {
        found.extend(metadata_losses(form));
        found.extend(project::losses(form));
        found.extend(translations::untranslated(form));
        found.extend(renamed(form, study));
    }
    ExportedStudy { files, diagnostics }
}

/// Returns the forms of the project, in the order of the instruments. Each form is built twice, because collisions
/// between field names are known only after all forms have been built on their own.
fn forms<'a>(
    instruments: &'a [ExportRequest<'a>],
    diagnostics: &mut [Vec<Diagnostic>],
) -> Vec<Form<'a>> {
    let alone: Vec<Form<'a>> = instruments
        .iter()
        .map(|request| Form::new(request, Names::alone(request.instrument), &mut Vec::new()))
        .collect();
    let names = namespace::names(&alone);
    let mut forms = Vec::new();
    for ((form, names), found) in alone.iter().zip(names).zip(diagnostics) {
        // Checked under the form's own names: prefixes and numbers would hide equal names within a form.
        found.extend(doubled(form.request.instrument, &form.fields));
        forms.push(Form::new(form.request, names, found));
    }
    forms
}

/// Returns a zip archive of the instruments' zip files, with a README and the table of renamed fields.
fn zip(forms: &[Form<'_>], names: Option<&[u8]>) -> Vec<u8> {
    let mut entries = vec![("README.txt".to_owned(), readme(forms, names.is_some()).into_bytes())];
    for form in forms {
        let instrument = bytes::dictionary(form.fields.iter());
        let instrument = zipped(&[("instrument.csv".to_owned(), instrument)]);
        entries.push((form.request.file_name("redcap.zip"), instrument));
    }
    entries.extend(names.map(|names| ("names.csv".to_owned(), names.to_vec())));
    zipped(&entries)
}

fn readme(forms: &[Form<'_>], renamed: bool) -> String {
    let mut text = String::from(
        "Each zip file in this archive is one instrument. Upload them in REDCap's Online Designer, in this order:\n\n",
    );
    for form in forms {
        text.push_str(&format!("{}\n", form.request.file_name("redcap.zip")));
    }
    if renamed {
        text.push_str(
            "\nnames.csv lists the fields whose names differ from their ids: long ids were shortened, and names \
             that\nseveral forms use or REDCap reserves were prefixed with the name of their form.\n",
        );
    }
    text
}

/// Returns a warning that fields were renamed, at the first of them.
fn renamed(form: &Form<'_>, study: &StudyRequest<'_>) -> Option<Diagnostic> {
    let Form { request, names, fields: _ } = form;
    let (first, name) = names.changed.first_key_value()?;
    let ids = ids(request.instrument);
    let of_definition = ids.iter().find(|(_, id)| names.changed.contains_key(&field_name(id)));
    let (place, id, name) = match of_definition {
        Some((place, id)) => (place.clone(), *id, names.field(&field_name(id))),
        None => (Pointer::root(), first.as_str(), name.clone()),
    };
    let more = match names.changed.len() {
        1 => String::new(),
        2 => " (and 1 more field)".to_owned(),
        more => format!(" (and {} more fields)", more - 1),
    };
    let message =
        format!("`{id}` is renamed to `{name}` in this study{more}: the name is already in use");
    let finding = Diagnostic::warning("renamed-field", message).at(place.key("id"), "");
    Some(finding.help(format!(
        "`{}` lists all renamed fields; to score the data, pass it to `scalewright score --from redcap` with `--names`",
        study.file_name("redcap-names.csv")
    )))
}
