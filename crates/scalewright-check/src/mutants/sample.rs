//! Response sets on which a mutant and the definition may differ: the ends, single answers missing, and many at random, the same
//! ones on every run.

use scalewright_model::{Band, Instrument, ItemIx, TOLERANCE};
use scalewright_scoring::{Accepted, Column, Program, Responses, Scored, evaluate};

/// How many response sets are tried.
const ROWS: usize = 2_000;
/// More answers than this are not told in an example.
const MOST_TOLD: usize = 24;

/// Response sets, with what the definition makes of them.
pub(super) struct Sample<'a> {
    instrument: &'a Instrument,
    program: &'a Program,
    responses: Responses,
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
        Self { instrument, program, responses, scored }
    }

    /// Responses that tell a mutant from the definition, in words; those with the fewest missing. Nothing when none do.
    pub(super) fn apart(&self, changed: &Instrument, program: &Program) -> Option<String> {
        let scored = evaluate(program, &self.responses);
        let differing = (0..ROWS).filter(|&row| self.differs(changed, program, &scored, row));
        let missing = |row: &usize| {
            self.responses.items.iter().filter(|column| column.get(*row).is_none()).count()
        };
        differing.min_by_key(missing).map(|row| self.told(row))
    }

    fn differs(
        &self,
        changed: &Instrument,
        program: &Program,
        scored: &[Scored],
        row: usize,
    ) -> bool {
        self.program.scores.iter().zip(&self.scored).any(|(score, before)| {
            let Some(after) = program.position(score.scale).map(|position| &scored[position])
            else {
                return true;
            };
            let (one, other) = (before.score.get(row), after.score.get(row));
            let same = match (one, other) {
                (Some(one), Some(other)) => (one - other).abs() <= TOLERANCE,
                (None, None) => true,
                _ => false,
            };
            let (scale, mutant) =
                (&self.instrument.scales[score.scale.0], &changed.scales[score.scale.0]);
            let banded = scale.all_bands().zip(mutant.all_bands());
            !same
                || before.prorated[row] != after.prorated[row]
                || banded.into_iter().any(|((_, a), (_, b))| label(a, one) != label(b, other))
        })
    }

    fn told(&self, row: usize) -> String {
        let mut answers = Vec::new();
        for (item, column) in self.instrument.items.iter().zip(&self.responses.items) {
            answers.extend(column.get(row).map(|value| format!("{} = {value}", item.id)));
        }
        if answers.len() > MOST_TOLD {
            return "the scores are worked out by hand, never by a program".to_owned();
        }
        format!(
            "such as `responses = {{ {} }}`; work out by hand what is expected",
            answers.join(", ")
        )
    }
}

fn label(bands: &[Band], score: Option<f64>) -> Option<&str> {
    Band::holding(bands, score?).map(|band| band.label.as_str())
}

/// The answer to an item in one response set.
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
        // The lowest, and one missing; the highest, and one missing; as long as there is room.
        row if row < 4 + 2 * items && row < ROWS / 2 => match (row - 4) / 2 == item {
            true => return None,
            false => Some(f64::from(u8::from(row % 2 == 0))),
        },
        _ => None,
    };
    let lacks = dice.roll(100) < [0, 0, 5, 20, 50][row % 5];
    match (share, lacks) {
        (Some(share), _) => Some(at(accepted, share)),
        (None, true) => None,
        (None, false) => Some(at(accepted, unit(dice.roll(10_001)))),
    }
}

#[expect(clippy::cast_precision_loss, reason = "ten thousand at most")]
fn unit(roll: u64) -> f64 {
    roll as f64 / 10_000.0
}

/// The answer that is so far between the lowest and the highest.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a position among few values; coded values are within ±1,000,000"
)]
fn at(accepted: &Accepted, share: f64) -> f64 {
    match accepted {
        Accepted::Values(values) => {
            let position = (share * values.len() as f64) as usize;
            values
                .get(position.min(values.len().saturating_sub(1)))
                .map_or(0.0, |value| *value as f64)
        }
        Accepted::Between { min, max, decimals } => {
            let grain = 10_f64.powi(i32::try_from(*decimals).unwrap_or(6));
            ((min + share * (max - min)) * grain).round() / grain
        }
    }
}

/// Numbers that look random (xorshift64*) and are the same on every run.
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice as they lie before they are first rolled.
    pub(crate) fn new() -> Self {
        Self(0x2545_F491_4F6C_DD1D)
    }

    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % sides
    }
}
