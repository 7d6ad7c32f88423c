//! Tests whether the cases would notice a mistake. Mutants of the definition are made, each with one change that could
//! be a typing mistake, and the cases are run on each mutant.

mod bands;
mod formulas;
mod keys;
pub(crate) mod sample;
mod trial;
mod users;

use scalewright_model::{Ask, Diagnostic, Instrument, ItemIx, Pointer, Scale, ScaleIx};
use scalewright_scoring::{Program, Range};

use crate::cases::Expectations;
use crate::document::Tree;
use crate::{Checked, Finding, locate};
use trial::{Outcome, Trial};

/// The most mutants that are tried.
const MOST_MUTANTS: usize = 5_000;

/// The results of the cases on all mutants.
#[derive(Debug, Clone)]
pub struct Mutants {
    /// The mutants that no case notices, each at the changed location.
    pub findings: Vec<Finding>,
    /// The number of mutants that score differently.
    pub count: usize,
    /// The number of mutants that some case notices.
    pub noticed: usize,
    /// The number of mutants that score all sampled responses the same. They are not in `count`.
    pub equivalent: usize,
    /// The number of cases.
    pub cases: usize,
    /// The work: how many scores were computed for the mutants, counted once for each set of responses.
    pub work: u64,
}

/// A mutant: one change of the definition.
struct Mutant {
    /// The changed scales.
    scales: Vec<(ScaleIx, Scale)>,
    /// The changed condition of an item.
    ask: Option<(ItemIx, Ask)>,
    /// What is changed, as a clause: `` `a1` on `tot` is keyed the other way ``.
    what: String,
    place: Pointer,
    /// What a case must contain to notice the change, as a noun phrase.
    needs: String,
    /// Whether some responses certainly score differently than in the definition.
    differs: bool,
}

/// Runs the cases of a definition on its mutants. Returns `None` if the definition has errors.
#[must_use]
pub fn mutants(checked: &Checked) -> Option<Mutants> {
    // The trial copies the instrument, and scores do not depend on words.
    let instrument = Instrument { wordings: Vec::new(), ..checked.sound()?.clone() };
    let document = checked.documents.first()?;
    let (tree, _) = document.tree(0);
    let maker = Maker {
        instrument: &instrument,
        program: &checked.program,
        ranges: &checked.ranges,
        tree: &tree,
    };
    let expected = checked.cases.as_ref().map(|cases| Expectations::new(cases, &instrument));
    let cases = checked.cases.as_ref().map_or(0, |cases| cases.cases.len());
    let mut trial = Trial::new(&instrument, &checked.program, expected);
    let (mut noticed, mut equivalent, mut unnoticed) = (0, 0, Vec::new());
    for mutant in maker.all() {
        match trial.of(&mutant) {
            Outcome::Noticed => noticed += 1,
            Outcome::Equivalent => equivalent += 1,
            Outcome::Unnoticed(example) => unnoticed.push(mutant.unnoticed(example)),
        }
    }
    let count = noticed + unnoticed.len();
    let mut findings = locate(unnoticed, 0, document);
    findings.sort_by_key(Finding::order);
    Some(Mutants { findings, count, noticed, equivalent, cases, work: trial.work })
}

impl Mutant {
    fn unnoticed(self, example: Option<String>) -> Diagnostic {
        Diagnostic::warning("unnoticed-mutant", format!("no case notices when {}", self.what))
            .at(self.place, "")
            .help(format!("add a case with {}", self.needs))
            .maybe_help(example)
    }
}

/// Makes mutants.
struct Maker<'a> {
    instrument: &'a Instrument,
    program: &'a Program,
    ranges: &'a [Range],
    tree: &'a Tree<'a>,
}

impl Maker<'_> {
    fn all(&self) -> Vec<Mutant> {
        let mut all = Vec::new();
        for index in (0..self.instrument.scales.len()).map(ScaleIx) {
            // No case can notice a change of a scale that is not scored.
            if self.program.position(index).is_some() && all.len() < MOST_MUTANTS {
                self.keys(index, &mut all);
                self.bands(index, &mut all);
                self.formulas(index, &mut all);
            }
        }
        for item in (0..self.instrument.items.len()).map(ItemIx) {
            self.conditions(item, &mut all);
        }
        all.truncate(MOST_MUTANTS);
        all
    }

    fn scale(&self, index: ScaleIx) -> &Scale {
        &self.instrument.scales[index.0]
    }

    /// Returns the first of `keys` that the table at `place` has, or the table itself if it has none of them.
    fn key(&self, place: &Pointer, keys: &[&str]) -> Pointer {
        let found = keys.iter().map(|key| place.key(key)).find(|at| self.tree.value(at).is_some());
        found.unwrap_or_else(|| place.clone())
    }

    /// Makes a mutant of one scale.
    fn change(
        &self,
        index: ScaleIx,
        place: Pointer,
        (what, needs): (String, String),
        change: impl FnOnce(&mut Scale),
    ) -> Mutant {
        let mut scale = self.scale(index).clone();
        change(&mut scale);
        Mutant { scales: vec![(index, scale)], ask: None, what, place, needs, differs: false }
    }
}

/// Returns a number with one added to its last decimal, as written.
fn nudged(value: f64) -> f64 {
    let text = scalewright_scoring::emit::number(value);
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let grain = 10_f64.powi(i32::try_from(decimals).unwrap_or(6));
    // Adding in whole numbers avoids `0.7 + 0.1`, which is 0.7999999999999999.
    ((value * grain).round() + 1.0) / grain
}
