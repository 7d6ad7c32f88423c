//! What templates can use: the request of the export, and what a printed page needs besides.

use std::collections::BTreeMap;

use minijinja::value::Value;
use scalewright_wire::ExportRequest;
use serde_json::{Map, Value as Json, json};

/// The variables of templates.
pub(super) const VARIABLES: &[&str] = &[
    "accept_recalled_keys",
    "caller",
    "house",
    "instrument",
    "items",
    "layout",
    "leave_out_scores",
    "loop",
    "options",
    "paper",
    "protocol",
    "range",
    "scores",
    "scoring",
    "sections",
    "sources",
    "wording",
];

/// The scores in each dialect, by the id of the scale: the code, or why the dialect cannot express the score.
pub type Printed = BTreeMap<&'static str, BTreeMap<String, Result<String, String>>>;

/// Keys that a request leaves out if a definition does. Templates see them as missing values, not as misspelt keys.
const OPTIONAL: [(&str, &[&str]); 5] = [
    ("/house", &["logo", "colour", "footer"]),
    ("/wording", &["instructions", "recall_period", "translation", "notice"]),
    ("/instrument", &["short_title", "family", "form", "date", "url", "description"]),
    ("/instrument/rights", &["terms", "url", "obtain"]),
    ("/instrument/administration", &["subject", "recall_period", "minutes"]),
];
const OF_ITEMS: &[&str] = &[
    "number",
    "section",
    "ask_if",
    "taken_from",
    "options",
    "min",
    "max",
    "decimals",
    "lines",
    "min_label",
    "max_label",
    "unit",
];
const OF_SECTIONS: &[&str] = &["id", "title", "lead_in", "instructions", "options"];
const OF_SCORES: &[&str] = &["description", "unit", "derived", "parent"];

/// The context of the templates for a request, as JSON.
pub(super) fn of(request: &ExportRequest, printed: &Printed) -> Result<Json, serde_json::Error> {
    let mut context = serde_json::to_value(request)?;
    let items = items(&context);
    let sections = sections(&context, &items);
    let scores = scores(&context, printed);
    for (place, keys) in OPTIONAL {
        if let Some(Json::Object(table)) = context.pointer_mut(place) {
            complete(table, keys);
        }
    }
    if let Some(table) = context.as_object_mut() {
        let scoring = table.insert("scores".to_owned(), Json::Array(scores));
        table.insert("scoring".to_owned(), scoring.unwrap_or_default());
        table.insert("items".to_owned(), Json::Array(items));
        table.insert("sections".to_owned(), Json::Array(sections));
    }
    Ok(context)
}

/// The context for the engine.
pub(super) fn value(context: &Json) -> Value {
    Value::from_serialize(context)
}

fn complete(table: &mut Map<String, Json>, keys: &[&str]) {
    for key in keys {
        table.entry(*key).or_insert(Json::Null);
    }
}

/// Adds the keys of `more` that `table` lacks.
fn merge(table: &mut Map<String, Json>, more: Option<&Json>) {
    for (key, value) in more.and_then(Json::as_object).into_iter().flatten() {
        table.entry(key.as_str()).or_insert_with(|| value.clone());
    }
}

fn list<'c>(context: &'c Json, place: &str) -> impl Iterator<Item = &'c Map<String, Json>> {
    context
        .pointer(place)
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(Json::as_object)
}

fn text<'t>(table: &'t Map<String, Json>, key: &str) -> &'t str {
    table.get(key).and_then(Json::as_str).unwrap_or_default()
}

/// Each item with its stem and its response scale, of which `kind` is the kind and `options` have labels.
fn items(context: &Json) -> Vec<Json> {
    let wording = &context["wording"];
    let mut items = Vec::new();
    for item in list(context, "/instrument/items") {
        let mut item = item.clone();
        let stem = wording["items"].get(text(&item, "id"));
        merge(&mut item, stem);
        let name = text(&item, "response").to_owned();
        let scale =
            list(context, "/instrument/response_scales").find(|one| text(one, "id") == name);
        let words = &wording["response_scales"][&name];
        item.insert("options".to_owned(), options(scale, words));
        merge(&mut item, scale.map(|scale| json!(scale)).as_ref());
        merge(&mut item, Some(words));
        let id = text(&item, "id").to_owned();
        for (key, side) in [("notes_before", "before"), ("notes_after", "after")] {
            item.insert(key.to_owned(), notes(context, &id, side));
        }
        complete(&mut item, OF_ITEMS);
        items.push(Json::Object(item));
    }
    items
}

/// The notes on a side of an item, with their texts.
fn notes(context: &Json, item: &str, side: &str) -> Json {
    let beside = list(context, "/instrument/notes").filter(|note| text(note, side) == item);
    let notes = beside.map(|note| {
        let mut note = note.clone();
        let words = context["wording"]["notes"].get(text(&note, "id"));
        merge(&mut note, words);
        complete(&mut note, &["ask_if"]);
        Json::Object(note)
    });
    Json::Array(notes.collect())
}

/// The options of a response scale with values and labels, or no value if it has none.
fn options(scale: Option<&Map<String, Json>>, words: &Json) -> Json {
    let labels = words["options"].as_array().cloned().unwrap_or_default();
    let stated = scale.and_then(|scale| scale.get("options")).and_then(Json::as_array);
    let complete = labels.into_iter().map(|mut option| {
        let value = option["value"].clone();
        let more = stated.into_iter().flatten().find(|one| one["value"] == value);
        if let Some(table) = option.as_object_mut() {
            merge(table, more);
            table.entry("code").or_insert(Json::Null);
            table.entry("non_response").or_insert(Json::Bool(false));
            table.entry("unlabelled").or_insert(Json::Bool(false));
        }
        option
    });
    let options: Vec<Json> = complete.collect();
    if options.is_empty() { Json::Null } else { Json::Array(options) }
}

/// The items in printed groups: those of a section, or neighbours without one. `options` are the options that all items
/// of a group share, if there are several items and no notes between them.
fn sections(context: &Json, items: &[Json]) -> Vec<Json> {
    let same = |one: &Json, other: &Json| one["section"] == other["section"];
    items.chunk_by(same).map(|group| section(context, group)).collect()
}

fn section(context: &Json, group: &[Json]) -> Json {
    let mut section = Map::new();
    if let Some(id) = group[0]["section"].as_str() {
        section.insert("id".to_owned(), json!(id));
        merge(&mut section, context["wording"]["sections"].get(id));
    }
    let shared = group.windows(2).all(|two| two[0]["response"] == two[1]["response"]);
    let is_empty = |list: &Json| list.as_array().is_none_or(Vec::is_empty);
    let has_note =
        |two: &[Json]| !is_empty(&two[0]["notes_after"]) || !is_empty(&two[1]["notes_before"]);
    if shared
        && !group.windows(2).any(has_note)
        && group.len() > 1
        && group[0]["kind"] != "several_choice"
    {
        section.insert("options".to_owned(), group[0]["options"].clone());
    }
    section.insert("items".to_owned(), json!(group));
    complete(&mut section, OF_SECTIONS);
    Json::Object(section)
}

/// The published scores with their titles, as text and in the declared dialects. A score that a dialect cannot express
/// is reported elsewhere and has no entry here.
fn scores(context: &Json, printed: &Printed) -> Vec<Json> {
    let mut scores = Vec::new();
    for score in list(context, "/scores/scores") {
        let id = text(score, "scale");
        let codes =
            || printed.iter().filter_map(|(dialect, codes)| Some((*dialect, codes.get(id)?)));
        if score.get("published") != Some(&Json::Bool(true))
            || codes().any(|(_, code)| code.is_err())
        {
            continue;
        }
        let mut score = score.clone();
        score.insert("id".to_owned(), json!(id));
        score.insert("text".to_owned(), score.get("formula").cloned().unwrap_or_default());
        for (dialect, code) in codes() {
            score.insert(dialect.to_owned(), json!(code.as_deref().unwrap_or_default()));
        }
        let id = text(&score, "scale").to_owned();
        merge(&mut score, context["wording"]["scales"].get(&id));
        let scale = list(context, "/instrument/scales").find(|one| text(one, "id") == id);
        merge(&mut score, scale.map(|scale| json!(scale)).as_ref());
        complete(&mut score, OF_SCORES);
        scores.push(Json::Object(score));
    }
    scores
}
