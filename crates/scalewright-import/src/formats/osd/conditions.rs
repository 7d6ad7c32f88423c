//! Conditions of an Open Scale Definition: comparisons of stored texts, joined by all and any.

use std::sync::Arc;

use super::Reader;
use super::runner::stored;
use crate::finding::Kind;
use crate::form::rule::{Answers, Rule, Source, Target};
use crate::form::{Form, ResponseKind};
use crate::json::Node;
use crate::predicate::Predicate;
use crate::value::Value;

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    /// Met for everybody.
    Always,
    /// Met for nobody.
    Never,
    /// All are met.
    All(Vec<Condition>),
    /// At least one is met.
    Any(Vec<Condition>),
    /// A comparison of the answer to an item.
    Test {
        /// The position of the item.
        item: usize,
        /// The operator as the source writes it.
        operator: String,
        /// The texts that the answer is compared with.
        values: Vec<String>,
    },
    /// A condition that was not understood: the reason.
    NotUnderstood(String),
}

impl Condition {
    /// All of these conditions.
    pub(super) fn all(parts: Vec<Self>) -> Self {
        if parts.contains(&Self::Never) {
            return Self::Never;
        }
        let mut parts: Vec<_> = parts.into_iter().filter(|part| *part != Self::Always).collect();
        match parts.len() {
            0 => Self::Always,
            1 => parts.swap_remove(0),
            _ => Self::All(parts),
        }
    }

    fn any(parts: Vec<Self>) -> Self {
        if parts.contains(&Self::Always) {
            return Self::Always;
        }
        let mut parts: Vec<_> = parts.into_iter().filter(|part| *part != Self::Never).collect();
        match parts.len() {
            0 => Self::Never,
            1 => parts.swap_remove(0),
            _ => Self::Any(parts),
        }
    }

    /// The rule for an item with this condition; `None` if it is always shown.
    pub(super) fn rule(&self, form: &Form, at: &Node<'_>) -> Option<Rule> {
        if *self == Self::Always {
            return None;
        }
        let target = match self.formula(form) {
            Ok(predicate) => Target::Formula(predicate.text()),
            Err(reason) => Target::NotUnderstood(reason),
        };
        let source: Arc<dyn Source> = Arc::new(self.clone());
        Some(Rule {
            text: format!("{}", at.value()),
            place: at.place(),
            source: Some(source),
            target,
        })
    }

    fn formula(&self, form: &Form) -> Result<Predicate, String> {
        let all = |parts: &[Self]| {
            parts.iter().map(|part| part.formula(form)).collect::<Result<Vec<_>, _>>()
        };
        match self {
            Self::Always => Ok(Predicate::Constant(true)),
            Self::Never => Ok(Predicate::Constant(false)),
            Self::All(parts) => Ok(Predicate::and(all(parts)?)),
            Self::Any(parts) => Ok(Predicate::or(all(parts)?)),
            Self::Test { item, operator, values } => test(form, *item, operator, values),
            Self::NotUnderstood(reason) => Err(reason.clone()),
        }
    }

    fn is_met(&self, form: &Form, answers: &Answers) -> bool {
        match self {
            Self::Always | Self::NotUnderstood(_) => true,
            Self::Never => false,
            Self::All(parts) => parts.iter().all(|part| part.is_met(form, answers)),
            Self::Any(parts) => parts.iter().any(|part| part.is_met(form, answers)),
            Self::Test { item, operator, values } => {
                let answer = answers.of[*item].and_then(|value| stored(form, *item, value));
                holds(operator, answer.as_deref(), values)
            }
        }
    }
}

impl Source for Condition {
    fn value(&self, form: &Form, answers: &Answers) -> Value {
        Value::Truth(self.is_met(form, answers))
    }
}

/// A comparison as the runner makes it: of texts, or of the numbers that texts begin with.
fn holds(operator: &str, answer: Option<&str>, values: &[String]) -> bool {
    let left = answer.unwrap_or_default();
    let right = values.first().map_or("", String::as_str);
    let number = super::runner::leading_number;
    match operator {
        "is_answered" => !left.is_empty(),
        "is_not_answered" => left.is_empty(),
        "equals" => left == right,
        "not_equals" => left != right,
        "greater_than" => {
            matches!((number(left), number(right)), (Some(left), Some(right)) if left > right)
        }
        "less_than" => {
            matches!((number(left), number(right)), (Some(left), Some(right)) if left < right)
        }
        "in" => values.iter().any(|value| value == left),
        "not_in" => values.iter().all(|value| value != left),
        // The runner shows an item whose operator it does not know.
        _ => true,
    }
}

/// The formula for a comparison: for options, the values for which it holds; for numbers, the comparison itself.
fn test(form: &Form, item: usize, operator: &str, values: &[String]) -> Result<Predicate, String> {
    let id = &form.items[item].id;
    let blank = holds(operator, None, values);
    match &form.responses[form.items[item].response].kind {
        ResponseKind::Coded(choices) => {
            let met: Vec<(_, bool)> = choices
                .iter()
                .filter(|choice| !choice.non_response)
                .map(|choice| (choice.value, holds(operator, Some(&choice.stored), values)))
                .collect();
            Ok(Predicate::of_values(id, &met, blank))
        }
        ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. } => {
            let number = values.first().and_then(|value| value.trim().parse::<f64>().ok());
            Predicate::of_number(id, operator, number, blank)
        }
        _ => {
            Err(format!("a condition on `{id}`, which is not answered with one option or a number"))
        }
    }
}

impl<'a> Reader<'a> {
    /// Reads a condition. Parameters have their default values.
    pub(super) fn condition(&mut self, node: &Node<'a>) -> Condition {
        self.condition_at(node, 0)
    }

    fn condition_at(&mut self, node: &Node<'a>, depth: usize) -> Condition {
        if depth > 50 {
            return Condition::NotUnderstood(
                "conditions are nested deeper than 50 levels".to_owned(),
            );
        }
        if node.value().is_null() {
            return Condition::Always;
        }
        if node.table().is_none() {
            let condition = Condition::NotUnderstood(format!(
                "the condition `{}` is a text, and the runner does not read it",
                node.value()
            ));
            return condition;
        }
        if node.has("all") || node.has("any") {
            let key = if node.has("all") { "all" } else { "any" };
            let parts =
                node.get(key).list().map(|part| self.condition_at(&part, depth + 1)).collect();
            return if key == "all" { Condition::all(parts) } else { Condition::any(parts) };
        }
        let operator = node.get("operator").text().unwrap_or_default().to_owned();
        let values = texts(&node.get("value"), &operator);
        if let Some(name) = node.get("parameter").text() {
            return self.of_parameter(node, name, &operator, &values);
        }
        let name = node.get("item").as_text().or_else(|| node.get("question").as_text());
        let Some(name) = name else {
            self.report(
                Kind::Doubtful,
                "condition",
                node,
                "a condition that names no item is always met",
            );
            return Condition::Always;
        };
        match self.items.get(&name) {
            Some(item) => Condition::Test { item: *item, operator, values },
            None => Condition::NotUnderstood(format!(
                "the condition names `{name}`, which is no earlier item"
            )),
        }
    }

    fn of_parameter(
        &mut self,
        node: &Node<'a>,
        name: &str,
        operator: &str,
        values: &[String],
    ) -> Condition {
        let value = self.parameters.get(name).cloned();
        let met = holds(operator, value.as_deref(), values);
        let value = value.unwrap_or_default();
        let message = format!(
            "the condition on the parameter `{name}` is decided by its default value `{value}`"
        );
        self.report(Kind::Assumed, "parameter", node, message);
        if met { Condition::Always } else { Condition::Never }
    }

    /// Whether instructions with this condition are always shown.
    pub(super) fn is_shown_by_default(&mut self, node: &Node<'a>) -> bool {
        self.condition(node) == Condition::Always
    }
}

/// The texts that an answer is compared with: several for `in`.
fn texts(value: &Node<'_>, operator: &str) -> Vec<String> {
    let list: Vec<String> = value.list().filter_map(|value| value.as_text()).collect();
    if !list.is_empty() {
        return list;
    }
    let text = value.as_text().unwrap_or_default();
    if matches!(operator, "in" | "not_in") {
        return text.split(',').map(|part| part.trim().to_owned()).collect();
    }
    vec![text]
}
