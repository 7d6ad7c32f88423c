//! The choices and answers of questions: numbered entries with an order of their own.

use crate::json::Node;

/// An entry of `Choices` or `Answers`.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a> {
    pub(super) id: String,
    pub(super) node: Node<'a>,
}

/// The entries under `key`, in the order of `order`. Ids have gaps where entries were deleted.
pub(super) fn entries<'a>(question: &Node<'a>, key: &str, order: &str) -> Vec<Entry<'a>> {
    let all = all(&question.get(key));
    let ids: Vec<String> = match question.get(order) {
        order if order.table().is_some() => {
            order.entries().iter().filter_map(|(_, id)| id.as_text()).collect()
        }
        order => order.list().filter_map(|id| id.as_text()).collect(),
    };
    if ids.is_empty() {
        return all;
    }
    let mut by_id: std::collections::HashMap<String, Entry<'a>> =
        all.into_iter().map(|entry| (entry.id.clone(), entry)).collect();
    ids.iter().filter_map(|id| by_id.remove(id)).collect()
}

/// All entries by number. A list is what a table with the keys 0, 1, 2 becomes.
fn all<'a>(node: &Node<'a>) -> Vec<Entry<'a>> {
    let mut all: Vec<Entry<'a>> = match node.table() {
        Some(_) => {
            let entries = node.entries().into_iter();
            entries.map(|(id, node)| Entry { id: id.to_owned(), node }).collect()
        }
        None => {
            let list = node.list().enumerate();
            list.map(|(index, node)| Entry { id: index.to_string(), node }).collect()
        }
    };
    all.sort_by_key(|entry| entry.id.parse::<u64>().unwrap_or(u64::MAX));
    all
}

/// The words of an entry in a translation of its question.
pub(super) fn translated<'a>(key: &str, id: &str, question: &Node<'a>) -> Option<String> {
    let entries = question.get(key);
    let entry = match id.parse::<usize>() {
        Ok(index) if entries.table().is_none() => entries.list().nth(index)?,
        _ => entries.get(id),
    };
    entry.get("Display").as_text()
}
