//! What is reported beside each score, as checks: which items are answered, and whether the score uses a substitute for
//! a missing answer.
//!
//! The rules are those of [`evaluate`](crate::evaluate()). A result is marked if it exists and one of its operands is
//! marked, or if an aggregate has a missing term and a rule that replaces it. A condition is marked if it would be
//! unknown without substitutes. A choice is marked by its condition and by the chosen branch only.

use scalewright_model::{Aggregate, Expr, Fill, Formula, ItemIx, ScaleIx, Test};

use super::form::CheckIx;
use super::share::Shared;
use crate::Program;
use crate::program::EvalStep;

/// Adds the marks of all scores to a normal form that is otherwise complete.
pub(super) fn add(shared: &mut Shared<'_>) {
    let program = shared.program;
    let mut marks = Marks { program, answers: vec![None; program.answers.len()], shared };
    // In the order of the program, as when the steps are built: the recursion follows no chain of scores or items.
    for step in &program.order {
        match *step {
            EvalStep::Ask(item) => {
                marks.answer(item);
            }
            EvalStep::Score(position) => {
                let answered = marks.answered(&program.scores[position].items);
                let prorated = marks.score(position);
                marks.shared.normal.answered.push(answered);
                marks.shared.normal.prorated.push(prorated);
            }
        }
    }
}

struct Marks<'s, 'p> {
    program: &'p Program,
    shared: &'s mut Shared<'p>,
    /// For each item, the mark of its effective answer once computed.
    answers: Vec<Option<CheckIx>>,
}

impl Marks<'_, '_> {
    fn answered(&mut self, items: &[ItemIx]) -> Vec<CheckIx> {
        items.iter().map(|item| self.shared.is_answered(*item)).collect()
    }

    /// The mark of the score at a position.
    fn score(&mut self, position: usize) -> CheckIx {
        let program = self.program;
        match &program.scores[position].formula {
            Formula::Truth(test) => self.test(test),
            Formula::Number(of) | Formula::Word { position: of, words: _ } => {
                let uses = self.uses(of);
                self.also(uses, |marks| {
                    // The score by its name: its formula need not be printed again.
                    let score = marks.shared.score(position);
                    marks.shared.exists(score)
                })
            }
        }
    }

    /// The mark of the score of a scale that is used elsewhere.
    fn scale(&self, scale: ScaleIx) -> CheckIx {
        let position = self.program.position(scale);
        position.map_or(CheckIx::NEVER, |position| self.shared.normal.prorated[position])
    }

    /// The mark of the answer to an item: it was not asked, and only a substitute makes that certain.
    fn answer(&mut self, item: ItemIx) -> CheckIx {
        if let Some(mark) = self.answers[item.0] {
            return mark;
        }
        let program = self.program;
        let answer = program.answer(item);
        let asked = answer.and_then(|answer| Some((answer, answer.asked.as_ref()?)));
        let counts = asked.filter(|(answer, asked)| {
            asked.otherwise.is_some_and(|value| answer.accepted.contains(value))
        });
        let mark = match counts {
            None => CheckIx::NEVER,
            Some((_, asked)) => {
                let mark = self.test(&asked.when);
                self.also(mark, |marks| marks.shared.test(&asked.when).no)
            }
        };
        self.answers[item.0] = Some(mark);
        mark
    }

    /// `mark`, if another check is true too. The other one is built only if `mark` can be true.
    fn also(&mut self, mark: CheckIx, other: impl FnOnce(&mut Self) -> CheckIx) -> CheckIx {
        if mark == CheckIx::NEVER {
            return mark;
        }
        let other = other(self);
        self.shared.all(vec![other, mark])
    }

    /// The check that a number exists and is marked.
    fn number(&mut self, expr: &Expr) -> CheckIx {
        let uses = self.uses(expr);
        // These marks include the existence of the number.
        if matches!(expr, Expr::Answer(_) | Expr::Score(_)) {
            return uses;
        }
        self.also(uses, |marks| {
            let step = marks.shared.number(expr);
            marks.shared.exists(step)
        })
    }

    /// Of a number that exists, the check that it is marked. It does not matter where the number does not exist.
    fn uses(&mut self, expr: &Expr) -> CheckIx {
        match expr {
            Expr::Number(_) | Expr::Missing | Expr::Chosen { .. } => CheckIx::NEVER,
            Expr::Answer(item) => self.answer(*item),
            Expr::Score(scale) => self.scale(*scale),
            // The operands of these exist, as the result does.
            Expr::Reverse { of, low: _, high: _ }
            | Expr::Apply { function: _, of }
            | Expr::Round { of, decimals: _ }
            | Expr::Recode { of, table: _, other: _, missing: None } => self.uses(of),
            Expr::Arithmetic { operator: _, left, right } => self.any_used([&**left, &**right]),
            Expr::Lookup { of, table: _ } => self.any_used(of),
            // A recoded missing answer counts as answered, so it is not marked.
            Expr::Recode { of, table: _, other: _, missing: Some(_) } => self.number(of),
            Expr::Aggregate(aggregate) => self.aggregate(aggregate),
            Expr::Count { tests, need: _ } => {
                let each = tests.iter().map(|test| self.test(test)).collect();
                self.shared.any(each)
            }
            Expr::LongestRun(terms) => self.any_number(terms),
            Expr::Eap { model, need: _, sd: _ } => {
                self.any_number(model.items.iter().map(|item| &item.answer))
            }
            Expr::If { test, then, otherwise, unknown } => {
                self.choice(test, [then, otherwise, unknown])
            }
        }
    }

    fn any_used<'e>(&mut self, of: impl IntoIterator<Item = &'e Expr>) -> CheckIx {
        let each = of.into_iter().map(|expr| self.uses(expr)).collect();
        self.shared.any(each)
    }

    fn any_number<'e>(&mut self, of: impl IntoIterator<Item = &'e Expr>) -> CheckIx {
        let each = of.into_iter().map(|expr| self.number(expr)).collect();
        self.shared.any(each)
    }

    fn aggregate(&mut self, aggregate: &Aggregate) -> CheckIx {
        let Aggregate { kind: _, terms, weights: _, need, fill, mandatory: _ } = aggregate;
        let marked = self.any_number(terms);
        // If all terms are needed, none is replaced.
        if *fill == Fill::Nothing || *need >= terms.len() {
            return marked;
        }
        let terms = self.shared.numbers(terms);
        let exist = terms.into_iter().map(|term| self.shared.exists(term)).collect();
        let complete = self.shared.all(exist);
        let incomplete = self.shared.not(complete);
        self.shared.any(vec![incomplete, marked])
    }

    fn choice(&mut self, test: &Test, branches: [&Expr; 3]) -> CheckIx {
        let decided = self.test(test);
        let branches = branches.map(|branch| self.uses(branch));
        if branches == [CheckIx::NEVER; 3] {
            return decided;
        }
        let truth = self.shared.test(test);
        let chosen = self.shared.chosen_check(truth, branches);
        self.shared.any(vec![decided, chosen])
    }

    /// The check that a condition is known, but would be unknown without substitutes.
    fn test(&mut self, test: &Test) -> CheckIx {
        match test {
            Test::Truth(_) | Test::Missing => CheckIx::NEVER,
            Test::Flag(scale) => self.scale(*scale),
            Test::Compare { comparison: _, left, right } => {
                let used = self.any_used([&**left, &**right]);
                self.also(used, |marks| marks.shared.test(test).known)
            }
            Test::AtLeast { count, tests } => self.at_least(*count, tests),
            Test::All(tests) => self.at_least(tests.len(), tests),
            Test::Any(tests) => self.at_least(1, tests),
            Test::Not(of) | Test::IsUnknown(of) => self.test(of),
            // A number may exist only because of a substitute.
            Test::IsMissing(of) => self.number(of),
        }
    }

    /// The mark of the condition that at least `count` conditions are true.
    fn at_least(&mut self, count: usize, tests: &[Test]) -> CheckIx {
        let marks: Vec<CheckIx> = tests.iter().map(|test| self.test(test)).collect();
        if marks.iter().all(|mark| *mark == CheckIx::NEVER) {
            return CheckIx::NEVER;
        }
        let truths = self.shared.tests(tests);
        let (yes, no): (Vec<_>, Vec<_>) = truths.iter().map(|truth| (truth.yes, truth.no)).unzip();
        // As for the condition itself: it is false if so many conditions are false that `count` cannot be true.
        let spare = (tests.len() + 1).saturating_sub(count);
        let each = [(count, yes), (spare, no)].map(|(least, of)| self.reached(least, of, &marks));
        self.shared.any(each.to_vec())
    }

    /// The check that at least `least` of the checks `of` are true, but fewer if those that are marked do not count.
    fn reached(&mut self, least: usize, of: Vec<CheckIx>, marks: &[CheckIx]) -> CheckIx {
        let reached = self.shared.at_least(least, of.clone());
        let lost = if least == of.len() {
            self.shared.any(marks.to_vec())
        } else {
            let firm = of.into_iter().zip(marks).map(|(check, mark)| {
                let unmarked = self.shared.not(*mark);
                self.shared.all(vec![check, unmarked])
            });
            let firm = firm.collect();
            let firm = self.shared.at_least(least, firm);
            self.shared.not(firm)
        };
        self.shared.all(vec![reached, lost])
    }
}
