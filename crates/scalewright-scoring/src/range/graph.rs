//! The operands of a number or a condition, as a graph. Each answer and each score is in it once, so that it shows what
//! two parts share.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Expr, ItemIx, Operation, Test};

use crate::{Accepted, Program};

use super::work::{ItemSet, Work};

/// A number or a condition, with its operands.
pub(super) struct GraphNode<'a> {
    pub(super) op: Op<'a>,
    /// The positions of its operands, all before its own.
    pub(super) below: Vec<usize>,
    /// How often it is an operand of other nodes.
    pub(super) uses: usize,
    /// Its immediate dominator: the last node before it that is on every path from the root.
    pub(super) gate: usize,
    /// Its depth in the tree of dominators.
    depth: usize,
    /// Whether no node below it is used from outside, so that its possible values do not depend on the rest.
    pub(super) is_module: bool,
}

/// The operation of a node.
#[derive(Clone, Copy)]
pub(super) enum Op<'a> {
    /// A constant; `None` is missing.
    Constant(Option<f64>),
    /// The recorded answer to an item, whether or not it was asked.
    Given(&'a Accepted),
    /// Whether an option is chosen, whether or not the item was asked: 1 or 0, never missing.
    Chosen,
    /// A score that is a leaf, by its position: its formula is not part of the graph.
    Score(usize),
    /// The answer to a conditional item, with the value that counts if it was not asked. The operands are the condition
    /// and the recorded answer.
    Asked(Option<f64>),
    /// Any other number.
    Number(&'a Expr),
    /// Any other condition.
    Truth(&'a Test),
}

impl Op<'_> {
    /// The number of steps for computing it once, without its operands.
    fn operations(self) -> usize {
        match self {
            Self::Number(Expr::Eap { model, .. }) => {
                model.items.len().saturating_mul(model.points.len())
            }
            _ => 1,
        }
    }
}

/// The graph of a number or a condition. The root is the last node.
pub(super) struct Graph<'a> {
    pub(super) nodes: Vec<GraphNode<'a>>,
}

impl<'a> Graph<'a> {
    /// The graph of `root`; `None` if it is too large for the remaining work.
    pub(super) fn of(program: &'a Program, root: Operation<'a>, work: &Work) -> Option<Self> {
        let mut opening = Opening { program, work, leaves: BTreeSet::new(), open: BTreeSet::new() };
        opening.add(root);
        opening.settle()?;
        let Opening { leaves, open, .. } = opening;
        let mut builder = Builder {
            program,
            open,
            nodes: Vec::new(),
            answers: BTreeMap::new(),
            chosen: BTreeMap::new(),
            scores: BTreeMap::new(),
        };
        builder.all(leaves);
        builder.operation(root);
        work.spend(20 * builder.nodes.len())?;
        let mut graph = Self { nodes: builder.nodes };
        work.note(graph.nodes.iter().map(|node| node.op.operations()).sum());
        graph.find_gates();
        graph.find_modules();
        Some(graph)
    }

    pub(super) fn root(&self) -> usize {
        self.nodes.len() - 1
    }

    /// Finds dominators, from the root down (Cooper, Harvey & Kennedy 2001). One pass is enough, as there are no
    /// cycles.
    fn find_gates(&mut self) {
        let root = self.root();
        let mut gates: Vec<Option<usize>> = vec![None; self.nodes.len()];
        gates[root] = Some(root);
        for node in (0..=root).rev() {
            let gate = gates[node].unwrap_or(root);
            self.nodes[node].gate = gate;
            self.nodes[node].depth = if node == root { 0 } else { self.nodes[gate].depth + 1 };
            // Copied, because `common_gate` reads the nodes while they are changed.
            for below in self.nodes[node].below.clone() {
                self.nodes[below].uses += 1;
                gates[below] = Some(match gates[below] {
                    None => node,
                    Some(other) => self.common_gate(other, node),
                });
            }
        }
    }

    fn common_gate(&self, mut a: usize, mut b: usize) -> usize {
        while a != b {
            // The deeper node cannot dominate the other, so its dominator takes its place.
            if self.nodes[a].depth >= self.nodes[b].depth {
                a = self.nodes[a].gate;
            } else {
                b = self.nodes[b].gate;
            }
        }
        a
    }

    /// Finds modules. A node is a module if no node below it can be reached from the root without passing through it.
    fn find_modules(&mut self) {
        let mut highest: Vec<usize> = vec![usize::MAX; self.nodes.len()];
        for node in 0..self.nodes.len() {
            for &below in &self.nodes[node].below {
                let gate = self.nodes[self.nodes[below].gate].depth;
                highest[node] = highest[node].min(gate).min(highest[below]);
            }
            self.nodes[node].is_module = highest[node] >= self.nodes[node].depth;
        }
    }

    /// Whether the operands of a node are independent: each is a constant or a module of its own.
    pub(super) fn is_apart(&self, node: usize) -> bool {
        let below = &self.nodes[node].below;
        let mut seen = BTreeSet::new();
        let constant = |node: usize| matches!(self.nodes[node].op, Op::Constant(_));
        below
            .iter()
            // An operand that occurs twice is not independent of itself: `x - x` is always 0.
            .all(|&node| constant(node) || (self.nodes[node].is_module && seen.insert(node)))
    }
}

/// An answer or a score, by its position.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum GraphLeaf {
    Item(ItemIx),
    Score(usize),
}

/// Finds the scores whose formulas must be part of the graph, because they share an item with another operand.
struct Opening<'a, 'b> {
    program: &'a Program,
    work: &'b Work,
    leaves: BTreeSet<GraphLeaf>,
    /// The scores whose formulas are part of the graph.
    open: BTreeSet<usize>,
}

impl<'a> Opening<'a, '_> {
    fn add(&mut self, root: Operation<'a>) {
        let mut fresh = operands(self.program, root);
        while let Some(leaf) = fresh.pop() {
            let is_open =
                matches!(leaf, GraphLeaf::Score(position) if self.open.contains(&position));
            if is_open || !self.leaves.insert(leaf) {
                continue;
            }
            if let GraphLeaf::Item(item) = leaf
                && let Some(asked) = self.program.answer(item).and_then(|a| a.asked.as_ref())
            {
                fresh.extend(operands(self.program, Operation::Truth(&asked.when)));
            }
        }
    }

    /// Opens scores until none of them shares an item with another leaf; `None` if that takes too much work.
    fn settle(&mut self) -> Option<()> {
        // Repeated, because the operands of an opened score may share items with other leaves.
        loop {
            let (mut once, mut twice) = (ItemSet::default(), ItemSet::default());
            let mut scores = Vec::new();
            self.work.spend(20 * self.leaves.len())?;
            for leaf in &self.leaves {
                let items = match leaf {
                    GraphLeaf::Item(item) => ItemSet::of(*item).into(),
                    GraphLeaf::Score(position) => self.work.items(self.program, *position)?,
                };
                // Before `once` gets these items, or each of them would appear to be shared.
                twice.add_common(&once, &items);
                once.add(&items);
                if let GraphLeaf::Score(position) = leaf {
                    scores.push((*position, items));
                }
            }
            scores.retain(|(_, items)| items.intersects(&twice));
            if scores.is_empty() {
                return Some(());
            }
            for (position, _) in scores {
                self.leaves.remove(&GraphLeaf::Score(position));
                self.open.insert(position);
                let program = self.program;
                self.add(program.scores[position].formula.root());
            }
        }
    }
}

/// The answers and scores that an operation refers to.
fn operands(program: &Program, root: Operation<'_>) -> Vec<GraphLeaf> {
    let (mut scales, mut items) = (Vec::new(), Vec::new());
    root.operands(&mut scales, &mut items);
    let scores =
        scales.into_iter().filter_map(|scale| program.position(scale)).map(GraphLeaf::Score);
    scores.chain(items.into_iter().map(GraphLeaf::Item)).collect()
}

struct Builder<'a> {
    program: &'a Program,
    open: BTreeSet<usize>,
    nodes: Vec<GraphNode<'a>>,
    /// The answers; for items with several choices, the condition under which they are asked.
    answers: BTreeMap<ItemIx, usize>,
    /// For options of items with several choices, whether they are chosen.
    chosen: BTreeMap<(ItemIx, usize), usize>,
    scores: BTreeMap<usize, usize>,
}

impl<'a> Builder<'a> {
    /// Builds the nodes of all answers and scores, each after its operands. The walk has its own stack instead of
    /// recursing, because a definition may contain a chain of scales of any length.
    fn all(&mut self, leaves: BTreeSet<GraphLeaf>) {
        let mut open: Vec<GraphLeaf> = self.open.iter().copied().map(GraphLeaf::Score).collect();
        open.extend(leaves);
        while let Some(&leaf) = open.last() {
            // The stack may contain a leaf several times: once built, it is only removed.
            let waiting: Vec<GraphLeaf> = self
                .operands(leaf)
                .into_iter()
                .filter(|operand| !self.is_built(*operand))
                .collect();
            if waiting.is_empty() || self.is_built(leaf) {
                open.pop();
                self.leaf(leaf);
            } else {
                open.extend(waiting);
            }
        }
    }

    fn is_built(&self, leaf: GraphLeaf) -> bool {
        match leaf {
            GraphLeaf::Item(item) => self.answers.contains_key(&item),
            GraphLeaf::Score(position) => self.scores.contains_key(&position),
        }
    }

    fn operands(&self, leaf: GraphLeaf) -> Vec<GraphLeaf> {
        match leaf {
            GraphLeaf::Item(item) => {
                let asked = self.program.answer(item).and_then(|answer| answer.asked.as_ref());
                asked.map_or(Vec::new(), |asked| {
                    operands(self.program, Operation::Truth(&asked.when))
                })
            }
            GraphLeaf::Score(position) if self.open.contains(&position) => {
                operands(self.program, self.program.scores[position].formula.root())
            }
            GraphLeaf::Score(_) => Vec::new(),
        }
    }

    fn leaf(&mut self, leaf: GraphLeaf) {
        if self.is_built(leaf) {
            return;
        }
        match leaf {
            GraphLeaf::Item(item) => {
                let node = self.item(item);
                self.answers.insert(item, node);
            }
            GraphLeaf::Score(position) => {
                let program = self.program;
                let node = match self.open.contains(&position) {
                    true => self.operation(program.scores[position].formula.root()),
                    false => self.node(Op::Score(position), Vec::new()),
                };
                self.scores.insert(position, node);
            }
        }
    }

    fn item(&mut self, item: ItemIx) -> usize {
        let program = self.program;
        let Some(answer) = program.answer(item) else {
            return self.node(Op::Constant(None), Vec::new());
        };
        if let Accepted::Choices(_) = answer.accepted {
            return match &answer.asked {
                Some(asked) => self.operation(Operation::Truth(&asked.when)),
                None => self.node(Op::Constant(Some(1.0)), Vec::new()),
            };
        }
        let given = Op::Given(&answer.accepted);
        let Some(asked) = &answer.asked else { return self.node(given, Vec::new()) };
        let when = self.operation(Operation::Truth(&asked.when));
        let given = self.node(given, Vec::new());
        let otherwise = asked.otherwise.filter(|value| answer.accepted.contains(*value));
        self.node(Op::Asked(otherwise), vec![when, given])
    }

    /// Whether an option of an item with several choices is chosen. Each option is independent of the others.
    fn chosen(&mut self, item: ItemIx, option: usize) -> usize {
        if let Some(built) = self.chosen.get(&(item, option)) {
            return *built;
        }
        let asked = self.program.answer(item).is_some_and(|answer| answer.asked.is_some());
        let chosen = self.node(Op::Chosen, Vec::new());
        let node = match self.answers.get(&item) {
            Some(when) if asked => self.node(Op::Asked(Some(0.0)), vec![*when, chosen]),
            _ => chosen,
        };
        self.chosen.insert((item, option), node);
        node
    }

    fn node(&mut self, op: Op<'a>, below: Vec<usize>) -> usize {
        self.nodes.push(GraphNode { op, below, uses: 0, gate: 0, depth: 0, is_module: false });
        self.nodes.len() - 1
    }

    fn score(&mut self, scale: scalewright_model::ScaleIx) -> usize {
        let built = self.program.position(scale).and_then(|at| self.scores.get(&at).copied());
        built.unwrap_or_else(|| self.node(Op::Constant(None), Vec::new()))
    }

    fn operation(&mut self, operation: Operation<'a>) -> usize {
        let op = match operation {
            Operation::Number(Expr::Number(value)) => {
                return self.node(Op::Constant(Some(*value)), Vec::new());
            }
            Operation::Truth(Test::Truth(truth)) => {
                let value = f64::from(u8::from(*truth));
                return self.node(Op::Constant(Some(value)), Vec::new());
            }
            Operation::Number(Expr::Missing) | Operation::Truth(Test::Missing) => {
                return self.node(Op::Constant(None), Vec::new());
            }
            Operation::Number(Expr::Answer(item)) => {
                let built = self.answers.get(item).copied();
                return built.unwrap_or_else(|| self.node(Op::Constant(None), Vec::new()));
            }
            Operation::Number(Expr::Chosen { item, option }) => {
                return self.chosen(*item, *option);
            }
            Operation::Number(Expr::Score(scale)) | Operation::Truth(Test::Flag(scale)) => {
                return self.score(*scale);
            }
            Operation::Number(expr) => Op::Number(expr),
            Operation::Truth(test) => Op::Truth(test),
        };
        let below = operation.children().into_iter().map(|child| self.operation(child)).collect();
        self.node(op, below)
    }
}
