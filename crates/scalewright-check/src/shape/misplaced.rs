//! Keys that are known elsewhere: below another header, or in the table around.

use scalewright_model::{Part, Pointer, Segment};
use serde_json::Value;

use super::context;
use crate::document::Tree;

/// The most tables that are named as the place of a key.
const MOST_OWNERS: usize = 3;

/// Returns where a key of a table around `place` belongs; `None` if no table around has it.
pub(super) fn around(
    key: &str,
    place: &Pointer,
    tree: &Tree<'_>,
    schema: &Value,
) -> Option<String> {
    let mut at = place.parent();
    while !at.segments().is_empty() {
        let table = context::schema_of(schema, &at);
        if table.is_some_and(|table| context::has_key(table, key)) {
            let outer = header(&at, tree);
            return Some(match written(place, tree) {
                Some(inner) => format!("`{key}` belongs to `{outer}`: write it above `{inner}`"),
                None => format!("`{key}` belongs to `{outer}`: write it outside of the braces"),
            });
        }
        at = at.parent();
    }
    (!place.segments().is_empty() && is_top_level(schema, key))
        .then(|| format!("`{key}` belongs above the first `[…]` of the file"))
}

/// Whether `key` is a text, or a list of texts, that belongs at the top of a file, before the first header.
fn is_top_level(schema: &Value, key: &str) -> bool {
    let property = schema.get("properties").and_then(|keys| keys.get(key));
    let is_text = |schema: &Value| schema.get("type").is_some_and(|kind| kind == "string");
    property.is_some_and(|property| is_text(property) || property.get("items").is_some_and(is_text))
}

/// Returns which other tables of the file have a key; `None` if there are none, or many.
pub(super) fn elsewhere(key: &str, schema: &Value) -> Option<String> {
    let mut owners = Vec::new();
    for (name, property) in schema.get("properties")?.as_object()? {
        let Some((header, table)) = table(schema, name, property) else { continue };
        if context::has_key(table, key) {
            owners.push(header.clone());
            continue;
        }
        let inner = table.get("properties").and_then(Value::as_object).into_iter().flatten();
        for (part, property) in inner {
            let path = format!("{}.{part}", header.trim_matches(['[', ']']));
            if let Some((header, table)) = self::table(schema, &path, property)
                && context::has_key(table, key)
            {
                owners.push(header);
            }
        }
    }
    if owners.is_empty() || owners.len() > MOST_OWNERS {
        return None;
    }
    let named: Vec<String> = owners.iter().map(|owner| format!("`{owner}`")).collect();
    let place = if owners.len() == 1 { "that header" } else { "the right header" };
    Some(format!("`{key}` is a key of {}: move it below {place}", named.join(" and of ")))
}

/// Returns the header of a property that is a table or a list of tables, and the schema of the table.
fn table<'s>(schema: &'s Value, path: &str, property: &'s Value) -> Option<(String, &'s Value)> {
    let own = context::resolved(schema, property);
    let (header, table) = if let Some(items) = own.get("items") {
        (format!("[[{path}]]"), context::resolved(schema, items))
    } else if let Some(values) = own.get("additionalProperties").filter(|values| values.is_object())
    {
        (format!("[{path}.…]"), context::resolved(schema, values))
    } else {
        (format!("[{path}]"), own)
    };
    table.get("properties").is_some().then_some((header, table))
}

/// Returns the header of a table as it is written; `None` if the table is in braces.
fn written(place: &Pointer, tree: &Tree<'_>) -> Option<String> {
    let is_table = tree.value(place).is_some_and(|value| value.as_table().is_some());
    let text = tree.text(tree.span(place, Part::Value));
    (is_table && text.starts_with('[')).then(|| text.to_owned())
}

/// Returns the header of a table, as it is written or as it could be.
fn header(place: &Pointer, tree: &Tree<'_>) -> String {
    written(place, tree).unwrap_or_else(|| {
        let keys: Vec<&str> = place.segments().iter().filter_map(key).collect();
        let listed = matches!(place.segments().last(), Some(Segment::Index(_)));
        if listed { format!("[[{}]]", keys.join(".")) } else { format!("[{}]", keys.join(".")) }
    })
}

fn key(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Key(key) => Some(key),
        Segment::Index(_) => None,
    }
}
