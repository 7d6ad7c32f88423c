//! What a language cannot express, for lints.

use std::collections::BTreeMap;

use scalewright_check::Refusals;
use scalewright_model::{Instrument, ItemIx};
use scalewright_scoring::Program;
use scalewright_scoring::normal::{Normal, Output};

use super::lines::Lines;
use super::syntax::Syntax;
use super::walk::Walk;

/// Why scores cannot be printed in a language.
pub(crate) fn refusals(
    instrument: &Instrument,
    program: &Program,
    syntax: &dyn Syntax,
) -> Refusals {
    let normal = Normal::of(program, instrument);
    let walk = Walk(syntax);
    let names: Vec<String> =
        instrument.items.iter().map(|item| syntax.variable(&item.id)).collect();
    let options: BTreeMap<(ItemIx, usize), String> = BTreeMap::new();
    let mut lines = Lines::new(instrument, program, &normal, &walk);
    lines.cleaned = Some(&names);
    lines.option_names = Some(&options);
    let scores = normal.scores.iter().map(|output| {
        let printed = match output {
            Output::Number(step) | Output::Word { position: step, words: _ } => {
                lines.step(*step).map(|_| ())
            }
            Output::Truth(truth) => {
                lines.check(truth.yes).and_then(|_| lines.check(truth.no)).map(|_| ())
            }
        };
        printed.err().map(|why| why.because)
    });
    Refusals { scores: scores.collect(), conditions: vec![None; instrument.items.len()] }
}
