//! Scores to the wire.

use scalewright_model::{ItemIx, KeyStatus, OptionValue, ScaleIx};
use scalewright_scoring as inner;
use scalewright_scoring::normal::Normal;
use scalewright_scoring::{Program, formula_text, parts};

use super::Definition;
use super::expression::{Encoder, numbers};
use crate::number::Number;
use crate::scores::{Accepted, AnswerRule, Asked, EvaluationStep, Range, Reach, Score, Scores};

pub(super) fn encoded(encoder: &mut Encoder<'_>, definition: &Definition<'_>) -> Scores {
    let Definition { instrument, program, ranges, published, sources: _ } = *definition;
    let mut answers = std::collections::BTreeMap::new();
    for (at, answer) in program.answers.iter().enumerate() {
        if let Some(answer) = answer {
            answers.insert(encoder.item(ItemIx(at)), rule(encoder, answer));
        }
    }
    let scores = program.scores.iter().zip(ranges).zip(published);
    Scores {
        answers,
        scores: scores
            .map(|((of, range), published)| score(encoder, program, of, range, *published))
            .collect(),
        order: program.order.iter().map(|step| order(encoder, program, *step)).collect(),
        normal: super::normal::encoded(encoder, &Normal::of(program, instrument)),
    }
}

fn rule(encoder: &mut Encoder<'_>, answer: &inner::Answer) -> AnswerRule {
    let inner::Answer { accepted, asked } = answer;
    let accepted = match accepted {
        inner::Accepted::Values(values) => Accepted::Values { values: codes(values) },
        inner::Accepted::Choices(values) => Accepted::Choices { values: codes(values) },
        inner::Accepted::Between { min, max, decimals } => {
            Accepted::Between { min: Number(*min), max: Number(*max), decimals: *decimals }
        }
    };
    let asked = asked.as_ref().map(|inner::Asked { when, otherwise }| Asked {
        when: encoder.test(when),
        otherwise: otherwise.map(Number),
    });
    AnswerRule { accepted, asked }
}

fn order(encoder: &Encoder<'_>, program: &Program, step: inner::EvalStep) -> EvaluationStep {
    match step {
        inner::EvalStep::Ask(item) => EvaluationStep::Ask(encoder.item(item)),
        inner::EvalStep::Score(at) => {
            EvaluationStep::Score(encoder.scale(program.scores[at].scale))
        }
    }
}

fn score(
    encoder: &mut Encoder<'_>,
    program: &Program,
    score: &inner::Score,
    range: &inner::Range,
    published: bool,
) -> Score {
    let inner::Score { scale, formula, items } = score;
    let withheld_because = (!published).then(|| withheld(encoder, program, *scale));
    let inner::Range { any, complete } = range;
    Score {
        scale: encoder.scale(*scale),
        at: encoder.instrument.scales[scale.0].pointer().to_string(),
        published,
        withheld_because,
        items: items.iter().map(|item| encoder.item(*item)).collect(),
        range: Range { any: reach(any), complete: reach(complete) },
        formula: formula_text(formula, encoder.instrument),
        tree: encoder.formula(formula),
    }
}

fn withheld(encoder: &Encoder<'_>, program: &Program, scale: ScaleIx) -> String {
    let scales = &encoder.instrument.scales;
    let recalled = |part: &ScaleIx| scales[part.0].key_status == Some(KeyStatus::Recalled);
    match parts(program, scale).into_iter().find(recalled) {
        Some(part) => format!(
            "the key of `{}` is recalled, and recalled keys are not accepted",
            encoder.scale(part)
        ),
        None => "the user does not publish it".to_owned(),
    }
}

fn reach(reach: &inner::Reach) -> Reach {
    let inner::Reach { low, high, values, exact, may_miss } = reach;
    Reach {
        // JSON has no infinite numbers.
        low: Number(low.max(f64::MIN)),
        high: Number(high.min(f64::MAX)),
        values: values.as_deref().map(numbers),
        exact: *exact,
        may_miss: *may_miss,
    }
}

fn codes(values: &[OptionValue]) -> Vec<Number> {
    values.iter().map(|value| Number(value.number())).collect()
}
