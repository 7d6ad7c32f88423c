//! What may still be spent on a program, and the items behind each of its scores.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use scalewright_model::{ItemIx, ScaleIx};

use crate::{EvalStep, Program};

/// Steps that are spent on a program as a whole, of about ten nanoseconds each. Real instruments take a hundredth.
const MOST_WORK: usize = 40_000_000;

/// Operations that respondents are scored with.
const MOST_SCORED: usize = 50_000_000;

/// Steps that are left, and what was found on the way.
pub(super) struct Work {
    left: Cell<usize>,
    /// What it takes to score one respondent, at most.
    seen: Cell<usize>,
    found: RefCell<Found>,
}

impl Default for Work {
    fn default() -> Self {
        Self { left: Cell::new(MOST_WORK), seen: Cell::new(0), found: RefCell::default() }
    }
}

/// The items behind scores, and behind answers that are asked for under a condition.
#[derive(Default)]
struct Found {
    /// How many steps of the program were gone through.
    steps: usize,
    scores: Vec<Rc<ItemSet>>,
    asked: BTreeMap<ItemIx, Rc<ItemSet>>,
}

impl Work {
    /// Spends so many steps; nothing where fewer are left.
    pub(super) fn spend(&self, steps: usize) -> Option<()> {
        self.left.set(self.left.get().checked_sub(steps)?);
        Some(())
    }

    /// Notes operations that are worked out for each respondent.
    pub(super) fn note(&self, operations: usize) {
        self.seen.set(self.seen.get().saturating_add(operations));
    }

    /// Whether so many respondents can be scored in a moment.
    pub(super) fn can_score(&self, rows: usize) -> bool {
        self.seen.get().saturating_mul(rows) <= MOST_SCORED
    }

    /// The items behind the score at `position`, those that decide whether one of them is asked among them.
    pub(super) fn items(&self, program: &Program, position: usize) -> Option<Rc<ItemSet>> {
        let mut found = self.found.borrow_mut();
        for step in program.order.get(found.steps..).unwrap_or_default() {
            let (mut scales, mut items) = (Vec::new(), Vec::new());
            match step {
                EvalStep::Ask(item) => {
                    items.push(*item);
                    if let Some(asked) = program.answer(*item).and_then(|a| a.asked.as_ref()) {
                        asked.when.operands(&mut scales, &mut items);
                    }
                }
                EvalStep::Score(position) => {
                    program.scores[*position].formula.operands(&mut scales, &mut items);
                }
            }
            let all = Rc::new(found.behind(program, &scales, &items));
            self.spend(all.words.len() * (scales.len() + items.len() + 1))?;
            found.steps += 1;
            match step {
                EvalStep::Ask(item) => drop(found.asked.insert(*item, all)),
                EvalStep::Score(_) => found.scores.push(all),
            }
        }
        found.scores.get(position).cloned()
    }
}

impl Found {
    fn behind(&self, program: &Program, scales: &[ScaleIx], items: &[ItemIx]) -> ItemSet {
        let mut all = ItemSet::default();
        for item in items {
            match self.asked.get(item) {
                Some(more) => all.add(more),
                None => all.add(&ItemSet::of(*item)),
            }
        }
        let positions = scales.iter().filter_map(|scale| program.position(*scale));
        positions.filter_map(|position| self.scores.get(position)).for_each(|more| all.add(more));
        all
    }
}

/// Some of the items of an instrument.
#[derive(Debug, Clone, Default)]
pub(super) struct ItemSet {
    words: Vec<u64>,
}

impl ItemSet {
    pub(super) fn of(item: ItemIx) -> Self {
        let mut words = vec![0; item.0 / 64 + 1];
        words[item.0 / 64] = 1 << (item.0 % 64);
        Self { words }
    }

    pub(super) fn add(&mut self, other: &Self) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        self.words.iter_mut().zip(&other.words).for_each(|(word, more)| *word |= more);
    }

    /// Adds what is in both of two.
    pub(super) fn add_common(&mut self, a: &Self, b: &Self) {
        let words = a.words.iter().zip(&b.words).map(|(a, b)| a & b).collect();
        self.add(&Self { words });
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(a, b)| a & b != 0)
    }
}
