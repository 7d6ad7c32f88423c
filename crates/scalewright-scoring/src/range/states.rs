//! What a node can come to, its operands gone through one by one.
//!
//! After each operand only what later ones can still change the result by is kept: sums so far, the answers that a
//! condition still asks for. What agrees in that is one state, so that their number stays small where every pattern of
//! answers would be too many to go through.

use std::collections::{BTreeMap, HashSet};

use super::graph::{Graph, Op};
use super::outcome::{self, Gathered, Likely};
use super::work::Work;
use super::{Set, key_of};
use scalewright_model::Expr;

/// Numbers that are kept at a time.
const MOST_KEPT: usize = 1 << 21;

/// What the node `root` can come to, given what the modules below it can be; nothing where that is too much work.
pub(super) fn of(graph: &Graph<'_>, root: usize, sets: &[Option<Set>], work: &Work) -> Option<Set> {
    let plan = StateSearch::of(graph, root, sets, work)?;
    work.spend(plan.locals.len() * 40)?;
    let mut rows = Rows { width: 0, count: 1, numbers: Vec::new() };
    let mut bench = Bench {
        values: plan.constants.clone(),
        gathered: vec![[0.0; 3]; plan.locals.len()],
        args: Vec::new(),
    };
    for step in &plan.steps {
        rows = plan.step(step, &rows, &mut bench, work)?;
    }
    let mut values: Vec<f64> = rows.numbers;
    let missing = values.iter().any(|value| value.is_nan());
    values.retain(|value| !value.is_nan());
    Some(Set { values: super::distinct(values.into_iter()), missing })
}

/// Choices farther above a node than this are not looked at: to keep more than is needed does no harm.
const FARTHEST_GUARD: usize = 50;

/// How the states of a node are gone through.
struct StateSearch<'g, 'a> {
    graph: &'g Graph<'a>,
    /// The nodes it is about: modules first, then those in between, each after its operands.
    locals: Vec<usize>,
    /// The operands of each, in the same numbering.
    below: Vec<Vec<usize>>,
    /// What is always the same.
    constants: Vec<f64>,
    /// How likely each answer to the items of a model is.
    models: BTreeMap<usize, Likely>,
    steps: Vec<SearchStep>,
}

/// One operand more.
struct SearchStep {
    /// Which, and what it can be; none where everything is constant.
    operand: Option<(usize, Vec<f64>)>,
    actions: Vec<Action>,
    /// What is kept before it, and after it.
    before: Vec<Slot>,
    after: Vec<Slot>,
}

#[derive(Clone, Copy)]
enum Action {
    /// Begins to gather.
    Start(usize),
    /// Gathers the operand at a place, after which so many are to come.
    Gather { node: usize, place: usize, open: usize },
    /// Nothing more is to come.
    Finish(usize),
}

/// Something that is kept, unless the branch that it is for is not taken.
#[derive(Clone)]
struct Slot {
    node: usize,
    is_gathered: bool,
    /// Conditions of choices, and the branch that it belongs to.
    guards: Vec<(usize, usize)>,
}

impl Slot {
    fn width(&self) -> usize {
        if self.is_gathered { 3 } else { 1 }
    }
}

/// States, a row each.
struct Rows {
    width: usize,
    count: usize,
    numbers: Vec<f64>,
}

/// Where a row is worked on.
struct Bench {
    values: Vec<f64>,
    gathered: Vec<Gathered>,
    args: Vec<f64>,
}

impl<'g, 'a> StateSearch<'g, 'a> {
    fn of(graph: &'g Graph<'a>, root: usize, sets: &[Option<Set>], work: &Work) -> Option<Self> {
        let (modules, between) = reached(graph, root);
        let locals: Vec<usize> = modules.iter().chain(&between).copied().collect();
        let numbers: BTreeMap<usize, usize> =
            locals.iter().enumerate().map(|(local, node)| (*node, local)).collect();
        let below = locals.iter().enumerate().map(|(local, node)| match local < modules.len() {
            true => Vec::new(),
            false => graph.nodes[*node].below.iter().map(|below| numbers[below]).collect(),
        });
        let mut plan = Self {
            graph,
            below: below.collect(),
            constants: vec![f64::NAN; locals.len()],
            models: BTreeMap::new(),
            locals,
            steps: Vec::new(),
        };
        plan.look_up_models(work)?;
        let mut operands = Vec::new();
        for (local, module) in modules.iter().enumerate() {
            let outcomes = sets[*module].as_ref()?.outcomes();
            match outcomes[..] {
                [] => return Some(Self { steps: Vec::new(), ..plan }),
                [only] => plan.constants[local] = only,
                _ => operands.push((local, outcomes)),
            }
        }
        plan.schedule(operands, modules.len(), &numbers);
        Some(plan)
    }

    fn look_up_models(&mut self, work: &Work) -> Option<()> {
        for local in 0..self.locals.len() {
            if let Op::Number(Expr::Eap { model, .. }) = self.op(local)
                && !self.below[local].is_empty()
            {
                self.models.insert(local, Likely::of(model, work)?);
            }
        }
        Some(())
    }

    fn op(&self, local: usize) -> Op<'a> {
        self.graph.nodes[self.locals[local]].op
    }

    /// When each node is finished, and what is kept from step to step.
    fn schedule(
        &mut self,
        operands: Vec<(usize, Vec<f64>)>,
        modules: usize,
        numbers: &BTreeMap<usize, usize>,
    ) {
        let steps = operands.len().max(1);
        let all = self.locals.len();
        let mut done = vec![0; all];
        for (step, (local, _)) in operands.iter().enumerate() {
            done[*local] = step;
        }
        let mut actions: Vec<Vec<Action>> = vec![Vec::new(); steps];
        let (mut first, mut last_use) = (vec![usize::MAX; all], vec![0; all]);
        for node in modules..all {
            let mut when: Vec<usize> = self.below[node].iter().map(|below| done[*below]).collect();
            if outcome::in_order(self.op(node)) {
                let mut latest = 0;
                for step in &mut when {
                    latest = latest.max(*step);
                    *step = latest;
                }
            }
            done[node] = when.iter().copied().max().unwrap_or(0);
            let gathers = outcome::gathers(self.op(node));
            if gathers {
                first[node] = when.iter().copied().min().unwrap_or(0);
                actions[first[node]].push(Action::Start(node));
                let mut order: Vec<usize> = (0..when.len()).collect();
                order.sort_by_key(|place| when[*place]);
                for (nth, place) in order.into_iter().enumerate() {
                    let open = when.len() - nth - 1;
                    actions[when[place]].push(Action::Gather { node, place, open });
                }
            }
            actions[done[node]].push(Action::Finish(node));
            for (below, when) in self.below[node].iter().zip(when) {
                let used = if gathers { when } else { done[node] };
                last_use[*below] = last_use[*below].max(used);
            }
        }
        last_use[all - 1] = usize::MAX;
        self.keep(operands, actions, (&done, &first, &last_use), numbers);
    }

    fn keep(
        &mut self,
        operands: Vec<(usize, Vec<f64>)>,
        actions: Vec<Vec<Action>>,
        (done, first, last_use): (&[usize], &[usize], &[usize]),
        numbers: &BTreeMap<usize, usize>,
    ) {
        let steps = actions.len();
        let mut kept: Vec<Vec<Slot>> = vec![Vec::new(); steps + 1];
        let constant = |node: usize| !self.constants[node].is_nan();
        for node in 0..self.locals.len() {
            let guards = self.guards(node, numbers);
            let mut keep = |from: usize, until: usize, is_gathered: bool| {
                for step in from..until.min(steps) {
                    let known = guards.iter().filter(|(test, _)| done[*test] <= step);
                    let slot = Slot { node, is_gathered, guards: known.copied().collect() };
                    kept[step + 1].push(slot);
                }
            };
            if !constant(node) {
                keep(done[node], last_use[node], false);
            }
            if first[node] != usize::MAX {
                keep(first[node], done[node], true);
            }
        }
        let mut operands = operands.into_iter();
        for (step, actions) in actions.into_iter().enumerate() {
            let (before, after) = (kept[step].clone(), kept[step + 1].clone());
            self.steps.push(SearchStep { operand: operands.next(), actions, before, after });
        }
    }

    /// The branches of choices that a node is used in and nowhere else.
    fn guards(&self, local: usize, numbers: &BTreeMap<usize, usize>) -> Vec<(usize, usize)> {
        let mut guards = Vec::new();
        let nodes = &self.graph.nodes;
        let mut node = self.locals[local];
        for _ in 0..FARTHEST_GUARD {
            let gate = numbers.get(&nodes[node].gate).filter(|_| nodes[node].gate != node);
            let Some(gate) = gate else { break };
            let above = &nodes[nodes[node].gate];
            let place = above.below.iter().position(|below| *below == node);
            if let (Op::Number(Expr::If { .. }), 1, Some(place @ 1..)) =
                (above.op, nodes[node].uses, place)
                && let Some(test) = numbers.get(&above.below[0])
            {
                guards.push((*test, place));
            }
            node = self.locals[*gate];
        }
        guards
    }

    /// Goes on from every state with everything that the next operand can be.
    fn step(&self, step: &SearchStep, rows: &Rows, bench: &mut Bench, work: &Work) -> Option<Rows> {
        let width: usize = step.after.iter().map(Slot::width).sum();
        let mut next = Rows { width, count: 0, numbers: Vec::new() };
        let mut seen: HashSet<Box<[i64]>> = HashSet::new();
        let mut key = Vec::new();
        let once = [f64::NAN];
        let (operand, outcomes) = match &step.operand {
            Some((operand, outcomes)) => (Some(*operand), &outcomes[..]),
            None => (None, &once[..]),
        };
        let estimates = step.actions.iter().filter_map(|action| match action {
            Action::Finish(node) => self.models.get(node).map(Likely::steps),
            _ => None,
        });
        let cost = 6 + 2 * step.actions.len() + rows.width + 2 * width + estimates.sum::<usize>();
        for row in 0..rows.count {
            work.spend(cost.saturating_mul(outcomes.len()))?;
            let row = &rows.numbers[row * rows.width..(row + 1) * rows.width];
            for outcome in outcomes {
                bench.load(&step.before, row);
                if let Some(operand) = operand {
                    bench.values[operand] = *outcome;
                }
                step.actions.iter().for_each(|action| self.act(*action, bench));
                let start = next.numbers.len();
                bench.save(&step.after, &mut next.numbers);
                key.clear();
                key.extend(next.numbers[start..].iter().map(|number| key_of(*number)));
                if seen.contains(&key[..]) {
                    next.numbers.truncate(start);
                    continue;
                }
                seen.insert(key.as_slice().into());
                next.count += 1;
                if next.numbers.len() > MOST_KEPT {
                    return None;
                }
            }
        }
        Some(next)
    }

    fn act(&self, action: Action, bench: &mut Bench) {
        match action {
            Action::Start(node) => bench.gathered[node] = outcome::nothing(self.op(node)),
            Action::Gather { node, place, open } => {
                let value = bench.values[self.below[node][place]];
                outcome::gather(self.op(node), &mut bench.gathered[node], place, value, open);
            }
            Action::Finish(node) => {
                let op = self.op(node);
                bench.values[node] = if outcome::gathers(op) {
                    outcome::gathered(op, &bench.gathered[node])
                } else {
                    bench.args.clear();
                    bench.args.extend(self.below[node].iter().map(|below| bench.values[*below]));
                    match (op, self.models.get(&node)) {
                        (Op::Number(Expr::Eap { model, need, sd }), Some(likely)) => {
                            likely.estimate(model, &bench.args, *need, *sd).unwrap_or(f64::NAN)
                        }
                        _ => outcome::of(op, &bench.args),
                    }
                };
            }
        }
    }
}

impl Bench {
    fn load(&mut self, slots: &[Slot], row: &[f64]) {
        let mut at = 0;
        for slot in slots {
            if slot.is_gathered {
                self.gathered[slot.node].copy_from_slice(&row[at..at + 3]);
            } else {
                self.values[slot.node] = row[at];
            }
            at += slot.width();
        }
    }

    fn save(&self, slots: &[Slot], row: &mut Vec<f64>) {
        for slot in slots {
            let taken = |(test, branch): &(usize, usize)| match self.values[*test] {
                unknown if unknown.is_nan() => *branch == 3,
                0.0 => *branch == 2,
                _ => *branch == 1,
            };
            match (slot.guards.iter().all(taken), slot.is_gathered) {
                (true, true) => row.extend(self.gathered[slot.node]),
                (true, false) => row.push(self.values[slot.node]),
                (false, true) => row.extend([0.0; 3]),
                (false, false) => row.push(f64::NAN),
            }
        }
    }
}

/// The modules that a node is made of, in the order in which they are named, and the nodes between, which end with it.
fn reached(graph: &Graph<'_>, root: usize) -> (Vec<usize>, Vec<usize>) {
    let (mut modules, mut between) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            continue;
        }
        if graph.nodes[node].is_module && node != root {
            modules.push(node);
        } else {
            between.push(node);
            open.extend(in_order(graph, node).into_iter().rev());
        }
    }
    between.sort_unstable();
    (modules, between)
}

/// The operands of a node in the order in which they are gone through: what can be added at any time comes last, when
/// there is least to add it to.
fn in_order(graph: &Graph<'_>, node: usize) -> Vec<usize> {
    let mut below = graph.nodes[node].below.clone();
    let op = graph.nodes[node].op;
    if outcome::gathers(op) && !outcome::in_order(op) {
        below.sort_by_key(|&node| graph.nodes[node].is_module && graph.nodes[node].uses == 1);
    }
    below
}
