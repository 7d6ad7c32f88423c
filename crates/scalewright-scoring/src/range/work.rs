//! The budget of work for the ranges of a program, and the items that each of its scores uses.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use scalewright_model::{ItemIx, ScaleIx};

use crate::{EvalStep, Program};

/// The budget of a whole program, in steps of about ten nanoseconds. Real instruments need about a hundredth of it.
const MOST_WORK: usize = 40_000_000;

/// At most this many operations are spent on scoring simulated respondents.
const MOST_SCORED: usize = 50_000_000;

/// The remaining steps, and the items found so far.
pub(super) struct Work {
    left: Cell<usize>,
    /// An upper bound of the number of operations for scoring one respondent.
    seen: Cell<usize>,
    found: RefCell<UsedItems>,
}

impl Default for Work {
    fn default() -> Self {
        Self { left: Cell::new(MOST_WORK), seen: Cell::new(0), found: RefCell::default() }
    }
}

/// The items that scores, and the conditions of conditional items, use.
#[derive(Default)]
struct UsedItems {
    /// How many evaluation steps of the program have been processed.
    steps: usize,
    scores: Vec<Rc<ItemSet>>,
    asked: BTreeMap<ItemIx, Rc<ItemSet>>,
}

impl Work {
    /// Spends `steps` steps; `None`, with nothing spent, if fewer are left.
    pub(super) fn spend(&self, steps: usize) -> Option<()> {
        self.left.set(self.left.get().checked_sub(steps)?);
        Some(())
    }

    /// Adds operations that are computed for each respondent.
    pub(super) fn note(&self, operations: usize) {
        self.seen.set(self.seen.get().saturating_add(operations));
    }

    /// Whether `rows` respondents can be scored within [`MOST_SCORED`] operations.
    pub(super) fn can_score(&self, rows: usize) -> bool {
        self.seen.get().saturating_mul(rows) <= MOST_SCORED
    }

    /// The items that the score at `position` uses, directly or through other scores, including those that decide
    /// whether one of them is asked. `None` if the budget is spent.
    pub(super) fn items(&self, program: &Program, position: usize) -> Option<Rc<ItemSet>> {
        let mut found = self.found.borrow_mut();
        // Only the steps added since the last call: while a program is compiled, it grows between calls.
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
                // Steps come in the order of the scores, so the index is the position of the score.
                EvalStep::Score(_) => found.scores.push(all),
            }
        }
        found.scores.get(position).cloned()
    }
}

impl UsedItems {
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

/// A set of items of an instrument, one bit per item.
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

    /// Adds the items that are in both `a` and `b`.
    pub(super) fn add_common(&mut self, a: &Self, b: &Self) {
        let words = a.words.iter().zip(&b.words).map(|(a, b)| a & b).collect();
        self.add(&Self { words });
    }

    /// Whether it has an item in common with `other`.
    pub(super) fn intersects(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(a, b)| a & b != 0)
    }
}
