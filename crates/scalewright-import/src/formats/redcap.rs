//! REDCap: data dictionaries, instrument archives and project files. Each form is an instrument.

mod archive;
mod columns;
mod field;
mod form;
mod mlm;
mod notes;
mod packed;
mod project;
mod table;
mod xml;

use std::borrow::Cow;

use scalewright_model::Stop;

use crate::empty;
use crate::encoding::decode;
use crate::finding::{Finding, Kind};
use crate::form::Form;
use crate::format::Format;
use crate::options::Options;
use crate::place::Place;
use crate::source::Opened;
use field::Field;
use form::Known;
use notes::assumed_encoding;
use project::{Project, Record};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "redcap",
    title: "a REDCap data dictionary, instrument archive or project file",
    recognises,
    read,
};

/// Whether a file is of one of the three kinds.
fn recognises(opened: &Opened<'_>) -> bool {
    if archive::recognises(opened.sources.bytes) {
        return true;
    }
    let Some((text, _)) = text(opened) else { return false };
    xml::recognises(&text) || table::delimiter(&text).is_some()
}

/// The text of a file, and the name of its encoding if that is assumed.
fn text<'a>(opened: &'a Opened<'_>) -> Option<(Cow<'a, str>, Option<&'static str>)> {
    if let Some(text) = opened.text() {
        return Some((Cow::Borrowed(text), None));
    }
    if opened.json().is_some() {
        return None;
    }
    let (text, assumed) = decode(opened.sources.bytes)?;
    Some((Cow::Owned(text), assumed))
}

/// Reads all forms of a file.
fn read(opened: &Opened<'_>, options: &Options) -> Result<Vec<Form>, Stop> {
    let file = opened.name();
    let mut project = project(opened, file, options)?;
    mlm::add_all(file, &mut project, options)?;
    let known = Known::of(&project);
    let mut by_form: std::collections::HashMap<&str, Vec<&Field>> =
        std::collections::HashMap::new();
    for field in &project.fields {
        by_form.entry(field.form.as_str()).or_default().push(field);
    }
    let mut findings = project.findings.clone();
    findings.extend(record(file, &project, &known));
    let mut forms = Vec::new();
    for name in project.form_names() {
        let fields = by_form.remove(name).unwrap_or_default();
        let place = fields.first().map(|field| field.at.place()).unwrap_or_default();
        let form = form::read(file, name, &project, &known, fields, options);
        if form.items.is_empty() {
            // Its findings say why.
            findings.extend(form.findings);
            let message = format!("the form `{name}` has no items to answer and is left out");
            findings.push(Finding::new(Kind::NotUnderstood, "empty-form", &place, message));
        } else {
            forms.push(form);
        }
    }
    let Some(first) = forms.first_mut() else {
        return Err(empty::stop(file, "no form has items to answer", &findings));
    };
    // What concerns the whole file is reported with its first form.
    findings.append(&mut first.findings);
    first.findings = findings;
    Ok(forms)
}

fn project(opened: &Opened<'_>, file: &str, options: &Options) -> Result<Project, Stop> {
    if archive::recognises(opened.sources.bytes) {
        return archive::read(file, opened.sources.bytes);
    }
    let wrong = || Stop::wrong(format!("{file}: the file is not a text"));
    let (text, assumed) = text(opened).ok_or_else(wrong)?;
    let mut project = if xml::recognises(&text) {
        xml::read(file, &text, options)?
    } else {
        table::read(file, &text)?
    };
    project.findings.extend(assumed.map(|encoding| assumed_encoding(file, encoding)));
    Ok(project)
}

/// Reports a first field that may be the record id.
fn record(file: &str, project: &Project, known: &Known<'_>) -> Option<Finding> {
    let first = project.fields.first().filter(|field| field.kind == "text")?;
    let is_open = project.record == Record::First && known.record.is_none();
    is_open.then(|| {
        let message = format!(
            "the first field of a project is its record id, but `{}` does not have the name of one and is an item",
            first.name
        );
        let place = first.at.place();
        let place = if place.file.is_empty() { Place::new(file, "") } else { place };
        Finding::new(Kind::Doubtful, "record-id", &place, message)
    })
}

#[cfg(test)]
mod tests;
