//! The definition embedded in the form, so that it can be recovered from there byte for byte.

use scalewright_model::{Diagnostic, Pointer};

use super::form::Form;
use super::losses;
use super::model::CalculatedValue;
use crate::packed::packed;

/// The name of the value.
const NAME: &str = "form__definition";

/// The maximum length of the packed definition. A form parses all its expressions when it opens.
const MOST: usize = 100_000;

/// The value, which is a text that no result contains; `None` if it is not requested, there are no sources, or the
/// definition is too long. The last case is reported.
pub(super) fn value(
    form: &Form<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<CalculatedValue> {
    if !form.options.attachments || form.request.sources.is_empty() {
        return None;
    }
    let packed = packed(form.request);
    if packed.len() > MOST {
        let because =
            format!("packed, it has {} characters, and the form takes at most {MOST}", packed.len());
        diagnostics.push(losses::DEFINITION.of(Pointer::top("id"), &[], Some(&because)));
        return None;
    }
    let expression = format!("'scalewright-definition:{packed}'");
    Some(CalculatedValue { name: form.name(NAME), expression, include_into_result: false })
}

/// Whether one of the values contains the definition.
pub(super) fn is_embedded(form: &Form<'_>, values: &[CalculatedValue]) -> bool {
    let name = form.name(NAME);
    values.iter().any(|value| value.name == name)
}
