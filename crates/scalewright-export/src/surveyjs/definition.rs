//! The definition embedded in the form, so that it can be recovered from there byte for byte.

use scalewright_model::{Diagnostic, Pointer};

use super::form::Form;
use super::losses;
use super::model::Element;
use super::texts::Text;
use crate::packed::packed;

/// The name of the element.
const NAME: &str = "text__definition";

/// The maximum length of the packed definition. A form is loaded over a network before it is shown.
const MOST: usize = 100_000;

/// Returns a text that is never shown; `None` if it is not requested, there are no sources, or the definition is too
/// long. The last case is reported.
pub(super) fn element(form: &Form<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Element> {
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
    Some(Element {
        kind: "html",
        name: form.name(NAME),
        visible: Some(false),
        html: Some(Text::plain(&format!("scalewright-definition:{packed}"))),
        ..Element::default()
    })
}
