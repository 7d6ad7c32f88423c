//! The evaluator: an expression and the answers of one respondent give a collection.

use std::collections::BTreeMap;

use super::ast::{Ast, Operator, Step};
use super::functions;
use super::machine::{Context, Machine};
use super::members;
use super::operators::{binary, distinct, single};
use super::scalar::{Collection, Datum, Evaluated};
use super::world::World;

/// The greatest number of steps for one result.
const MOST_STEPS: u32 = 2_000_000;
/// The greatest depth of nested evaluations, variables included.
const DEEPEST: u32 = 600;

impl<'w> Machine<'w> {
    /// A response with these answers.
    pub(crate) fn new(world: &'w World, given: Vec<Collection<'w>>) -> Self {
        let mut machine = Self {
            world,
            given,
            present: Vec::new(),
            variables: BTreeMap::new(),
            scores: BTreeMap::new(),
            current: Vec::new(),
            steps: 0,
            depth: 0,
        };
        machine.note_presence();
        machine
    }

    /// A response without answers.
    pub(crate) fn blank(world: &'w World) -> Self {
        Self::new(world, vec![Vec::new(); world.nodes.len()])
    }

    /// Notes which items the response contains, after a change of answers.
    pub(crate) fn note_presence(&mut self) {
        let nodes = &self.world.nodes;
        let mut present: Vec<bool> = nodes
            .iter()
            .zip(&self.given)
            .map(|(node, given)| node.score.is_some() || !given.is_empty())
            .collect();
        // Children follow their parents.
        for at in (1..nodes.len()).rev() {
            if present[at] && nodes[at].score.is_none() {
                present[nodes[at].parent] = true;
            }
        }
        self.present = present;
        self.variables.clear();
        self.scores.clear();
        self.steps = 0;
    }

    /// The value of a calculated item.
    pub(crate) fn score(&mut self, position: usize) -> Evaluated<Collection<'w>> {
        match self.scores.get(&position) {
            Some(Some(known)) => return Ok(known.clone()),
            // A sum over all items reaches its own item, which has no answer yet.
            Some(None) if self.current.last() == Some(&position) => return Ok(Vec::new()),
            Some(None) => return Err("it depends on itself".to_owned()),
            None => {}
        }
        let world = self.world;
        let calculated = &world.calculated[position];
        let ast = calculated.ast.as_ref().map_err(Clone::clone)?;
        self.scores.insert(position, None);
        self.current.push(position);
        let result = self.eval(ast, &Context::at(calculated.node));
        self.current.pop();
        // What could not be computed is computed again where it is used, and fails again.
        match &result {
            Ok(result) => self.scores.insert(position, Some(result.clone())),
            Err(_) => self.scores.remove(&position),
        };
        result
    }

    /// The value of a variable.
    fn variable(&mut self, name: &str, context: &Context<'w>) -> Evaluated<Collection<'w>> {
        match name {
            "resource" | "rootResource" => return Ok(vec![Datum::Response]),
            "questionnaire" => return Ok(vec![Datum::Json(&self.world.questionnaire)]),
            "context" => return Ok(vec![members::here(context.node)]),
            "qitem" => {
                let pointer = &self.world.nodes[context.node].pointer;
                let json = self.world.questionnaire.pointer(pointer);
                return Ok(json.map(Datum::Json).into_iter().collect());
            }
            _ => {}
        }
        let Some(position) = self.world.variable(name, context.node) else {
            return Err(format!("there is no variable `%{name}`"));
        };
        match self.variables.get(&position) {
            Some(Some(known)) => return Ok(known.clone()),
            Some(None) => return Err(format!("the variable `%{name}` depends on itself")),
            None => {}
        }
        let variable = &self.world.variables[position];
        let ast = variable.ast.as_ref().map_err(Clone::clone)?;
        self.variables.insert(position, None);
        let result = self.eval(ast, &Context::at(variable.owner));
        match &result {
            Ok(result) => self.variables.insert(position, Some(result.clone())),
            Err(_) => self.variables.remove(&position),
        };
        result
    }

    /// Begins to count steps again.
    pub(crate) fn rest(&mut self) {
        self.steps = 0;
    }

    /// Counts a step of the evaluation.
    pub(crate) fn step(&mut self, cost: usize) -> Evaluated<()> {
        self.steps = self.steps.saturating_add(u32::try_from(cost).unwrap_or(u32::MAX));
        if self.steps > MOST_STEPS { Err("it takes too many steps".to_owned()) } else { Ok(()) }
    }

    /// Evaluates an expression.
    pub(crate) fn eval(&mut self, ast: &Ast, context: &Context<'w>) -> Evaluated<Collection<'w>> {
        self.step(1)?;
        self.depth += 1;
        let result = if self.depth > DEEPEST {
            Err("it is nested too deeply".to_owned())
        } else {
            self.eval_inner(ast, context)
        };
        self.depth -= 1;
        result
    }

    fn eval_inner(&mut self, ast: &Ast, context: &Context<'w>) -> Evaluated<Collection<'w>> {
        match ast {
            Ast::Number(number) => Ok(vec![Datum::Number(*number)]),
            Ast::Text(text) => Ok(vec![super::scalar::text(text.clone())]),
            Ast::Truth(truth) => Ok(vec![Datum::Truth(*truth)]),
            Ast::Empty => Ok(Vec::new()),
            Ast::Variable(name) => self.variable(name, context),
            Ast::This => Ok(vec![members::this(context)]),
            Ast::Total => Ok(context.total.clone().unwrap_or_default()),
            Ast::Negative(of) => match single(&self.eval(of, context)?, "`-`")? {
                None => Ok(Vec::new()),
                Some(Datum::Number(number)) => Ok(vec![Datum::Number(0.0 - number)]),
                Some(_) => Err("`-` is used with something that is not a number".to_owned()),
            },
            Ast::Chain(first, rest) if rest.iter().all(|(by, _)| *by == Operator::Union) => {
                let mut all = self.eval(first, context)?;
                for (_, right) in rest {
                    all.append(&mut self.eval(right, context)?);
                }
                self.step(all.len())?;
                Ok(distinct(all))
            }
            Ast::Chain(first, rest) => {
                let mut left = self.eval(first, context)?;
                for (operator, right) in rest {
                    left = self.join(*operator, left, right, context)?;
                }
                Ok(left)
            }
            Ast::Path(base, steps) => {
                let mut input = match base {
                    Some(base) => self.eval(base, context)?,
                    None => vec![members::this(context)],
                };
                for step in steps {
                    input = self.follow(&input, step, context)?;
                }
                Ok(input)
            }
        }
    }

    fn join(
        &mut self,
        operator: Operator,
        left: Collection<'w>,
        right: &Ast,
        context: &Context<'w>,
    ) -> Evaluated<Collection<'w>> {
        let right = self.eval(right, context)?;
        self.step(left.len().saturating_mul(right.len()))?;
        binary(operator, &left, &right)
    }

    /// Follows a step of a path.
    pub(crate) fn follow(
        &mut self,
        input: &Collection<'w>,
        step: &Step,
        context: &Context<'w>,
    ) -> Evaluated<Collection<'w>> {
        self.step(1 + input.len())?;
        match step {
            Step::Member(name) => {
                let mut found = Vec::new();
                for datum in input {
                    members::member(self, datum, name, &mut found)?;
                }
                Ok(found)
            }
            Step::Call(name, arguments) => functions::call(self, input, (name, arguments), context),
            Step::Index(index) => match single(&self.eval(index, context)?, "an index")? {
                Some(Datum::Number(index)) => Ok(nth(input, *index)),
                _ => Ok(Vec::new()),
            },
        }
    }
}

/// The value at a position, if there is one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked before")]
fn nth<'w>(of: &Collection<'w>, index: f64) -> Collection<'w> {
    let index = ((0.0..1e6).contains(&index) && index.fract() == 0.0).then_some(index as usize);
    index.and_then(|index| of.get(index)).cloned().into_iter().collect()
}
