//! The definition embedded in the form, so that it can be recovered from there byte for byte.

use scalewright_model::{Diagnostic, Pointer};

use super::form::{self, Form};
use super::losses;
use super::xml::Element;
use crate::packed::packed;

/// The maximum length of the packed definition.
const MOST: usize = 100_000;

/// Returns the alias with the packed definition; `None` if it is not requested, there are no sources, or the definition is
/// too long. The last case is reported.
pub(super) fn alias(form: &Form<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Element> {
    if !form.options.attachments || form.request.sources.is_empty() {
        return None;
    }
    let packed = packed(form.request);
    if packed.len() > MOST {
        let because = format!(
            "packed, it has {} characters, and the form contains at most {MOST}",
            packed.len()
        );
        diagnostics.push(losses::DEFINITION.of(Pointer::top("id"), &[], Some(&because)));
        return None;
    }
    Some(form::alias("definition", &packed))
}
