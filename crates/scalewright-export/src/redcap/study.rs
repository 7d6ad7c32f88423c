//! Several instruments as the forms of one project: a data dictionary, a zip of instrument zips, and the project.

use super::field_names::field_name;
use scalewright_model::{Diagnostic, Pointer};

use super::form::{Form, dictionary};
use super::names::{Names, doubled, ids};
use super::renamed::listed_together;
use super::unplaced::metadata_losses;
use super::zipped::zipped;
use super::{bytes, namespace, project, translations};
use crate::{ExportRequest, ExportedFile, ExportedStudy, StudyRequest};

/// Makes the files of a study.
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

/// The forms of the project, in the order of the instruments. What each wants to be called is known only when it has
/// been made alone; then it is made anew.
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
        found.extend(doubled(form.request.instrument, &form.fields));
        forms.push(Form::new(form.request, names, found));
    }
    forms
}

/// A zip of the instruments' zips, with what there is to say about them.
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
        "Each zip in here is an instrument. Upload one after the other in REDCap's designer, in this order:\n\n",
    );
    for form in forms {
        text.push_str(&format!("{}\n", form.request.file_name("redcap.zip")));
    }
    if renamed {
        text.push_str(
            "\nnames.csv lists the fields that are not called by their ids: ids that are long were shortened, and where \
             several\nforms have a field of one name, each has the name of its form before it.\n",
        );
    }
    text
}

/// Says that fields are called otherwise than their ids, at the first of them.
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
        2 => " (and 1 more like it)".to_owned(),
        more => format!(" (and {} more like it)", more - 1),
    };
    let message = format!("`{id}` is called `{name}` in this study{more}: the name is taken");
    let finding = Diagnostic::warning("renamed-field", message).at(place.key("id"), "");
    Some(finding.help(format!(
        "`{}` lists all; `scalewright score --from redcap` reads it with `--names`",
        study.file_name("redcap-names.csv")
    )))
}
