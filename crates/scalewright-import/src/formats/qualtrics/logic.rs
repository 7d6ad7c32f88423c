//! Display logic and the logic of branches.

use scalewright_model::OptionValue;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Reader;
use super::parts::{Branch, Items};
use crate::form::rule::{Answers, Rule, Source, Target};
use crate::form::{Form, ResponseKind};
use crate::json::Node;
use crate::predicate::Predicate;
use crate::value::Value;

/// A condition.
#[derive(Debug, Clone)]
pub(super) enum Logic {
    /// All are met.
    All(Vec<Logic>),
    /// At least one is met.
    Any(Vec<Logic>),
    /// Whether the answer to an item is, or is not, a value. A blank is no value.
    Is { item: usize, value: OptionValue, wanted: bool },
    /// A comparison of the answer to an item with a number, which a blank does not meet.
    Compare { item: usize, sign: Sign, number: f64 },
    /// Whether an item was answered.
    Answered { item: usize, wanted: bool },
    /// A comparison of the number in a field of the survey flow, which a blank does not meet.
    Field { name: String, sign: Sign, number: f64 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Equal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

impl Sign {
    fn of(operator: &str) -> Option<Self> {
        Some(match operator {
            "EqualTo" => Self::Equal,
            "GreaterThan" => Self::Greater,
            "GreaterThanOrEqual" => Self::GreaterOrEqual,
            "LessThan" => Self::Less,
            "LessThanOrEqual" => Self::LessOrEqual,
            _ => return None,
        })
    }

    fn text(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
        }
    }

    fn holds(self, left: f64, right: f64) -> bool {
        let order = left.partial_cmp(&right);
        match self {
            Self::Equal => order.is_some_and(std::cmp::Ordering::is_eq),
            Self::Greater => order.is_some_and(std::cmp::Ordering::is_gt),
            Self::GreaterOrEqual => order.is_some_and(std::cmp::Ordering::is_ge),
            Self::Less => order.is_some_and(std::cmp::Ordering::is_lt),
            Self::LessOrEqual => order.is_some_and(std::cmp::Ordering::is_le),
        }
    }
}

impl Logic {
    fn is_met(&self, answers: &Answers) -> bool {
        self.is_met_with(answers, &|_| None)
    }

    /// Whether the condition is met by answers, and by the numbers in fields.
    pub(super) fn is_met_with(
        &self,
        answers: &Answers,
        field: &dyn Fn(&str) -> Option<f64>,
    ) -> bool {
        let of = |item: &usize| answers.of.get(*item).copied().flatten();
        match self {
            Self::All(parts) => parts.iter().all(|part| part.is_met_with(answers, field)),
            Self::Any(parts) => parts.iter().any(|part| part.is_met_with(answers, field)),
            Self::Is { item, value, wanted } => {
                let is = of(item).is_some_and(|answer| (answer - value.number()).abs() < 1e-9);
                is == *wanted
            }
            Self::Compare { item, sign, number } => {
                of(item).is_some_and(|answer| sign.holds(answer, *number))
            }
            Self::Answered { item, wanted } => of(item).is_some() == *wanted,
            Self::Field { name, sign, number } => {
                field(name).is_some_and(|value| sign.holds(value, *number))
            }
        }
    }

    /// The fields that it tests.
    pub(super) fn fields(&self) -> Vec<&str> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::fields).collect(),
            Self::Field { name, .. } => vec![name],
            Self::Is { .. } | Self::Compare { .. } | Self::Answered { .. } => Vec::new(),
        }
    }

    /// The condition in our language.
    fn predicate(&self, form: &Form) -> Result<Predicate, String> {
        let parts = |parts: &[Self]| -> Result<Vec<Predicate>, String> {
            parts.iter().map(|part| part.predicate(form)).collect()
        };
        match self {
            Self::All(all) => Ok(Predicate::and(parts(all)?)),
            Self::Any(any) => Ok(Predicate::or(parts(any)?)),
            Self::Is { item, value, wanted } => {
                let met = values(form, *item)?;
                let id = id(form, *item);
                if !met.contains(value) {
                    return Err(format!("it asks for an answer of `{id}` that counts as missing"));
                }
                let met: Vec<(OptionValue, bool)> =
                    met.iter().map(|own| (*own, (own == value) == *wanted)).collect();
                Ok(Predicate::of_values(id, &met, !wanted))
            }
            Self::Compare { item, sign, number } => {
                let id = id(form, *item);
                let given = Predicate::Test(format!("not is_missing({id})"));
                let test = Predicate::Test(format!("{id} {} {number}", sign.text()));
                Ok(Predicate::And(vec![given, test]))
            }
            Self::Answered { item, wanted } => {
                let id = id(form, *item);
                let not = if *wanted { "not " } else { "" };
                Ok(Predicate::Test(format!("{not}is_missing({id})")))
            }
            Self::Field { name, .. } => {
                Err(format!("it tests `{name}` (EmbeddedField), which is no question"))
            }
        }
    }
}

impl Source for Logic {
    fn value(&self, _form: &Form, answers: &Answers) -> Value {
        Value::Truth(self.is_met(answers))
    }
}

fn id(form: &Form, item: usize) -> &str {
    form.items.get(item).map_or("", |item| item.id.as_str())
}

/// The values of an item, without those that mean that no answer was given.
fn values(form: &Form, item: usize) -> Result<Vec<OptionValue>, String> {
    let response = form.items.get(item).and_then(|item| form.responses.get(item.response));
    match response.map(|response| &response.kind) {
        Some(ResponseKind::Coded(choices)) => Ok(choices
            .iter()
            .filter(|choice| !choice.non_response)
            .map(|choice| choice.value)
            .collect()),
        Some(ResponseKind::YesNo { yes: _, no: _ }) => Ok(vec![0.into(), 1.into()]),
        _ => Err(format!("it asks for an option of `{}`, which has none", id(form, item))),
    }
}

/// The conditions among what is around a block.
fn nodes<'a>(branches: Vec<Branch<'a>>) -> Vec<Node<'a>> {
    let conditions = branches.into_iter().filter_map(|branch| match branch {
        Branch::If(node) => Some(node),
        Branch::Always => None,
    });
    conditions.collect()
}

impl<'a> Reader<'a> {
    /// Reads the conditions of all items and notes.
    pub(super) fn conditions(&mut self) {
        let mut read: HashMap<String, Rule> = HashMap::new();
        for (note, branches) in std::mem::take(&mut self.shown) {
            let rule = self.condition(&nodes(branches));
            self.form.notes[note].condition = Some(rule);
        }
        for asked in std::mem::take(&mut self.asked) {
            let nodes = nodes(asked.branches);
            let key: Vec<String> = nodes.iter().map(|node| node.place().at).collect();
            let rule = read.entry(key.join(" ")).or_insert_with(|| self.condition(&nodes));
            self.form.items[asked.item].condition = Some(rule.clone());
        }
    }

    fn condition(&self, nodes: &[Node<'a>]) -> Rule {
        let text: Vec<String> = nodes.iter().map(described).collect();
        let text = text.join(" and ");
        let place = nodes.last().map(Node::place).unwrap_or_default();
        let parts: Result<Vec<Logic>, String> = nodes.iter().map(|node| self.logic(node)).collect();
        let read = parts.and_then(|parts| {
            let logic = Logic::All(parts);
            let predicate = logic.predicate(&self.form)?;
            Ok((logic, predicate))
        });
        match read {
            Ok((logic, predicate)) => Rule {
                text,
                place,
                source: Some(Arc::new(logic)),
                target: Target::Formula(predicate.text()),
            },
            Err(reason) => Rule::not_understood(&text, &place, reason),
        }
    }

    /// A condition: sets of expressions, which are joined by their type.
    pub(super) fn logic(&self, node: &Node<'a>) -> Result<Logic, String> {
        let mut sets = Vec::new();
        let mut joints = BTreeSet::new();
        for (_, set) in numbered(node) {
            if !sets.is_empty() {
                joints.insert(set.get("Type").text().unwrap_or_default());
            }
            sets.push(self.set(&set)?);
        }
        match joints.into_iter().collect::<Vec<_>>().as_slice() {
            [] | ["AndIf"] => Ok(Logic::All(sets)),
            ["ElseIf" | "OrIf"] => Ok(Logic::Any(sets)),
            _ => Err("its sets are joined by both \"and\" and \"or\"".to_owned()),
        }
    }

    /// A set of expressions, joined either all by "and" or all by "or".
    fn set(&self, set: &Node<'a>) -> Result<Logic, String> {
        let mut terms = Vec::new();
        let mut joints = BTreeSet::new();
        for (_, term) in numbered(set) {
            if !terms.is_empty() {
                // The platform's own spelling.
                let joint =
                    term.get("Conjuction").text().or_else(|| term.get("Conjunction").text());
                joints.insert(joint.unwrap_or("And").to_lowercase());
            }
            terms.push(self.term(&term)?);
        }
        match joints.len() {
            0 | 1 if joints.contains("or") => Ok(Logic::Any(terms)),
            0 | 1 => Ok(Logic::All(terms)),
            _ => Err("it joins terms by both \"and\" and \"or\"".to_owned()),
        }
    }

    fn term(&self, term: &Node<'a>) -> Result<Logic, String> {
        if term.get("LogicType").text() != Some("Question") {
            let kind = term.get("LogicType").text().unwrap_or("unknown");
            let name = term.get("LeftOperand").as_text().unwrap_or_default();
            let sign = term.get("Operator").text().and_then(Sign::of);
            let right = term.get("RightOperand").as_text().unwrap_or_default();
            let number = right.trim().parse().ok().filter(|number: &f64| number.is_finite());
            if let ("EmbeddedField", Some(sign), Some(number)) = (kind, sign, number) {
                return Ok(Logic::Field { name, sign, number });
            }
            return Err(format!("it tests `{name}` ({kind}), which is no question"));
        }
        let locator = term.get("LeftOperand").text().or_else(|| term.get("ChoiceLocator").text());
        let locator = locator.unwrap_or_default();
        let operator = term.get("Operator").text().unwrap_or_default();
        let mut parts = locator.strip_prefix("q://").unwrap_or(locator).split('/');
        let question = parts.next().unwrap_or_default();
        let what = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        let Some(shape) = self.shapes.get(question) else {
            return Err(format!("it tests the question `{question}`, which is not imported"));
        };
        let unknown = || Err(format!("`{operator}` of `{locator}` is not understood"));
        let item = |row: Option<&&str>| match (&shape.items, row) {
            (Items::One(item), None) => Some(*item),
            (Items::Rows(rows), Some(row)) => rows.get(*row).copied(),
            (Items::Rows(rows), None) if rows.len() == 1 => rows.values().next().copied(),
            _ => None,
        };
        if let ("SelectableChoice", "Selected" | "NotSelected") = (what, operator) {
            return selected(&shape.items, &shape.values, &rest, operator == "Selected")
                .ok_or_else(|| format!("`{locator}` is no answer that was imported"));
        }
        let is_entry = matches!(what, "ChoiceTextEntryValue" | "ChoiceNumericEntryValue");
        let Some(item) = item(rest.first()).filter(|_| is_entry) else { return unknown() };
        let right = term.get("RightOperand").as_text().unwrap_or_default();
        match (operator, Sign::of(operator), right.trim().parse::<f64>()) {
            ("Empty", _, _) => Ok(Logic::Answered { item, wanted: false }),
            ("NotEmpty", _, _) => Ok(Logic::Answered { item, wanted: true }),
            (_, Some(sign), Ok(number)) if number.is_finite() => {
                Ok(Logic::Compare { item, sign, number })
            }
            _ => unknown(),
        }
    }
}

/// Whether an answer is selected: a choice, or a row and its answer.
fn selected(
    items: &Items,
    values: &BTreeMap<String, OptionValue>,
    rest: &[&str],
    wanted: bool,
) -> Option<Logic> {
    let (item, value) = match (items, rest) {
        (Items::One(item), [choice]) => (*item, *values.get(*choice)?),
        (Items::Rows(rows), [row, answer]) => (*rows.get(*row)?, *values.get(*answer)?),
        (Items::Boxes(boxes), [choice]) => (*boxes.get(*choice)?, 1.into()),
        _ => return None,
    };
    Some(Logic::Is { item, value, wanted })
}

/// The entries of a table whose keys are numbers, in their order.
fn numbered<'a>(node: &Node<'a>) -> Vec<(u64, Node<'a>)> {
    let entries = node.entries().into_iter();
    let mut numbered: Vec<(u64, Node<'a>)> =
        entries.filter_map(|(key, node)| Some((key.parse().ok()?, node))).collect();
    numbered.sort_by_key(|(number, _)| *number);
    numbered
}

/// A condition as the file has it.
fn described(node: &Node<'_>) -> String {
    let mut terms = Vec::new();
    for (_, set) in numbered(node) {
        for (_, term) in numbered(&set) {
            let part = |key: &str| term.get(key).as_text().unwrap_or_default();
            let joint = if terms.is_empty() { String::new() } else { part("Conjuction") };
            let words = [joint, part("LeftOperand"), part("Operator"), part("RightOperand")];
            terms.push(
                words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "),
            );
        }
    }
    terms.join(" ")
}
