//! The values of a definition by key and by the item or scale that they belong to.

use std::collections::BTreeMap;

use toml::{Table, Value};

/// For each key, and the id of its item or scale, all values in order.
pub(super) type View = BTreeMap<(String, String), Vec<Value>>;

/// The view of a definition. Response scales and sections belong to their items, whatever they are called.
pub(super) fn view(text: &str) -> View {
    let mut file: Table = toml::from_str(text).expect("it is TOML");
    let mut view = View::new();
    let responses = file.remove("response-scales");
    let sections = tables(file.remove("sections"));
    for mut item in tables(file.remove("items")) {
        let owner = id(&item);
        let response = item.remove("response");
        let response = text_of(response.as_ref()).and_then(|name| responses.as_ref()?.get(name));
        if let Some(Value::Table(response)) = response {
            let mut response = response.clone();
            response.entry("type").or_insert_with(|| Value::from("coded"));
            put(&mut view, &owner, "response-scales.*", &Value::Table(response));
        }
        let section = item.remove("section");
        let of_item = |section_: &&Table| text_of(section.as_ref()) == Some(&id(section_));
        if let Some(mut section) = sections.iter().find(of_item).cloned() {
            section.remove("id");
            put(&mut view, &owner, "sections[]", &Value::Table(section));
        }
        put(&mut view, &owner, "items[]", &Value::Table(item));
    }
    for scale in tables(file.remove("scales")) {
        put(&mut view, &id(&scale), "scales[]", &Value::Table(scale));
    }
    put(&mut view, "", "", &Value::Table(file));
    view
}

fn tables(value: Option<Value>) -> Vec<Table> {
    let Some(Value::Array(list)) = value else { return Vec::new() };
    let tables = list.into_iter().filter_map(|entry| match entry {
        Value::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}

fn id(table: &Table) -> String {
    text_of(table.get("id")).unwrap_or_default().to_owned()
}

fn text_of(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_str)
}

/// Adds the values below a key. Line breaks in texts do not count.
fn put(view: &mut View, owner: &str, key: &str, value: &Value) {
    match value {
        Value::Table(table) => {
            for (name, value) in table {
                let dot = if key.is_empty() { "" } else { "." };
                put(view, owner, &format!("{key}{dot}{name}"), value);
            }
        }
        Value::Array(list) if list.iter().all(Value::is_table) => {
            list.iter().for_each(|value| put(view, owner, &format!("{key}[]"), value));
        }
        value => {
            let value = match value {
                Value::String(text) => {
                    Value::from(text.split_whitespace().collect::<Vec<_>>().join(" "))
                }
                #[expect(clippy::cast_precision_loss, reason = "numbers of definitions are small")]
                Value::Integer(number) => Value::from(*number as f64),
                other => other.clone(),
            };
            view.entry((key.to_owned(), owner.to_owned())).or_default().push(value);
        }
    }
}
