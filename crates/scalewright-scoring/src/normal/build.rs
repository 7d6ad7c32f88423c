//! Builds the normal form of a program.

use std::sync::Arc;

use scalewright_model::{
    Comparison, Expr, Formula, Function, Instrument, ItemIx, Model, Operator, TOLERANCE, Table,
};

use super::form::{Check, CheckIx, Normal, Operation, Output, StepIx, TruthChecks};
use super::marks;
use super::share::Shared;
use super::tree::{self, Leaf, Node};
use crate::program::EvalStep;
use crate::{Accepted, Program, rounded};

/// The natural logarithm of the largest double, rounded down.
const HIGHEST_LN: f64 = 709.782_712;

pub(super) fn build(program: &Program, instrument: &Instrument) -> Normal {
    let mut shared = Shared::new(program, instrument.items.len());
    // In the order of the program, so that the recursion never follows a chain of scores, which may be of any length.
    for step in &program.order {
        match *step {
            EvalStep::Ask(item) => {
                shared.asked(item);
            }
            EvalStep::Score(position) => {
                let output = shared.output(&program.scores[position].formula);
                shared.normal.scores.push(output);
            }
        }
    }
    // Dialects also need the answers and conditions of items that no score uses.
    for (index, item) in instrument.items.iter().enumerate() {
        shared.answer(ItemIx(index));
        shared.normal.asked[index] = item.ask.as_ref().map(|ask| shared.test(&ask.when));
    }
    let notes = instrument.notes.iter().map(|note| note.ask.as_ref());
    let shown = notes.map(|ask| ask.map(|ask| shared.test(&ask.when))).collect();
    shared.normal.shown = shown;
    // Before the marks, so that the scores are printed the same way with and without them.
    count_uses(&mut shared.normal);
    marks::add(&mut shared);
    shared.normal
}

fn count_uses(normal: &mut Normal) {
    for step in 0..normal.steps.len() {
        for operand in normal.steps[step].operation.operands() {
            normal.steps[operand.0].uses += 1;
        }
    }
}

impl Shared<'_> {
    pub(super) fn output(&mut self, formula: &Formula) -> Output {
        match formula {
            Formula::Number(expr) => Output::Number(self.number(expr)),
            Formula::Truth(test) => Output::Truth(self.test(test)),
            Formula::Word { position, words } => {
                Output::Word { position: self.number(position), words: words.clone() }
            }
        }
    }

    pub(super) fn number(&mut self, expr: &Expr) -> StepIx {
        match expr {
            Expr::Number(value) => self.constant(*value),
            Expr::Missing => self.missing(),
            Expr::Answer(item) => self.answer(*item),
            Expr::Chosen { item, option } => self.chosen(*item, *option),
            Expr::Score(scale) => match self.program.position(*scale) {
                Some(position) => self.score(position),
                None => self.missing(),
            },
            Expr::Reverse { of, low, high } => {
                let (ends, of) = (self.constant(low + high), self.number(of));
                self.arithmetic(Operator::Subtract, ends, of)
            }
            Expr::Recode { of, table, other, missing } => {
                let of = self.number(of);
                self.recode(of, (table, *other, *missing))
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate),
            Expr::Count { tests, need } => {
                let truths = self.tests(tests);
                let when = self.at_least(*need, truths.iter().map(|truth| truth.known).collect());
                let yes = truths.iter().map(|truth| truth.yes).collect();
                self.counted(Operation::Count(yes), when)
            }
            Expr::LongestRun(terms) => self.longest_run(terms),
            Expr::Arithmetic { operator, left, right } => {
                let (left, right) = (self.number(left), self.number(right));
                self.arithmetic(*operator, left, right)
            }
            Expr::Apply { function, of } => {
                let of = self.number(of);
                self.apply(*function, of)
            }
            Expr::Round { of, decimals } => {
                let of = self.number(of);
                self.round(of, *decimals)
            }
            Expr::If { test, then, otherwise, unknown } => {
                let truth = self.test(test);
                let (then, otherwise) = (self.number(then), self.number(otherwise));
                let unknown = self.number(unknown);
                self.choose(truth, then, otherwise, unknown)
            }
            Expr::Lookup { of, table } => {
                let keys = self.numbers(of);
                self.lookup(keys, table)
            }
            Expr::Eap { model, need, sd } => self.eap(model, *need, *sd),
        }
    }

    pub(super) fn numbers(&mut self, exprs: &[Expr]) -> Vec<StepIx> {
        exprs.iter().map(|expr| self.number(expr)).collect()
    }

    /// An operation that has a value if `when` is true, whether or not its operands have values.
    pub(super) fn counted(&mut self, operation: Operation, when: CheckIx) -> StepIx {
        self.strict(operation, &[], when)
    }

    /// The answer to an item, or the value that counts if it was not asked.
    pub(super) fn answer(&mut self, item: ItemIx) -> StepIx {
        if let Some(step) = self.normal.answers[item.0] {
            return step;
        }
        let program = self.program;
        let Some(answer) = program.answer(item) else { return self.missing() };
        if let Accepted::Choices(_) = answer.accepted {
            return self.missing();
        }
        let is_given = self.check(Check::Given(item));
        let given = self.counted(Operation::Answer(item), is_given);
        let step = match &answer.asked {
            None => given,
            Some(asked) => {
                let truth = self.test(&asked.when);
                let otherwise = asked.otherwise.filter(|value| answer.accepted.contains(*value));
                let otherwise = match otherwise {
                    Some(value) => self.constant(value),
                    None => self.missing(),
                };
                // If the condition is unknown, a given answer counts.
                self.choose(truth, given, otherwise, given)
            }
        };
        self.normal.answers[item.0] = Some(step);
        step
    }

    /// Builds the answer to a conditional item, or what each of its options refers to.
    fn asked(&mut self, item: ItemIx) {
        match self.program.answer(item).map(|answer| &answer.accepted) {
            Some(Accepted::Choices(_)) => _ = self.chosen(item, 0),
            _ => _ = self.answer(item),
        }
    }

    /// Whether an option of an item with several choices is chosen, as 1 or 0. It is not if the item was not asked.
    pub(super) fn chosen(&mut self, item: ItemIx, option: usize) -> StepIx {
        let chosen = self.counted(Operation::Chosen { item, option }, CheckIx::ALWAYS);
        let program = self.program;
        match program.answer(item).and_then(|answer| answer.asked.as_ref()) {
            None => chosen,
            Some(asked) => {
                // Stored, so that the recursion follows no chain of items that are asked depending on one another.
                let truth = match self.whens.get(&item) {
                    Some(truth) => *truth,
                    None => self.test(&asked.when),
                };
                self.whens.insert(item, truth);
                let not = self.constant(0.0);
                self.choose(truth, chosen, not, chosen)
            }
        }
    }

    /// The check that an item is answered, or that a value counts because it was not asked.
    pub(super) fn is_answered(&mut self, item: ItemIx) -> CheckIx {
        let program = self.program;
        let Some(Accepted::Choices(options)) = program.answer(item).map(|answer| &answer.accepted)
        else {
            let answer = self.answer(item);
            return self.exists(answer);
        };
        let one = self.constant(1.0);
        let each = (0..options.len()).map(|option| {
            let left = self.chosen(item, option);
            self.check(Check::Compare {
                comparison: Comparison::Equal,
                left,
                right: one,
                exact: true,
            })
        });
        let each = each.collect();
        self.any(each)
    }

    pub(super) fn arithmetic(&mut self, operator: Operator, left: StepIx, right: StepIx) -> StepIx {
        let when = match operator {
            Operator::Divide | Operator::Modulo => self.divides(right),
            Operator::Add | Operator::Subtract | Operator::Multiply => CheckIx::ALWAYS,
        };
        self.strict(Operation::Arithmetic { operator, left, right }, &[left, right], when)
    }

    /// The check that a divisor is not 0; always true if its range stays away from 0.
    pub(super) fn divides(&mut self, divisor: StepIx) -> CheckIx {
        let facts = self.facts(divisor);
        match self.normal.constant(divisor) {
            // The limit of the evaluator's `arithmetic`.
            Some(value) if value.abs() <= 1e-12 => CheckIx::NEVER,
            Some(_) => CheckIx::ALWAYS,
            // Bounds have rounding errors too, so a bound within the tolerance of 0 does not exclude 0.
            None if facts.low > TOLERANCE || facts.high < -TOLERANCE => CheckIx::ALWAYS,
            None => self.check(Check::NonZero(divisor)),
        }
    }

    pub(super) fn apply(&mut self, function: Function, of: StepIx) -> StepIx {
        let facts = self.facts(of);
        let positive = facts.low > TOLERANCE;
        // A bound of exactly 0 is trusted only for whole numbers: a computed fraction may be slightly below it.
        let limit = match function {
            Function::Sqrt if !(positive || facts.whole && facts.low >= 0.0) => {
                Some((Comparison::AtLeast, 0.0))
            }
            Function::Ln if !positive => Some((Comparison::Greater, 0.0)),
            Function::Exp if facts.high > HIGHEST_LN => Some((Comparison::AtMost, HIGHEST_LN)),
            _ => None,
        };
        let when = match limit {
            None => CheckIx::ALWAYS,
            Some((comparison, limit)) => {
                let right = self.constant(limit);
                // Exact, because the evaluator's `apply` uses no tolerance for the domain of a function either.
                self.check(Check::Compare { comparison, left: of, right, exact: true })
            }
        };
        self.strict(Operation::Apply { function, of }, &[of], when)
    }

    /// Rounds a step. If its value always comes from tables or constants, these are rounded instead.
    pub(super) fn round(&mut self, of: StepIx, decimals: u32) -> StepIx {
        match self.rounded_within(of, decimals) {
            Some(step) => step,
            None => self.strict(Operation::Round { of, decimals }, &[of], CheckIx::ALWAYS),
        }
    }

    /// The step with its constants and tables rounded; `None` if it computes its value in another way.
    pub(super) fn rounded_within(&mut self, of: StepIx, decimals: u32) -> Option<StepIx> {
        let step = self.normal.step(of).clone();
        match step.operation {
            Operation::Missing => Some(of),
            Operation::Constant(value) => Some(self.constant(rounded(value, decimals))),
            Operation::Lookup { keys, tree } => {
                let tree = Arc::new(tree.rounded(decimals)?);
                Some(self.lookup_in(keys, tree))
            }
            Operation::Choose { cases, otherwise } => {
                let each = cases
                    .into_iter()
                    .map(|(check, step)| Some((check, self.rounded_within(step, decimals)?)));
                let cases = each.collect::<Option<Vec<_>>>()?;
                let otherwise = self.rounded_within(otherwise, decimals)?;
                // Both checks remain valid, because rounding never makes a value missing.
                Some(self.step(Operation::Choose { cases, otherwise }, step.known, step.when))
            }
            _ => None,
        }
    }

    pub(super) fn recode(
        &mut self,
        of: StepIx,
        (table, other, missing): (&[(f64, f64)], Option<f64>, Option<f64>),
    ) -> StepIx {
        let exact = self.facts(of).whole;
        // A whole number never equals a fraction, so entries for fractions are dropped.
        let can_be = |key: f64| !exact || key.fract() == 0.0;
        let pairs: Vec<(f64, f64)> =
            table.iter().copied().filter(|(key, _)| can_be(*key)).collect();
        let values: Vec<f64> = pairs.iter().map(|(key, _)| *key).collect();
        let when = match other {
            Some(_) => CheckIx::ALWAYS,
            None if pairs.is_empty() => CheckIx::NEVER,
            None => self.check(Check::Listed { of, values, exact }),
        };
        let recoded = match (pairs.is_empty(), other) {
            (true, Some(value)) => self.constant(value),
            _ => {
                let operation = Operation::Recode { of, pairs, other, exact };
                self.strict(operation, &[of], when)
            }
        };
        match (missing, self.exists(of)) {
            (Some(value), known) if known != CheckIx::ALWAYS => {
                let (missing, not) = (self.constant(value), self.not(known));
                let truth = TruthChecks { yes: known, no: not, known: CheckIx::ALWAYS };
                self.choose(truth, recoded, missing, missing)
            }
            _ => recoded,
        }
    }

    pub(super) fn lookup(&mut self, keys: Vec<StepIx>, table: &Table) -> StepIx {
        let whole: Vec<bool> = keys.iter().map(|key| self.facts(*key).whole).collect();
        self.lookup_in(keys, Arc::new(tree::tree_of(table, &whole)))
    }

    pub(super) fn lookup_in(&mut self, keys: Vec<StepIx>, tree: Arc<Node>) -> StepIx {
        let when = match (tree.has_gap(), &*tree) {
            (_, Node::Leaf(Leaf::Missing)) => CheckIx::NEVER,
            (false, _) => CheckIx::ALWAYS,
            (true, _) => self.check(Check::Covered { keys: keys.clone(), tree: tree.clone() }),
        };
        self.strict(Operation::Lookup { keys: keys.clone(), tree }, &keys, when)
    }

    pub(super) fn eap(&mut self, model: &Arc<Model>, need: usize, sd: bool) -> StepIx {
        let items = model.items.iter();
        let answers: Vec<StepIx> = items.map(|item| self.number(&item.answer)).collect();
        let listed = |(of, values): (&StepIx, &Vec<f64>)| Check::Listed {
            of: *of,
            values: values.clone(),
            exact: false,
        };
        let values = model.items.iter().map(|item| &item.values);
        let checks = answers.iter().zip(values).map(listed).collect::<Vec<_>>();
        let given = checks.into_iter().map(|check| self.check(check)).collect();
        let when = self.at_least(need, given);
        self.counted(Operation::Eap { answers, model: model.clone(), sd }, when)
    }
}
