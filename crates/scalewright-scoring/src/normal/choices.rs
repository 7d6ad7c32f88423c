//! Conditions and the choices that they decide.

use scalewright_model::{Comparison, ScaleIx, Test};

use super::form::{Check, CheckIx, Operation, Output, StepIx, TruthChecks};
use super::share::Shared;

impl Shared<'_> {
    /// One of three steps, depending on a condition. Steps that cannot be chosen are omitted.
    pub(super) fn choose(
        &mut self,
        truth: TruthChecks,
        then: StepIx,
        otherwise: StepIx,
        unknown: StepIx,
    ) -> StepIx {
        let TruthChecks { yes, no, known } = truth;
        let always = known == CheckIx::ALWAYS;
        if yes == CheckIx::ALWAYS || (then == otherwise && (then == unknown || always)) {
            return then;
        }
        if no == CheckIx::ALWAYS || (yes == CheckIx::NEVER && otherwise == unknown) {
            return otherwise;
        }
        if known == CheckIx::NEVER {
            return unknown;
        }
        // The fewer cases, the shorter the printed expression: results that are equal share one case.
        let (cases, last) = match () {
            () if always || otherwise == unknown => (vec![(yes, then)], otherwise),
            () if then == unknown || yes == CheckIx::NEVER => (vec![(no, otherwise)], unknown),
            () if no == CheckIx::NEVER => (vec![(yes, then)], unknown),
            () if then == otherwise => (vec![(known, then)], unknown),
            () => (vec![(yes, then), (no, otherwise)], unknown),
        };
        match self.chosen_known(truth, [then, otherwise, unknown]) {
            CheckIx::NEVER => self.missing(),
            known => {
                self.step(Operation::Choose { cases, otherwise: last }, known, CheckIx::ALWAYS)
            }
        }
    }

    /// The check that the chosen step has a value.
    pub(super) fn chosen_known(&mut self, truth: TruthChecks, steps: [StepIx; 3]) -> CheckIx {
        let known = steps.map(|step| self.exists(step));
        self.chosen_check(truth, known)
    }

    /// The check that is chosen, depending on a condition.
    pub(super) fn chosen_check(
        &mut self,
        TruthChecks { yes, no, known }: TruthChecks,
        [then, otherwise, unknown]: [CheckIx; 3],
    ) -> CheckIx {
        // Each of the special cases gives a shorter check than the general one at the end.
        if known == CheckIx::ALWAYS {
            return self.pick((yes, no), then, otherwise);
        }
        if then == unknown {
            let not = self.not(no);
            return self.pick((no, not), otherwise, then);
        }
        if otherwise == unknown {
            let not = self.not(yes);
            return self.pick((yes, not), then, otherwise);
        }
        let not = self.not(known);
        if then == otherwise {
            return self.pick((known, not), then, unknown);
        }
        let cases = [(yes, then), (no, otherwise), (not, unknown)];
        let each = cases.map(|(check, known)| self.all(vec![check, known]));
        self.any(each.to_vec())
    }

    pub(super) fn tests(&mut self, tests: &[Test]) -> Vec<TruthChecks> {
        tests.iter().map(|test| self.test(test)).collect()
    }

    pub(super) fn test(&mut self, test: &Test) -> TruthChecks {
        const TRUE: TruthChecks =
            TruthChecks { yes: CheckIx::ALWAYS, no: CheckIx::NEVER, known: CheckIx::ALWAYS };
        match test {
            Test::Truth(true) => TRUE,
            Test::Truth(false) => opposite(TRUE),
            Test::Missing => {
                TruthChecks { yes: CheckIx::NEVER, no: CheckIx::NEVER, known: CheckIx::NEVER }
            }
            Test::Flag(scale) => self.flag_of(*scale),
            Test::Compare { comparison, left, right } => {
                let (left, right) = (self.number(left), self.number(right));
                self.compare(*comparison, left, right)
            }
            Test::AtLeast { count, tests } => self.at_least_true(*count, tests),
            Test::All(tests) => self.at_least_true(tests.len(), tests),
            Test::Any(tests) => self.at_least_true(1, tests),
            Test::Not(of) => opposite(self.test(of)),
            Test::IsMissing(of) => {
                let of = self.number(of);
                self.absent(self.exists(of))
            }
            Test::IsUnknown(of) => {
                let known = self.test(of).known;
                self.absent(known)
            }
        }
    }

    /// The condition that a check is false; it is always known.
    pub(super) fn absent(&mut self, check: CheckIx) -> TruthChecks {
        TruthChecks { yes: self.not(check), no: check, known: CheckIx::ALWAYS }
    }

    pub(super) fn compare(
        &mut self,
        comparison: Comparison,
        left: StepIx,
        right: StepIx,
    ) -> TruthChecks {
        // `Check::Compare` has a constant on the right.
        let (comparison, left, right) = match self.normal.constant(left) {
            Some(_) => (comparison.turned(), right, left),
            None => (comparison, left, right),
        };
        let known = [left, right].map(|side| self.exists(side));
        let known = self.all(known.to_vec());
        if known == CheckIx::NEVER {
            return TruthChecks { yes: known, no: known, known };
        }
        let exact = self.facts(left).whole && self.facts(right).whole;
        let check = |comparison| Check::Compare { comparison, left, right, exact };
        let (yes, no) = (check(comparison), check(comparison.opposite()));
        TruthChecks { yes: self.check(yes), no: self.check(no), known }
    }

    /// True if at least `count` conditions are true, false if that is impossible whatever the unknown ones are.
    pub(super) fn at_least_true(&mut self, count: usize, tests: &[Test]) -> TruthChecks {
        let truths = self.tests(tests);
        let yes = self.at_least(count, truths.iter().map(|truth| truth.yes).collect());
        // `count` true conditions are impossible if more than `len − count` are false.
        let spare = (truths.len() + 1).saturating_sub(count);
        let no = truths.iter().map(|truth| truth.no).collect();
        let always = truths.iter().all(|truth| truth.known == CheckIx::ALWAYS);
        let counts = 1 < count && count < truths.len();
        // If all conditions are always known, negating the first count is shorter than counting the false ones.
        let no = if always && counts { self.not(yes) } else { self.at_least(spare, no) };
        let known = if always { CheckIx::ALWAYS } else { self.any(vec![yes, no]) };
        TruthChecks { yes, no, known }
    }

    pub(super) fn flag_of(&mut self, scale: ScaleIx) -> TruthChecks {
        let never = TruthChecks { yes: CheckIx::NEVER, no: CheckIx::NEVER, known: CheckIx::NEVER };
        let Some(position) = self.program.position(scale) else { return never };
        match self.normal.scores[position] {
            Output::Truth(truth) => self.flag(position, truth),
            Output::Number(_) | Output::Word { .. } => {
                let (score, zero) = (self.score(position), self.constant(0.0));
                self.compare(Comparison::Unequal, score, zero)
            }
        }
    }

    /// The truth value of the score at a position, referred to by the name of the score.
    pub(super) fn flag(&mut self, score: usize, truth: TruthChecks) -> TruthChecks {
        let named = |shared: &mut Self, check: CheckIx, name: Check| match check {
            CheckIx::NEVER | CheckIx::ALWAYS => check,
            _ => shared.check(name),
        };
        TruthChecks {
            yes: named(self, truth.yes, Check::Flag { score, truth: true }),
            no: named(self, truth.no, Check::Flag { score, truth: false }),
            known: named(self, truth.known, Check::Decided(score)),
        }
    }
}

fn opposite(TruthChecks { yes, no, known }: TruthChecks) -> TruthChecks {
    TruthChecks { yes: no, no: yes, known }
}
