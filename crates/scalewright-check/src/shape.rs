//! The second gate: checks keys and types against the JSON Schema, and reports errors in our own words, at the key.
//!
//! This is the only user of the schema validator. None of the validator's messages reaches users: every kind of error
//! that our schemas can cause has its own message here.

use std::sync::OnceLock;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::{Location, LocationSegment};
use jsonschema::{JsonType, ValidationError, Validator};
use scalewright_model::{Diagnostic, MOST_FINDINGS, Pointer, Segment, closest};
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::de::{DeTable, DeValue};

use crate::document::Tree;
use crate::instance::{Instance, Toml, num};
use crate::{SchemaKind, schema};

/// Reads a tree as a `T`, or reports why it does not match the schema.
pub(crate) fn read<T: DeserializeOwned>(
    tree: &Tree<'_>,
    kind: SchemaKind,
) -> (Option<T>, Vec<Diagnostic>) {
    read_with(tree, compiled(kind))
}

/// Reads a tree as a `T` of any schema, or reports why it does not match.
pub(crate) fn read_as<T: DeserializeOwned>(
    tree: &Tree<'_>,
    schema: Value,
) -> (Option<T>, Vec<Diagnostic>) {
    read_with(tree, &Compiled::new(schema))
}

fn read_with<T: DeserializeOwned>(
    tree: &Tree<'_>,
    compiled: &Compiled,
) -> (Option<T>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    // One more than is shown, so that `shorten` notes that some are left out.
    for error in compiled.validator.iter_errors(Instance::Table(&tree.root)).take(MOST_FINDINGS + 1)
    {
        explain(&error, tree, &compiled.schema, &mut found);
    }
    found.extend(controls(tree));
    drop_echoes(&mut found);
    if !found.is_empty() {
        return (None, found);
    }
    // The deserializer consumes the table that it reads.
    let table = toml::Spanned::new(0..0, tree.root.clone());
    match T::deserialize(toml::de::Deserializer::from(table)) {
        Ok(file) => (Some(file), found),
        Err(error) => (None, vec![disagreement(error.message())]),
    }
}

/// Removes findings about missing keys that are only misspelt: that is one mistake, not two.
fn drop_echoes(found: &mut Vec<Diagnostic>) {
    let misspelt: Vec<(Pointer, String)> = found
        .iter()
        .filter(|finding| finding.code == "unknown-key")
        .filter_map(|finding| {
            // `unknown_key` writes this help; the two must have the same words.
            let key = finding.help.first()?.strip_prefix("did you mean `")?.strip_suffix("`?")?;
            Some((finding.labels.first()?.pointer.parent(), key.to_owned()))
        })
        .collect();
    found.retain(|finding| {
        let place = finding.labels.first().map(|label| &label.pointer);
        finding.code != "missing-key"
            || !misspelt.iter().any(|(table, key)| {
                place == Some(table) && finding.message.contains(&format!("`{key}`"))
            })
    });
}

/// Reports texts and keys with control characters. Forms cannot print them, and terminals interpret them.
fn controls(tree: &Tree<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut open = members(&tree.root, &Pointer::root(), &mut found);
    while let Some((place, value)) = open.pop().filter(|_| found.len() <= MOST_FINDINGS) {
        match value {
            DeValue::String(text) => {
                let name = name_of(&place);
                found.extend(control(text, &name).map(|finding| finding.at(place, "")));
            }
            DeValue::Array(list) => {
                let elements = list.iter().enumerate();
                open.extend(elements.map(|(index, value)| (place.index(index), value.get_ref())));
            }
            DeValue::Table(table) => open.extend(members(table, &place, &mut found)),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => {}
        }
    }
    found
}

/// Returns the values of a table with their locations, and reports keys with control characters.
fn members<'t>(
    table: &'t DeTable<'_>,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Vec<(Pointer, &'t DeValue<'t>)> {
    let mut members = Vec::new();
    for (key, value) in table.iter() {
        let place = place.key(key.get_ref());
        let finding = control(key.get_ref(), "a key");
        found.extend(finding.map(|finding| finding.at_key(place.clone(), "")));
        members.push((place, value.get_ref()));
    }
    members
}

fn control(text: &str, name: &str) -> Option<Diagnostic> {
    let found = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r'))?;
    let message = format!("{name} contains the control character {}", found.escape_unicode());
    Some(Diagnostic::error("control-character", message).help("remove it"))
}

/// Reports a file that the schema accepts and the types refuse. That is a bug in this program.
fn disagreement(error: &str) -> Diagnostic {
    let error = error.lines().next().unwrap_or_default();
    Diagnostic::error("internal", format!("the schema and the reader disagree: {error}"))
        .at(Pointer::root(), "")
        .help("this is a bug in scalewright, not in your file: please report it with the file")
}

struct Compiled {
    schema: Value,
    validator: Validator<Toml>,
}

fn compiled(kind: SchemaKind) -> &'static Compiled {
    static COMPILED: [OnceLock<Compiled>; 6] = [const { OnceLock::new() }; 6];
    let slot = match kind {
        SchemaKind::Instrument => &COMPILED[0],
        SchemaKind::Wording => &COMPILED[1],
        SchemaKind::Cases => &COMPILED[2],
        SchemaKind::Config => &COMPILED[3],
        SchemaKind::Pack => &COMPILED[4],
        SchemaKind::Key => &COMPILED[5],
    };
    slot.get_or_init(|| Compiled::new(schema(kind)))
}

impl Compiled {
    fn new(schema: Value) -> Self {
        // The keywords that our schemas use have the same meaning in draft 7. The validator first builds the schema of
        // the draft to check ours. That of draft 7 is much smaller; building another would take most of the time of a
        // run.
        let validator = jsonschema::options_for::<Toml>()
            .with_draft(jsonschema::Draft::Draft7)
            .build(&schema)
            .expect("internal: a schema derived from our own types compiles");
        Self { schema, validator }
    }
}

/// Converts a location of the validator to a pointer. The validator takes any key that consists of digits for a
/// position in a list, so the tree decides.
fn pointer(location: &Location, tree: &Tree<'_>) -> Pointer {
    location.into_iter().fold(Pointer::root(), |place, segment| {
        let in_list = tree.value(&place).is_some_and(|value| value.as_array().is_some());
        match segment {
            LocationSegment::Property(name) => place.join(Segment::Key(name.into_owned())),
            LocationSegment::Index(index) if in_list => place.index(index),
            LocationSegment::Index(index) => place.key(&index.to_string()),
        }
    })
}

fn explain(
    error: &ValidationError<'_>,
    tree: &Tree<'_>,
    schema: &Value,
    found: &mut Vec<Diagnostic>,
) {
    use ValidationErrorKind as Kind;
    let place = pointer(error.instance_path(), tree);
    let name = name_of(&place);
    let finding = match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            let known = known_keys(schema, error.schema_path());
            for key in unexpected.iter().take(MOST_FINDINGS + 1) {
                // In TOML, a key below a header belongs to that table, even if the author meant it for the whole file.
                let misplaced = !place.segments().is_empty() && is_top_level(schema, key);
                found.push(unknown_key(key, &known, misplaced, &place));
            }
            return;
        }
        Kind::Required { property } => {
            missing_key(property.as_str().unwrap_or_default(), &place, schema, error.schema_path())
        }
        Kind::Type { kind } => wrong_type(&name, kind, tree.value(&place), place),
        // Choices whose values have descriptions are a list of constants in the schema; others are an `enum`.
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => {
            unknown_choice(&name, &choices(context), tree.value(&place), place)
        }
        Kind::Enum { options } => {
            let options: Vec<String> =
                options.as_array().into_iter().flatten().map(plain).collect();
            unknown_choice(&name, &options, tree.value(&place), place)
        }
        Kind::Constant { expected_value } => {
            let only = [plain(expected_value)];
            unknown_choice(&name, &only, tree.value(&place), place)
        }
        Kind::Pattern { pattern } => wrong_pattern(&name, pattern, tree.value(&place), place),
        // Another number is the format of another version of the program, not a number out of range.
        Kind::Minimum { .. } | Kind::Maximum { .. } if name == "`format`" => Diagnostic::error(
            "unknown-format",
            "this version of scalewright does not know this format",
        )
        .at(place, "")
        .help(format!("write `format = {}`", scalewright_model::file::FORMAT)),
        Kind::Minimum { limit } => out_of_range(&name, "less than", limit, place),
        Kind::Maximum { limit } => out_of_range(&name, "more than", limit, place),
        Kind::MinLength { .. } => Diagnostic::error("empty-text", format!("{name} is empty"))
            .at(place, "")
            .help("write the text, or remove the key"),
        Kind::MaxLength { limit } => {
            Diagnostic::error("too-long", format!("{name} is longer than {limit} characters"))
                .at(place, "")
                .help("shorten it")
        }
        Kind::MinItems { .. } => Diagnostic::error("empty-list", format!("{name} is empty"))
            .at_key(place, "")
            .help("give at least one entry"),
        Kind::MaxItems { limit } | Kind::MaxProperties { limit } => {
            Diagnostic::error("too-many", format!("{name} has more than {limit} entries"))
                .at_key(place, "")
                .help(format!("keep at most {limit}"))
        }
        other => unforeseen(&name, other, place),
    };
    found.push(finding);
}

/// Reports kinds of errors that our schemas do not use. A test fails if one of them occurs.
fn unforeseen(name: &str, kind: &ValidationErrorKind, place: Pointer) -> Diagnostic {
    let keyword = kind.keyword();
    Diagnostic::error("internal", format!("{name} breaks the rule `{keyword}` of the schema"))
        .at(place, "")
        .help("this message should be clearer: please report it with the file")
}

/// Returns the name of a location in a message: its key in backticks, or "this entry".
fn name_of(place: &Pointer) -> String {
    match place.segments().last() {
        Some(Segment::Key(key)) => format!("`{key}`"),
        Some(Segment::Index(_)) => "this entry".to_owned(),
        None => "the file".to_owned(),
    }
}

/// Whether `key` is a text, or a list of texts, that belongs at the top of a file, before the first header.
fn is_top_level(schema: &Value, key: &str) -> bool {
    let property = schema.get("properties").and_then(|keys| keys.get(key));
    let is_text = |schema: &Value| schema.get("type").is_some_and(|kind| kind == "string");
    property.is_some_and(|property| is_text(property) || property.get("items").is_some_and(is_text))
}

fn unknown_key(key: &str, known: &[String], misplaced: bool, place: &Pointer) -> Diagnostic {
    let help = match closest(key, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("the keys here are {}", names.join(", "))
        }
    };
    Diagnostic::error("unknown-key", format!("unknown key `{}`", short(key)))
        .at_key(place.key(key), "not a key of this table")
        .maybe_help(misplaced.then(|| format!("`{key}` belongs above the first `[…]` of the file")))
        .help(help)
}

/// Returns the keys of the table that has an unknown key, in the order of the schema.
fn known_keys(schema: &Value, path: &Location) -> Vec<String> {
    let table = table_schema(schema, path);
    let keys = table.and_then(|table| table.get("properties")?.as_object());
    keys.map(|keys| keys.keys().cloned().collect()).unwrap_or_default()
}

/// Returns the part of the schema that contains the keyword at the end of `path`.
fn table_schema<'a>(schema: &'a Value, path: &Location) -> Option<&'a Value> {
    let text = path.as_str();
    let parent = &text[..text.rfind('/')?];
    schema.pointer(parent)
}

fn missing_key(key: &str, place: &Pointer, schema: &Value, path: &Location) -> Diagnostic {
    let property = table_schema(schema, path).and_then(|table| table.get("properties")?.get(key));
    let about = property
        .and_then(|property| property.get("description")?.as_str())
        .and_then(|text| text.split(". ").next())
        .map(|text| text.trim_end_matches('.').replace('\n', " "));
    let words = property.map(|property| words(schema, property)).unwrap_or_default();
    let finding = Diagnostic::error("missing-key", format!("the key `{key}` is missing"));
    let finding = match place.segments().is_empty() {
        true => finding.at(place.clone(), ""),
        false => finding.at_key(place.clone(), "in this table"),
    };
    let finding = match about {
        Some(about) => finding.help(format!("`{key}`: {about}")),
        None => finding.help(format!("add `{key} = …`")),
    };
    match words.is_empty() {
        true => finding,
        false => finding.help(format!("it can be {}", words.join(", "))),
    }
}

/// Returns the words that a key takes, in backticks; empty unless the schema lists them.
fn words(schema: &Value, property: &Value) -> Vec<String> {
    let name = property.get("$ref").and_then(Value::as_str);
    let definition = name.and_then(|name| schema.pointer(name.strip_prefix('#')?));
    let choices = definition.and_then(|definition| definition.get("oneOf")?.as_array());
    let words = choices.into_iter().flatten().filter_map(|choice| choice.get("const")?.as_str());
    words.map(|word| format!("`{word}`")).collect()
}

fn wrong_type(
    name: &str,
    wanted: &TypeKind,
    value: Option<&DeValue<'_>>,
    place: Pointer,
) -> Diagnostic {
    let wanted = match wanted {
        TypeKind::Single(kind) => *kind,
        TypeKind::Multiple(_) => JsonType::String,
    };
    let found = value.map_or("something else", |value| found_type(value));
    let message = format!("{name} takes {}, not {found}", wanted_type(wanted));
    // Only the header of a table at the top level is just its key.
    let key = match place.segments() {
        [Segment::Key(key)] => Some(key.clone()),
        _ => None,
    };
    let help = match (wanted, value, key) {
        (JsonType::String, Some(DeValue::Datetime(date)), _) => {
            format!("put it in quotes: `\"{date}\"`")
        }
        (JsonType::String, Some(value), _) if num(value).is_some() => "put it in quotes".to_owned(),
        (JsonType::String, Some(DeValue::Array(_)), _) => {
            "write one text, without brackets".to_owned()
        }
        (JsonType::Integer | JsonType::Number, Some(DeValue::Float(_)), _)
            if value.and_then(num).is_none() =>
        {
            "write a finite number".to_owned()
        }
        // An integer has the wrong type only if it does not fit into 64 bits.
        (JsonType::Integer, Some(DeValue::Integer(_)), _) => "write a smaller number".to_owned(),
        (JsonType::Integer, Some(DeValue::Float(_)), _) => {
            "write a number without decimals".to_owned()
        }
        (JsonType::Integer | JsonType::Number, Some(DeValue::String(_)), _) => {
            "write it without quotes".to_owned()
        }
        (JsonType::Array, Some(DeValue::String(_)), _) => {
            "put it in brackets: `[\"…\"]`".to_owned()
        }
        (JsonType::Array, Some(DeValue::Table(_)), Some(key)) => {
            format!("for a list of tables, write each as `[[{key}]]`")
        }
        (JsonType::Object, Some(DeValue::Array(_)), Some(key)) => {
            format!("for one table, write `[{key}]`")
        }
        (JsonType::Object, _, _) => "write a table, such as `{ key = value }`".to_owned(),
        _ => format!("give {}", wanted_type(wanted)),
    };
    Diagnostic::error("wrong-type", message).at(place, "").help(help)
}

fn wanted_type(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Array => "a list",
        JsonType::Boolean => "`true` or `false`",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::Object => "a table",
        JsonType::String | JsonType::Null => "a text in quotes",
    }
}

fn found_type(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) if num(value).is_none() => "a number that large",
        DeValue::Float(_) if num(value).is_none() => "an infinite or undefined number",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with decimals",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Returns the values that the branches of a failed choice accept.
fn choices(context: &[Vec<ValidationError<'static>>]) -> Vec<String> {
    let errors = context.iter().flatten();
    let values = errors.flat_map(|error| match error.kind() {
        ValidationErrorKind::Constant { expected_value } => vec![plain(expected_value)],
        ValidationErrorKind::Enum { options } => {
            options.as_array().into_iter().flatten().map(plain).collect()
        }
        // A choice among the levels of lints is inside of a choice between a level and a table.
        ValidationErrorKind::OneOfNotValid { context } => choices(context),
        _ => Vec::new(),
    });
    values.collect()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn unknown_choice(
    name: &str,
    choices: &[String],
    value: Option<&DeValue<'_>>,
    place: Pointer,
) -> Diagnostic {
    let given = value.and_then(DeValue::as_str);
    let Some(given) = given else {
        return wrong_type(name, &TypeKind::Single(JsonType::String), value, place);
    };
    let names: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
    let finding =
        Diagnostic::error("unknown-value", format!("{name} cannot be `{}`", short(given)))
            .at(place, "");
    let near = closest(given, choices.iter().map(String::as_str));
    let finding = finding.maybe_help(near.map(|near| format!("did you mean `{near}`?")));
    finding.help(format!("it can be {}", names.join(", ")))
}

fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The patterns in our schemas, described in words.
const FORMS: [(&str, &str); 12] = [
    (
        r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        "lower-case words and digits joined by single hyphens, such as `wai-sr`",
    ),
    (
        r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
        "lower-case letters and digits joined by single underscores, beginning with a letter, such as `wai_1`",
    ),
    (
        r"^[a-z][a-z0-9_-]*$",
        "lower-case letters, digits, hyphens and underscores, beginning with a letter",
    ),
    (
        r"^[A-Za-z][A-Za-z0-9_-]*$",
        "letters, digits, hyphens and underscores, beginning with a letter, such as `female`",
    ),
    (r"^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$", "year, month and day, such as `2026-01-31`"),
    (
        r"^[0-9]+[.][0-9]+[.][0-9]+(-[0-9A-Za-z.-]+)?$",
        "three numbers joined by points, such as `1.0.0`",
    ),
    (
        r"^[A-Za-z][A-Za-z]+(-[A-Za-z0-9]+)*$",
        "a BCP 47 language tag, such as `en`, `pt-BR` or `zh-Hant`",
    ),
    (
        r"^[A-Za-z][A-Za-z0-9+.-]*:[!$-{}~]+$",
        "an absolute address without `|` or `#`, such as `https://example.org/scales/x`",
    ),
    (
        r"^[!-~]+( [!-~]+)*$",
        "a code as the terminology writes it, without surrounding spaces, such as `44249-1`",
    ),
    (
        r"^#[0-9A-Fa-f]{6}$",
        "red, green and blue, with two digits from 0 to f each, such as `#1f4e79`",
    ),
    (r"^10[.][0-9]+/[!-~]+$", "a DOI without its resolver, such as `10.1080/10503300500352500`"),
    (
        r"^([0-9]+([.][0-9]+)?%|[0-9]+/[0-9]+)$",
        "an exact proportion, such as `\"80%\"` or `\"2/3\"`",
    ),
];

fn wrong_pattern(
    name: &str,
    pattern: &str,
    value: Option<&DeValue<'_>>,
    place: Pointer,
) -> Diagnostic {
    let given = value.and_then(DeValue::as_str).unwrap_or_default();
    let form = FORMS.iter().find(|(known, _)| *known == pattern);
    let form = form.map_or("it as the documentation says", |(_, form)| form);
    Diagnostic::error("wrong-form", format!("{name} cannot be `{}`", short(given)))
        .at(place, "")
        .help(format!("write {form}"))
}

fn out_of_range(name: &str, word: &str, limit: &Value, place: Pointer) -> Diagnostic {
    let other = if word == "less than" { "more" } else { "less" };
    Diagnostic::error("out-of-range", format!("{name} cannot be {word} {limit}"))
        .at(place, "")
        .help(format!("give {limit} or {other}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pattern in the schemas is described in `FORMS`.
    #[test]
    fn every_pattern_has_a_description() {
        fn patterns(value: &Value, found: &mut Vec<String>) {
            match value {
                Value::Object(table) => {
                    found.extend(table.get("pattern").and_then(Value::as_str).map(str::to_owned));
                    table.values().for_each(|value| patterns(value, found));
                }
                Value::Array(list) => list.iter().for_each(|value| patterns(value, found)),
                _ => {}
            }
        }
        let mut found = Vec::new();
        let kinds = [
            SchemaKind::Instrument,
            SchemaKind::Wording,
            SchemaKind::Cases,
            SchemaKind::Config,
            SchemaKind::Pack,
            SchemaKind::Key,
        ];
        for kind in kinds {
            patterns(&schema(kind), &mut found);
        }
        for pattern in found {
            assert!(
                FORMS.iter().any(|(known, _)| *known == pattern),
                "no description of {pattern}"
            );
        }
    }
}
