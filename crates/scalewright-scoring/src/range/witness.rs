//! Respondents who show that bounds come about: where somebody has the lowest score and somebody the highest, they are no
//! mere bounds.

use crate::{Accepted, Column, Program, Responses, Scored, evaluate};

use super::work::Work;
use super::{GRAIN, Range, Reach};

/// How many are tried, half of them with missing answers.
const ROWS: usize = 512;

/// Makes ranges exact whose every value some respondent has.
pub(super) fn confirm(program: &Program, ranges: &mut [Range], work: &Work) {
    let all_exact = ranges.iter().all(|range| range.any.exact && range.complete.exact);
    if all_exact || !work.can_score(2 * ROWS) {
        return;
    }
    for complete in [true, false] {
        let scored = evaluate(program, &respondents(program, complete));
        for (range, scored) in ranges.iter_mut().zip(&scored) {
            let reach = if complete { &mut range.complete } else { &mut range.any };
            if !reach.exact && is_shown(reach, scored) {
                reach.exact = true;
            }
        }
    }
}

/// Whether the ends, and all values that are listed, are somebody's score.
fn is_shown(reach: &Reach, scored: &Scored) -> bool {
    let scores: Vec<Option<f64>> = (0..ROWS).map(|row| scored.score.get(row)).collect();
    let is_there = |value: &f64| {
        let near = |score: &f64| (score - value).abs() <= GRAIN * value.abs().max(1.0);
        scores.iter().flatten().any(near)
    };
    match &reach.values {
        // What is listed is listed with whether it can be missing.
        Some(values) => {
            values.len() <= ROWS
                && values.iter().all(is_there)
                && (!reach.may_miss || scores.contains(&None))
        }
        None => is_there(&reach.low) && is_there(&reach.high),
    }
}

/// Respondents with the lowest and the highest answers in many combinations, and with any; the same for the same program.
fn respondents(program: &Program, complete: bool) -> Responses {
    // The constants of Knuth's MMIX generator; the high bits are the good ones.
    let mut state: u64 = 20_261_122;
    let mut roll = move |sides: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides.max(1)
    };
    let column = |answer: &Option<crate::Answer>| {
        let mut column = Column::default();
        for row in 0..ROWS {
            let given = match (row, row % 2) {
                (0, _) => Pick::Lowest,
                (1, _) => Pick::Highest,
                (_, 0) if roll(2) == 0 => Pick::Lowest,
                (_, 0) => Pick::Highest,
                _ => Pick::Any(roll(1 << 30)),
            };
            let missing = !complete && row > 1 && roll(4) == 0;
            let answer = answer.as_ref().filter(|_| !missing);
            column.push(answer.and_then(|answer| picked(&answer.accepted, given)));
        }
        column
    };
    Responses { rows: ROWS, items: program.answers.iter().map(column).collect() }
}

#[derive(Clone, Copy)]
enum Pick {
    Lowest,
    Highest,
    Any(u64),
}

#[expect(clippy::cast_precision_loss, reason = "coded values are within ±1,000,000")]
#[expect(clippy::cast_possible_truncation, reason = "taken modulo a count")]
fn picked(accepted: &Accepted, pick: Pick) -> Option<f64> {
    match (accepted, pick) {
        (Accepted::Values(values), Pick::Lowest) => values.first().map(|value| *value as f64),
        (Accepted::Values(values), Pick::Highest) => values.last().map(|value| *value as f64),
        (Accepted::Values(values), Pick::Any(roll)) => {
            values.get(roll as usize % values.len().max(1)).map(|value| *value as f64)
        }
        (Accepted::Between { min, .. }, Pick::Lowest) => Some(*min),
        (Accepted::Between { max, .. }, Pick::Highest) => Some(*max),
        (Accepted::Between { min, max, decimals }, Pick::Any(roll)) => {
            let scale = 10_f64.powi(i32::try_from(*decimals).unwrap_or(6));
            let steps = ((max - min) * scale).floor().max(0.0);
            // As far between as the roll is between 0 and 2^30.
            let at = (steps * (roll as f64 / f64::from(1_u32 << 30))).round();
            Some(((min * scale).ceil() + at) / scale).filter(|value| value <= max)
        }
    }
}
