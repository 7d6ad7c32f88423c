//! What an expression depends on: the questions and scores whose answers it reads.
//!
//! The result may name too many, never too few.

use std::collections::{BTreeMap, BTreeSet};

use super::ast::{Ast, Step};
use super::machine::{Context, Machine};
use super::operators::truth;
use super::scalar::{Datum, Evaluated};
use super::world::World;

/// A place in the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spot {
    /// An item.
    Item(usize),
    /// The answers to it.
    Answers(usize),
}

/// The items of the questionnaire whose answers are read.
pub(crate) type Nodes = BTreeSet<usize>;

/// What an expression reaches.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reached {
    /// The places that its result consists of.
    pub(crate) spots: Vec<Spot>,
    /// The items whose answers were read on the way.
    pub(crate) read: Nodes,
}

/// Finds what expressions of a questionnaire depend on.
pub(crate) struct Reach<'w> {
    world: &'w World,
    machine: Machine<'w>,
    variables: BTreeMap<usize, Option<Reached>>,
    /// The calculated item whose expression is just a variable, by variable.
    pub(crate) named: BTreeMap<usize, usize>,
    /// What finds nothing in the questionnaire, as clauses.
    pub(crate) doubts: Vec<String>,
    depth: u32,
}

impl<'w> Reach<'w> {
    pub(crate) fn new(world: &'w World) -> Self {
        let mut named = BTreeMap::new();
        for (position, calculated) in world.calculated.iter().enumerate() {
            if let Ok(Ast::Variable(name)) = &calculated.ast
                && let Some(variable) = world.variable(name, calculated.node)
            {
                named.entry(variable).or_insert(position);
            }
        }
        let machine = Machine::blank(world);
        Self { world, machine, variables: BTreeMap::new(), named, doubts: Vec::new(), depth: 0 }
    }

    /// Begins with another rule.
    pub(crate) fn begin(&mut self) {
        self.machine.rest();
        self.doubts.clear();
    }

    /// All items whose answers the result depends on.
    pub(crate) fn nodes(
        &mut self,
        ast: &Ast,
        at: usize,
        this: Option<&[Spot]>,
    ) -> Evaluated<Nodes> {
        let reached = self.reached(ast, at, this)?;
        Ok(self.all(reached))
    }

    /// The items that were read and those that the places contain.
    pub(crate) fn all(&self, reached: Reached) -> Nodes {
        let Reached { spots, mut read } = reached;
        for spot in spots {
            self.read(spot, &mut read);
        }
        read
    }

    fn read(&self, spot: Spot, read: &mut Nodes) {
        let inside = match spot {
            Spot::Item(node) => self.world.inside(node),
            Spot::Answers(node) => vec![node],
        };
        let nodes = &self.world.nodes;
        read.extend(
            inside
                .into_iter()
                .filter(|at| nodes[*at].question.is_some() || nodes[*at].score.is_some()),
        );
    }

    /// What an expression at an item reaches. `this` is `None` outside of functions that go through a collection.
    pub(crate) fn reached(
        &mut self,
        ast: &Ast,
        at: usize,
        this: Option<&[Spot]>,
    ) -> Evaluated<Reached> {
        self.machine.step(1)?;
        self.depth += 1;
        let reached = if self.depth > 300 {
            Err("it is nested too deeply".to_owned())
        } else {
            self.reached_inner(ast, at, this)
        };
        self.depth -= 1;
        reached
    }

    fn reached_inner(&mut self, ast: &Ast, at: usize, this: Option<&[Spot]>) -> Evaluated<Reached> {
        match ast {
            Ast::Number(_) | Ast::Text(_) | Ast::Truth(_) | Ast::Empty | Ast::Total => {
                Ok(Reached::default())
            }
            Ast::This => Ok(here(at, this)),
            Ast::Variable(name) => self.variable(name, at),
            Ast::Negative(of) => {
                let read = self.nodes(of, at, this)?;
                Ok(Reached { spots: Vec::new(), read })
            }
            Ast::Chain(first, rest) => {
                let mut read = self.nodes(first, at, this)?;
                for (_, right) in rest {
                    read.extend(self.nodes(right, at, this)?);
                }
                Ok(Reached { spots: Vec::new(), read })
            }
            Ast::Path(base, steps) => {
                let mut reached = match base {
                    Some(base) => self.reached(base, at, this)?,
                    None => here(at, this),
                };
                if let (None, [Step::Member(name)]) = (base, &steps[..])
                    && name == "null"
                {
                    self.doubts.push(
                        "`null` in the expression is the name of an element, and finds nothing"
                            .to_owned(),
                    );
                }
                for step in steps {
                    self.follow(&mut reached, step, at)?;
                }
                Ok(reached)
            }
        }
    }

    fn variable(&mut self, name: &str, at: usize) -> Evaluated<Reached> {
        match name {
            "resource" | "rootResource" => return Ok(here(0, None)),
            "context" => return Ok(here(at, None)),
            "questionnaire" | "qitem" => return Ok(Reached::default()),
            _ => {}
        }
        let Some(position) = self.world.variable(name, at) else {
            return Err(format!("there is no variable `%{name}`"));
        };
        match self.variables.get(&position) {
            Some(Some(known)) => return Ok(known.clone()),
            Some(None) => return Err(format!("the variable `%{name}` depends on itself")),
            None => {}
        }
        let variable = &self.world.variables[position];
        let ast = variable.ast.as_ref().map_err(|why| format!("`%{name}`: {why}"))?;
        self.variables.insert(position, None);
        let reached = self.reached(ast, variable.owner, None);
        match &reached {
            Ok(reached) => self.variables.insert(position, Some(reached.clone())),
            Err(_) => self.variables.remove(&position),
        };
        let reached = reached?;
        // A score is taken as a score, not as what it is computed from.
        Ok(match self.named.get(&position) {
            Some(score) => {
                let node = self.world.calculated[*score].node;
                Reached { spots: Vec::new(), read: Nodes::from([node]) }
            }
            None => reached,
        })
    }

    /// Follows a step of a path.
    pub(crate) fn follow(
        &mut self,
        reached: &mut Reached,
        step: &Step,
        at: usize,
    ) -> Evaluated<()> {
        self.machine.step(1 + reached.spots.len())?;
        match step {
            Step::Member(name) => self.member(reached, name),
            Step::Call(name, arguments) => self.call(reached, name, arguments, at)?,
            Step::Index(index) => {
                reached.read.extend(self.nodes(index, at, None)?);
                self.chosen(reached);
            }
        }
        Ok(())
    }

    fn member(&mut self, reached: &mut Reached, name: &str) {
        let mut next = Vec::new();
        for spot in std::mem::take(&mut reached.spots) {
            match (spot, name) {
                (Spot::Item(node), "item") => {
                    next.extend(self.world.nodes[node].children.iter().map(|c| Spot::Item(*c)));
                }
                (Spot::Answers(node), "item") => {
                    self.read(spot, &mut reached.read);
                    next.extend(self.world.nodes[node].children.iter().map(|c| Spot::Item(*c)));
                }
                (Spot::Item(node), "answer") => next.push(Spot::Answers(node)),
                (Spot::Item(0), "QuestionnaireResponse") => next.push(spot),
                (Spot::Item(_), _) => {}
                (Spot::Answers(node), _) => {
                    let of = &self.world.nodes[node];
                    if of.question.is_some() || of.score.is_some() {
                        reached.read.insert(node);
                    } else {
                        let doubt = format!(
                            "the expression reads the answer to `{}`, which has none",
                            of.link_id
                        );
                        self.doubts.push(doubt);
                    }
                }
            }
        }
        reached.spots = next;
    }

    /// A choice among several places depends on which of them there are.
    fn chosen(&self, reached: &mut Reached) {
        if reached.spots.len() > 1 {
            for spot in &reached.spots {
                self.read(*spot, &mut reached.read);
            }
        }
    }

    fn call(
        &mut self,
        reached: &mut Reached,
        name: &str,
        arguments: &[Ast],
        at: usize,
    ) -> Evaluated<()> {
        match (name, arguments) {
            ("where", [criterion]) => self.filter(reached, criterion, at)?,
            ("repeat" | "descendants" | "children", _) => {
                let inside: BTreeSet<Spot> = (reached.spots.iter())
                    .flat_map(|spot| {
                        let node = match spot {
                            Spot::Item(node) | Spot::Answers(node) => *node,
                        };
                        let all = self.world.inside(node).into_iter();
                        all.filter(move |at| *at != node)
                    })
                    .map(Spot::Item)
                    .collect();
                reached.spots = inside.into_iter().collect();
            }
            ("first" | "last" | "tail" | "single" | "distinct" | "trace", _) => {
                self.chosen(reached)
            }
            ("select", [of]) => {
                let spots = std::mem::take(&mut reached.spots);
                let inner = self.reached(of, at, Some(&spots))?;
                reached.read.extend(inner.read);
                reached.spots = inner.spots;
            }
            _ => {
                let spots = std::mem::take(&mut reached.spots);
                // A choice and a function without input do not read the place where they are called.
                if !matches!(name, "iif" | "today" | "now" | "timeOfDay") {
                    for spot in &spots {
                        self.read(*spot, &mut reached.read);
                    }
                }
                let goes_through = matches!(name, "exists" | "all" | "aggregate" | "iif");
                for argument in arguments {
                    let this = goes_through.then_some(&spots[..]);
                    // A type is not a path.
                    if !matches!(name, "ofType" | "as") {
                        reached.read.extend(self.nodes(argument, at, this)?);
                    }
                }
            }
        }
        Ok(())
    }

    fn filter(&mut self, reached: &mut Reached, criterion: &Ast, at: usize) -> Evaluated<()> {
        let spots = std::mem::take(&mut reached.spots);
        let read = self.nodes(criterion, at, Some(&spots))?;
        if read.is_empty() {
            let had = !spots.is_empty();
            for spot in spots {
                if self.is_kept(spot, criterion, at)? {
                    reached.spots.push(spot);
                }
            }
            if had && reached.spots.is_empty() {
                self.doubts
                    .push(format!("no item meets {} where the expression looks", shown(criterion)));
            }
        } else {
            reached.read.extend(read);
            reached.spots = spots;
        }
        Ok(())
    }

    /// Whether a place meets a criterion that depends on no answer.
    pub(crate) fn is_kept(&mut self, spot: Spot, criterion: &Ast, at: usize) -> Evaluated<bool> {
        let Spot::Item(node) = spot else { return Ok(true) };
        if let Some(link) = criterion.asked_link() {
            return Ok(self.world.nodes[node].link_id == link);
        }
        let this = if node == 0 { Datum::Response } else { Datum::Item(node) };
        let context = Context { this: Some(this), ..Context::at(at) };
        Ok(truth(&self.machine.eval(criterion, &context)?)? == Some(true))
    }
}

fn here(at: usize, this: Option<&[Spot]>) -> Reached {
    let spots = this.map_or_else(|| vec![Spot::Item(at)], <[Spot]>::to_vec);
    Reached { spots, read: Nodes::new() }
}

/// A criterion as it is quoted in a message.
fn shown(criterion: &Ast) -> String {
    let link = criterion.asked_link();
    link.map_or_else(|| "the criterion".to_owned(), |link| format!("`linkId = '{link}'`"))
}
