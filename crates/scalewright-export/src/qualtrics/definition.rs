//! The definition embedded in the survey, so that it can be recovered from there byte for byte.

use scalewright_model::{Diagnostic, Pointer};
use serde_json::json;

use super::form::Form;
use super::losses;
use super::questions::note;
use super::survey::Survey;
use crate::packed::packed;

/// The name of the question.
const NAME: &str = "text__definition";

/// The maximum length of the packed definition.
const MOST: usize = 100_000;

/// Adds a text to the unused questions, which nobody is shown. Returns whether the survey contains the definition: not if
/// it is not requested, there are no sources, or it is too long, which is reported.
pub(super) fn add(form: &Form<'_>, survey: &mut Survey, diagnostics: &mut Vec<Diagnostic>) -> bool {
    if !form.options.attachments || form.request.sources.is_empty() {
        return false;
    }
    let packed = packed(form.request);
    if packed.len() > MOST {
        let because = format!(
            "packed, it has {} characters, and the survey contains at most {MOST}",
            packed.len()
        );
        diagnostics.push(losses::DEFINITION.of(Pointer::top("id"), &[], Some(&because)));
        return false;
    }
    let number = survey.next_question();
    let Some(mut question) =
        note(form, (NAME, number), |_| Some(format!("scalewright-definition:{packed}")))
    else {
        return false;
    };
    question["QuestionDescription"] = json!("The definition of this instrument");
    question["Language"] = json!([]);
    survey.unused.extend(question["QuestionID"].as_str().map(str::to_owned));
    survey.questions.push(question);
    true
}
