//! Scores from the wire.

use std::collections::HashMap;

use scalewright_model::OptionValue;
use scalewright_scoring as inner;
use scalewright_scoring::Program;

use super::expression::{Decoder, floats};
use super::ids::{Decoded, error};
use crate::Instrument;
use crate::number::Number;
use crate::scores::{Accepted, AnswerRule, EvaluationStep, Range, Reach, Score, Scores};

pub(super) fn decoded<'a>(
    decoder: &mut Decoder<'a>,
    instrument: &'a Instrument,
    scores: &'a Scores,
) -> Decoded<(Program, Vec<inner::Range>)> {
    // The normal form is derived from the program.
    let Scores { answers, scores, order, normal: _ } = scores;
    if let Some(id) = answers.keys().find(|id| decoder.item(id).is_err()) {
        return Err(error(format!("there is no item `{id}`")));
    }
    let mut rules = Vec::new();
    for item in &instrument.items {
        rules.push(answers.get(&item.id).map(|of| rule(decoder, of)).transpose()?);
    }
    let ranges = scores.iter().map(|score| range(&score.range)).collect();
    let mut positions = HashMap::new();
    for (position, score) in scores.iter().enumerate() {
        if positions.insert(&*score.scale, position).is_some() {
            return Err(error(format!("the score of `{}` occurs twice", score.scale)));
        }
    }
    let decoded = scores.iter().map(|of| score(decoder, of)).collect::<Decoded<_>>()?;
    let order = order.iter().map(|step| eval_step(decoder, &positions, step));
    let order = order.collect::<Decoded<_>>()?;
    Ok((Program::of_parts(rules, decoded, order, instrument.scales.len()), ranges))
}

fn rule<'a>(decoder: &mut Decoder<'a>, rule: &'a AnswerRule) -> Decoded<inner::Answer> {
    let AnswerRule { accepted, asked } = rule;
    let accepted = match accepted {
        Accepted::Values { values } => inner::Accepted::Values(codes(values)),
        Accepted::Choices { values } => inner::Accepted::Choices(codes(values)),
        Accepted::Between { min, max, decimals } => {
            inner::Accepted::Between { min: min.0, max: max.0, decimals: *decimals }
        }
    };
    let asked = match asked {
        Some(asked) => Some(inner::Asked {
            when: decoder.truth(&asked.when)?,
            otherwise: asked.otherwise.map(f64::from),
        }),
        None => None,
    };
    Ok(inner::Answer { accepted, asked })
}

fn eval_step(
    decoder: &Decoder<'_>,
    positions: &HashMap<&str, usize>,
    step: &EvaluationStep,
) -> Decoded<inner::EvalStep> {
    match step {
        EvaluationStep::Ask(item) => decoder.item(item).map(inner::EvalStep::Ask),
        EvaluationStep::Score(scale) => {
            let position = positions.get(&**scale).copied();
            let position = position.ok_or_else(|| error(format!("`{scale}` has no score")));
            position.map(inner::EvalStep::Score)
        }
    }
}

fn score<'a>(decoder: &mut Decoder<'a>, score: &'a Score) -> Decoded<inner::Score> {
    let Score {
        scale,
        at: _,
        published: _,
        withheld_because: _,
        items,
        range: _,
        formula: _,
        tree,
    } = score;
    Ok(inner::Score {
        scale: decoder.scale(scale)?,
        formula: decoder.formula(tree)?,
        items: items.iter().map(|id| decoder.item(id)).collect::<Decoded<_>>()?,
    })
}

fn range(range: &Range) -> inner::Range {
    let Range { any, complete } = range;
    inner::Range { any: reach(any), complete: reach(complete) }
}

fn reach(reach: &Reach) -> inner::Reach {
    let Reach { low, high, values, exact, may_miss } = reach;
    inner::Reach {
        low: if low.0 > f64::MIN { low.0 } else { f64::NEG_INFINITY },
        high: if high.0 < f64::MAX { high.0 } else { f64::INFINITY },
        values: values.as_deref().map(floats),
        exact: *exact,
        may_miss: *may_miss,
    }
}

fn codes(values: &[Number]) -> std::sync::Arc<[OptionValue]> {
    values.iter().filter_map(|value| OptionValue::of(value.0)).collect()
}
