//! Further languages, as files for REDCap's Multi-Language Management.
//!
//! What such a file must have is in the instructions that REDCap writes into its own: `creator`, `key`, `display` and
//! `rtl`, and each `id` and `translation` with the path to them. Everything else may be left out, and is.

use std::collections::BTreeMap;

use scalewright_model::{Diagnostic, Direction, Pointer, Wording, direction};
use serde::Serialize;

use super::{Field, all_fields};
use crate::{Content, ExportRequest, ExportedFile, loss};

/// What is translated into one language.
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

/// Something and its words.
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

/// A file for each further language; none beside a form that is in another language than the source.
pub(super) fn files(
    request: &ExportRequest<'_>,
    form: &str,
    fields: &[Field],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<ExportedFile> {
    let instrument = request.instrument;
    if request.wording.language != instrument.language || instrument.wordings.len() < 2 {
        return Vec::new();
    }
    diagnostics.extend(untranslated(request, fields));
    let others = instrument.wordings.iter().filter(|other| other.language != instrument.language);
    let file = |other: &Wording| {
        let request = ExportRequest { wording: other, ..*request };
        let translated = all_fields(&request, form, &mut Vec::new());
        ExportedFile {
            name: request.file_name("redcap-mlm.json"),
            content: Content::Bytes(bytes(other, form, fields, &translated)),
        }
    };
    others.map(file).collect()
}

fn bytes(wording: &Wording, form: &str, source: &[Field], translated: &[Field]) -> Vec<u8> {
    let mut matrices: BTreeMap<&str, Vec<Translated<'_>>> = BTreeMap::new();
    for field in translated.iter().filter(|field| !field.matrix.is_empty()) {
        matrices.entry(&field.matrix).or_insert_with(|| choices(field));
    }
    let words = source.iter().zip(translated).map(|(source, field)| FieldWords {
        id: &field.name,
        form,
        label: Words { translation: &field.label },
        // What is said of scores is English everywhere.
        note: (field.note != source.note).then_some(Words { translation: &field.note }),
        choices: if field.matrix.is_empty() { choices(field) } else { Vec::new() },
    });
    let language = Language {
        creator: "REDCap MLM",
        key: &wording.language,
        display: &wording.language,
        rtl: direction(&wording.language) == Direction::RightToLeft,
        form_translations: vec![Translated { id: form, translation: &wording.title }],
        field_translations: words.collect(),
        matrix_translations: matrices
            .into_iter()
            .map(|(id, choices)| MatrixWords { id, form, choices })
            .collect(),
    };
    let json =
        serde_json::to_string_pretty(&language).expect("internal: plain data is always JSON");
    // REDCap writes the mark before its own.
    format!("\u{feff}{json}\n").into_bytes()
}

/// The choices of a field: labels hold no `|`, and codes no comma.
fn choices(field: &Field) -> Vec<Translated<'_>> {
    if !matches!(field.kind, "radio" | "checkbox") {
        return Vec::new();
    }
    let pairs = field.choices.split(" | ").filter_map(|choice| choice.split_once(", "));
    pairs.map(|(id, translation)| Translated { id, translation }).collect()
}

/// What is published in the source language only, because nothing public says where REDCap has its translation.
fn untranslated(request: &ExportRequest<'_>, fields: &[Field]) -> Vec<Diagnostic> {
    let because = "it is not publicly known where REDCap's file of translations has them";
    let root = Pointer::root();
    let mut found = Vec::new();
    let mut lose = |place: Pointer, what: &str| found.push(loss::lost(place, what, because));
    let instrument = request.instrument;
    if fields.iter().any(|field| !field.section.is_empty() && field.section != "&nbsp;") {
        lose(root.clone().key("sections"), "the translation of headings and lead-ins");
    }
    if let Some(field) = fields.iter().find(|field| field.kind == "slider") {
        let item = instrument.items.iter().position(|item| item.id == field.name);
        let place = root.key("items").index(item.unwrap_or_default()).key("response");
        lose(place, "the translation of the words at the ends of visual analogue lines");
    }
    if let Some(scale) = instrument.scales.iter().find(|scale| scale.all_bands().next().is_some()) {
        lose(scale.pointer().key("bands"), "the translation of the names of bands");
    }
    found
}
