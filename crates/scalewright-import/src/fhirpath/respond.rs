//! A response made from coded answers: what is not enabled is not in it.

use super::ast::Operator;
use super::machine::{Context, Machine};
use super::operators::{binary, truth};
use super::scalar::{Collection, Datum, is_equal, text};
use super::world::{Answered, Condition, Operand, Question, When, World};
use scalewright_model::OptionValue;

/// The answer to a question as the response has it. Blanks are `None`.
pub(crate) fn given<'w>(
    node: usize,
    question: &Question,
    answers: &[Option<f64>],
) -> Collection<'w> {
    let of = |item: usize| answers.get(item).copied().flatten();
    match &question.answered {
        Answered::One { item, offered } => {
            let Some(value) = of(*item) else { return Vec::new() };
            let chosen = offered.iter().position(|offered| is_value(offered.value, value));
            chosen.map(|at| answer(node, at, &offered[at].json)).into_iter().collect()
        }
        Answered::Several(offered) => offered
            .iter()
            .enumerate()
            .filter(|(_, (item, _))| of(*item) == Some(1.0))
            .map(|(at, (_, offered))| answer(node, at, &offered.json))
            .collect(),
        Answered::Number { item, is_quantity, .. } => of(*item)
            .map(|value| if *is_quantity { Datum::Quantity(value) } else { Datum::Number(value) })
            .into_iter()
            .collect(),
        // What was written is not known, only that something was.
        Answered::Other { item } => {
            let given = item.and_then(of).map(|_| text("written"));
            given.into_iter().collect()
        }
    }
}

/// The answer with an option: a coding or another value.
pub(crate) fn answer<'w>(node: usize, at: usize, json: &serde_json::Value) -> Datum<'w> {
    use serde_json::Value;
    match json {
        Value::Bool(truth) => Datum::Truth(*truth),
        Value::String(written) => text(written.clone()),
        Value::Number(number) => Datum::Number(number.as_f64().unwrap_or_default()),
        Value::Null | Value::Array(_) | Value::Object(_) => Datum::Chosen(node, at),
    }
}

fn is_value(option: OptionValue, value: f64) -> bool {
    option.number() == value
}

/// The items that are enabled in a response.
pub(crate) struct Enabled {
    /// Whether the response has the answer to each item.
    kept: Vec<bool>,
    /// Whether each item is asked.
    asked: Vec<bool>,
}

impl Enabled {
    /// Whether an item is asked.
    pub(crate) fn asked(&self, node: usize) -> bool {
        self.asked.get(node).copied().unwrap_or(true)
    }
}

/// The answers to all questions, whether they are enabled or not.
fn all_given<'w>(world: &'w World, answers: &[Option<f64>]) -> Vec<Collection<'w>> {
    let of = |(at, node): (usize, &super::world::Node)| match &node.question {
        Some(question) => given(at, question, answers),
        None => Vec::new(),
    };
    world.nodes.iter().enumerate().map(of).collect()
}

/// The answers to the items that are kept.
fn of_kept<'w>(all: &[Collection<'w>], kept: &[bool]) -> Vec<Collection<'w>> {
    let visible = |(given, kept): (&Collection<'w>, &bool)| match kept {
        true => given.clone(),
        false => Vec::new(),
    };
    all.iter().zip(kept).map(visible).collect()
}

impl<'w> Machine<'w> {
    /// The items that are enabled in the response with these answers.
    pub(crate) fn enabled_in(world: &'w World, answers: &[Option<f64>]) -> Enabled {
        let mut kept = vec![true; world.nodes.len()];
        if world.nodes.iter().all(|node| node.conditions.is_empty()) {
            return Enabled { asked: kept.clone(), kept };
        }
        let all = all_given(world, answers);
        let mut machine = Self::new(world, all.clone());
        let mut asked = machine.enabled();
        // A condition may depend on an answer that another condition hides. More rounds than items change nothing.
        for _ in 0..world.nodes.len().min(20) {
            let next = of_kept(&all, &asked);
            if next == machine.given {
                break;
            }
            machine.given = next;
            machine.note_presence();
            kept = asked;
            asked = machine.enabled();
        }
        Enabled { kept, asked }
    }

    /// The response with these answers, as far as their questions are enabled.
    pub(crate) fn with(world: &'w World, answers: &[Option<f64>], enabled: &Enabled) -> Self {
        Self::new(world, of_kept(&all_given(world, answers), &enabled.kept))
    }

    /// Whether each item is enabled.
    pub(crate) fn enabled(&mut self) -> Vec<bool> {
        let world = self.world;
        let mut enabled = vec![true; world.nodes.len()];
        for (at, node) in world.nodes.iter().enumerate() {
            enabled[at] = enabled[node.parent]
                && node.conditions.iter().all(|condition| self.is_met(condition, at));
        }
        enabled
    }

    /// Whether a condition of an item is met. A condition that cannot be evaluated is met, because the item is always
    /// asked then.
    pub(crate) fn is_met(&mut self, condition: &Condition, at: usize) -> bool {
        match condition {
            Condition::Answers { any, whens } => {
                let mut met = whens.iter().map(|when| self.holds(when));
                if *any { met.any(|met| met) } else { met.all(|met| met) }
            }
            Condition::Expression(Err(_)) => true,
            Condition::Expression(Ok(ast)) => match self.eval(ast, &Context::at(at)) {
                Ok(result) => truth(&result).unwrap_or_default() == Some(true),
                Err(_) => true,
            },
        }
    }

    fn holds(&mut self, when: &When) -> bool {
        match when {
            When::Exists { node, is_answered } => self.answers_of(*node).is_empty() != *is_answered,
            When::Compare { node, operator, with } => {
                let answers = self.answers_of(*node);
                let met = |answer: &Datum<'w>| self.compares(answer, *operator, with);
                // One of the answers must meet it; nothing meets nothing.
                answers.iter().any(met)
            }
            When::Unclear(_) => true,
        }
    }

    fn answers_of(&mut self, node: usize) -> Collection<'w> {
        match self.world.nodes[node].score {
            Some(score) => self.score(score).unwrap_or_default(),
            None => self.given[node].clone(),
        }
    }

    fn compares(&self, answer: &Datum<'w>, operator: Operator, with: &Operand) -> bool {
        let with = match with {
            Operand::Coding { system, code } => {
                let is_same = self.is_coding(answer, (system.as_deref(), code.as_deref()));
                return match operator {
                    Operator::Equal => is_same,
                    _ => operator == Operator::Unequal && !is_same,
                };
            }
            Operand::Truth(truth) => Datum::Truth(*truth),
            Operand::Number(number) => Datum::Number(*number),
            Operand::Text(written) => text(written.clone()),
        };
        let answer = match answer {
            Datum::Quantity(number) => Datum::Number(*number),
            other => other.clone(),
        };
        match operator {
            Operator::Equal => is_equal(&answer, &with),
            Operator::Unequal => !is_equal(&answer, &with),
            _ => binary(operator, &vec![answer], &vec![with]) == Ok(vec![Datum::Truth(true)]),
        }
    }

    /// Whether an answer has this code of this system. What the condition leaves out may be anything.
    fn is_coding(&self, answer: &Datum<'w>, (system, code): (Option<&str>, Option<&str>)) -> bool {
        let Datum::Chosen(node, at) = answer else { return false };
        let json = super::members::chosen(self.world, *node, *at);
        let has = |key: &str, wanted: Option<&str>| match wanted {
            None => true,
            Some(wanted) => json.get(key).and_then(serde_json::Value::as_str) == Some(wanted),
        };
        has("code", code) && has("system", system)
    }
}
