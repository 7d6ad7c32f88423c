//! Keys of the format, such as `scales[].bands[].label`, and places in a definition.

use serde_json::Value;

/// A step of a key: into a table by name, into a table by any name, or into a list.
#[derive(Debug, PartialEq)]
enum Step<'a> {
    Name(&'a str),
    Any,
    Entry,
}

fn steps(key: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for part in key.split('.') {
        let name = part.trim_end_matches("[]");
        steps.push(if name == "*" { Step::Any } else { Step::Name(name) });
        steps.extend((0..(part.len() - name.len()) / 2).map(|_| Step::Entry));
    }
    steps
}

/// Whether the place is at the key, inside it, or contains it.
pub(super) fn concerns(pointer: &str, key: &str) -> bool {
    let parts = pointer.split('/').skip(1);
    parts.zip(steps(key)).all(|(part, step)| match step {
        Step::Name(name) => part == name,
        Step::Any => true,
        Step::Entry => part.bytes().all(|byte| byte.is_ascii_digit()),
    })
}

/// Whether the definition has the key.
pub(super) fn is_used(definition: &Value, key: &str) -> bool {
    used(definition, &steps(key))
}

fn used(value: &Value, steps: &[Step<'_>]) -> bool {
    let Some((step, rest)) = steps.split_first() else { return true };
    match (step, value) {
        (Step::Name(name), Value::Object(table)) => {
            table.get(*name).is_some_and(|value| used(value, rest))
        }
        (Step::Any, Value::Object(table)) => table.values().any(|value| used(value, rest)),
        (Step::Entry, Value::Array(list)) => list.iter().any(|value| used(value, rest)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{concerns, is_used};

    #[test]
    fn a_place_concerns_a_key_in_either_direction() {
        assert!(concerns("/scales/3/bands", "scales[].bands[].label"));
        assert!(concerns("/scales/3/bands/0/label/x", "scales[].bands[].label"));
        assert!(concerns("/response-scales/r/min", "response-scales.*.min"));
        assert!(concerns("", "id"));
        assert!(!concerns("/items/3/stem", "scales[].bands[].label"));
        assert!(!concerns("/scales/x/bands", "scales[].bands"));
    }

    #[test]
    fn a_key_is_used_if_one_entry_has_it() {
        let definition = json!({ "items": [{ "id": "a" }, { "ask-if": "a > 1" }], "tables": { "t": { "rows": [] } } });
        assert!(is_used(&definition, "items[].ask-if"));
        assert!(is_used(&definition, "tables.*.rows"));
        assert!(!is_used(&definition, "items[].number"));
        assert!(!is_used(&definition, "norms[].derive"));
    }
}
