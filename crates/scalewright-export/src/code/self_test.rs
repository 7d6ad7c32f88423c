//! Rows of answers with the scores that they must give. Each file contains some, so that it can be tested where it runs.

use scalewright_model::{Instrument, ItemIx, Wording};
use scalewright_scoring::{Accepted, Column as Answers, Responses, Scored, evaluate, sampled_ends};

use super::script::{Column, Content, Script};
use crate::ExportRequest;

/// A row of answers and its scores.
pub(crate) struct TestRow {
    /// The answers, parallel to [`Script::items`]; `None` is missing.
    pub(crate) answers: Vec<Option<f64>>,
    /// The values, parallel to [`Script::columns`].
    pub(crate) values: Vec<Value>,
}

/// A value of a column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// No value.
    Missing,
    /// A number, or a number of answers.
    Number(f64),
    /// A truth value.
    Truth(bool),
    /// A word, or the label of a band.
    Text(String),
}

/// How a row of the self-test is answered, by the position of the item among those that are scored.
type Pattern = fn(usize, &Accepted) -> Option<f64>;

/// All at the lowest, all at the highest, all answers in turn, the same with gaps, and mostly gaps.
const PATTERNS: [Pattern; 5] = [
    |_, accepted| answer(accepted, 0),
    |_, accepted| answer(accepted, usize::MAX),
    |at, accepted| turn(accepted, at),
    |at, accepted| if at % 5 == 3 { None } else { turn(accepted, at * 3 + 1) },
    |at, accepted| if at % 3 == 0 { turn(accepted, at + 2) } else { None },
];

/// The rows for the columns of a script.
pub(crate) fn rows(request: &ExportRequest<'_>, script: &Script) -> Vec<TestRow> {
    let (instrument, program, wording) = (request.instrument, request.program, request.wording);
    let given: Vec<Vec<Option<f64>>> =
        PATTERNS.iter().map(|pattern| row(script, *pattern)).collect();
    let mut responses =
        Responses { rows: given.len(), items: vec![Answers::default(); instrument.items.len()] };
    for (at, column) in responses.items.iter_mut().enumerate() {
        given.iter().for_each(|row| column.push(given_to(instrument, script, ItemIx(at), row)));
    }
    let scored = evaluate(program, &responses);
    let values = |row: usize| {
        let value =
            |column: &Column| value((instrument, wording), column, &scored[column.position], row);
        script.columns.iter().map(value).collect()
    };
    given
        .iter()
        .enumerate()
        .map(|(at, row)| TestRow { answers: row.clone(), values: values(at) })
        .collect()
}

/// The answer to an item in a row; of an item with several choices, the number that records the chosen options.
fn given_to(
    instrument: &Instrument,
    script: &Script,
    item: ItemIx,
    row: &[Option<f64>],
) -> Option<f64> {
    let own = || script.items.iter().zip(row).filter(|(own, _)| own.ix == item);
    let whole = own().find(|(own, _)| own.option.is_none()).and_then(|(_, answer)| *answer);
    let chosen = own().filter(|(_, answer)| **answer == Some(1.0));
    whole.or_else(|| instrument.response(item).chosen(chosen.filter_map(|(own, _)| own.option)))
}

fn row(script: &Script, pattern: Pattern) -> Vec<Option<f64>> {
    let answer = |(at, item): (usize, &super::script::ScriptItem)| pattern(at, &item.accepted);
    script.items.iter().enumerate().map(answer).collect()
}

/// The accepted answer at a position, or the last one.
fn answer(accepted: &Accepted, at: usize) -> Option<f64> {
    match accepted {
        Accepted::Values(values) => {
            values.get(at.min(values.len().saturating_sub(1))).map(|value| value.number())
        }
        // Each option has a column of its own.
        Accepted::Choices(_) => None,
        Accepted::Between { min, max, decimals: _ } => {
            let (min, max) = sampled_ends(*min, *max);
            Some(if at == 0 { min } else { max })
        }
    }
}

/// The accepted answers in turn; of an interval its ends and a point between them.
#[expect(clippy::cast_precision_loss, reason = "a position among three")]
fn turn(accepted: &Accepted, at: usize) -> Option<f64> {
    match accepted {
        Accepted::Values(values) => answer(accepted, at % values.len().max(1)),
        Accepted::Choices(_) => None,
        Accepted::Between { min, max, decimals } => {
            let (min, max) = sampled_ends(*min, *max);
            let share = (at % 3) as f64 / 3.0;
            Some(scalewright_scoring::rounded(min + (max - min) * share, *decimals))
        }
    }
}

fn value(
    (instrument, wording): (&Instrument, &Wording),
    column: &Column,
    scored: &Scored,
    row: usize,
) -> Value {
    let score = scored.score.get(row);
    let Some(score) = score else {
        let answered = Value::Number(f64::from(scored.answered[row]));
        return if column.content == Content::Answered { answered } else { Value::Missing };
    };
    match column.content {
        Content::Answered => Value::Number(f64::from(scored.answered[row])),
        Content::Prorated => Value::Truth(scored.prorated[row]),
        Content::Score => typed(&instrument.scales[column.scale.0], score),
        Content::Band(set) => label((instrument, wording), column, set, score),
    }
}

/// A score with its type.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position among words"
)]
fn typed(scale: &scalewright_model::Scale, score: f64) -> Value {
    match scale.words() {
        _ if scale.is_truth() => Value::Truth(score != 0.0),
        Some(words) => {
            words.get(score as usize).map_or(Value::Missing, |word| Value::Text(word.clone()))
        }
        None => Value::Number(score),
    }
}

fn label(
    (instrument, wording): (&Instrument, &Wording),
    column: &Column,
    set: usize,
    score: f64,
) -> Value {
    let bands = instrument.scales[column.scale.0].all_bands().nth(set);
    let labels = wording.scales[column.scale.0].all_bands().nth(set);
    let (Some((_, bands)), Some(labels)) = (bands, labels) else { return Value::Missing };
    let at = bands.iter().position(|band| band.contains(score));
    at.and_then(|at| labels.get(at)).map_or(Value::Missing, |label| Value::Text(label.clone()))
}
