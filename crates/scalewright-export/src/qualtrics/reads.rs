//! Which items each step and each check of the normal form reads.

use std::collections::BTreeSet;
use std::rc::Rc;

use scalewright_model::ItemIx;
use scalewright_scoring::normal::{Check, CheckIx, Normal, Operation, Output, StepIx};

/// The most steps and checks that depend on each other in succession.
const DEEPEST: usize = 400;

/// The items that a step or a check reads.
#[derive(Debug, Clone, Default)]
pub(super) struct Read {
    pub(super) items: Rc<BTreeSet<ItemIx>>,
    /// How many steps and checks depend on each other in succession.
    depth: usize,
}

impl Read {
    /// Whether the chain of dependencies is too long to be followed.
    pub(super) fn is_too_deep(&self) -> bool {
        self.depth > DEEPEST
    }

    fn join(&mut self, other: &Self) {
        self.depth = self.depth.max(other.depth + 1);
        if self.items.is_empty() {
            self.items = Rc::clone(&other.items);
        } else if !other.items.is_subset(&self.items) {
            Rc::make_mut(&mut self.items).extend(other.items.iter());
        }
    }
}

/// The items that all steps and checks read.
pub(super) struct Reads {
    steps: Vec<Read>,
    checks: Vec<Read>,
}

impl Reads {
    /// What a normal form reads. Steps and checks refer only to earlier ones of their kind, but also to each other, so
    /// they are visited with a list of what is open.
    pub(super) fn of(normal: &Normal) -> Self {
        let mut finder = Finder {
            normal,
            steps: vec![None; normal.steps.len()],
            checks: vec![None; normal.checks.len()],
        };
        (0..normal.steps.len()).for_each(|at| finder.visit(Part::Step(StepIx(at))));
        (0..normal.checks.len()).for_each(|at| finder.visit(Part::Check(CheckIx(at))));
        let found =
            |all: Vec<Option<Read>>| all.into_iter().map(Option::unwrap_or_default).collect();
        Self { steps: found(finder.steps), checks: found(finder.checks) }
    }

    pub(super) fn step(&self, StepIx(at): StepIx) -> &Read {
        &self.steps[at]
    }

    pub(super) fn check(&self, CheckIx(at): CheckIx) -> &Read {
        &self.checks[at]
    }
}

#[derive(Clone, Copy)]
enum Part {
    Step(StepIx),
    Check(CheckIx),
}

struct Finder<'a> {
    normal: &'a Normal,
    steps: Vec<Option<Read>>,
    checks: Vec<Option<Read>>,
}

impl Finder<'_> {
    fn visit(&mut self, part: Part) {
        let mut open = vec![part];
        while let Some(&part) = open.last() {
            let (own, operands) = self.operands(part);
            let missing: Vec<Part> =
                operands.iter().copied().filter(|operand| self.found(*operand).is_none()).collect();
            if !missing.is_empty() && self.found(part).is_none() {
                open.extend(missing);
                continue;
            }
            open.pop();
            if self.found(part).is_none() {
                let mut read = Read { items: Rc::new(own.into_iter().collect()), depth: 0 };
                operands
                    .iter()
                    .filter_map(|operand| self.found(*operand))
                    .for_each(|other| read.join(other));
                match part {
                    Part::Step(StepIx(at)) => self.steps[at] = Some(read),
                    Part::Check(CheckIx(at)) => self.checks[at] = Some(read),
                }
            }
        }
    }

    fn found(&self, part: Part) -> Option<&Read> {
        match part {
            Part::Step(StepIx(at)) => self.steps[at].as_ref(),
            Part::Check(CheckIx(at)) => self.checks[at].as_ref(),
        }
    }

    /// The item that a part reads itself, and the parts that it refers to.
    fn operands(&self, part: Part) -> (Option<ItemIx>, Vec<Part>) {
        match part {
            Part::Step(step) => self.of_step(step),
            Part::Check(check) => self.of_check(check),
        }
    }

    fn of_step(&self, step: StepIx) -> (Option<ItemIx>, Vec<Part>) {
        let step = self.normal.step(step);
        let mut parts: Vec<Part> = step.operation.operands().into_iter().map(Part::Step).collect();
        parts.push(Part::Check(step.known));
        let mut own = None;
        match &step.operation {
            Operation::Answer(item) | Operation::Chosen { item, option: _ } => own = Some(*item),
            Operation::Score(position) => parts.extend(self.of_score(*position)),
            Operation::Count(checks) => parts.extend(checks.iter().copied().map(Part::Check)),
            Operation::Choose { cases, otherwise: _ } => {
                parts.extend(cases.iter().map(|(check, _)| Part::Check(*check)));
            }
            _ => {}
        }
        (own, parts)
    }

    fn of_score(&self, position: usize) -> Vec<Part> {
        match &self.normal.scores[position] {
            Output::Number(step) | Output::Word { position: step, words: _ } => {
                vec![Part::Step(*step)]
            }
            Output::Truth(truth) => vec![Part::Check(truth.yes), Part::Check(truth.no)],
        }
    }

    fn of_check(&self, check: CheckIx) -> (Option<ItemIx>, Vec<Part>) {
        let steps = |steps: &[StepIx]| steps.iter().copied().map(Part::Step).collect::<Vec<_>>();
        match self.normal.check(check) {
            Check::Never | Check::Always => (None, Vec::new()),
            Check::Given(item) => (Some(*item), Vec::new()),
            Check::Known(step)
            | Check::NonZero(step)
            | Check::Listed { of: step, values: _, exact: _ } => (None, vec![Part::Step(*step)]),
            Check::Flag { score, truth: _ } | Check::Decided(score) => {
                (None, self.of_score(*score))
            }
            Check::Compare { comparison: _, left, right, exact: _ } => {
                (None, steps(&[*left, *right]))
            }
            Check::Covered { keys, tree: _ } => (None, steps(keys)),
            Check::AtLeast { count: _, of } | Check::All(of) | Check::Any(of) => {
                (None, of.iter().copied().map(Part::Check).collect())
            }
            Check::Not(check) => (None, vec![Part::Check(*check)]),
        }
    }
}
