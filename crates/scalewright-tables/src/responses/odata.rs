//! Reads submissions of XLSForms as JSON: what ODK Central returns by OData (`pyodk`: `get_table`), and the data of
//! KoboToolbox's interface.
//!
//! Questions are nested in objects of their groups, or have names such as `feelings/calm_1`.

use std::collections::BTreeMap;
use std::io::Read;

use scalewright_model::Instrument;
use serde_json::Value;

use super::row_reader::About;
use super::surveyjs_table::{FormResult, ResultKind, SurveyjsTable, text, values};
use crate::Stop;

static SUBMISSIONS: ResultKind = ResultKind {
    result: |result, instrument| Some(flat(result, instrument)),
    help: "give the JSON of ODK Central's OData (`get_table` of pyodk), of KoboToolbox, or an export as CSV",
    others: [
        "1 value is no submission and is not scored",
        "values are no submissions and are not scored",
    ],
    version: "form__version",
};

/// The lists of submissions in an answer of an interface: ODK Central and KoboToolbox.
const LISTS: [&str; 2] = ["value", "results"];

/// Opens a file, and reads it.
pub(super) fn open(
    name: &str,
    input: Box<dyn Read>,
    about: &About<'_>,
) -> Result<SurveyjsTable, Stop> {
    let text = text(name, input)?;
    let all = values(name, &text, SUBMISSIONS.help)?;
    let submissions = all.into_iter().flat_map(unwrapped).collect();
    SurveyjsTable::of_values(name, submissions, (about, text.len() as u64), &SUBMISSIONS)
}

/// The submissions in an answer of an interface; another value is one itself.
fn unwrapped(value: Value) -> Vec<Value> {
    let Value::Object(mut object) = value else { return vec![value] };
    for key in LISTS {
        if let Some(Value::Array(list)) = object.get_mut(key)
            && list.iter().all(Value::is_object)
        {
            return std::mem::take(list);
        }
    }
    vec![Value::Object(object)]
}

/// The answers without their groups. A name that is in two groups keeps them.
fn flat(result: FormResult, _: &Instrument) -> FormResult {
    let mut all = Vec::new();
    flatten("", result, &mut all);
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for (path, _) in &all {
        *count.entry(last(path).to_owned()).or_default() += 1;
    }
    let named = all.into_iter().map(|(path, value)| {
        let own = last(&path);
        let name = if count[own] == 1 { own.to_owned() } else { path.clone() };
        (name, value)
    });
    named.collect()
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Adds the values of an object and of the groups in it, each with its path.
fn flatten(groups: &str, object: FormResult, all: &mut Vec<(String, Value)>) {
    for (name, value) in object {
        let path = if groups.is_empty() { name } else { format!("{groups}/{name}") };
        match value {
            // The parser limits the depth of JSON, and so this recursion.
            Value::Object(group) if !group.contains_key("coordinates") => {
                flatten(&path, group, all);
            }
            value => all.push((path, value)),
        }
    }
}
