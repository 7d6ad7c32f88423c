//! Tries mutants: on the cases, then on sampled responses.
//!
//! Only what a mutant can change is computed. A score that is the same as before changes no score that is computed from
//! it. So the changed scores come first, and the scores that use them follow only if a case expects them. The work is
//! therefore proportional to the number of scales if each is computed from a bounded number of items and scales.

use scalewright_model::{Instrument, ScaleIx};
use scalewright_scoring::{Program, Scored, compile_only, evaluate};

use super::Mutant;
use super::sample::Sample;
use super::users::Users;
use crate::cases::Expectations;

/// What became of a mutant.
pub(super) enum Outcome {
    /// A case notices it.
    Noticed,
    /// It scores all sampled responses the same.
    Equivalent,
    /// No case notices it. The text describes responses that it scores differently.
    Unnoticed(Option<String>),
}

/// The definition, with what its mutants are compared with.
pub(super) struct Trial<'a> {
    instrument: &'a Instrument,
    program: &'a Program,
    /// The instrument with the change of the mutant that is tried.
    changed: Instrument,
    users: Users,
    expected: Option<Expectations<'a>>,
    /// The scores of the cases by the definition.
    on_cases: Vec<Scored>,
    sample: Sample<'a>,
    /// How many scores were computed for the mutants, counted once for each response set.
    pub(super) work: u64,
}

impl<'a> Trial<'a> {
    pub(super) fn new(
        instrument: &'a Instrument,
        program: &'a Program,
        expected: Option<Expectations<'a>>,
    ) -> Self {
        let on_cases = expected.as_ref().map(|expected| evaluate(program, &expected.responses));
        Self {
            instrument,
            program,
            changed: instrument.clone(),
            users: Users::new(instrument),
            expected,
            on_cases: on_cases.unwrap_or_default(),
            sample: Sample::new(instrument, program),
            work: 0,
        }
    }

    pub(super) fn of(&mut self, mutant: &Mutant) -> Outcome {
        let scales = self.apply(mutant);
        let program = compile_only(&self.changed, self.program, &scales);
        let outcome = self.judge(mutant, &scales, &program);
        self.undo(mutant);
        outcome
    }

    /// Makes the change, and returns the scales whose scores it can change without changing another one first.
    fn apply(&mut self, mutant: &Mutant) -> Vec<ScaleIx> {
        for (index, scale) in &mutant.scales {
            self.changed.scales[index.0] = scale.clone();
        }
        let changed = mutant.scales.iter().map(|(index, _)| *index);
        match &mutant.ask {
            Some((item, ask)) => {
                self.changed.items[item.0].ask = Some(ask.clone());
                let users = self.users.of_item(*item).into_iter();
                users.filter(|scale| self.program.position(*scale).is_some()).collect()
            }
            None => changed.filter(|scale| self.program.position(*scale).is_some()).collect(),
        }
    }

    fn undo(&mut self, mutant: &Mutant) {
        for (index, _) in &mutant.scales {
            self.changed.scales[index.0] = self.instrument.scales[index.0].clone();
        }
        if let Some((item, _)) = &mutant.ask {
            self.changed.items[item.0].ask = self.instrument.items[item.0].ask.clone();
        }
    }

    fn judge(&mut self, mutant: &Mutant, scales: &[ScaleIx], program: &Program) -> Outcome {
        if self.is_noticed(scales, program) {
            return Outcome::Noticed;
        }
        self.count(program, self.sample.rows());
        match self.sample.example(&self.changed, program, scales) {
            // Random answers may miss a narrow band, so `differs` counts more than a sample without an example.
            None if !mutant.differs => Outcome::Equivalent,
            example => Outcome::Unnoticed(example),
        }
    }

    /// Whether some case notices the change of `scales`, which `program` computes.
    fn is_noticed(&mut self, scales: &[ScaleIx], program: &Program) -> bool {
        let Some(expected) = &self.expected else { return false };
        let scored = evaluate(program, &expected.responses);
        let noticed = !expected.are_met(scales, &self.changed, (program, &scored));
        let rows = expected.responses.rows;
        self.count(program, rows);
        if noticed || self.is_same_on_cases(scales, (program, &scored)) {
            return noticed;
        }
        let Some(expected) = &self.expected else { return false };
        let users = self.users.of_scales(scales).into_iter();
        let users: Vec<ScaleIx> = users.filter(|scale| expected.concern(*scale)).collect();
        let program = compile_only(&self.changed, self.program, &users);
        let scored = evaluate(&program, &expected.responses);
        let noticed = !expected.are_met(&users, &self.changed, (&program, &scored));
        self.count(&program, rows);
        noticed
    }

    fn is_same_on_cases(
        &self,
        scales: &[ScaleIx],
        (program, scored): (&Program, &[Scored]),
    ) -> bool {
        scales.iter().all(|scale| {
            let before = self.program.position(*scale).map(|position| &self.on_cases[position]);
            let after = program.position(*scale).map(|position| &scored[position]);
            let (Some(before), Some(after)) = (before, after) else { return false };
            let rows = 0..before.prorated.len();
            rows.into_iter().all(|row| {
                before.score.get(row) == after.score.get(row)
                    && before.prorated[row] == after.prorated[row]
            })
        })
    }

    fn count(&mut self, program: &Program, rows: usize) {
        self.work += u64::try_from(program.scores.len() * rows).unwrap_or(u64::MAX);
    }
}
