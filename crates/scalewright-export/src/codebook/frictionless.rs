//! A Frictionless Data Package, version 2: a schema for each table of answers and each table of scores.

use super::json::{Json, Object};
use super::table::{Codebook, Kind, Part, Role, Value, Variable};

/// The profile of the package. Only version 2 has labels for values and for codes of missing answers.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// The content of the file.
pub(super) fn bytes(book: &Codebook) -> Vec<u8> {
    let resources: Json = book.parts.iter().flat_map(resources).collect();
    let notices: Vec<String> = book.parts.iter().map(about).collect();
    Object::default()
        .with("$schema", PROFILE)
        .with("title", book.title.as_str())
        .with("description", notices.join("\n\n"))
        .with("resources", resources)
        .bytes()
}

/// The instrument in a paragraph.
fn about(part: &Part) -> String {
    let mut lines = vec![format!("{}. {}", part.title, part.notice)];
    lines.extend(part.banner.clone());
    lines.extend(part.facts.iter().map(|(name, text)| format!("{name}: {text}")));
    lines.extend(part.references.iter().map(|(id, text)| format!("{id}: {text}")));
    lines.join("\n")
}

/// The tables of an instrument.
fn resources(part: &Part) -> Vec<Object> {
    let answers = part.keys.iter().chain(&part.answers).collect();
    let mut tables = vec![resource(part, "answers", answers, None)];
    if !part.scores.is_empty() {
        let keys: Json = part.keys.iter().map(|key| key.name.as_str()).collect();
        let reference =
            Object::default().with("resource", name(part, "answers")).with("fields", keys.clone());
        let foreign = Object::default().with("fields", keys).with("reference", reference);
        let scores = part.keys.iter().chain(&part.scores).collect();
        tables.push(resource(part, "scores", scores, Some(foreign)));
    }
    tables
}

fn name(part: &Part, what: &str) -> String {
    format!("{}-{what}", part.id)
}

fn resource(part: &Part, what: &str, columns: Vec<&Variable>, foreign: Option<Object>) -> Object {
    let name = name(part, what);
    let keys: Json = part.keys.iter().map(|key| key.name.as_str()).collect();
    let schema = Object::default()
        .with("fields", columns.into_iter().map(field).collect::<Json>())
        .with("missingValues", Json::from_iter(["", "NA"]))
        .with("primaryKey", keys)
        .maybe("foreignKeys", foreign.map(|key| Json::from_iter([key])));
    Object::default()
        .with("name", name.as_str())
        .with("title", format!("{}: {what}", part.title))
        .with("type", "table")
        .with("path", format!("{name}.csv"))
        .with("format", "csv")
        .with("mediatype", "text/csv")
        .with("encoding", "utf-8")
        .with("schema", schema)
}

fn field(variable: &Variable) -> Object {
    let labelled = variable.valid().any(|value| value.label != value.value);
    let categories: Json = variable.valid().map(|value| category(variable, value)).collect();
    let has_categories = labelled && variable.kind != Kind::Several;
    let ordered = variable.role == Role::Band || variable.kind == Kind::Integer;
    let (kind, format) = typed(variable.kind);
    let constraints = constraints(variable);
    Object::default()
        .with("name", variable.name.as_str())
        .with("title", variable.label.as_str())
        .with("description", description(variable))
        .with("type", kind)
        .maybe("format", format)
        .maybe("constraints", (!constraints.is_empty()).then_some(constraints))
        .maybe("categories", has_categories.then_some(categories))
        .maybe("categoriesOrdered", (has_categories && ordered).then_some(true))
        .maybe("missingValues", missing(variable))
        .maybe("unit", variable.unit.as_deref())
}

fn typed(kind: Kind) -> (&'static str, Option<&'static str>) {
    match kind {
        Kind::Text | Kind::Time | Kind::Several => ("string", None),
        Kind::Integer => ("integer", None),
        Kind::Number => ("number", None),
        Kind::Truth => ("boolean", None),
        Kind::Date => ("date", Some("%Y-%m-%d")),
    }
}

fn description(variable: &Variable) -> String {
    let mut lines = Vec::new();
    lines.extend(variable.section.lead_in.clone());
    lines.extend(variable.section.instructions.clone());
    let limits = variable
        .values
        .iter()
        .filter_map(|value| Some(format!("{}: {}", value.value, value.limits.as_ref()?)));
    lines.extend(limits);
    if variable.kind == Kind::Several {
        lines.extend(variable.values.iter().map(Value::shown));
    }
    lines.push(variable.explained());
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// What the values must be. Categories alone are not checked by the library.
fn constraints(variable: &Variable) -> Object {
    let listed: Json = variable.valid().map(|value| typed_value(variable, value)).collect();
    // A truth value has a type of its own.
    let is_listed = !matches!(variable.kind, Kind::Several | Kind::Truth);
    let has_list = is_listed && variable.valid().next().is_some();
    let pattern = match variable.kind {
        Kind::Time => Some("([01]?[0-9]|2[0-3]):[0-5][0-9]".to_owned()),
        Kind::Several if !variable.values.is_empty() => Some(several(&variable.values)),
        _ => None,
    };
    let is_number = variable.kind.is_numeric();
    Object::default()
        .maybe("required", (variable.role == Role::Key).then_some(true))
        .maybe("enum", has_list.then_some(listed))
        .maybe("minimum", variable.min.filter(|_| is_number))
        .maybe("maximum", variable.max.filter(|_| is_number))
        .maybe("pattern", pattern)
}

/// A pattern for one or several of the values. Values are whole numbers, so only a minus sign could have an effect, and
/// it has none outside brackets.
fn several(values: &[Value]) -> String {
    let values: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
    let one = values.join("|");
    format!("({one})([ ,;|]+({one}))*")
}

/// A value in the type of its column.
fn typed_value(variable: &Variable, value: &Value) -> Json {
    match (variable.kind, value.value.parse::<f64>()) {
        (Kind::Integer, Ok(number)) => Json::Number(number),
        _ => Json::Text(value.value.clone()),
    }
}

fn category(variable: &Variable, value: &Value) -> Object {
    Object::default()
        .with("value", typed_value(variable, value))
        .with("label", value.label.as_str())
}

/// The codes for missing answers with their labels; `None` if there are none. The standard requires that labels differ.
fn missing(variable: &Variable) -> Option<Json> {
    variable.missing().next()?;
    let empty = [("", "no answer"), ("NA", "not available")];
    let codes = variable.missing().map(|value| (value.value.as_str(), value.label.as_str()));
    let mut taken: Vec<String> = Vec::new();
    let all = empty.into_iter().chain(codes).map(|(value, label)| {
        let mut label = label.to_owned();
        if taken.contains(&label) {
            label = format!("{label} ({value})");
        }
        taken.push(label.clone());
        Object::default().with("value", value).with("label", label)
    });
    Some(all.collect())
}
