//! When an item is asked: `enableWhen` where FHIR's own comparisons say the same, an expression elsewhere.
//!
//! A form shows the item once the condition is true. Where the condition cannot be known yet it hides the item, and an
//! item that was not shown has no answer, which is what scores then see.

use scalewright_model::{Comparison, Expr, ItemIx, ResponseKind, Test};

use super::form::Form;
use super::model::{Coding, EnableWhen, Expression, Extension, Item};
use super::names::option_system;

const EXPRESSION: &str =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression";

/// Writes the condition `when`, which is `text` in the definition and `printed` in FHIRPath, to `item`.
pub(super) fn enable(form: &Form<'_>, item: &mut Item, when: &Test, text: &str, printed: &str) {
    if let Some((conditions, all)) = plain(form, when) {
        if conditions.len() > 1 {
            item.enable_behavior = Some(if all { "all" } else { "any" });
        }
        item.enable_when = conditions;
        return;
    }
    let expression = Expression {
        description: Some(text.to_owned()),
        name: None,
        language: "text/fhirpath",
        expression: printed.to_owned(),
    };
    item.extension.push(Extension::expression(EXPRESSION, expression));
}

/// The condition as comparisons of answers, and whether all must hold rather than any.
fn plain(form: &Form<'_>, when: &Test) -> Option<(Vec<EnableWhen>, bool)> {
    match when {
        Test::Compare { comparison, left, right } => match (&**left, &**right) {
            (Expr::Answer(item), Expr::Number(value)) => compared(form, *item, *comparison, *value),
            _ => None,
        },
        Test::Any(tests) => {
            let parts: Option<Vec<_>> = tests.iter().map(|test| plain(form, test)).collect();
            let parts = parts?;
            let fits = parts.iter().all(|(conditions, all)| conditions.len() == 1 || !all);
            fits.then(|| (parts.into_iter().flat_map(|(some, _)| some).collect(), false))
        }
        Test::All(tests) => {
            let parts: Option<Vec<_>> = tests.iter().map(|test| plain(form, test)).collect();
            let parts = parts?;
            let fits = parts.iter().all(|(conditions, all)| conditions.len() == 1 || *all);
            fits.then(|| (parts.into_iter().flat_map(|(some, _)| some).collect(), true))
        }
        _ => None,
    }
}

/// The answers to a coded or yes-no question for which the comparison is true, and whether all must hold.
#[expect(clippy::cast_precision_loss, reason = "coded values are within ±1,000,000")]
fn compared(
    form: &Form<'_>,
    index: ItemIx,
    comparison: Comparison,
    value: f64,
) -> Option<(Vec<EnableWhen>, bool)> {
    let instrument = form.request.instrument;
    let asked = &instrument.items[index.0];
    // An answer may stand for a question that was not asked, which FHIR's own comparisons do not see.
    if asked.ask.is_some() {
        return None;
    }
    let scale = instrument.response(index);
    let coded = matches!(&scale.kind, ResponseKind::Coded { options: _ })
        || instrument.has_own_yes_and_no(asked.response);
    let system = option_system(instrument, &scale.name);
    let holds = |answer: i64| comparison.holds(answer as f64, value);
    let mut answers = scale.scored_values()?;
    answers.retain(|answer| holds(*answer));
    // Without any the item is never asked, which an empty list would not say.
    if answers.is_empty() {
        return None;
    }
    if !coded {
        return Some((yes_no(&asked.id, &answers), true));
    }
    let conditions = answers.into_iter().map(|answer| EnableWhen {
        question: asked.id.clone(),
        operator: "=",
        answer_boolean: None,
        answer_coding: Some(Coding::new(&system, &answer.to_string(), None)),
    });
    Some((conditions.collect(), false))
}

/// The answers to a yes-no question, all of which must hold. No is "answered, and not with yes": some programs take
/// a comparison with `false` for one without a value.
fn yes_no(question: &str, answers: &[i64]) -> Vec<EnableWhen> {
    let with = |operator: &'static str| EnableWhen {
        question: question.to_owned(),
        operator,
        answer_boolean: Some(true),
        answer_coding: None,
    };
    match answers {
        [1] => vec![with("=")],
        [0] => vec![with("exists"), with("!=")],
        _ => vec![with("exists")],
    }
}
