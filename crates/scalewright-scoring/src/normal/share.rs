//! The lists of steps and checks during construction. Each is simplified, and then listed only once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::{Debug, Write};
use std::hash::{DefaultHasher, Hasher};

use scalewright_model::ItemIx;

use super::facts::{Facts, facts};
use super::form::{Check, CheckIx, Normal, Operation, Output, Step, StepIx, TruthChecks};
use crate::Program;

/// The normal form under construction, with indexes of the steps and checks listed so far.
pub(super) struct Shared<'p> {
    pub(super) program: &'p Program,
    pub(super) normal: Normal,
    steps: HashMap<u64, Vec<StepIx>>,
    checks: HashMap<u64, Vec<CheckIx>>,
    /// The conditions under which items with several choices are asked, as far as built.
    pub(super) whens: BTreeMap<ItemIx, TruthChecks>,
}

impl<'p> Shared<'p> {
    pub(super) fn new(program: &'p Program, items: usize) -> Self {
        let normal = Normal {
            steps: Vec::new(),
            checks: vec![Check::Never, Check::Always],
            answers: vec![None; items],
            asked: vec![None; items],
            shown: Vec::new(),
            scores: Vec::new(),
            answered: Vec::new(),
            prorated: Vec::new(),
        };
        let (steps, checks) = (HashMap::new(), HashMap::new());
        Self { program, normal, steps, checks, whens: BTreeMap::new() }
    }

    /// Adds a check, or returns the equal one that is already listed.
    pub(super) fn check(&mut self, check: Check) -> CheckIx {
        let same = self.checks.entry(digest(&check)).or_default();
        let listed = same.iter().find(|ix| self.normal.checks[ix.0] == check);
        if let Some(ix) = listed {
            return *ix;
        }
        let ix = CheckIx(self.normal.checks.len());
        same.push(ix);
        self.normal.checks.push(check);
        ix
    }

    /// Adds a step with its two checks, or returns the equal one that is already listed.
    pub(super) fn step(&mut self, operation: Operation, known: CheckIx, when: CheckIx) -> StepIx {
        let same = self.steps.entry(digest(&operation)).or_default();
        let listed = same.iter().find(|ix| {
            let step = &self.normal.steps[ix.0];
            step.operation == operation && step.known == known && step.when == when
        });
        if let Some(ix) = listed {
            return *ix;
        }
        let ix = StepIx(self.normal.steps.len());
        same.push(ix);
        let Facts { whole, low, high } = facts(&self.normal, self.program, &operation, when);
        let exists = self.exists_of(ix, &operation, known);
        self.normal.steps.push(Step { operation, known, when, exists, uses: 0, whole, low, high });
        ix
    }

    /// The check that a step has a value. A check that is constant, or about an answer or a named step, is reused
    /// instead of one about the new step.
    fn exists_of(&mut self, ix: StepIx, operation: &Operation, known: CheckIx) -> CheckIx {
        let is_reused = match self.normal.checks[known.0] {
            Check::Never | Check::Always | Check::Given(_) => true,
            // A score has a name, so its check refers to that and not to the step that computes it.
            Check::Known(_) => !matches!(operation, Operation::Score(_)),
            _ => false,
        };
        if is_reused { known } else { self.check(Check::Known(ix)) }
    }

    pub(super) fn exists(&self, step: StepIx) -> CheckIx {
        self.normal.steps[step.0].exists
    }

    pub(super) fn facts(&self, step: StepIx) -> Facts {
        Facts::of(self.normal.step(step))
    }

    pub(super) fn constant(&mut self, value: f64) -> StepIx {
        self.step(Operation::Constant(value), CheckIx::ALWAYS, CheckIx::ALWAYS)
    }

    pub(super) fn missing(&mut self) -> StepIx {
        self.step(Operation::Missing, CheckIx::NEVER, CheckIx::NEVER)
    }

    /// An operation that has a value if all `operands` have one and `when` is true.
    pub(super) fn strict(
        &mut self,
        operation: Operation,
        operands: &[StepIx],
        when: CheckIx,
    ) -> StepIx {
        let mut known: Vec<CheckIx> = operands.iter().map(|step| self.exists(*step)).collect();
        known.push(when);
        match self.all(known) {
            CheckIx::NEVER => self.missing(),
            known => self.step(operation, known, when),
        }
    }

    /// The check that all of `checks` are true.
    pub(super) fn all(&mut self, checks: Vec<CheckIx>) -> CheckIx {
        self.joined(checks, (CheckIx::ALWAYS, CheckIx::NEVER), Check::All)
    }

    /// The check that at least one of `checks` is true.
    pub(super) fn any(&mut self, checks: Vec<CheckIx>) -> CheckIx {
        self.joined(checks, (CheckIx::NEVER, CheckIx::ALWAYS), Check::Any)
    }

    /// Joins checks. Neutral ones are dropped, and a decisive one is the result. Duplicates are removed.
    fn joined(
        &mut self,
        checks: Vec<CheckIx>,
        (neutral, decisive): (CheckIx, CheckIx),
        join: fn(Vec<CheckIx>) -> Check,
    ) -> CheckIx {
        let (mut kept, mut seen) = (Vec::new(), BTreeSet::new());
        for check in checks.into_iter().filter(|check| *check != neutral) {
            if check == decisive {
                return decisive;
            }
            if seen.insert(check) {
                kept.push(check);
            }
        }
        match kept[..] {
            [] => neutral,
            [only] => only,
            _ => self.check(join(kept)),
        }
    }

    /// The check that `check` is false.
    pub(super) fn not(&mut self, check: CheckIx) -> CheckIx {
        match self.normal.checks[check.0] {
            Check::Never => CheckIx::ALWAYS,
            Check::Always => CheckIx::NEVER,
            Check::Not(of) => of,
            _ => self.check(Check::Not(check)),
        }
    }

    /// The check that at least `count` of `checks` are true.
    pub(super) fn at_least(&mut self, count: usize, mut checks: Vec<CheckIx>) -> CheckIx {
        // Unlike in `joined`, duplicates stay: a check that is listed twice counts twice.
        let before = checks.len();
        checks.retain(|check| *check != CheckIx::ALWAYS);
        let count = count.saturating_sub(before - checks.len());
        checks.retain(|check| *check != CheckIx::NEVER);
        match count {
            0 => CheckIx::ALWAYS,
            count if count > checks.len() => CheckIx::NEVER,
            1 => self.any(checks),
            count if count == checks.len() => self.all(checks),
            count => self.check(Check::AtLeast { count, of: checks }),
        }
    }

    /// `chosen` if `check` is true, otherwise `rest`. `opposite` is the negation of `check`.
    pub(super) fn pick(
        &mut self,
        (check, opposite): (CheckIx, CheckIx),
        chosen: CheckIx,
        rest: CheckIx,
    ) -> CheckIx {
        match (chosen, rest) {
            _ if chosen == rest => chosen,
            (CheckIx::ALWAYS, _) => self.any(vec![check, rest]),
            (_, CheckIx::ALWAYS) => self.any(vec![opposite, chosen]),
            _ => {
                let chosen = self.all(vec![check, chosen]);
                let rest = self.all(vec![opposite, rest]);
                self.any(vec![chosen, rest])
            }
        }
    }

    /// The score at a position as a number.
    pub(super) fn score(&mut self, position: usize) -> StepIx {
        match self.normal.scores[position] {
            Output::Truth(truth) => {
                let (one, zero, missing) = (self.constant(1.0), self.constant(0.0), self.missing());
                let truth = self.flag(position, truth);
                self.choose(truth, one, zero, missing)
            }
            Output::Number(step) | Output::Word { position: step, .. } => match self.exists(step) {
                CheckIx::NEVER => self.missing(),
                known => self.step(Operation::Score(position), known, CheckIx::ALWAYS),
            },
        }
    }
}

/// A hash by the debug text, as floating-point numbers have no hash. Equal values have the same digest.
fn digest(of: &impl Debug) -> u64 {
    struct Digest(DefaultHasher);
    impl Write for Digest {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            self.0.write(text.as_bytes());
            Ok(())
        }
    }
    let mut digest = Digest(DefaultHasher::new());
    // Writing into a hasher cannot fail.
    let _ = write!(digest, "{of:?}");
    digest.0.finish()
}
