//! From a program to its normal form.

use std::sync::Arc;

use scalewright_model::{
    Aggregate, AggregateKind, Comparison, Expr, Fill, Formula, Function, Instrument, ItemIx, Model,
    Operator, ScaleIx, TOLERANCE, Table, Test,
};

use super::share::Shared;
use super::tree::{self, Leaf, Node};
use super::{Check, CheckIx, Normal, Operation, Output, Part, StepIx, Truth};
use crate::program::Step;
use crate::{Program, rounded};

/// The natural logarithm of the highest double.
const HIGHEST_LN: f64 = 709.782_712;

pub(super) fn build(program: &Program, instrument: &Instrument) -> Normal {
    let mut shared = Shared::new(program, instrument.items.len());
    // In the order of the program, so that nothing is worked out from within something else, however long a chain is.
    for step in &program.order {
        match *step {
            Step::Ask(item) => {
                shared.answer(item);
            }
            Step::Score(position) => {
                let output = shared.output(&program.scores[position].formula);
                shared.normal.scores.push(output);
            }
        }
    }
    for (index, item) in instrument.items.iter().enumerate() {
        shared.answer(ItemIx(index));
        shared.normal.asked[index] = item.ask.as_ref().map(|ask| shared.test(&ask.when));
    }
    shared.normal
}

impl Shared<'_> {
    fn output(&mut self, formula: &Formula) -> Output {
        match formula {
            Formula::Number(expr) => Output::Number(self.number(expr)),
            Formula::Truth(test) => Output::Truth(self.test(test)),
            Formula::Word { position, words } => {
                Output::Word { position: self.number(position), words: words.clone() }
            }
        }
    }

    fn number(&mut self, expr: &Expr) -> StepIx {
        match expr {
            Expr::Number(value) => self.constant(*value),
            Expr::Missing => self.missing(),
            Expr::Answer(item) => self.answer(*item),
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

    fn numbers(&mut self, exprs: &[Expr]) -> Vec<StepIx> {
        exprs.iter().map(|expr| self.number(expr)).collect()
    }

    /// An operation that has a value where `when` is true.
    fn counted(&mut self, operation: Operation, when: CheckIx) -> StepIx {
        self.strict(operation, &[], when)
    }

    /// The answer to an item, with what counts where it was not asked.
    fn answer(&mut self, item: ItemIx) -> StepIx {
        if let Some(step) = self.normal.answers[item.0] {
            return step;
        }
        let program = self.program;
        let Some(answer) = program.answer(item) else { return self.missing() };
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
                self.choose(truth, given, otherwise, given)
            }
        };
        self.normal.answers[item.0] = Some(step);
        step
    }

    fn arithmetic(&mut self, operator: Operator, left: StepIx, right: StepIx) -> StepIx {
        let when = match operator {
            Operator::Divide | Operator::Modulo => self.divides(right),
            Operator::Add | Operator::Subtract | Operator::Multiply => CheckIx::ALWAYS,
        };
        self.strict(Operation::Arithmetic { operator, left, right }, &[left, right], when)
    }

    /// Where a divisor is not 0. It is asked only where its range comes close to 0.
    fn divides(&mut self, divisor: StepIx) -> CheckIx {
        let facts = self.facts(divisor);
        match self.normal.constant(divisor) {
            Some(value) if value.abs() <= 1e-12 => CheckIx::NEVER,
            Some(_) => CheckIx::ALWAYS,
            None if facts.low > TOLERANCE || facts.high < -TOLERANCE => CheckIx::ALWAYS,
            None => self.check(Check::NonZero(divisor)),
        }
    }

    fn apply(&mut self, function: Function, of: StepIx) -> StepIx {
        let facts = self.facts(of);
        let positive = facts.low > TOLERANCE;
        let limit = match function {
            Function::Sqrt if !positive && !(facts.whole && facts.low >= 0.0) => {
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
                self.check(Check::Compare { comparison, left: of, right, exact: true })
            }
        };
        self.strict(Operation::Apply { function, of }, &[of], when)
    }

    /// Rounded; what is chosen from tables alone is rounded in the tables.
    fn round(&mut self, of: StepIx, decimals: u32) -> StepIx {
        match self.rounded_within(of, decimals) {
            Some(step) => step,
            None => self.strict(Operation::Round { of, decimals }, &[of], CheckIx::ALWAYS),
        }
    }

    fn rounded_within(&mut self, of: StepIx, decimals: u32) -> Option<StepIx> {
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
                Some(self.step(Operation::Choose { cases, otherwise }, step.known, step.when))
            }
            _ => None,
        }
    }

    fn recode(
        &mut self,
        of: StepIx,
        (table, other, missing): (&[(f64, f64)], Option<f64>, Option<f64>),
    ) -> StepIx {
        let exact = self.facts(of).whole;
        // A whole number is never one that is not.
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
                let truth = Truth { yes: known, no: not, known: CheckIx::ALWAYS };
                self.choose(truth, recoded, missing, missing)
            }
            _ => recoded,
        }
    }

    fn lookup(&mut self, keys: Vec<StepIx>, table: &Table) -> StepIx {
        let whole: Vec<bool> = keys.iter().map(|key| self.facts(*key).whole).collect();
        self.lookup_in(keys, Arc::new(tree::tree_of(table, &whole)))
    }

    fn lookup_in(&mut self, keys: Vec<StepIx>, tree: Arc<Node>) -> StepIx {
        let when = match (tree.has_gap(), &*tree) {
            (_, Node::Leaf(Leaf::Missing)) => CheckIx::NEVER,
            (false, _) => CheckIx::ALWAYS,
            (true, _) => self.check(Check::Covered { keys: keys.clone(), tree: tree.clone() }),
        };
        self.strict(Operation::Lookup { keys: keys.clone(), tree }, &keys, when)
    }

    fn eap(&mut self, model: &Arc<Model>, need: usize, sd: bool) -> StepIx {
        let items = model.items.iter();
        let answers: Vec<StepIx> = items.map(|item| self.number(&item.answer)).collect();
        let listed = |(of, values): (&StepIx, &Vec<f64>)| Check::Listed {
            of: *of,
            values: values.clone(),
            exact: false,
        };
        let values = model.items.iter().map(|item| &item.values);
        let checks = answers.iter().zip(values).map(listed).collect::<Vec<_>>();
        let there = checks.into_iter().map(|check| self.check(check)).collect();
        let when = self.at_least(need, there);
        self.counted(Operation::Eap { answers, model: model.clone(), sd }, when)
    }

    fn aggregate(&mut self, aggregate: &Aggregate) -> StepIx {
        let Aggregate { kind, terms, weights, need, mandatory: _, fill: _ } = aggregate;
        let terms = self.numbers(terms);
        if terms.is_empty() {
            return self.missing();
        }
        let adds = matches!(kind, AggregateKind::Sum | AggregateKind::Mean);
        let known: Vec<CheckIx> = terms.iter().map(|term| self.exists(*term)).collect();
        let terms = match weights {
            Some(weights) if adds => self.weighted(&terms, weights),
            _ => terms,
        };
        if adds && *need >= terms.len() {
            return self.complete(*kind, terms);
        }
        let when = self.enough(aggregate, &known);
        let parts = terms.iter().enumerate();
        let parts = parts.map(|(at, of)| Part { of: *of, stand_in: stand_in(aggregate, at) });
        let parts = parts.collect::<Vec<_>>();
        self.combined(aggregate, parts, when)
    }

    fn weighted(&mut self, terms: &[StepIx], weights: &[f64]) -> Vec<StepIx> {
        let weighted = terms.iter().zip(weights).map(|(term, weight)| match weight {
            1.0 => *term,
            _ => {
                let weight = self.constant(*weight);
                self.arithmetic(Operator::Multiply, *term, weight)
            }
        });
        weighted.collect()
    }

    /// The sum or mean of terms that are all needed.
    fn complete(&mut self, kind: AggregateKind, terms: Vec<StepIx>) -> StepIx {
        let sum = match terms[..] {
            [only] => only,
            _ => self.strict(Operation::Sum(terms.clone()), &terms, CheckIx::ALWAYS),
        };
        match kind {
            AggregateKind::Mean => self.over_all(sum, terms.len()),
            _ => sum,
        }
    }

    fn over_all(&mut self, sum: StepIx, terms: usize) -> StepIx {
        #[expect(clippy::cast_precision_loss, reason = "a count of terms")]
        let terms = self.constant(terms as f64);
        self.arithmetic(Operator::Divide, sum, terms)
    }

    /// Where enough terms are known, and those that must be.
    fn enough(&mut self, aggregate: &Aggregate, known: &[CheckIx]) -> CheckIx {
        let enough = self.at_least(aggregate.need.max(1), known.to_vec());
        if aggregate.need >= known.len() {
            return enough;
        }
        let mandatory = aggregate.mandatory.iter().map(|at| known[*at]);
        let all = std::iter::once(enough).chain(mandatory).collect();
        self.all(all)
    }

    fn combined(&mut self, aggregate: &Aggregate, parts: Vec<Part>, when: CheckIx) -> StepIx {
        let all = parts.len();
        let combine = |kind, times, parts: Vec<Part>| Operation::Combine { kind, parts, times };
        match (aggregate.kind, &aggregate.fill) {
            (AggregateKind::Mean, Fill::Nothing | Fill::PersonMean) => {
                self.counted(combine(AggregateKind::Mean, 1.0, parts), when)
            }
            #[expect(clippy::cast_precision_loss, reason = "a count of terms")]
            (AggregateKind::Sum, Fill::PersonMean) => {
                self.counted(combine(AggregateKind::Mean, all as f64, parts), when)
            }
            (AggregateKind::Mean, Fill::Constant(_) | Fill::Each(_)) => {
                let sum = self.counted(combine(AggregateKind::Sum, 1.0, parts), when);
                self.over_all(sum, all)
            }
            (kind, _) => self.counted(combine(kind, 1.0, parts), when),
        }
    }

    /// The highest of the lengths of the runs that end at each term.
    fn longest_run(&mut self, terms: &[Expr]) -> StepIx {
        let terms = self.numbers(terms);
        let (one, none) = (self.constant(1.0), self.constant(0.0));
        let known: Vec<CheckIx> = terms.iter().map(|term| self.exists(*term)).collect();
        let mut runs: Vec<StepIx> = Vec::new();
        for (at, (term, known)) in terms.iter().zip(&known).enumerate() {
            let mut cases = vec![(*known, one)];
            if let Some(before) = at.checked_sub(1) {
                let (same, longer) = (
                    self.compare(Comparison::Equal, terms[before], *term).yes,
                    self.arithmetic(Operator::Add, runs[before], one),
                );
                cases.insert(0, (same, longer));
            }
            let run = Operation::Choose { cases, otherwise: none };
            runs.push(self.step(run, CheckIx::ALWAYS, CheckIx::ALWAYS));
        }
        let parts = runs.into_iter().map(|of| Part { of, stand_in: None }).collect::<Vec<_>>();
        let when = self.any(known);
        let kind = AggregateKind::Max;
        self.counted(Operation::Combine { kind, parts, times: 1.0 }, when)
    }

    /// One of three steps; those that cannot be chosen are left out.
    pub(super) fn choose(
        &mut self,
        truth: Truth,
        then: StepIx,
        otherwise: StepIx,
        unknown: StepIx,
    ) -> StepIx {
        let Truth { yes, no, known } = truth;
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

    /// Where the step that is chosen has a value.
    fn chosen_known(&mut self, Truth { yes, no, known }: Truth, steps: [StepIx; 3]) -> CheckIx {
        let [then, otherwise, unknown] = steps.map(|step| self.exists(step));
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

    fn tests(&mut self, tests: &[Test]) -> Vec<Truth> {
        tests.iter().map(|test| self.test(test)).collect()
    }

    pub(super) fn test(&mut self, test: &Test) -> Truth {
        const TRUE: Truth =
            Truth { yes: CheckIx::ALWAYS, no: CheckIx::NEVER, known: CheckIx::ALWAYS };
        match test {
            Test::Truth(true) => TRUE,
            Test::Truth(false) => opposite(TRUE),
            Test::Missing => {
                Truth { yes: CheckIx::NEVER, no: CheckIx::NEVER, known: CheckIx::NEVER }
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

    /// That a check is false, as a condition that is always known.
    fn absent(&mut self, check: CheckIx) -> Truth {
        Truth { yes: self.not(check), no: check, known: CheckIx::ALWAYS }
    }

    fn compare(&mut self, comparison: Comparison, left: StepIx, right: StepIx) -> Truth {
        let (comparison, left, right) = match self.normal.constant(left) {
            Some(_) => (comparison.turned(), right, left),
            None => (comparison, left, right),
        };
        let known = [left, right].map(|side| self.exists(side));
        let known = self.all(known.to_vec());
        if known == CheckIx::NEVER {
            return Truth { yes: known, no: known, known };
        }
        let exact = self.facts(left).whole && self.facts(right).whole;
        let check = |comparison| Check::Compare { comparison, left, right, exact };
        let (yes, no) = (check(comparison), check(comparison.opposite()));
        Truth { yes: self.check(yes), no: self.check(no), known }
    }

    /// True as soon as enough are true, false as soon as enough cannot be.
    fn at_least_true(&mut self, count: usize, tests: &[Test]) -> Truth {
        let truths = self.tests(tests);
        let yes = self.at_least(count, truths.iter().map(|truth| truth.yes).collect());
        let spare = (truths.len() + 1).saturating_sub(count);
        let no = truths.iter().map(|truth| truth.no).collect();
        let always = truths.iter().all(|truth| truth.known == CheckIx::ALWAYS);
        let counts = 1 < count && count < truths.len();
        // Counting those that are true once more is shorter where all are known.
        let no = if always && counts { self.not(yes) } else { self.at_least(spare, no) };
        let known = if always { CheckIx::ALWAYS } else { self.any(vec![yes, no]) };
        Truth { yes, no, known }
    }

    fn flag_of(&mut self, scale: ScaleIx) -> Truth {
        let never = Truth { yes: CheckIx::NEVER, no: CheckIx::NEVER, known: CheckIx::NEVER };
        let Some(position) = self.program.position(scale) else { return never };
        match self.normal.scores[position] {
            Output::Truth(truth) => self.flag(position, truth),
            Output::Number(_) | Output::Word { .. } => {
                let (score, zero) = (self.score(position), self.constant(0.0));
                self.compare(Comparison::Unequal, score, zero)
            }
        }
    }

    /// The truth of the score at a position, by its name.
    pub(super) fn flag(&mut self, score: usize, truth: Truth) -> Truth {
        let named = |shared: &mut Self, check: CheckIx, name: Check| match check {
            CheckIx::NEVER | CheckIx::ALWAYS => check,
            _ => shared.check(name),
        };
        Truth {
            yes: named(self, truth.yes, Check::Flag { score, truth: true }),
            no: named(self, truth.no, Check::Flag { score, truth: false }),
            known: named(self, truth.known, Check::Decided(score)),
        }
    }
}

/// What stands in for the term at a position, weighted like it.
fn stand_in(aggregate: &Aggregate, at: usize) -> Option<f64> {
    let weight = match (aggregate.kind, &aggregate.weights) {
        (AggregateKind::Sum | AggregateKind::Mean, Some(weights)) => weights[at],
        _ => 1.0,
    };
    match &aggregate.fill {
        Fill::Constant(value) => Some(value * weight),
        Fill::Each(each) => Some(each[at] * weight),
        Fill::Nothing if aggregate.kind == AggregateKind::Sum => Some(0.0),
        Fill::Nothing | Fill::PersonMean => None,
    }
}

fn opposite(Truth { yes, no, known }: Truth) -> Truth {
    Truth { yes: no, no: yes, known }
}
