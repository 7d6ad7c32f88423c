//! The order of an activity, and what `addProperties` says about its entries.

use std::collections::BTreeMap;

use super::Reader;
use super::files::joined;
use super::pending::Condition;
use crate::finding::Kind;
use crate::json::Node;

/// The keys of an entry of `addProperties` that are understood. Its `prefLabel` is only shown in lists.
const PROPERTIES: &[&str] =
    &["isAbout", "variableName", "isVis", "valueRequired", "prefLabel", "@type", "category"];

/// The entries of `addProperties` of one activity, by path.
pub(super) type Properties<'a> = BTreeMap<String, Node<'a>>;

impl<'a> Reader<'a> {
    /// The path of an entry of the order.
    pub(super) fn path_of(&mut self, file: &str, entry: &Node<'a>) -> Option<String> {
        let path = match stated(entry) {
            Some(stated) => joined(file, stated),
            None => Err("an entry of the order is not a path".to_owned()),
        };
        path.map_err(|reason| self.report(Kind::NotUnderstood, "path", entry, reason)).ok()
    }

    pub(super) fn properties(&mut self, activity: &Node<'a>) -> Properties<'a> {
        let file = activity.place().file;
        let mut properties = Properties::new();
        for property in activity.get("ui").get("addProperties").list() {
            self.left_out.keys(&property, "an entry of `addProperties`", PROPERTIES);
            let path = property.get("isAbout").text().map(|stated| joined(&file, stated));
            match path {
                Some(Ok(path)) if properties.contains_key(&path) => {
                    let message = format!(
                        "`addProperties` describes `{path}` a second time; the first entry counts"
                    );
                    self.report(Kind::Doubtful, "twice", &property, message);
                }
                Some(Ok(path)) => {
                    properties.insert(path, property);
                }
                Some(Err(reason)) => {
                    self.report(Kind::NotUnderstood, "path", &property.get("isAbout"), reason)
                }
                None => self.report(
                    Kind::NotUnderstood,
                    "path",
                    &property,
                    "an entry of `addProperties` does not say what it is about",
                ),
            }
        }
        properties
    }

    /// The condition of an entry. `None` if it is never shown.
    pub(super) fn visibility(
        &mut self,
        property: Option<&Node<'a>>,
        scope: usize,
        stated: &str,
    ) -> Option<Option<Condition>> {
        let Some(property) = property else { return Some(None) };
        let node = property.get("isVis");
        let truth = match (node.value(), node.text().map(str::trim)) {
            (serde_json::Value::Bool(truth), _) => *truth,
            (_, Some("true")) | (serde_json::Value::Null, _) => true,
            (_, Some("false")) => false,
            (_, Some(text)) => {
                return Some(Some(Condition { text: text.to_owned(), scope, place: node.place() }));
            }
            _ => {
                self.report(
                    Kind::NotUnderstood,
                    "condition",
                    &node,
                    "`isVis` is neither a truth value nor an expression; the item is always asked",
                );
                true
            }
        };
        if !truth {
            let message =
                format!("`{stated}` is never shown and has no computation, and is left out");
            self.report(Kind::Changed, "never-shown", &node, message);
        }
        truth.then_some(None)
    }

    /// Entries of `addProperties` that the order does not contain. Results of computations do not belong there.
    pub(super) fn not_in_order(
        &mut self,
        properties: &Properties<'a>,
        read: &[String],
        scope: usize,
    ) {
        let is_result = |property: &Node<'_>| {
            property
                .get("variableName")
                .text()
                .is_some_and(|name| self.scopes[scope].is_score(name))
        };
        let others: Vec<(&String, &Node<'_>)> = properties
            .iter()
            .filter(|(path, property)| {
                !read.contains(*path)
                    && !is_result(property)
                    && property.get("isVis").truth() != Some(false)
            })
            .collect();
        let variables = others.iter().filter_map(|(path, property)| {
            Some((property.get("variableName").text()?.to_owned(), (*path).clone()))
        });
        self.unasked.extend(variables);
        let Some((first, at)) = others.first() else { return };
        let more = match others.len() {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        let message =
            format!("`{first}`{more} of `addProperties` are not in the order, and are not asked");
        let at = (*at).clone();
        self.report(Kind::Doubtful, "not-in-order", &at, message);
    }
}

/// The path of an entry. An item that is written out in the order has one as its id.
pub(super) fn stated<'a>(entry: &Node<'a>) -> Option<&'a str> {
    entry.text().or_else(|| entry.get("id").text()).or_else(|| entry.get("@id").text())
}
