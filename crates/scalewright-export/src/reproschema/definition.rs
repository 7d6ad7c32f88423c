//! The definition embedded in the activity, so that it can be recovered from there byte for byte.

use scalewright_model::{Diagnostic, Pointer};

use super::form::Form;
use super::losses;
use crate::packed::packed;

/// The maximum length of the packed definition. An activity is loaded over a network before it is shown.
const MOST: usize = 100_000;

/// Returns a text that is never shown; `None` if it is not requested, there are no sources, or the definition is too
/// long. The last case is reported.
pub(super) fn text(form: &Form<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    if !form.options.attachments || form.request.sources.is_empty() {
        return None;
    }
    let packed = packed(form.request);
    if packed.len() <= MOST {
        return Some(format!("scalewright-definition:{packed}"));
    }
    let because = format!(
        "packed, it has {} characters, and the activity contains at most {MOST}",
        packed.len()
    );
    diagnostics.push(losses::DEFINITION.of(Pointer::top("id"), &[], Some(&because)));
    None
}
