//! Response sets on which a mutant and the definition may differ: lowest and highest answers, single missing answers,
//! and many random ones, which are the same in every run.

use scalewright_model::{Band, Instrument, ItemIx, ScaleIx, TOLERANCE, is_chosen};
use scalewright_scoring::{Accepted, Column, Program, Responses, Scored, evaluate, sampled_ends};

/// The number of response sets.
const ROWS: usize = 2_000;
/// An example with more answers than this is not printed.
const MOST_SHOWN: usize = 24;

/// Response sets, with their scores by the definition.
pub(super) struct Sample<'a> {
    instrument: &'a Instrument,
    program: &'a Program,
    responses: Responses,
    /// For each response set, the number of missing answers.
    missing: Vec<usize>,
    scored: Vec<Scored>,
}

impl<'a> Sample<'a> {
    pub(super) fn new(instrument: &'a Instrument, program: &'a Program) -> Self {
        let mut dice = Dice::new();
        let count = instrument.items.len();
        let items = (0..count).map(|item| {
            let mut column = Column::default();
            let accepted = program.answer(ItemIx(item)).map(|answer| &answer.accepted);
            for row in 0..ROWS {
                column.push(
                    accepted.and_then(|accepted| answer(accepted, item, (row, count), &mut dice)),
                );
            }
            column
        });
        let responses = Responses { rows: ROWS, items: items.collect() };
        let scored = evaluate(program, &responses);
        let missing = (0..ROWS)
            .map(|row| responses.items.iter().filter(|column| column.get(row).is_none()).count());
        Self { missing: missing.collect(), instrument, program, responses, scored }
    }

    pub(super) fn rows(&self) -> usize {
        ROWS
    }

    /// Describes responses for which a mutant gives another score on one of `scales` than the definition, with as few
    /// missing answers as possible. Returns `None` if no sampled responses do. `program` computes these scales.
    pub(super) fn example(
        &self,
        changed: &Instrument,
        program: &Program,
        scales: &[ScaleIx],
    ) -> Option<String> {
        let scored = evaluate(program, &self.responses);
        let differing = (0..ROWS).filter(|&row| {
            scales.iter().any(|scale| self.differs(changed, (program, &scored), *scale, row))
        });
        differing.min_by_key(|&row| self.missing[row]).map(|row| self.describe(row))
    }

    fn differs(
        &self,
        changed: &Instrument,
        (program, scored): (&Program, &[Scored]),
        scale: ScaleIx,
        row: usize,
    ) -> bool {
        let before = self.program.position(scale).map(|position| &self.scored[position]);
        let after = program.position(scale).map(|position| &scored[position]);
        let (Some(before), Some(after)) = (before, after) else { return true };
        let (one, other) = (before.score.get(row), after.score.get(row));
        let same = match (one, other) {
            (Some(one), Some(other)) => (one - other).abs() <= TOLERANCE,
            (None, None) => true,
            _ => false,
        };
        let (scale, mutant) = (&self.instrument.scales[scale.0], &changed.scales[scale.0]);
        let banded = scale.all_bands().zip(mutant.all_bands());
        // A mutant may give the same number, but in another band or not marked as prorated.
        !same
            || before.prorated[row] != after.prorated[row]
            || banded.into_iter().any(|((_, a), (_, b))| label(a, one) != label(b, other))
    }

    fn describe(&self, row: usize) -> String {
        let (mut answers, mut chosen) = (Vec::new(), Vec::new());
        for (at, (item, column)) in
            self.instrument.items.iter().zip(&self.responses.items).enumerate()
        {
            let Some(value) = column.get(row) else { continue };
            match self.program.answer(ItemIx(at)).map(|answer| &answer.accepted) {
                Some(Accepted::Choices(options)) => {
                    let options = options.iter().enumerate();
                    let options = options.filter(|(option, _)| is_chosen(value, *option));
                    let options: Vec<String> =
                        options.map(|(_, option)| option.to_string()).collect();
                    chosen.push(format!("{} = [{}]", item.id, options.join(", ")));
                }
                _ => answers.push(format!("{} = {value}", item.id)),
            }
            if answers.len() > MOST_SHOWN {
                return "work out the expected scores by hand, never with a program".to_owned();
            }
        }
        let chosen = match chosen.is_empty() {
            true => String::new(),
            false => format!(" and `chosen = {{ {} }}`", chosen.join(", ")),
        };
        format!(
            "such as `responses = {{ {} }}`{chosen}; work out the expected scores by hand",
            answers.join(", ")
        )
    }
}

fn label(bands: &[Band], score: Option<f64>) -> Option<&str> {
    Band::containing(bands, score?).map(|band| band.label.as_str())
}

/// Returns the answer to an item in one response set, or `None` if it is missing.
pub(crate) fn answer(
    accepted: &Accepted,
    item: usize,
    (row, items): (usize, usize),
    dice: &mut Dice,
) -> Option<f64> {
    let share = match row {
        0 => Some(0.0),
        1 => Some(1.0),
        2 => Some(0.5),
        3 => return None,
        // For each item, as far as rows allow: all others highest, and all others lowest, with this item missing.
        row if row < 4 + 2 * items && row < ROWS / 2 => match (row - 4) / 2 == item {
            true => return None,
            false => Some(f64::from(u8::from(row % 2 == 0))),
        },
        _ => None,
    };
    // One row in five has 5 % missing answers, one 20 %, one 50 %, and two have none.
    let lacks = dice.roll(100) < [0, 0, 5, 20, 50][row % 5];
    match (share, lacks) {
        (Some(share), _) => Some(at(accepted, share)),
        (None, true) => None,
        // One more than 10,000, so that the highest answer can occur.
        (None, false) => Some(at(accepted, unit(dice.roll(10_001)))),
    }
}

#[expect(clippy::cast_precision_loss, reason = "ten thousand at most")]
fn unit(roll: u64) -> f64 {
    roll as f64 / 10_000.0
}

/// Returns the answer at a share, from 0 to 1, of the way from the lowest to the highest.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a position among few values; coded values are within ±1,000,000"
)]
fn at(accepted: &Accepted, share: f64) -> f64 {
    match accepted {
        Accepted::Values(values) => {
            // A share of 1 gives a position behind the last value, which the lines below correct.
            let position = (share * values.len() as f64) as usize;
            values
                .get(position.min(values.len().saturating_sub(1)))
                .map_or(0.0, |value| value.number())
        }
        // From one option to all of them.
        Accepted::Choices(options) => {
            let all = ((1_u64 << options.len().min(53)) - 1) as f64;
            1.0 + (share * (all - 1.0)).floor()
        }
        Accepted::Between { min, max, decimals } => {
            let (min, max) = sampled_ends(*min, *max);
            let grain = 10_f64.powi(i32::try_from(*decimals).unwrap_or(6));
            ((min + share * (max - min)) * grain).round() / grain
        }
    }
}

/// Pseudo-random numbers (xorshift64*), which are the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    /// A generator in its initial state.
    pub(crate) fn new() -> Self {
        Self(0x2545_F491_4F6C_DD1D)
    }

    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        // The low bits of this generator are less random than the high ones.
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % sides
    }
}
