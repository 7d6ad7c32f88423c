//! Compiles some scores of an instrument, with everything that they are computed from.

use std::collections::BTreeSet;

use scalewright_model::{Instrument, ItemIx, ScaleIx};

use super::{Compiler, Dependency, answer, operands};
use crate::Program;
use crate::range::Ranges;

/// Compiles only `scales` and the scores that they use, directly or through others. All other scales have no score.
///
/// `whole` is the program of the instrument, or of one with the same items and scales that differs only in rules: in
/// keys, limits, numbers and conditions. Its work depends on the size of these scores, not on that of the instrument,
/// apart from two lists of positions.
#[must_use]
pub fn compile_only(instrument: &Instrument, whole: &Program, scales: &[ScaleIx]) -> Program {
    let mut answers = vec![None; whole.answers.len()];
    for item in items_above(instrument, scales) {
        let accepted = whole.answer(item).map(|answer| answer.accepted.clone());
        answers[item.0] = accepted.and_then(|accepted| answer(instrument, item, accepted));
    }
    let program =
        Program { answers, positions: vec![None; instrument.scales.len()], ..Program::default() };
    let mut compiler = Compiler {
        instrument,
        scorable: whole.positions.iter().map(Option::is_some).collect(),
        asked: vec![false; instrument.items.len()],
        program,
        ranges: Ranges::default(),
    };
    scales.iter().for_each(|&scale| compiler.visit(Dependency::Scale(scale)));
    compiler.program
}

/// The items whose answers decide the scores of `scales`, directly, through other scores or through conditions.
fn items_above(instrument: &Instrument, scales: &[ScaleIx]) -> BTreeSet<ItemIx> {
    let (mut items, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut open: Vec<Dependency> = scales.iter().copied().map(Dependency::Scale).collect();
    while let Some(next) = open.pop() {
        let is_new = match next {
            Dependency::Item(item) => items.insert(item),
            Dependency::Scale(scale) => seen.insert(scale),
        };
        if is_new {
            open.extend(operands(instrument, next));
        }
    }
    items
}
