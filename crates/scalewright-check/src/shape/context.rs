//! Where in a file a place is, without positions and names: `scales[].recode[]`, `response-scales.*`.

use scalewright_model::{Pointer, Segment};
use serde_json::Value;

/// The tables of the top level whose keys are names that the author chooses.
pub(super) const NAMED: [&str; 4] = ["response-scales", "tables", "models", "recodes"];

/// Returns the kind of a place.
pub(super) fn of(place: &Pointer) -> String {
    let mut kind = String::new();
    let mut named = false;
    for segment in place.segments() {
        match segment {
            Segment::Index(_) => kind.push_str("[]"),
            Segment::Key(_) if std::mem::take(&mut named) => kind.push_str(".*"),
            Segment::Key(key) => {
                if !kind.is_empty() {
                    kind.push('.');
                }
                named = kind.is_empty() && NAMED.contains(&key.as_str());
                kind.push_str(key);
            }
        }
    }
    kind
}

/// Returns the schema of the table or list at a place.
pub(super) fn schema_of<'s>(schema: &'s Value, place: &Pointer) -> Option<&'s Value> {
    place.segments().iter().try_fold(schema, |at, segment| {
        let next = match segment {
            Segment::Index(_) => at.get("items"),
            Segment::Key(key) => {
                let own = at.get("properties").and_then(|keys| keys.get(key));
                own.or_else(|| at.get("additionalProperties"))
            }
        };
        Some(resolved(schema, next?))
    })
}

/// Follows a reference to a definition.
pub(super) fn resolved<'s>(schema: &'s Value, at: &'s Value) -> &'s Value {
    let name = at.get("$ref").and_then(Value::as_str);
    let target = name.and_then(|name| schema.pointer(name.strip_prefix('#')?));
    target.unwrap_or(at)
}

/// Whether a schema is that of a table with this key.
pub(super) fn has_key(schema: &Value, key: &str) -> bool {
    schema.get("properties").is_some_and(|keys| keys.get(key).is_some())
}

/// Returns the beginning of a text, for a message.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
