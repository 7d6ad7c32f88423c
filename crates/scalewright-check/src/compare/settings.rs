//! Compares two versions of `scalewright.toml`, key by key.

use std::collections::BTreeMap;

use scalewright_model::{Diagnostic, MOST_FINDINGS, Pointer};
use toml::de::{DeTable, DeValue};

use crate::write::scalar;
use crate::{Checked, Document, Finding, Levels, Source, locate};

/// The keys that name an entry of a list of tables.
const NAMES: [&str; 3] = ["path", "id", "name"];
/// The most characters of a value in a message.
const LONGEST: usize = 200;
/// The deepest level of tables that is compared key by key.
const DEEPEST: usize = 20;

/// A value of the file: its text, and where it is.
struct Value {
    text: String,
    place: Pointer,
}

/// Returns a warning about each setting that differs, as the check of the file `new`, or of `old` if the file is gone;
/// `None` if none differs. A file that is not valid TOML counts as far as it can be read.
#[must_use]
pub fn settings(old: Option<Source>, new: Option<Source>) -> Option<Checked> {
    let read = |source: Source| Document::decode(0, source.name, source.bytes).0;
    let (old, new) = (old.map(read), new.map(read));
    let [before, after] = [&old, &new].map(|side| side.as_ref().map(values).unwrap_or_default());
    let is_new = new.is_some();
    let mut found = Vec::new();
    for (key, value) in &after {
        let message = match before.get(key) {
            Some(was) if was.text == value.text => continue,
            Some(was) => format!("`{key}` was {}, and is now {}", cut(&was.text), cut(&value.text)),
            None => format!("`{key}` is now {}, and was not set", cut(&value.text)),
        };
        found.push((message, value.place.clone()));
    }
    for (key, value) in before.iter().filter(|(key, _)| !after.contains_key(*key)) {
        let message = format!("`{key}` was {}, and is no longer set", cut(&value.text));
        found.push((message, if is_new { Pointer::root() } else { value.place.clone() }));
    }
    let document = new.or(old).filter(|_| !found.is_empty())?;
    let found = found.into_iter().take(10 * MOST_FINDINGS);
    let changed = |(message, place)| {
        let changed =
            Diagnostic::warning("settings-changed", format!("a setting has changed: {message}"));
        changed.at(place, "").help("look at what it changes: a level can hide findings")
    };
    let findings: Vec<Finding> = locate(found.map(changed).collect(), 0, &document);
    Some(Checked::of_file(document, findings, &Levels::default()))
}

/// All values of a file that are not tables, by their keys joined by points.
fn values(document: &Document) -> BTreeMap<String, Value> {
    let (tree, _) = document.tree(0);
    let mut all = BTreeMap::new();
    gather(&tree.root, "", &Pointer::root(), &mut all, DEEPEST);
    all
}

fn gather(
    table: &DeTable<'_>,
    before: &str,
    place: &Pointer,
    all: &mut BTreeMap<String, Value>,
    deeper: usize,
) {
    for (key, value) in table {
        let name = match before {
            "" => key.get_ref().to_string(),
            before => format!("{before}.{}", key.get_ref()),
        };
        let place = place.key(key.get_ref());
        match value.get_ref() {
            DeValue::Table(inner) if deeper > 0 => gather(inner, &name, &place, all, deeper - 1),
            DeValue::Array(list) if deeper > 0 && is_of_tables(list) => {
                for (index, one) in list.iter().enumerate() {
                    let Some(inner) = one.get_ref().as_table() else { continue };
                    let name = format!("{name}[{}]", entry(inner, index));
                    gather(inner, &name, &place.index(index), all, deeper - 1);
                }
            }
            other => {
                all.insert(name, Value { text: text(other, deeper), place });
            }
        }
    }
}

fn is_of_tables(list: &toml::de::DeArray<'_>) -> bool {
    !list.is_empty() && list.iter().all(|one| one.get_ref().as_table().is_some())
}

/// Names an entry of a list of tables; entries without a name are counted from 1.
fn entry(table: &DeTable<'_>, index: usize) -> String {
    let named = NAMES.iter().find_map(|key| table.get(*key)?.get_ref().as_str());
    named.map_or_else(|| (index + 1).to_string(), str::to_owned)
}

/// A value as TOML on one line.
fn text(value: &DeValue<'_>, deeper: usize) -> String {
    match value {
        DeValue::String(text) => scalar::text(text),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Datetime(value) => value.to_string(),
        DeValue::Array(_) | DeValue::Table(_) if deeper == 0 => "…".to_owned(),
        DeValue::Array(list) => {
            let all: Vec<String> = list.iter().map(|one| text(one.get_ref(), deeper - 1)).collect();
            format!("[{}]", all.join(", "))
        }
        DeValue::Table(table) => {
            let all = table.iter().map(|(key, value)| {
                format!("{} = {}", key.get_ref(), text(value.get_ref(), deeper - 1))
            });
            format!("{{ {} }}", all.collect::<Vec<_>>().join(", "))
        }
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
