//! Sets of answers to compare results on: the same for the same form.

use super::cuts;
use crate::form::rule::Answers;
use crate::form::{Form, Item, ResponseKind};

/// With so few items, each pattern of missing answers is tried.
const FEW_ITEMS: usize = 12;

/// The most complete sets that are tried exhaustively.
const FEW_SETS: usize = 4096;

/// Roughly how many answers all sets contain. Forms with many items get fewer random sets.
const ANSWERS: usize = 60_000;

/// The sets of answers for items with these values, ascending.
pub(crate) fn of_values(values: &[Vec<f64>]) -> Vec<Answers> {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut sets = Vec::new();
    let pick = |choose: &dyn Fn(usize, &[f64]) -> Option<f64>| Answers {
        of: values.iter().enumerate().map(|(index, values)| choose(index, values)).collect(),
    };
    sets.push(pick(&|_, _| None));
    sets.push(pick(&|_, values| values.first().copied()));
    sets.push(pick(&|_, values| values.last().copied()));
    sets.push(pick(&|index, values| {
        if index % 2 == 0 { values.first() } else { values.last() }.copied()
    }));
    sets.push(pick(&|index, values| values.get(index % values.len().max(1)).copied()));
    alone(values, &mut sets);
    all_patterns(values, &mut sets, &mut dice);
    all_answers(values, &mut sets);
    random(values, &mut sets, &mut dice);
    sets
}

/// The values to try for each item of a form, ascending; none for texts and dates.
pub(super) fn values(form: &Form) -> Vec<Vec<f64>> {
    let cuts = cuts::of(form);
    form.items.iter().map(|item| values_of(form, item, &cuts)).collect()
}

fn values_of(form: &Form, item: &Item, cuts: &[f64]) -> Vec<f64> {
    let mut values = match &form.responses[item.response].kind {
        ResponseKind::Coded(choices) => {
            let counts = choices.iter().filter(|choice| !choice.non_response);
            counts.map(|choice| choice.value.number()).collect()
        }
        ResponseKind::YesNo { .. } => vec![0.0, 1.0],
        ResponseKind::Numeric { min, max, decimals, .. } => {
            let low = min.unwrap_or_else(|| max.map_or(0.0, |max| max.min(0.0)));
            let high = max.unwrap_or_else(|| low.max(0.0) + 10.0);
            cuts::around(low, high, decimals.unwrap_or(0), cuts)
        }
        ResponseKind::VisualAnalogue { min, max, decimals, .. } => {
            cuts::around(*min, *max, *decimals, cuts)
        }
        ResponseKind::Several(_)
        | ResponseKind::Text(_)
        | ResponseKind::Date
        | ResponseKind::Time => Vec::new(),
    };
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

/// Each item alone blank, and each alone answered, with the lowest and the highest answer.
fn alone(values: &[Vec<f64>], sets: &mut Vec<Answers>) {
    // The cost of all of these grows with the square of the number of items.
    let most = (ANSWERS / values.len().max(1)).min(values.len());
    let step = values.len().div_ceil(most.max(1)).max(1);
    for item in (0..values.len()).step_by(step).filter(|item| !values[*item].is_empty()) {
        let high = |values: &Vec<f64>| values.last().copied();
        let low = |values: &Vec<f64>| values.first().copied();
        sets.push(Answers {
            of: values
                .iter()
                .enumerate()
                .map(|(index, values)| if index == item { None } else { high(values) })
                .collect(),
        });
        sets.push(Answers {
            of: values
                .iter()
                .enumerate()
                .map(|(index, values)| if index == item { high(values) } else { None })
                .collect(),
        });
        sets.push(Answers {
            of: values
                .iter()
                .enumerate()
                .map(|(index, values)| if index == item { high(values) } else { low(values) })
                .collect(),
        });
    }
}

/// Each pattern of missing answers, with random answers, if there are few items.
fn all_patterns(values: &[Vec<f64>], sets: &mut Vec<Answers>, dice: &mut Dice) {
    if values.len() > FEW_ITEMS {
        return;
    }
    for pattern in 0..1_usize << values.len() {
        let of = values.iter().enumerate().map(|(index, values)| {
            if pattern >> index & 1 == 1 { dice.pick(values) } else { None }
        });
        sets.push(Answers { of: of.collect() });
    }
}

/// Each set of answers with and without blanks, if there are few.
fn all_answers(values: &[Vec<f64>], sets: &mut Vec<Answers>) {
    let total = values.iter().try_fold(1_usize, |total, values| {
        total.checked_mul(values.len() + 1).filter(|total| *total <= FEW_SETS)
    });
    for mut number in 0..total.unwrap_or(0) {
        let of = values.iter().map(|values| {
            let choice = number % (values.len() + 1);
            number /= values.len() + 1;
            values.get(choice).copied()
        });
        sets.push(Answers { of: of.collect() });
    }
}

/// Random answers, with no blanks, one in ten, three in ten and six in ten.
fn random(values: &[Vec<f64>], sets: &mut Vec<Answers>, dice: &mut Dice) {
    let count = (ANSWERS / values.len().max(1)).clamp(200, 2000);
    for set in 0..count {
        let blanks = [0, 1, 3, 6][set % 4];
        let of = values
            .iter()
            .map(|values| if dice.roll(10) < blanks { None } else { dice.pick(values) });
        sets.push(Answers { of: of.collect() });
    }
}

/// Pseudo-random numbers (xorshift64*), which are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % sides.max(1)
    }

    fn pick(&mut self, values: &[f64]) -> Option<f64> {
        let index = self.roll(values.len() as u64);
        values.get(usize::try_from(index).unwrap_or(0)).copied()
    }
}
