//! The answers with which scores are compared: lowest, highest, each missing, random, and values that are no answers.

use scalewright_scoring::{Accepted, Program, sampled_ends};

/// How many random respondents there are.
const RANDOM: usize = 60;
/// How many items are left out in turn.
const LEFT_OUT: usize = 24;

/// A generator of numbers that are the same on every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (sides.max(1) as u64)).unwrap_or(0)
    }

    fn pick(&mut self, choices: &[f64]) -> Option<f64> {
        choices.get(self.roll(choices.len())).copied()
    }
}

/// Returns the answers of some respondents, a row for each, with an entry for each item of the instrument.
pub(super) fn rows(program: &Program) -> Vec<Vec<Option<f64>>> {
    let choices: Vec<Vec<f64>> = program
        .answers
        .iter()
        .map(|answer| answer.as_ref().map_or(Vec::new(), |a| values(&a.accepted)))
        .collect();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut rows: Vec<Vec<Option<f64>>> = vec![
        choices.iter().map(|values| values.first().copied()).collect(),
        choices.iter().map(|values| values.last().copied()).collect(),
        vec![None; choices.len()],
    ];
    for item in 0..choices.len().min(LEFT_OUT) {
        let mut row: Vec<Option<f64>> = choices.iter().map(|values| dice.pick(values)).collect();
        // Every other row has a value that is no answer: it counts as missing too.
        row[item] = row[item].filter(|_| item % 2 == 1).map(|_| 777.5);
        rows.push(row);
    }
    for count in 0..RANDOM {
        // How many answers are missing: none, one in eight, one in two.
        let odds = [usize::MAX, 8, 2][count % 3];
        let row = choices.iter().map(|values| {
            let is_missing = odds != usize::MAX && dice.roll(odds) == 0;
            dice.pick(values).filter(|_| !is_missing)
        });
        rows.push(row.collect());
    }
    rows
}

/// Returns some answers to an item, ascending. Of a range: both ends, and numbers between them with all decimals.
fn values(accepted: &Accepted) -> Vec<f64> {
    match accepted {
        Accepted::Values(values) => values.iter().map(|value| value.number()).collect(),
        // Each option alone, and all of them.
        #[expect(clippy::cast_precision_loss, reason = "at most 53 options")]
        Accepted::Choices(options) => {
            let all = (1_u64 << options.len().min(53)) - 1;
            let mut values: Vec<f64> =
                (0..options.len().min(53)).map(|option| (1_u64 << option) as f64).collect();
            values.push(all as f64);
            values
        }
        Accepted::Between { min, max, decimals } => {
            let (min, max) = sampled_ends(*min, *max);
            let scale = 10_f64.powi(i32::try_from(*decimals).unwrap_or(6));
            let part = |part: f64| ((min + (max - min) * part) * scale).round() / scale;
            let mut values = vec![min];
            values.extend([0.113, 0.25, 0.5, 0.637, 0.87].map(part));
            values.push(max);
            values
        }
    }
}
