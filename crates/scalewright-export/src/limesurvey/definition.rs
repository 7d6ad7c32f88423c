//! The definition embedded in the survey, so that it can be recovered from there byte for byte.

use scalewright_model::{Diagnostic, Pointer};

use super::form::Form;
use super::losses;
use super::model::{Question, Text};
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
        text: once(&format!("scalewright-definition:{packed}"), form.languages.0.len()),
        relevance: "0".to_owned(),
        attributes: vec![("hidden", "1".to_owned())],
        ..Question::default()
    })
}

/// A text in the base language. The others have only a few words, because it is the same in all.
fn once(text: &str, languages: usize) -> Text {
    let others =
        std::iter::repeat_n("scalewright-definition".to_owned(), languages.saturating_sub(1));
    Text(std::iter::once(text.to_owned()).chain(others).collect())
}
