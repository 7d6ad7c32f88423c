//! Tries both versions of a score on the same answers. If there are few possible answers, all are tried, which proves
//! that two formulas are equal. Otherwise a sample is tried, which proves nothing and is only remarked.

use std::collections::BTreeSet;

use scalewright_model::{ItemIx, ScaleIx, TOLERANCE};
use scalewright_scoring::{Accepted, Column, Program, Responses, Scored, evaluate};

use super::Both;
use super::scales::Alike;
use crate::mutants::sample::{Dice, answer};

/// The number of response sets in a sample.
const ROWS: usize = 2_000;
/// The most response sets of one score that are tried exhaustively.
const MOST_ROWS: usize = 20_000;
/// The most scores (response sets times scores) that all exhaustive trials of a comparison compute together.
const MOST_WORK: usize = 2_000_000;
/// Programs with more scores than this, old and new together, are not tried at all.
const MOST_SCORES: usize = 3_000;

/// The scores of both versions for a sample of answers.
pub(super) struct Tried {
    old: Vec<Scored>,
    new: Vec<Scored>,
    /// What is left of `MOST_WORK`.
    work: usize,
}

impl Tried {
    pub(super) fn new(both: &Both<'_>) -> Self {
        let mut dice = Dice::new();
        let program = both.new.program;
        let count = program.answers.len();
        if program.scores.len() + both.old.program.scores.len() > MOST_SCORES {
            // Without scores, `judge` decides nothing, and differences in notation count as changes.
            return Self { old: Vec::new(), new: Vec::new(), work: 0 };
        }
        let columns = (0..count).map(|item| {
            let accepted = program.answer(ItemIx(item)).map(|answer| &answer.accepted);
            let mut column = Column::default();
            for row in 0..ROWS {
                column.push(
                    accepted.and_then(|accepted| answer(accepted, item, (row, count), &mut dice)),
                );
            }
            column
        });
        let (old, new) = scored(both, columns.collect(), ROWS);
        Self { old, new, work: MOST_WORK }
    }

    /// Decides whether two formulas that are written differently are nevertheless equal, and records it in `alike`.
    ///
    /// `old` and `new` are the positions of the score in the two programs.
    pub(super) fn judge(&mut self, both: &Both<'_>, (old, new): (usize, usize), alike: &mut Alike) {
        let (Some(before), Some(after)) = (self.old.get(old), self.new.get(new)) else { return };
        let Some(items) = same_items(both, old, new) else { return };
        // The sample is computed once for all scores, and it shows most differences without an exhaustive trial.
        if !same(before, after, ROWS) {
            return;
        }
        let all = all_answers(both.new.program, &items);
        // `evaluate` computes all scores of both programs, even if only one is compared.
        let scores = both.old.program.scores.len() + both.new.program.scores.len();
        let all = all.filter(|(_, rows)| rows.saturating_mul(scores) <= self.work);
        let Some((columns, rows)) = all else {
            alike.remark =
                Some(format!("equal on {ROWS} sampled response sets, which is no proof"));
            return;
        };
        self.work -= rows * scores;
        let (before, after) = scored(both, columns, rows);
        let (before, after) = (&before[old], &after[new]);
        if !same(before, after, rows) {
            return;
        }
        // Scores that are equal, but not always prorated for the same responses, are comparable, but not computed in
        // the same way.
        let marks = before.prorated == after.prorated;
        (alike.own, alike.all) = (marks, true);
        let what =
            if marks { "written differently" } else { "other scores are marked as prorated" };
        alike.remark = Some(format!("{what}; equal on all {rows} possible response sets"));
    }
}

/// Returns the items, by their new positions, that a score depends on in either version. Returns `None` if one of them
/// is missing in the other version or if its possible answers differ.
fn same_items(both: &Both<'_>, old: usize, new: usize) -> Option<BTreeSet<ItemIx>> {
    let before = reach(both.old.program, old);
    let after = reach(both.new.program, new);
    let paired = before.iter().map(|item| both.pairs.items[item.0]);
    let mut items: BTreeSet<ItemIx> = paired.collect::<Option<_>>()?;
    items.extend(after);
    let accepted = |program: &Program, item: ItemIx| -> Option<Accepted> {
        program.answer(item).map(|answer| answer.accepted.clone())
    };
    let same = |item: &ItemIx| {
        let Some(before) = both.pairs.items_back[item.0] else { return false };
        let same = accepted(both.old.program, before) == accepted(both.new.program, *item);
        // If a label moved, the same number is another answer in words.
        same && !both.labels_moved[item.0]
    };
    let same = items.iter().all(same);
    same.then_some(items)
}

/// Returns every item that a score can depend on: the items that it uses, and those that decide whether they are asked.
fn reach(program: &Program, position: usize) -> BTreeSet<ItemIx> {
    let mut open: Vec<ItemIx> = program.scores[position].items.clone();
    let mut seen: BTreeSet<ItemIx> = open.iter().copied().collect();
    let mut scales_seen: BTreeSet<ScaleIx> = BTreeSet::new();
    while let Some(item) = open.pop() {
        let asked = program.answer(item).and_then(|answer| answer.asked.as_ref());
        let Some(asked) = asked else { continue };
        let (mut scales, mut items) = (Vec::new(), Vec::new());
        asked.when.operands(&mut scales, &mut items);
        for scale in scales.into_iter().filter(|scale| scales_seen.insert(*scale)) {
            let below = program.position(scale).map(|at| &program.scores[at].items);
            items.extend(below.into_iter().flatten());
        }
        open.extend(items.into_iter().filter(|item| seen.insert(*item)));
    }
    seen
}

/// Scores answers to the new items with both programs. Old items that were removed are missing.
fn scored(both: &Both<'_>, columns: Vec<Column>, rows: usize) -> (Vec<Scored>, Vec<Scored>) {
    let before = both.pairs.items.iter().map(|new| match new {
        Some(new) => columns[new.0].clone(),
        None => Column::missing(rows),
    });
    let old = evaluate(both.old.program, &Responses { rows, items: before.collect() });
    (old, evaluate(both.new.program, &Responses { rows, items: columns }))
}

fn same(old: &Scored, new: &Scored, rows: usize) -> bool {
    (0..rows).all(|row| match (old.score.get(row), new.score.get(row)) {
        (Some(old), Some(new)) => (old - new).abs() <= TOLERANCE,
        (None, None) => true,
        _ => false,
    })
}

/// Returns every answer to an item, and the missing one. Returns `None` if there are too many.
#[expect(clippy::cast_precision_loss, reason = "coded values are within ±1,000,000")]
fn every_answer(accepted: &Accepted) -> Option<Vec<Option<f64>>> {
    let some: Vec<f64> = match accepted {
        Accepted::Values(values) => values.iter().map(|value| value.number()).collect(),
        Accepted::Choices(options) if options.len() <= 10 => {
            (1..1_u64 << options.len()).map(|chosen| chosen as f64).collect()
        }
        Accepted::Choices(_) | Accepted::Between { .. } => return None,
    };
    Some(some.into_iter().map(Some).chain([None]).collect())
}

/// Returns every combination of answers to `items`, including missing answers, and their number. Returns `None` if
/// there are more than `MOST_ROWS`, or if an item takes any number of a range.
fn all_answers(program: &Program, items: &BTreeSet<ItemIx>) -> Option<(Vec<Column>, usize)> {
    let mut choices: Vec<(ItemIx, Vec<Option<f64>>)> = Vec::new();
    let mut rows: usize = 1;
    for item in items {
        let choice = every_answer(&program.answer(*item)?.accepted)?;
        rows = rows.checked_mul(choice.len()).filter(|rows| *rows <= MOST_ROWS)?;
        choices.push((*item, choice));
    }
    // Each item repeats an answer as often as the items before it have combinations, as the digits of a counter do.
    let mut columns = vec![Column::missing(rows); program.answers.len()];
    let mut repeats = 1;
    for (item, choice) in choices {
        let mut column = Column::default();
        (0..rows).for_each(|row| column.push(choice[row / repeats % choice.len()]));
        columns[item.0] = column;
        repeats *= choice.len();
    }
    Some((columns, rows))
}
