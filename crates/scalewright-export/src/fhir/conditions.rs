//! The conditions of items: `enableWhen` if FHIR's own comparisons are equivalent, otherwise an expression.
//!
//! A form shows the item once the condition is true. As long as the condition is unknown it hides the item. An item
//! that was not shown has no answer, and this is what scores use.

use scalewright_model::{Comparison, Expr, ItemIx, OptionValue, ResponseKind, Test};

use super::form::Form;
use super::model::{Coding, EnableWhen, Expression, Extension, Item};
use super::names::option_system;

const EXPRESSION: &str =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression";

/// Writes the condition `when`, which is `text` in the definition and `printed` in FHIRPath, to `item`.
pub(super) fn enable(form: &Form<'_>, item: &mut Item, when: &Test, text: &str, printed: &str) {
    if let Some((conditions, all)) = plain(form, when) {
        // R5 requires it from two conditions on. The rule of R4 literally starts at three, and accepts it for two.
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

/// Returns the condition as comparisons of answers, and whether all of them must be true (otherwise any). `None` if
/// FHIR's own comparisons cannot express it.
fn plain(form: &Form<'_>, when: &Test) -> Option<(Vec<EnableWhen>, bool)> {
    match when {
        Test::Compare { comparison, left, right } => match (&**left, &**right) {
            (Expr::Answer(item), Expr::Number(value)) => compared(form, *item, *comparison, *value),
            (Expr::Chosen { item, option }, Expr::Number(1.0))
                if *comparison == Comparison::Equal =>
            {
                chosen(form, *item, *option)
            }
            _ => None,
        },
        Test::Any(tests) => {
            let parts: Option<Vec<_>> = tests.iter().map(|test| plain(form, test)).collect();
            let parts = parts?;
            // `enableWhen` is a flat list with a single `enableBehavior`: an `all` within an `any` cannot be expressed.
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

/// Returns the condition that an option is among the answers to a question.
fn chosen(form: &Form<'_>, item: ItemIx, option: usize) -> Option<(Vec<EnableWhen>, bool)> {
    let instrument = form.request.instrument;
    let asked = &instrument.items[item.0];
    // A form may keep the answers to a question that it hides.
    if asked.ask.is_some() {
        return None;
    }
    let scale = instrument.response(item);
    let code = scale.options().get(option)?.value.to_string();
    let condition = EnableWhen {
        question: asked.id.clone(),
        operator: "=",
        answer_boolean: None,
        answer_coding: Some(Coding::new(&option_system(instrument, &scale.name), &code, None)),
    };
    Some((vec![condition], true))
}

/// Returns conditions that are true for the answers to a coded or yes-no question that satisfy the comparison, and
/// whether all of them must be true.
fn compared(
    form: &Form<'_>,
    index: ItemIx,
    comparison: Comparison,
    value: f64,
) -> Option<(Vec<EnableWhen>, bool)> {
    let instrument = form.request.instrument;
    let asked = &instrument.items[index.0];
    // `when-not-asked` may replace the answer to a question that was not asked, which FHIR's own comparisons do not
    // see.
    if asked.ask.is_some() {
        return None;
    }
    let scale = instrument.response(index);
    let coded = matches!(&scale.kind, ResponseKind::Coded { options: _ })
        || instrument.has_own_yes_and_no(asked.response);
    let system = option_system(instrument, &scale.name);
    let holds = |answer: OptionValue| comparison.holds(answer.number(), value);
    // Codes have no order in FHIR, so the comparison becomes a list of the answers that satisfy it.
    let mut answers = scale.scored_values()?;
    answers.retain(|answer| holds(*answer));
    // Without a matching answer the item is never asked, but an empty `enableWhen` would mean that it always is.
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

/// Returns the conditions for answers to a yes-no question; all of them must be true. "No" is expressed as "answered,
/// and not with yes", because some programs take a comparison with `false` for a comparison without a value.
fn yes_no(question: &str, answers: &[OptionValue]) -> Vec<EnableWhen> {
    let with = |operator: &'static str| EnableWhen {
        question: question.to_owned(),
        operator,
        answer_boolean: Some(true),
        answer_coding: None,
    };
    let answers: Vec<Option<i64>> = answers.iter().map(|answer| answer.as_whole()).collect();
    match answers[..] {
        [Some(1)] => vec![with("=")],
        [Some(0)] => vec![with("exists"), with("!=")],
        _ => vec![with("exists")],
    }
}
