//! A questionnaire as expressions see it: its tree, its answers, its variables and its calculated items.

use scalewright_model::OptionValue;
use serde_json::Value as Json;

use super::ast::{Ast, Operator};

/// A questionnaire.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// The resource itself, for `%questionnaire`.
    pub(crate) questionnaire: Json,
    /// The items of the questionnaire. The first is the response as a whole.
    pub(crate) nodes: Vec<Node>,
    /// The variables.
    pub(crate) variables: Vec<Variable>,
    /// The calculated items: the scores of the form.
    pub(crate) calculated: Vec<Calculated>,
}

/// An item of a questionnaire: a group, a question, a score or a text.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) link_id: String,
    pub(crate) text: String,
    pub(crate) parent: usize,
    pub(crate) children: Vec<usize>,
    /// Its place in the questionnaire, as a JSON pointer.
    pub(crate) pointer: String,
    /// What it asks; `None` for groups, texts and scores.
    pub(crate) question: Option<Question>,
    /// The calculated item that it is.
    pub(crate) score: Option<usize>,
    /// When it is asked. All must be met, and those of the items around it.
    pub(crate) conditions: Vec<Condition>,
}

/// How a question is answered.
#[derive(Debug)]
pub(crate) struct Question {
    /// The element of the response that has the answer: `valueCoding`.
    pub(crate) key: &'static str,
    pub(crate) answered: Answered,
}

/// The answers to a question, and the items of the form that have them.
#[derive(Debug)]
pub(crate) enum Answered {
    /// One of several values. `item` is the position of the item in the form.
    One { item: usize, offered: Vec<Offered> },
    /// Any number of several values, each with the position of its yes-no item.
    Several(Vec<(usize, Offered)>),
    /// A number. A quantity has it in an element of its own.
    Number { item: usize, is_quantity: bool, is_whole: bool, low: Option<f64>, high: Option<f64> },
    /// Something that has no number.
    Other { item: Option<usize> },
}

/// A value that may be chosen.
#[derive(Debug, Clone)]
pub(crate) struct Offered {
    /// The number of the option in the form.
    pub(crate) value: OptionValue,
    /// What the response contains.
    pub(crate) json: Json,
    /// The number that the questionnaire gives to it.
    pub(crate) weight: Option<f64>,
}

/// A variable of the questionnaire or of one of its items.
#[derive(Debug)]
pub(crate) struct Variable {
    pub(crate) name: String,
    /// The item that it belongs to. It is known there and in all items inside.
    pub(crate) owner: usize,
    /// Its expression, or why it was not understood.
    pub(crate) ast: Result<Ast, String>,
}

/// A calculated item.
#[derive(Debug)]
pub(crate) struct Calculated {
    /// The item of the questionnaire.
    pub(crate) node: usize,
    /// The element of the response that has the result.
    pub(crate) key: &'static str,
    /// Its expression, or why it was not understood.
    pub(crate) ast: Result<Ast, String>,
}

/// A condition.
#[derive(Debug)]
pub(crate) enum Condition {
    /// `enableWhen`, with `enableBehavior`.
    Answers { any: bool, whens: Vec<When> },
    /// `enableWhenExpression`
    Expression(Result<Ast, String>),
}

/// A comparison of the answer to a question.
#[derive(Debug)]
pub(crate) enum When {
    /// Whether there is an answer.
    Exists { node: usize, is_answered: bool },
    /// How an answer compares with a value.
    Compare { node: usize, operator: Operator, with: Operand },
    /// What was not understood, as a clause.
    Unclear(String),
}

/// A value that answers are compared with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Coding { system: Option<String>, code: Option<String> },
    Truth(bool),
    Number(f64),
    Text(String),
}

impl World {
    /// The variable called `name` at an item, by position.
    pub(crate) fn variable(&self, name: &str, at: usize) -> Option<usize> {
        let mut node = at;
        loop {
            let found = self.variables.iter().rposition(|v| v.owner == node && v.name == name);
            if found.is_some() || node == 0 {
                return found;
            }
            // Parents precede their children.
            node = self.nodes[node].parent;
        }
    }

    /// All items inside an item, the item included.
    pub(crate) fn inside(&self, node: usize) -> Vec<usize> {
        let mut found = vec![node];
        let mut next = 0;
        while let Some(at) = found.get(next) {
            found.extend(&self.nodes[*at].children);
            next += 1;
        }
        found
    }
}
