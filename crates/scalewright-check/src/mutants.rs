//! Would the cases notice? The definition is changed in one place after another, as a slip of the pen would
//! change it, and the cases are asked of each such mutant.

mod bands;
mod formulas;
mod keys;
pub(crate) mod sample;

use scalewright_model::{
    Ask, Diagnostic, Instrument, ItemIx, MOST_FINDINGS, Pointer, Scale, ScaleIx,
};
use scalewright_scoring::{Program, Range, compile};

use crate::cases::Expectations;
use crate::document::Tree;
use crate::{Checked, Finding, locate};
use sample::Sample;

/// More mutants than this are not tried.
const MOST_MUTANTS: usize = 5_000;

/// How the cases fared.
#[derive(Debug, Clone)]
pub struct Mutants {
    /// The mutants that no case notices, each where the definition was changed; not more than are worth reading.
    pub findings: Vec<Finding>,
    /// How many mutants there are that score differently.
    pub count: usize,
    /// How many of them some case notices.
    pub noticed: usize,
    /// How many more there are that score every response alike, as far as can be told.
    pub equivalent: usize,
    /// How many cases there are.
    pub cases: usize,
}

/// A change of the definition.
struct Mutant {
    /// The scales as they are then.
    scales: Vec<(ScaleIx, Scale)>,
    /// The condition of an item as it is then.
    ask: Option<(ItemIx, Ask)>,
    /// What is changed, as a clause: `` `a1` on `tot` is keyed the other way ``.
    what: String,
    place: Pointer,
    /// What a case must have in it, as a clause.
    needs: String,
    /// Whether it is certain that some responses tell it from the definition.
    differs: bool,
}

/// Tries the cases of a definition that has no errors on its mutants.
#[must_use]
pub fn mutants(checked: &Checked) -> Option<Mutants> {
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
    let sample = Sample::new(&instrument, &checked.program);
    let cases = checked.cases.as_ref().map_or(0, |cases| cases.cases.len());
    let mut told = Mutants { findings: Vec::new(), count: 0, noticed: 0, equivalent: 0, cases };
    let mut unnoticed = Vec::new();
    for mutant in maker.all() {
        let (changed, program) = mutant.grown(&instrument);
        if expected.as_ref().is_some_and(|expected| !expected.are_met(&changed, &program)) {
            told.noticed += 1;
            continue;
        }
        match sample.apart(&changed, &program) {
            None if !mutant.differs => told.equivalent += 1,
            apart => unnoticed.push(mutant.unnoticed(apart)),
        }
    }
    told.count = told.noticed + unnoticed.len();
    unnoticed.truncate(MOST_FINDINGS);
    told.findings = locate(unnoticed, 0, document);
    told.findings.sort_by_key(Finding::order);
    Some(told)
}

impl Mutant {
    /// The instrument with the change made, and its scores.
    fn grown(&self, instrument: &Instrument) -> (Instrument, Program) {
        let mut changed = instrument.clone();
        for (index, scale) in &self.scales {
            changed.scales[index.0] = scale.clone();
        }
        if let Some((item, ask)) = &self.ask {
            changed.items[item.0].ask = Some(ask.clone());
        }
        let program = compile(&changed);
        (changed, program)
    }

    fn unnoticed(self, apart: Option<String>) -> Diagnostic {
        Diagnostic::warning("unnoticed-mutant", format!("no case notices when {}", self.what))
            .at(self.place, "")
            .help(format!("add a case with {}", self.needs))
            .maybe_help(apart)
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

    /// The first of `keys` that the table at `place` has; the table itself where it has none.
    fn key(&self, place: &Pointer, keys: &[&str]) -> Pointer {
        let there = keys.iter().map(|key| place.key(key)).find(|at| self.tree.value(at).is_some());
        there.unwrap_or_else(|| place.clone())
    }

    /// A mutant of one scale.
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

/// A number with its last written decimal one higher.
fn nudged(value: f64) -> f64 {
    let text = scalewright_scoring::emit::number(value);
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let grain = 10_f64.powi(i32::try_from(decimals).unwrap_or(6));
    ((value * grain).round() + 1.0) / grain
}
