//! Additional languages, as files for REDCap's Multi-Language Management.
//!
//! REDCap states in its own files what such a file must contain: `creator`, `key`, `display` and `rtl`, and each `id`
//! and `translation` with the path to them. Everything else is optional and is left out.

use std::collections::BTreeMap;

use scalewright_model::{Diagnostic, Direction, Pointer, Wording, direction};
use serde::Serialize;

use super::field::Field;
use super::form::{Form, all_fields};
use super::losses;
use crate::{ExportRequest, ExportedFile, loss, ui};

/// The translations into one language.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Language<'a> {
    creator: &'static str,
    key: &'a str,
    display: &'a str,
    rtl: bool,
    form_translations: Vec<Translated<'a>>,
    field_translations: Vec<FieldWords<'a>>,
    matrix_translations: Vec<MatrixWords<'a>>,
}

/// A form or choice and its translation.
#[derive(Serialize)]
struct Translated<'a> {
    id: &'a str,
    translation: &'a str,
}

#[derive(Serialize)]
struct Words<'a> {
    translation: &'a str,
}

#[derive(Serialize)]
struct FieldWords<'a> {
    id: &'a str,
    form: &'a str,
    label: Words<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Words<'a>>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    choices: Vec<Translated<'a>>,
}

/// The choices that the fields of a matrix share.
#[derive(Serialize)]
struct MatrixWords<'a> {
    id: &'a str,
    form: &'a str,
    #[serde(rename = "enum")]
    choices: Vec<Translated<'a>>,
}

/// Returns a file for each additional language of any form. A form that is exported in a translation has no additional
/// languages. `name` returns the name of the file for a language.
pub(super) fn files(forms: &[Form<'_>], name: &dyn Fn(&str) -> String) -> Vec<ExportedFile> {
    let mut languages: Vec<&str> = Vec::new();
    for language in forms.iter().flat_map(|form| others(form)).map(|other| &*other.language) {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    let file = |language: &&str| ExportedFile::of(name(language), bytes(forms, language));
    languages.iter().map(file).collect()
}

/// Returns the additional wordings of a form.
fn others<'a>(form: &Form<'a>) -> impl Iterator<Item = &'a Wording> + use<'a> {
    let instrument = form.request.instrument;
    let is_source = form.request.wording.language == instrument.language;
    let wordings = instrument.wordings.iter().filter(move |_| is_source);
    wordings.filter(|other| other.language != instrument.language)
}

fn bytes(forms: &[Form<'_>], language: &str) -> Vec<u8> {
    let translated: Vec<(&Form<'_>, &Wording, Vec<Field>)> = forms
        .iter()
        .filter_map(|form| {
            let wording = others(form).find(|other| other.language == language)?;
            let request = ExportRequest { wording, ..*form.request };
            // The losses of scores and conditions are dropped here: the form itself has reported them.
            Some((form, wording, all_fields(&request, &form.names, &mut Vec::new())))
        })
        .collect();
    let mut file = Language {
        creator: "REDCap MLM",
        key: language,
        display: language,
        rtl: direction(language) == Direction::RightToLeft,
        form_translations: Vec::new(),
        field_translations: Vec::new(),
        matrix_translations: Vec::new(),
    };
    for (form, wording, fields) in &translated {
        let id = form.names.form.as_str();
        file.form_translations.push(Translated { id, translation: &wording.title });
        file.field_translations.extend(words(id, &form.fields, fields));
        file.matrix_translations.extend(matrices(id, fields));
    }
    let json = serde_json::to_string_pretty(&file).expect("internal: plain data is always JSON");
    // REDCap's own files begin with a byte order mark.
    format!("\u{feff}{json}\n").into_bytes()
}

fn words<'a>(
    form: &'a str,
    source: &'a [Field],
    translated: &'a [Field],
) -> impl Iterator<Item = FieldWords<'a>> {
    // By name, because a field can be left out in one language only: then the others keep their words.
    let same = |field: &Field| source.iter().find(|source| source.name == field.name);
    let pairs = translated.iter().filter_map(move |field| Some((same(field)?, field)));
    pairs.map(move |(source, field)| FieldWords {
        id: &field.name,
        form,
        label: Words { translation: &field.label },
        // Most fields have no note, or the same one in every language.
        note: (field.note != source.note).then_some(Words { translation: &field.note }),
        // The choices of a matrix are translated once, with the matrix.
        choices: if field.matrix.is_empty() { choices(field) } else { Vec::new() },
    })
}

fn matrices<'a>(form: &'a str, fields: &'a [Field]) -> impl Iterator<Item = MatrixWords<'a>> {
    let mut matrices: BTreeMap<&str, Vec<Translated<'_>>> = BTreeMap::new();
    for field in fields.iter().filter(|field| !field.matrix.is_empty()) {
        matrices.entry(&field.matrix).or_insert_with(|| choices(field));
    }
    matrices.into_iter().map(move |(id, choices)| MatrixWords { id, form, choices })
}

fn choices(field: &Field) -> Vec<Translated<'_>> {
    let options = field.options().into_iter();
    options.map(|(id, translation)| Translated { id, translation }).collect()
}

/// Returns diagnostics for words that are not in the language of the form or of its translation file.
pub(super) fn untranslated(form: &Form<'_>) -> Vec<Diagnostic> {
    let mut found = loss::words_of_formulas(form.request);
    let all = std::iter::once(form.request.wording).chain(others(form));
    found.extend(all.filter_map(|wording| ui::english(&wording.language, "the form")));
    if others(form).next().is_some() {
        found.extend(unplaced(form));
    }
    found
}

/// Returns the losses of words that are published in the source language only, because REDCap does not document where
/// its translation file stores them.
fn unplaced(form: &Form<'_>) -> Vec<Diagnostic> {
    let Form { request, names, fields } = form;
    let root = Pointer::root();
    let mut found = Vec::new();
    let instrument = request.instrument;
    // `fields::NO_SECTION` only ends a section: it has no words to translate.
    if fields.iter().any(|field| !field.section.is_empty() && field.section != "&nbsp;") {
        found.push(losses::TRANSLATED_HEADINGS.at(root.clone().key("sections")));
    }
    if let Some(field) = fields.iter().find(|field| field.kind == "slider") {
        let item = names.items(instrument).iter().position(|name| *name == field.name);
        let place = root.key("items").index(item.unwrap_or_default()).key("response");
        found.push(losses::TRANSLATED_ENDS.at(place));
    }
    if let Some(scale) = instrument.scales.iter().find(|scale| scale.all_bands().next().is_some()) {
        found.push(losses::TRANSLATED_BANDS.at(scale.pointer().key("bands")));
    }
    found
}
