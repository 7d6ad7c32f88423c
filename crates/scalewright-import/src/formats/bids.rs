//! Data dictionaries of BIDS phenotype tables: JSON with an object for each column. They have no rules of scores.

use serde_json::Value;

use scalewright_model::Stop;

use crate::draft::{Around, Draft, Listed, NewItem};
use crate::finding::Kind;
use crate::form::{Form, ResponseKind};
use crate::format::Format;
use crate::ids::Ids;
use crate::json::Node;
use crate::options::Options;
use crate::words::Words;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "bids",
    title: "the data dictionary of a BIDS phenotype table",
    recognises: |opened| opened.json().is_some_and(recognises),
    read: |opened, options| {
        let document = opened.json().unwrap_or(&Value::Null);
        Ok(vec![read(opened.name(), document, options)?])
    },
};

/// The entry about the measurement as a whole.
const METADATA: &str = "MeasurementToolMetadata";

/// Columns that every table has, and that are no items.
const ABOUT_ROWS: [&str; 3] = ["participant_id", "session_id", "acq_time"];

/// The keys of a column.
const KEYS: [&str; 13] = [
    "LongName",
    "Description",
    "Levels",
    "Units",
    "TermURL",
    "Derivative",
    "Minimum",
    "Maximum",
    "Format",
    "Delimiter",
    "HED",
    "SourceDataset",
    "Requirement",
];

/// The keys of a column that are read.
const READ: [&str; 9] = [
    "LongName",
    "Description",
    "Levels",
    "Units",
    "Derivative",
    "Minimum",
    "Maximum",
    "Format",
    "Delimiter",
];

/// The text of a blank in BIDS.
const BLANK: &str = "n/a";

/// Whether a document has an object for each column, with the keys of BIDS.
fn recognises(document: &Value) -> bool {
    let Some(table) = document.as_object().filter(|table| !table.is_empty()) else { return false };
    let is_column = |value: &Value| {
        value
            .as_object()
            .is_some_and(|column| column.keys().all(|key| KEYS.contains(&key.as_str())))
    };
    let mut columns = table.iter().filter(|(name, _)| *name != METADATA);
    let is_described = |(_, value): (&String, &Value)| {
        ["Levels", "LongName", "Description"].iter().any(|key| value.get(key).is_some())
    };
    match table.contains_key(METADATA) {
        true => columns.all(|(_, value)| value.is_object()),
        false => columns.clone().all(|(_, value)| is_column(value)) && columns.any(is_described),
    }
}

/// Reads a data dictionary.
fn read(file: &str, document: &Value, options: &Options) -> Result<Form, Stop> {
    let root = Node::root(file, document);
    let mut draft = Draft::new(file, options, false);
    let stem = file.split('.').next().unwrap_or(file);
    draft.form.id = Ids::instrument(stem);
    draft.form.titled.title = Words::only(stem);
    draft.form.titled.citation = format!("{file}, the data dictionary of a BIDS phenotype table.");
    draft.untitled("a data dictionary");
    for (name, node) in root.entries() {
        match name {
            METADATA => metadata(&mut draft, &node),
            name if ABOUT_ROWS.contains(&name) => {}
            name => column(&mut draft, name, &node),
        }
    }
    unused_names(&mut draft, &root);
    if draft.form.items.is_empty() {
        return Err(Stop::wrong(format!("{file}: the data dictionary has no items")));
    }
    Ok(draft.finish())
}

/// Reports long names beside descriptions, which are the words of the items.
fn unused_names(draft: &mut Draft<'_>, root: &Node<'_>) {
    let text = |node: &Node<'_>, key: &str| node.get(key).text().map(str::to_owned);
    let is_unused = |node: &Node<'_>| {
        text(node, "Description")
            .is_some_and(|own| text(node, "LongName").is_some_and(|name| name != own))
    };
    let columns = root.entries().into_iter().filter(|(name, _)| !ABOUT_ROWS.contains(name));
    let count = columns.filter(|(_, node)| is_unused(node)).count();
    if count > 0 {
        let message = format!(
            "the long names of {count} columns are left out: their descriptions are the words"
        );
        draft.report(Kind::NotUnderstood, "long-name", &root.place(), message);
    }
}

fn metadata(draft: &mut Draft<'_>, node: &Node<'_>) {
    draft.form.titled.description = node.get("Description").text().map(shortened);
    let url =
        node.get("TermURL").text().filter(|url| url.starts_with("http") && !url.contains(' '));
    draft.form.titled.url = url.map(str::to_owned);
    if let Some(text) = node.get("Instructions").text() {
        let place = node.get("Instructions").place();
        draft.form.titled.instructions = draft.words(&Words::only(text), 10_000, &place);
    }
    unknown(draft, node, &["Description", "TermURL", "Instructions"]);
}

fn shortened(text: &str) -> String {
    text.chars().take(2000).collect()
}

/// Reports keys that have no counterpart.
fn unknown(draft: &mut Draft<'_>, node: &Node<'_>, known: &[&str]) {
    for (key, value) in node.entries() {
        if !known.contains(&key) {
            let message = format!("`{key}` has no counterpart and is left out");
            draft.report(Kind::NotUnderstood, "unknown-key", &value.place(), message);
        }
    }
}

fn column(draft: &mut Draft<'_>, name: &str, node: &Node<'_>) {
    let place = node.place();
    if node.get("Derivative").truth() == Some(true) {
        let reason = "it is derived from other columns, and the file does not say how";
        draft.leave_out(name, &place, reason);
        return;
    }
    unknown(draft, node, &READ);
    let response = match response(draft, name, node) {
        Ok(response) => response,
        Err(reason) => return draft.leave_out(name, &place, &reason),
    };
    let text = node.get("Description").text().or_else(|| node.get("LongName").text());
    let text = text.map(without_notes).unwrap_or_default();
    let stem = draft.words(&Words::only(&text), 4000, &place);
    if stem.is_empty() {
        let message = format!("`{name}` has no text; its name is the text");
        draft.report(Kind::Changed, "no-label", &place, message);
    }
    let (name, column) = (name.to_owned(), name.to_owned());
    let item = NewItem { name: name.clone(), column, stem, response, required: false, place };
    if let Some(position) = draft.item(item, &Around::default()) {
        draft.names.items.insert(name, position);
    }
}

/// The text without the keys that our own export adds to it.
fn without_notes(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("keyed on:"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The position of the response scale of a column; the reason if it has none.
fn response(draft: &mut Draft<'_>, name: &str, node: &Node<'_>) -> Result<usize, String> {
    let levels = node.get("Levels");
    if levels.table().is_some_and(|table| !table.is_empty()) {
        let listed = listed(draft, &levels);
        return draft.listed(&listed, name, node.has("Delimiter"), &levels.place());
    }
    let number = |key: &str| node.get(key).as_number();
    let (min, max, unit) = (number("Minimum"), number("Maximum"), node.get("Units").text());
    let format = node.get("Format").text().unwrap_or_default();
    let decimals = matches!(format, "integer" | "index").then_some(0);
    let kind = match format {
        "string" | "label" | "file_relative" | "uri" => ResponseKind::Text(1),
        "date" => ResponseKind::Date,
        "time" => ResponseKind::Time,
        "bool" | "boolean" => ResponseKind::YesNo { yes: Words::default(), no: Words::default() },
        _ if min.is_some() || max.is_some() || unit.is_some() || !format.is_empty() => {
            ResponseKind::Numeric {
                min,
                max,
                decimals,
                unit: unit.map(Words::only).unwrap_or_default(),
            }
        }
        _ => {
            let message = format!("`{name}` has neither levels nor a unit: its answers are texts");
            draft.report(Kind::Assumed, "no-kind", &node.place(), message);
            ResponseKind::Text(1)
        }
    };
    let signature = format!("{kind:?}");
    Ok(draft.response(&signature, name, &node.place(), |_| kind))
}

/// The levels of a column. One for a blank is none.
fn listed(draft: &mut Draft<'_>, levels: &Node<'_>) -> Vec<Listed> {
    let mut listed = Vec::new();
    for (stored, level) in levels.entries() {
        let place = level.place();
        if stored == BLANK {
            let message = "the level `n/a` is a blank in BIDS and is left out";
            draft.report(Kind::Changed, "blank-level", &place, message);
            continue;
        }
        let own = || level.get("Description").text().or_else(|| level.get("LongName").text());
        let label = level.as_text().or_else(|| own().map(str::to_owned)).unwrap_or_default();
        let stored = stored.to_owned();
        listed.push(Listed { stored, label: Words::only(&label), non_response: false, place });
    }
    listed
}
