//! The items of questions, and what decides whether they are asked.

use scalewright_model::OptionValue;
use std::collections::{BTreeMap, BTreeSet};

use crate::json::Node;
use crate::words::Words;

/// The words before the next question.
#[derive(Debug, Default)]
pub(super) struct Around {
    pub(super) instructions: Words,
    pub(super) section: Option<usize>,
}

/// The items of a question.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) items: Items,
    /// The value of each answer of the items, by the number of the answer.
    pub(super) values: BTreeMap<String, OptionValue>,
}

/// The items of a question, by position.
#[derive(Debug)]
pub(super) enum Items {
    /// One item.
    One(usize),
    /// An item for each row, by the number of the row.
    Rows(BTreeMap<String, usize>),
    /// A yes-no item for each choice, by the number of the choice.
    Boxes(BTreeMap<String, usize>),
}

/// An item with its conditions.
pub(super) struct Asked<'a> {
    pub(super) item: usize,
    pub(super) branches: Vec<Branch<'a>>,
}

/// What is around a block.
#[derive(Debug, Clone)]
pub(super) enum Branch<'a> {
    /// A group without a condition.
    Always,
    /// A condition.
    If(Node<'a>),
}

/// The questions for whose choices conditions ask, or which have grades.
pub(super) fn asked_for(
    questions: &BTreeMap<&str, Node<'_>>,
    others: &[Node<'_>],
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (id, question) in questions {
        collect(question.value(), &mut found);
        if question.get("GradingData").list().any(|grade| grade.has("Grades")) {
            found.insert((*id).to_owned());
        }
    }
    for other in others {
        collect(other.value(), &mut found);
    }
    found
}

/// Collects the questions that conditions name.
fn collect(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(table) => {
            for (key, value) in table {
                let locator = value.as_str().filter(|_| key == "LeftOperand");
                let choice = locator.and_then(|text| text.strip_prefix("q://")?.split_once('/'));
                if let Some((id, _)) =
                    choice.filter(|(_, rest)| rest.starts_with("SelectableChoice"))
                {
                    found.insert(id.to_owned());
                }
                collect(value, found);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}
