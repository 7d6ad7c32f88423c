//! What of a folder is imported: its activities, or its items if there is no activity.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::files::{Category, category, joined};

/// The most files of a folder that are looked into.
const MOST: usize = 2000;

/// The key of an activity that was made from the items of a folder.
pub(super) const COLLECTED: &str = "scalewright:collected";

/// The files of a folder that are imported: its activities, or its only file. `names` are the files of the folder, and
/// `read` opens one of them.
#[must_use]
pub fn main_files(names: &[String], read: &dyn Fn(&str) -> Option<Vec<u8>>) -> Vec<String> {
    let activities = activities(names, read);
    match (&activities[..], names) {
        ([], [only]) => vec![only.clone()],
        _ => activities,
    }
}

/// The activities among the files of a folder, without those that another one of them contains.
fn activities(names: &[String], read: &dyn Fn(&str) -> Option<Vec<u8>>) -> Vec<String> {
    let all = of_category(names, read, Category::Activity);
    let inner: BTreeSet<String> = all
        .iter()
        .flat_map(|(name, document)| {
            let order = document.pointer("/ui/order").and_then(Value::as_array);
            let stated = order.into_iter().flatten().filter_map(Value::as_str);
            let paths = stated.filter_map(|stated| joined(name, stated).ok());
            paths.filter(|path| path != name).collect::<Vec<_>>()
        })
        .collect();
    let outer: Vec<String> =
        all.iter().map(|(name, _)| name.clone()).filter(|name| !inner.contains(name)).collect();
    // Activities that contain each other have no outer one.
    if outer.is_empty() { all.into_iter().map(|(name, _)| name).collect() } else { outer }
}

/// The content of an activity of all items of a folder `name` that has no activity; `None` if it has no items. `names`
/// are the files in it and in its folder of items, in the order of the activity, and `read` opens one of them.
#[must_use]
pub fn of_items(
    name: &str,
    names: &[String],
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let items: Vec<String> =
        of_category(names, read, Category::Item).into_iter().map(|(name, _)| name).collect();
    if items.is_empty() {
        return None;
    }
    let variable = |path: &String| {
        let name = path.rsplit('/').next().unwrap_or(path);
        json!({"isAbout": path, "variableName": name, "isVis": true})
    };
    let activity = json!({
        "@context": "reproschema",
        "category": "Activity",
        "id": name,
        "prefLabel": name,
        COLLECTED: true,
        "ui": {"order": items, "addProperties": items.iter().map(variable).collect::<Vec<_>>()},
    });
    Some(activity.to_string().into_bytes())
}

/// The files of a category, with their documents.
fn of_category(
    names: &[String],
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
    wanted: Category,
) -> Vec<(String, Value)> {
    let could_be = |name: &&String| {
        let file = name.rsplit('/').next().unwrap_or(name);
        let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
        matches!(ending, "" | "json" | "jsonld")
    };
    let opened = names.iter().filter(could_be).take(MOST).filter_map(|name| {
        let document: Value = serde_json::from_slice(&read(name)?).ok()?;
        (category(&document) == Some(wanted)).then(|| (name.clone(), document))
    });
    opened.collect()
}

#[cfg(test)]
mod tests {
    use super::{activities, of_items};

    #[test]
    fn activities_inside_others_are_not_imported_by_themselves() {
        let read = |name: &str| {
            let text = match name {
                "a_schema" => {
                    r#"{"category": "Activity", "ui": {"order": ["items/x", "b_schema"]}}"#
                }
                "b_schema" | "c" => r#"{"category": "Activity", "ui": {"order": ["items/x"]}}"#,
                "x" => r#"{"category": "Item"}"#,
                _ => "no JSON",
            };
            Some(text.as_bytes().to_vec())
        };
        let names = ["a_schema", "b_schema", "c", "notes.txt", "readme", "x"].map(str::to_owned);
        assert_eq!(activities(&names, &read), ["a_schema", "c"]);
        let made = of_items("folder", &names, &read).expect("there is an item");
        let made = String::from_utf8(made).expect("it is a text");
        assert!(made.contains(r#""order":["x"]"#), "{made}");
    }
}
