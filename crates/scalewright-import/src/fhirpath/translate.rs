//! The translation of expressions.

mod calls;
mod convert;
mod join;
mod spots;

use scalewright_model::OptionValue;
use std::collections::BTreeMap;

use super::algebra::{Num, Truth, Word};
use super::ast::{Ast, Operator, Step};
use super::deps::{Reach, Spot};
use super::machine::{Context, Machine};
use super::scalar::{Datum, Evaluated};
use super::simplify::Bounds;
use super::tables::Table;
use super::walk::Part;
use super::world::{Answered, Condition, World};

/// The greatest number of operations of a rule.
const MOST: usize = 6_000;

/// A rule as it is translated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Translated {
    Number(Num),
    Truth(Truth),
    Word(Word),
}

/// A value of a collection.
#[derive(Debug, Clone)]
enum Elem<'w> {
    Fixed(Datum<'w>),
    Table(Table<'w>),
    Number(Num),
    Quantity(Num),
    Truth(Truth),
    Word(Word),
}

/// A place in the response, and when it belongs to a collection.
#[derive(Debug, Clone)]
struct Place {
    spot: Spot,
    when: Truth,
}

/// A collection.
#[derive(Debug, Clone)]
enum Symbol<'w> {
    Places(Vec<Place>),
    Values(Vec<Elem<'w>>),
}

/// What `$this` is.
#[derive(Debug, Clone)]
enum This<'w> {
    Place(Place),
    Value(Elem<'w>),
}

/// Translates the expressions of a questionnaire.
pub(crate) struct Translator<'w> {
    world: &'w World,
    reach: Reach<'w>,
    /// The bounds of the items of the form, by position.
    bounds: BTreeMap<usize, Bounds>,
    variables: BTreeMap<usize, Option<Evaluated<Symbol<'w>>>>,
    scores: BTreeMap<usize, Option<Evaluated<Translated>>>,
    /// The calculated items that are being translated, the innermost last.
    current: Vec<usize>,
    depth: u32,
    size: usize,
}

impl<'w> Translator<'w> {
    /// A variable that is the value of a calculated item is translated as that score if `named`, otherwise as what it
    /// is computed from.
    pub(crate) fn new(world: &'w World, named: bool) -> Self {
        let mut reach = Reach::new(world);
        if !named {
            reach.named.clear();
        }
        Self {
            world,
            reach,
            bounds: bounds(world),
            variables: BTreeMap::new(),
            scores: BTreeMap::new(),
            current: Vec::new(),
            depth: 0,
            size: 0,
        }
    }

    /// What is known about the numbers of items.
    pub(crate) fn bounds(&self) -> &BTreeMap<usize, Bounds> {
        &self.bounds
    }

    /// What the last rule asks for although it does not exist, as clauses.
    pub(crate) fn doubts(&self) -> &[String] {
        &self.reach.doubts
    }

    /// Translates the calculated item at a position. The error says why that is not possible, as a clause.
    pub(crate) fn score(&mut self, position: usize) -> Evaluated<Translated> {
        match self.scores.get(&position) {
            Some(Some(known)) => return known.clone(),
            Some(None) => return Err("it depends on itself".to_owned()),
            None => {}
        }
        self.scores.insert(position, None);
        let outer = std::mem::take(&mut self.size);
        self.current.push(position);
        let translated = self.calculated(position);
        self.current.pop();
        self.size = outer;
        self.scores.insert(position, Some(translated.clone()));
        translated
    }

    fn calculated(&mut self, position: usize) -> Evaluated<Translated> {
        let world = self.world;
        let calculated = &world.calculated[position];
        let ast = calculated.ast.as_ref().map_err(Clone::clone)?;
        let symbol = match ast {
            // The variable itself is translated, because elsewhere it means this score.
            Ast::Variable(name) => match world.variable(name, calculated.node) {
                Some(variable) => self.variable_at(variable),
                None => self.symbol(ast, calculated.node, None),
            },
            _ => self.symbol(ast, calculated.node, None),
        }?;
        let elem = self.single(symbol)?;
        let translated = match elem {
            None => Translated::Number(Num::Missing),
            Some(elem) => self.translated(elem)?,
        };
        self.measured(translated)
    }

    fn measured(&mut self, translated: Translated) -> Evaluated<Translated> {
        let part = match &translated {
            Translated::Number(number) => Part::Number(number),
            Translated::Truth(truth) => Part::Truth(truth),
            Translated::Word(word) => Part::Word(word),
        };
        if part.all(MOST).len() > MOST {
            return Err("its translation is too long".to_owned());
        }
        Ok(translated)
    }

    /// Translates a condition of an item.
    pub(crate) fn condition(&mut self, condition: &Condition, at: usize) -> Evaluated<Truth> {
        self.size = 0;
        match condition {
            Condition::Answers { any, whens } => {
                let parts =
                    whens.iter().map(|when| self.when(when)).collect::<Evaluated<Vec<_>>>()?;
                Ok(if *any { Truth::any(parts) } else { Truth::all(parts) })
            }
            Condition::Expression(Err(why)) => Err(why.clone()),
            Condition::Expression(Ok(ast)) => {
                let symbol = self.symbol(ast, at, None)?;
                let elem = self.single(symbol)?;
                let truth = elem.map_or(Ok(Truth::Missing), |elem| self.truth(elem))?;
                match self.measured(Translated::Truth(truth))? {
                    Translated::Truth(truth) => Ok(truth),
                    Translated::Number(_) | Translated::Word(_) => Ok(Truth::Missing),
                }
            }
        }
    }

    /// The place of an item in the questionnaire.
    pub(crate) fn pointer(&self, node: usize) -> String {
        self.world.nodes[node].pointer.clone()
    }

    /// Begins another rule.
    pub(crate) fn begin(&mut self) {
        self.reach.begin();
    }

    fn variable_at(&mut self, position: usize) -> Evaluated<Symbol<'w>> {
        match self.variables.get(&position) {
            Some(Some(known)) => {
                let known = known.clone();
                self.grow(&known)?;
                return known;
            }
            Some(None) => {
                let name = &self.world.variables[position].name;
                return Err(format!("the variable `%{name}` depends on itself"));
            }
            None => {}
        }
        let variable = &self.world.variables[position];
        self.variables.insert(position, None);
        let symbol = match &variable.ast {
            Ok(ast) => self.symbol(ast, variable.owner, None),
            Err(why) => Err(format!("`%{}`: {why}", variable.name)),
        };
        self.variables.insert(position, Some(symbol.clone()));
        symbol
    }

    /// Counts what a variable adds to a rule, since variables of variables could grow without end.
    fn grow(&mut self, symbol: &Evaluated<Symbol<'w>>) -> Evaluated<()> {
        if let Ok(Symbol::Values(values)) = symbol {
            for value in values {
                self.size += match value {
                    Elem::Fixed(_) | Elem::Table(_) => 1,
                    Elem::Number(number) | Elem::Quantity(number) => {
                        Part::Number(number).all(MOST).len()
                    }
                    Elem::Truth(truth) => Part::Truth(truth).all(MOST).len(),
                    Elem::Word(word) => Part::Word(word).all(MOST).len(),
                };
            }
        }
        if self.size > MOST { Err("its translation is too long".to_owned()) } else { Ok(()) }
    }

    fn symbol(&mut self, ast: &Ast, at: usize, this: Option<&This<'w>>) -> Evaluated<Symbol<'w>> {
        self.depth += 1;
        let symbol = if self.depth > 300 {
            Err("it is nested too deeply".to_owned())
        } else {
            match self.tabulated(ast, at, this)? {
                Some(symbol) => Ok(symbol),
                None => self.composed(ast, at, this),
            }
        };
        self.depth -= 1;
        symbol
    }

    /// Evaluates what depends on no answer, or on one question with options.
    fn tabulated(
        &mut self,
        ast: &Ast,
        at: usize,
        this: Option<&This<'w>>,
    ) -> Evaluated<Option<Symbol<'w>>> {
        let uses_this = this.is_some() && uses_this(ast);
        let table = match this {
            Some(This::Value(Elem::Table(table))) => Some(table),
            Some(This::Value(Elem::Fixed(_))) | None => None,
            Some(_) if uses_this => return Ok(None),
            Some(_) => None,
        };
        // Inside of a function that goes through a collection, `$this` is none of the places in the response.
        let mut nodes = self.reach.nodes(ast, at, this.map(|_| &[][..]))?;
        let table = table.filter(|_| uses_this);
        nodes.extend(table.map(|table| table.node));
        let mut nodes = nodes.into_iter();
        match (nodes.next(), nodes.next()) {
            (None, _) => {
                let mut context = Context::at(at);
                if let Some(This::Value(Elem::Fixed(datum))) = this {
                    context.this = Some(datum.clone());
                }
                let found = Machine::blank(self.world).eval(ast, &context)?;
                Ok(Some(Symbol::Values(found.into_iter().map(Elem::Fixed).collect())))
            }
            (Some(node), None) => {
                let table = Table::of(self.world, node, ast, at, table)?;
                Ok(table.map(|table| Symbol::Values(vec![Elem::Table(table)])))
            }
            _ => Ok(None),
        }
    }

    fn composed(&mut self, ast: &Ast, at: usize, this: Option<&This<'w>>) -> Evaluated<Symbol<'w>> {
        let values = |value| Ok(Symbol::Values(vec![value]));
        match ast {
            Ast::Number(number) => values(Elem::Fixed(Datum::Number(*number))),
            Ast::Text(text) => values(Elem::Fixed(super::scalar::text(text.clone()))),
            Ast::Truth(truth) => values(Elem::Fixed(Datum::Truth(*truth))),
            Ast::Empty => Ok(Symbol::Values(Vec::new())),
            Ast::Total => Err("it uses `$total` in another way than for a sum".to_owned()),
            Ast::This => Ok(begin(at, this)),
            Ast::Variable(name) => self.variable(name, at),
            Ast::Negative(of) => {
                let of = self.symbol(of, at, this)?;
                match self.single(of)? {
                    None => Ok(Symbol::Values(Vec::new())),
                    Some(of) => values(Elem::Number(self.number(of)?.negative())),
                }
            }
            Ast::Chain(_, rest) if rest.len() > MOST => Err("it has too many operands".to_owned()),
            Ast::Chain(first, rest) if rest.iter().all(|(by, _)| *by == Operator::Union) => {
                let mut all = vec![self.symbol(first, at, this)?];
                for (_, other) in rest {
                    all.push(self.symbol(other, at, this)?);
                }
                self.union(all)
            }
            Ast::Chain(first, rest) => {
                let mut left = self.symbol(first, at, this)?;
                for (operator, right) in rest {
                    let right = self.symbol(right, at, this)?;
                    left = self.join(*operator, left, right)?;
                }
                Ok(left)
            }
            Ast::Path(Some(base), steps) => {
                let begun = self.symbol(base, at, this)?;
                self.path(begun, steps, at, this)
            }
            Ast::Path(None, steps) => match &steps[..] {
                [Step::Call(name, arguments), rest @ ..] if name == "iif" => {
                    let [condition, branches @ ..] = &arguments[..] else {
                        return Err("`iif` has wrong arguments".to_owned());
                    };
                    let chosen = self.iif(condition, branches, at, this)?;
                    self.path(Symbol::Values(chosen.into_iter().collect()), rest, at, this)
                }
                [Step::Call(name, _), ..]
                    if matches!(name.as_str(), "today" | "now" | "timeOfDay") =>
                {
                    Err("it uses the day or the time of the evaluation".to_owned())
                }
                steps => self.path(begin(at, this), steps, at, this),
            },
        }
    }

    fn path(
        &mut self,
        mut symbol: Symbol<'w>,
        steps: &[Step],
        at: usize,
        this: Option<&This<'w>>,
    ) -> Evaluated<Symbol<'w>> {
        for step in steps {
            symbol = match symbol {
                Symbol::Places(places) => self.follow_places(places, step, at)?,
                Symbol::Values(values) => self.follow_values(values, step, at, this)?,
            };
        }
        Ok(symbol)
    }

    fn variable(&mut self, name: &str, at: usize) -> Evaluated<Symbol<'w>> {
        match name {
            "resource" | "rootResource" => return Ok(begin(0, None)),
            "context" => return Ok(begin(at, None)),
            _ => {}
        }
        let Some(position) = self.world.variable(name, at) else {
            return Err(format!("there is no variable `%{name}`"));
        };
        match self.reach.named.get(&position).copied() {
            Some(score) => Ok(Symbol::Values(self.score_value(score)?.into_iter().collect())),
            None => self.variable_at(position),
        }
    }
}

/// The place where a path without a beginning begins.
fn begin<'w>(at: usize, this: Option<&This<'w>>) -> Symbol<'w> {
    match this {
        None => Symbol::Places(vec![Place { spot: Spot::Item(at), when: Truth::Constant(true) }]),
        Some(This::Place(place)) => Symbol::Places(vec![place.clone()]),
        Some(This::Value(value)) => Symbol::Values(vec![value.clone()]),
    }
}

/// Whether an expression may refer to `$this`.
fn uses_this(ast: &Ast) -> bool {
    let in_step = |step: &Step| match step {
        Step::Member(_) => false,
        Step::Call(_, arguments) => arguments.iter().any(uses_this),
        Step::Index(index) => uses_this(index),
    };
    match ast {
        Ast::This | Ast::Path(None, _) => true,
        Ast::Path(Some(base), steps) => uses_this(base) || steps.iter().any(in_step),
        Ast::Chain(first, rest) => uses_this(first) || rest.iter().any(|(_, ast)| uses_this(ast)),
        Ast::Negative(of) => uses_this(of),
        Ast::Number(_)
        | Ast::Text(_)
        | Ast::Truth(_)
        | Ast::Empty
        | Ast::Total
        | Ast::Variable(_) => false,
    }
}

fn bounds(world: &World) -> BTreeMap<usize, Bounds> {
    let mut bounds = BTreeMap::new();
    for question in world.nodes.iter().filter_map(|node| node.question.as_ref()) {
        match &question.answered {
            Answered::One { item, offered } => {
                let values: Vec<OptionValue> =
                    offered.iter().map(|offered| offered.value).collect();
                let low = values.iter().min().map(|low| low.number());
                let high = values.iter().max().map(|high| high.number());
                let is_whole = values.iter().all(|value| value.as_whole().is_some());
                bounds.insert(*item, Bounds { low, high, is_whole, values });
            }
            Answered::Number { item, is_whole, low, high, .. } => {
                let (low, high, is_whole) = (*low, *high, *is_whole);
                bounds.insert(*item, Bounds { low, high, is_whole, values: Vec::new() });
            }
            Answered::Several(offered) => {
                for (item, _) in offered {
                    let (low, high) = (Some(0.0), Some(1.0));
                    let values = vec![OptionValue::whole(0), OptionValue::whole(1)];
                    bounds.insert(*item, Bounds { low, high, is_whole: true, values });
                }
            }
            Answered::Other { .. } => {}
        }
    }
    bounds
}
