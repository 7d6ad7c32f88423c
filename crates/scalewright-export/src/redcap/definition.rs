//! The definition embedded in the form, so that it can be recovered from the data dictionary byte for byte.
//!
//! It is the last word of the annotation of a hidden field: a mark, followed by the packed definition.

use scalewright_model::{Diagnostic, Pointer};

use super::field::Field;
use super::fields::{free_name, short_name};
use super::losses;
use super::names::Names;
use super::options::Options;
use crate::ExportRequest;
use crate::packed::packed;

/// The mark before the definition.
const MARK: &str = "@HIDDEN scalewright-definition:";

/// The maximum length of the packed definition. Spreadsheets, in which data dictionaries are edited, truncate longer
/// cells.
const MOST: usize = 32_000;

/// Returns the field, or `None` if it is not requested, there are no sources, or the definition is too long. The last
/// case is reported.
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
        let because = format!(
            "packed, it has {} characters, and a cell can contain at most {MOST}",
            packed.len()
        );
        diagnostics.push(losses::DEFINITION.of(Pointer::top("id"), &[], Some(&because)));
        return None;
    }
    Some(Field {
        name: names.field(&free_name(request, &short_name(&names.form, "definition"))),
        form: names.form.clone(),
        kind: "descriptive",
        label: "The definition of this form, for programs that recover it".to_owned(),
        annotation: format!("{MARK}{packed}"),
        ..Field::default()
    })
}

/// Whether one of the fields contains the definition.
pub(super) fn is_embedded(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.annotation.starts_with(MARK))
}
