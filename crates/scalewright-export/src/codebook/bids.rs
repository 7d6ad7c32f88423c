//! The JSON file beside a table in the folder `phenotype` of a BIDS data set.

use super::json::{Json, Object};
use super::table::{Kind, Part, Role, Value, Variable};

/// The name of the first column of every such table.
const PARTICIPANT: &str = "participant_id";

/// The content of the file.
pub(super) fn bytes(part: &Part) -> Vec<u8> {
    let mut file = Object::default().with("MeasurementToolMetadata", tool(part));
    for (at, variable) in part.variables().enumerate() {
        let name = if at == 0 { PARTICIPANT } else { &variable.name };
        file = file.with(name, column(variable));
    }
    file.bytes()
}

fn tool(part: &Part) -> Object {
    let facts = part.facts.iter().map(|(name, text)| (*name, text.as_str()));
    let works = part.references.iter().map(|(id, text)| (id.as_str(), text.as_str()));
    let works: Object = works.collect();
    Object::default()
        .with("Description", format!("{}. {}", part.title, part.notice))
        .maybe("TermURL", part.url.as_deref())
        .maybe("Warning", part.banner.as_deref())
        .maybe("Instructions", part.instructions.as_deref())
        .with("About", facts.collect::<Object>())
        .maybe("References", (!works.is_empty()).then_some(works))
}

fn column(variable: &Variable) -> Object {
    let is_item = variable.role == Role::Item;
    let levels: Object =
        variable.values.iter().map(|value| (value.value.as_str(), level(value))).collect();
    // A list of several values is none of them.
    let has_levels = !levels.is_empty() && variable.kind != Kind::Several;
    let (levels, listed) = match has_levels {
        true => (Some(levels), None),
        false => (None, (!levels.is_empty()).then_some(levels)),
    };
    let derived =
        matches!(variable.role, Role::Score | Role::Answered | Role::Prorated | Role::Band);
    let is_limited = levels.is_none() && variable.kind.is_numeric();
    Object::default()
        .with("LongName", variable.label.as_str())
        .with("Description", description(variable))
        .maybe("Levels", levels)
        .maybe("ListedValues", listed)
        .maybe("Units", variable.unit.as_deref())
        .maybe("Minimum", variable.min.filter(|_| is_limited))
        .maybe("Maximum", variable.max.filter(|_| is_limited))
        .maybe("Derivative", derived.then_some(true))
        .maybe("Instructions", variable.section.instructions.as_deref().filter(|_| is_item))
}

/// What the column is, and all that is known about it.
fn description(variable: &Variable) -> String {
    let explained = variable.explained();
    match explained.is_empty() {
        true => variable.question(),
        false => format!("{}\n{explained}", variable.question()),
    }
}

fn level(value: &Value) -> Json {
    let Value { value: _, label, code, is_missing, limits } = value;
    let mut text = label.clone();
    if let Some(code) = code {
        text.push_str(&format!(" [{code}]"));
    }
    if *is_missing {
        text.push_str(" (missing answer)");
    }
    if let Some(limits) = limits {
        text.push_str(&format!(": {limits}"));
    }
    Json::Text(text)
}
