//! The files of an activity: the activity itself, its items, their shared answers, and activities inside it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::json::Node;
use crate::source::MOST_BYTES;

/// The most files that are read.
const MOST_FILES: usize = 20_000;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Category {
    Activity,
    Item,
    ResponseOption,
    Protocol,
}

/// The category of a document. Releases before 1.0 write it as `@type`.
pub(super) fn category(document: &Value) -> Option<Category> {
    let stated = document.get("category").or_else(|| document.get("@type"))?.as_str()?;
    let name = stated.rsplit([':', '/', '#']).next().unwrap_or(stated);
    Some(match name {
        "Activity" => Category::Activity,
        "Item" | "Field" => Category::Item,
        "ResponseOption" | "ResponseOptions" => Category::ResponseOption,
        "Protocol" => Category::Protocol,
        _ => return None,
    })
}

/// A file that others refer to.
pub(super) enum Loaded {
    /// A document, and whether it contains `NaN`, which JSON does not have.
    Json(Value, bool),
    /// There is none.
    Missing,
    /// It cannot be read: the reason.
    Broken(String),
}

/// All files that were read, by path from the folder of the activity.
pub(super) struct Files<'a> {
    loaded: BTreeMap<String, Loaded>,
    root: (&'a str, &'a Value),
}

impl<'a> Files<'a> {
    /// Reads the files that an activity needs.
    pub(super) fn read(
        file: &'a str,
        document: &'a Value,
        beside: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Self {
        let mut loaded = BTreeMap::new();
        let mut wanted = references(file, document);
        while let Some(path) = wanted.pop() {
            if path == file || loaded.contains_key(&path) || loaded.len() >= MOST_FILES {
                continue;
            }
            let read = opened(beside(&path));
            if let Loaded::Json(document, _) = &read {
                wanted.extend(references(&path, document));
            }
            loaded.insert(path, read);
        }
        Self { loaded, root: (file, document) }
    }

    /// The first file with `NaN`, and how many there are.
    pub(super) fn with_nan(&self) -> Option<(&str, usize)> {
        let mut paths =
            self.loaded.iter().filter(|(_, loaded)| matches!(loaded, Loaded::Json(_, true)));
        let (first, _) = paths.next()?;
        Some((first, paths.count() + 1))
    }

    /// The document at a path that the file `from` states.
    ///
    /// # Errors
    ///
    /// Returns the reason if there is none, as a clause.
    pub(super) fn get(&self, from: &str, stated: &str) -> Result<Node<'_>, String> {
        let path = joined(from, stated)?;
        if path == self.root.0 {
            return Ok(Node::root(self.root.0, self.root.1));
        }
        match self.loaded.get_key_value(&path) {
            Some((path, Loaded::Json(document, _))) => Ok(Node::root(path, document)),
            Some((_, Loaded::Broken(reason))) => {
                Err(format!("the file `{path}` cannot be read: {reason}"))
            }
            Some((_, Loaded::Missing)) => Err(format!("there is no file `{path}`")),
            None => Err(format!(
                "the file `{path}` was not read, because there are more than {MOST_FILES}"
            )),
        }
    }
}

fn opened(bytes: Option<Vec<u8>>) -> Loaded {
    let Some(bytes) = bytes else { return Loaded::Missing };
    if bytes.len() > MOST_BYTES {
        return Loaded::Broken(format!("it is larger than {} MiB", MOST_BYTES >> 20));
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    match serde_json::from_slice(text) {
        Ok(document) => Loaded::Json(document, false),
        Err(error) => match std::str::from_utf8(text)
            .ok()
            .and_then(|text| serde_json::from_str(&without_nan(text)?).ok())
        {
            Some(document) => Loaded::Json(document, true),
            None => Loaded::Broken(format!(
                "it is not JSON (line {}, column {})",
                error.line(),
                error.column()
            )),
        },
    }
}

/// JSON as Python writes it, with `null` instead of `NaN`; `None` if it has no `NaN`.
fn without_nan(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut in_text, mut is_escaped, mut found) = (false, false, false);
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let after = rest.strip_prefix("NaN").filter(|_| !in_text);
        if let Some(after) = after {
            out.push_str("null");
            found = true;
            rest = after;
            continue;
        }
        in_text ^= letter == '"' && !is_escaped;
        is_escaped = in_text && letter == '\\' && !is_escaped;
        out.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    found.then_some(out)
}

/// The paths that a document refers to.
fn references(file: &str, document: &Value) -> Vec<String> {
    let mut stated: Vec<&str> = Vec::new();
    match category(document) {
        Some(Category::Activity) => {
            let ui = document.get("ui");
            let list = |key: &str| {
                ui.and_then(|ui| ui.get(key)).and_then(Value::as_array).into_iter().flatten()
            };
            stated.extend(list("order").filter_map(Value::as_str));
            let inline = list("order").filter(|entry| category(entry) == Some(Category::Item));
            stated.extend(inline.filter_map(|entry| entry.get("responseOptions")?.as_str()));
            let computed: Vec<&Value> = document
                .get("compute")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|entry| entry.get("variableName"))
                .collect();
            // Entries that are not in the order matter only for the titles of computed values.
            let titled = list("addProperties").filter(|entry| {
                entry.get("variableName").is_some_and(|name| computed.contains(&name))
            });
            stated.extend(titled.filter_map(|entry| entry.get("isAbout")?.as_str()));
        }
        Some(Category::Item) => {
            stated.extend(document.get("responseOptions").and_then(Value::as_str))
        }
        _ => {}
    }
    stated.into_iter().filter_map(|path| joined(file, path).ok()).collect()
}

/// The path that the file `from` states, from the folder of the activity.
///
/// # Errors
///
/// Returns the reason if it is an address, or not below the folder that contains the folder of the activity.
pub(super) fn joined(from: &str, stated: &str) -> Result<String, String> {
    if stated.contains("://") {
        return Err(format!("`{stated}` is an address on the web, which is not read"));
    }
    let is_odd =
        stated.len() > 1000 || stated.starts_with('/') || stated.contains(['\\', ':', '\0']);
    if is_odd || stated.trim().is_empty() {
        return Err(format!(
            "`{}` is not a relative path",
            stated.chars().take(100).collect::<String>()
        ));
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(stated.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    // Items are shared between folders beside each other, and nothing else of a disk belongs to an activity.
    match parts.as_slice() {
        [] | [.., ".."] | ["..", "..", ..] => {
            Err(format!("`{stated}` leads out of the folders of the activities"))
        }
        parts => Ok(parts.join("/")),
    }
}

#[cfg(test)]
mod tests {
    use super::{joined, without_nan};

    #[test]
    fn nan_is_null() {
        for (text, expected) in [
            ("{\"a\": NaN}", Some("{\"a\": null}")),
            ("[\"NaN \\\" NaN\", NaN]", Some("[\"NaN \\\" NaN\", null]")),
            ("{\"a\": \"NaN\"}", None),
        ] {
            assert_eq!(without_nan(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn paths_are_joined() {
        for (from, stated, expected) in [
            ("tide_schema", "items/a", Some("items/a")),
            ("items/a", "../valueConstraints", Some("valueConstraints")),
            ("tide_schema", "./x//y", Some("x/y")),
            ("tide_schema", "../other/items/a", Some("../other/items/a")),
            ("../other/items/a", "../options", Some("../other/options")),
            ("tide_schema", "../../secret", None),
            ("../other/items/a", "../../../secret", None),
            ("tide_schema", "..", None),
            ("tide_schema", "/etc/passwd", None),
            ("tide_schema", "https://example.org/a", None),
            ("tide_schema", "c:\\a", None),
            ("tide_schema", " ", None),
        ] {
            assert_eq!(joined(from, stated).ok().as_deref(), expected, "{from} {stated}");
        }
    }
}
