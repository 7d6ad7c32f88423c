//! The definition within the form, so that whoever has the data dictionary can have it back, byte for byte.
//!
//! It is the last word of the annotation of a hidden field: after its mark, base 64 of zlib of a JSON object that has the
//! text of each file by the file's name.

use std::collections::BTreeMap;

use miniz_oxide::deflate::compress_to_vec_zlib;
use scalewright_model::{Diagnostic, Pointer};

use super::field::Field;
use super::fields::{free_name, short_name};
use super::losses;
use super::names::Names;
use super::options::Options;
use crate::ExportRequest;
use crate::base64::base64;

/// What stands before the definition.
const MARK: &str = "@HIDDEN scalewright-definition:";

/// Spreadsheets cut off cells that hold more characters, and people edit data dictionaries in spreadsheets.
const MOST: usize = 32_000;

/// zlib's highest usual level.
const LEVEL: u8 = 9;

/// The field, unless it is not wanted, or there is no room for it.
pub(super) fn field(
    request: &ExportRequest<'_>,
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Field> {
    if !Options::of(request.options).attachments || request.sources.is_empty() {
        return None;
    }
    let packed = packed(request);
    if packed.len() > MOST {
        let because = format!("packed it has {} characters, and a cell holds {MOST}", packed.len());
        diagnostics.push(losses::DEFINITION.of(Pointer::top("id"), &[], Some(&because)));
        return None;
    }
    Some(Field {
        name: names.field(&free_name(request, &short_name(&names.form, "definition"))),
        form: names.form.clone(),
        kind: "descriptive",
        label: "What this form was made from, for programs that read it back".to_owned(),
        annotation: format!("{MARK}{packed}"),
        ..Field::default()
    })
}

/// Whether the definition is among the fields.
pub(super) fn is_held(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.annotation.starts_with(MARK))
}

fn packed(request: &ExportRequest<'_>) -> String {
    let files: BTreeMap<&str, &str> =
        request.sources.iter().map(|source| (source.name, source.text)).collect();
    let json = serde_json::to_vec(&files).expect("internal: plain data is always JSON");
    base64(&compress_to_vec_zlib(&json, LEVEL))
}
