//! The possible values of a node, found by enumerating its operands one by one.
//!
//! After each operand, only the numbers that later steps still need are stored: sums so far, and the answers that a
//! condition still uses. Patterns of answers that agree in these numbers are one state. So the number of states stays
//! small even if there are far too many patterns to enumerate.

use std::collections::{BTreeMap, HashSet};

use super::graph::{Graph, Op};
use super::outcome::{self, Gathered, Likely};
use super::work::Work;
use super::{Set, key_of};
use scalewright_model::Expr;

/// At most this many numbers are stored for all states together.
const MOST_KEPT: usize = 1 << 21;

/// The possible values of the node `root`, given those of the modules below it; `None` if that takes too much work.
pub(super) fn of(graph: &Graph<'_>, root: usize, sets: &[Option<Set>], work: &Work) -> Option<Set> {
    let search = StateSearch::of(graph, root, sets, work)?;
    work.spend(search.locals.len() * 40)?;
    let mut rows = States { width: 0, count: 1, numbers: Vec::new() };
    let mut scratch = Scratch {
        values: search.constants.clone(),
        gathered: vec![[0.0; 3]; search.locals.len()],
        args: Vec::new(),
    };
    for step in &search.steps {
        rows = search.step(step, &rows, &mut scratch, work)?;
    }
    // After the last step, each state is a single number: the value of the root.
    let mut values: Vec<f64> = rows.numbers;
    let missing = values.iter().any(|value| value.is_nan());
    values.retain(|value| !value.is_nan());
    Some(Set { values: super::distinct(values.into_iter()), missing })
}

/// Only choices up to this far above a node are considered as guards. Storing more than necessary is harmless.
const FARTHEST_GUARD: usize = 50;

/// The plan for enumerating the states of a node. Its nodes have local numbers: positions in `locals`.
struct StateSearch<'g, 'a> {
    graph: &'g Graph<'a>,
    /// The nodes concerned: first modules, then the nodes between them and the root, each after its operands.
    locals: Vec<usize>,
    /// The operands of each local node, as local numbers.
    below: Vec<Vec<usize>>,
    /// For each local node its value if that is constant, otherwise NaN.
    constants: Vec<f64>,
    /// For each local node that is an estimate, the probabilities of its model.
    models: BTreeMap<usize, Likely>,
    steps: Vec<SearchStep>,
}

/// One step of the enumeration, which adds one operand.
struct SearchStep {
    /// The operand and its possible values; `None` if all operands are constant.
    operand: Option<(usize, Vec<f64>)>,
    actions: Vec<Action>,
    /// The numbers stored before the step, and those stored after it.
    before: Vec<Slot>,
    after: Vec<Slot>,
}

#[derive(Clone, Copy)]
enum Action {
    /// Begins to gather the operands of a node.
    Start(usize),
    /// Adds the operand at position `place` to a node; `open` more operands follow.
    Gather { node: usize, place: usize, open: usize },
    /// Computes the value of a node, whose operands are complete.
    Finish(usize),
}

/// A value or intermediate result of a node that is stored, unless its branch of a choice is not taken.
#[derive(Clone)]
struct Slot {
    node: usize,
    is_gathered: bool,
    /// The conditions of choices above the node, each with the number of the branch that uses the node.
    guards: Vec<(usize, usize)>,
}

impl Slot {
    fn width(&self) -> usize {
        if self.is_gathered { 3 } else { 1 }
    }
}

/// The states, one row each.
struct States {
    width: usize,
    count: usize,
    numbers: Vec<f64>,
}

/// The values of all local nodes for the state that is being processed.
struct Scratch {
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
        let mut search = Self {
            graph,
            below: below.collect(),
            constants: vec![f64::NAN; locals.len()],
            models: BTreeMap::new(),
            locals,
            steps: Vec::new(),
        };
        search.look_up_models(work)?;
        let mut operands = Vec::new();
        for (local, module) in modules.iter().enumerate() {
            let outcomes = sets[*module].as_ref()?.outcomes();
            match outcomes[..] {
                // A module without any value: no state is possible, and without steps the result is the empty set.
                [] => return Some(Self { steps: Vec::new(), ..search }),
                [only] => search.constants[local] = only,
                _ => operands.push((local, outcomes)),
            }
        }
        search.schedule(operands, modules.len(), &numbers);
        Some(search)
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

    /// Plans in which step each node is computed, and which numbers are stored between steps.
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
            // An operand that is available early waits for those before it.
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
        // The root is stored to the end: it is the result.
        last_use[all - 1] = usize::MAX;
        self.keep(operands, actions, (&done, &first, &last_use), numbers);
    }

    /// Decides for each step which numbers are stored: values from their computation to their last use, and
    /// intermediate results while they are gathered.
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
                    // A guard helps only after the step that computes its condition.
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

    /// The branches of choices outside of which a node is not used, each with the condition of the choice.
    fn guards(&self, local: usize, numbers: &BTreeMap<usize, usize>) -> Vec<(usize, usize)> {
        let mut guards = Vec::new();
        let nodes = &self.graph.nodes;
        let mut node = self.locals[local];
        for _ in 0..FARTHEST_GUARD {
            let gate = numbers.get(&nodes[node].gate).filter(|_| nodes[node].gate != node);
            let Some(gate) = gate else { break };
            let above = &nodes[nodes[node].gate];
            let place = above.below.iter().position(|below| *below == node);
            // Used once only, or its value could matter outside of the branch. Operand 0 is the condition itself.
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

    /// Extends every state by every possible value of the next operand; `None` if that takes too much work.
    fn step(
        &self,
        step: &SearchStep,
        rows: &States,
        scratch: &mut Scratch,
        work: &Work,
    ) -> Option<States> {
        let width: usize = step.after.iter().map(Slot::width).sum();
        let mut next = States { width, count: 0, numbers: Vec::new() };
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
                scratch.load(&step.before, row);
                if let Some(operand) = operand {
                    scratch.values[operand] = *outcome;
                }
                step.actions.iter().for_each(|action| self.act(*action, scratch));
                let start = next.numbers.len();
                scratch.save(&step.after, &mut next.numbers);
                // Keys, not numbers, are compared: sums in another order differ by rounding errors.
                key.clear();
                key.extend(next.numbers[start..].iter().map(|number| key_of(*number)));
                // Looked up first, because inserting would allocate the key of every duplicate.
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

    fn act(&self, action: Action, scratch: &mut Scratch) {
        match action {
            Action::Start(node) => scratch.gathered[node] = outcome::nothing(self.op(node)),
            Action::Gather { node, place, open } => {
                let value = scratch.values[self.below[node][place]];
                outcome::gather(self.op(node), &mut scratch.gathered[node], place, value, open);
            }
            Action::Finish(node) => {
                let op = self.op(node);
                scratch.values[node] = if outcome::gathers(op) {
                    outcome::gathered(op, &scratch.gathered[node])
                } else {
                    let args = self.below[node].iter().map(|below| scratch.values[*below]);
                    scratch.args.clear();
                    scratch.args.extend(args);
                    match (op, self.models.get(&node)) {
                        (Op::Number(Expr::Eap { model, need, sd }), Some(likely)) => {
                            likely.estimate(model, &scratch.args, *need, *sd).unwrap_or(f64::NAN)
                        }
                        _ => outcome::of(op, &scratch.args),
                    }
                };
            }
        }
    }
}

impl Scratch {
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
            // Branches are numbered like the operands of a choice: 1 `then`, 2 `else`, 3 unknown.
            let taken = |(test, branch): &(usize, usize)| match self.values[*test] {
                unknown if unknown.is_nan() => *branch == 3,
                0.0 => *branch == 2,
                _ => *branch == 1,
            };
            // If the branch of a number is not taken, a fixed number replaces it, so that more states are equal.
            match (slot.guards.iter().all(taken), slot.is_gathered) {
                (true, true) => row.extend(self.gathered[slot.node]),
                (true, false) => row.push(self.values[slot.node]),
                (false, true) => row.extend([0.0; 3]),
                (false, false) => row.push(f64::NAN),
            }
        }
    }
}

/// The modules below a node, in the order of enumeration, and the nodes between them and it. The last of these is the
/// node itself.
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
            // Reversed, because the stack returns the last one first.
            open.extend(in_order(graph, node).into_iter().rev());
        }
    }
    // In the order of the graph, in which operands come first and the root last.
    between.sort_unstable();
    (modules, between)
}

/// The operands of a node in the order of enumeration. Operands that are used only here and can be added at any time
/// come last, when the fewest states have to be extended.
fn in_order(graph: &Graph<'_>, node: usize) -> Vec<usize> {
    let mut below = graph.nodes[node].below.clone();
    let op = graph.nodes[node].op;
    if outcome::gathers(op) && !outcome::in_order(op) {
        below.sort_by_key(|&node| graph.nodes[node].is_module && graph.nodes[node].uses == 1);
    }
    below
}
