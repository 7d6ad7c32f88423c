//! Simulated respondents who show that bounds are reachable. If one has the lowest score and one the highest, the
//! bounds are exact.

use crate::{Accepted, Column, Program, Responses, Scored, evaluate, sampled_ends};

use super::work::Work;
use super::{GRAIN, Range, Reach};

/// How many respondents are simulated with complete answers, and again with missing answers.
const ROWS: usize = 512;

/// Marks a range as exact if each of its values is the score of a simulated respondent.
pub(super) fn confirm(program: &Program, ranges: &mut [Range], work: &Work) {
    let all_exact = ranges.iter().all(|range| range.any.exact && range.complete.exact);
    if all_exact || !work.can_score(2 * ROWS) {
        return;
    }
    for complete in [true, false] {
        // Complete answers show only the complete range: a missing answer can make scores possible that these never
        // reach.
        let scored = evaluate(program, &respondents(program, complete));
        for (range, scored) in ranges.iter_mut().zip(&scored) {
            let reach = if complete { &mut range.complete } else { &mut range.any };
            if !reach.exact && is_shown(reach, scored) {
                reach.exact = true;
            }
        }
    }
}

/// Whether both bounds, and all listed values, are scores of respondents.
fn is_shown(reach: &Reach, scored: &Scored) -> bool {
    let scores: Vec<Option<f64>> = (0..ROWS).map(|row| scored.score.get(row)).collect();
    let occurs = |value: &f64| {
        let near = |score: &f64| (score - value).abs() <= GRAIN * value.abs().max(1.0);
        scores.iter().flatten().any(near)
    };
    match &reach.values {
        // An exact list also makes `may_miss` certain, so a missing score must occur too.
        Some(values) => {
            values.len() <= ROWS
                && values.iter().all(occurs)
                && (!reach.may_miss || scores.contains(&None))
        }
        None => occurs(&reach.low) && occurs(&reach.high),
    }
}

/// Simulates respondents: with the lowest and the highest answers in many combinations, and with random answers. The
/// same program always gives the same respondents.
fn respondents(program: &Program, complete: bool) -> Responses {
    // A linear congruential generator with the constants of Knuth's MMIX. Only its high bits are random enough.
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
            // The first two respondents give all lowest and all highest answers, without missing ones.
            let missing = !complete && row > 1 && roll(4) == 0;
            let answer = answer.as_ref().filter(|_| !missing);
            column.push(answer.and_then(|answer| picked(&answer.accepted, given)));
        }
        column
    };
    Responses { rows: ROWS, items: program.answers.iter().map(column).collect() }
}

/// The number that records that all of these many options are chosen.
fn all_chosen(options: usize) -> f64 {
    2_f64.powi(i32::try_from(options).unwrap_or(0)) - 1.0
}

#[derive(Clone, Copy)]
enum Pick {
    Lowest,
    Highest,
    Any(u64),
}

#[expect(clippy::cast_precision_loss, reason = "coded values are within ±1,000,000")]
#[expect(clippy::cast_possible_truncation, reason = "taken modulo a count")]
#[expect(clippy::cast_sign_loss, reason = "at most 53 options")]
fn picked(accepted: &Accepted, pick: Pick) -> Option<f64> {
    match (accepted, pick) {
        (Accepted::Values(values), Pick::Lowest) => values.first().map(|value| value.number()),
        (Accepted::Values(values), Pick::Highest) => values.last().map(|value| value.number()),
        (Accepted::Values(values), Pick::Any(roll)) => {
            values.get(roll as usize % values.len().max(1)).map(|value| value.number())
        }
        (Accepted::Choices(_), Pick::Lowest) => None,
        (Accepted::Choices(options), Pick::Highest) => Some(all_chosen(options.len())),
        (Accepted::Choices(options), Pick::Any(roll)) => {
            let chosen = roll % (all_chosen(options.len()) as u64 + 1);
            (chosen > 0).then_some(chosen as f64)
        }
        (Accepted::Between { min, max, .. }, Pick::Lowest) => Some(sampled_ends(*min, *max).0),
        (Accepted::Between { min, max, .. }, Pick::Highest) => Some(sampled_ends(*min, *max).1),
        (Accepted::Between { min, max, decimals }, Pick::Any(roll)) => {
            let (min, max) = sampled_ends(*min, *max);
            let scale = 10_f64.powi(i32::try_from(*decimals).unwrap_or(6));
            let steps = ((max - min) * scale).floor().max(0.0);
            // The roll is between 0 and 2^30; the answer is at the same proportion of its own range.
            let at = (steps * (roll as f64 / f64::from(1_u32 << 30))).round();
            Some(((min * scale).ceil() + at) / scale).filter(|value| *value <= max)
        }
    }
}
