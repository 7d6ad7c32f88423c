//! The definition embedded in the survey, so that it can be recovered from there byte for byte.

use scalewright_model::{Diagnostic, Pointer};

use super::form::Form;
use super::losses;
use super::model::Question;
use crate::packed::packed;

/// The maximum length of the packed definition. MySQL stores 65,535 bytes in a question.
const MOST: usize = 60_000;

/// Returns a text that is never shown; `None` if it is not requested, there are no sources, or the definition is too
/// long. The last case is reported.
pub(super) fn question(
    form: &Form<'_>,
    code: String,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Question> {
    if !form.options.attachments || form.request.sources.is_empty() {
        return None;
    }
    let packed = packed(form.request);
    if packed.len() > MOST {
        let because = format!(
            "packed, it has {} characters, and the survey contains at most {MOST}",
            packed.len()
        );
        diagnostics.push(losses::DEFINITION.of(Pointer::top("id"), &[], Some(&because)));
        return None;
    }
    Some(Question {
        kind: "X",
        code,
        text: form.languages.same(&format!("scalewright-definition:{packed}")),
        relevance: "0".to_owned(),
        attributes: vec![("hidden", "1".to_owned())],
        ..Question::default()
    })
}
