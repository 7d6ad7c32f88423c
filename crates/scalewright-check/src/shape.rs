//! The second gate: keys and types against the JSON Schema, in our words and at the key.
//!
//! The only user of the schema validator. None of its texts reaches a user: every kind of error that
//! our schemas can give has a sentence of ours here.

use std::sync::OnceLock;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::{Location, LocationSegment};
use jsonschema::{JsonType, ValidationError, Validator};
use scalewright_model::{Diagnostic, MOST_FINDINGS, Pointer, Segment, closest};
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::de::DeValue;

use crate::document::Tree;
use crate::instance::{Instance, Toml, num};
use crate::{SchemaKind, schema};

/// Reads a tree as a `T`, or says why its shape is wrong.
pub(crate) fn read<T: DeserializeOwned>(
    tree: &Tree<'_>,
    kind: SchemaKind,
) -> (Option<T>, Vec<Diagnostic>) {
    let compiled = compiled(kind);
    let mut found = Vec::new();
    for error in compiled.validator.iter_errors(Instance::Table(&tree.root)).take(MOST_FINDINGS + 1)
    {
        explain(&error, tree, &compiled.schema, &mut found);
    }
    found.extend(controls(tree));
    drop_echoes(&mut found);
    if !found.is_empty() {
        return (None, found);
    }
    let table = toml::Spanned::new(0..0, tree.root.clone());
    match T::deserialize(toml::de::Deserializer::from(table)) {
        Ok(file) => (Some(file), found),
        Err(error) => (None, vec![disagreement(error.message())]),
    }
}

/// A key that is missing because it is misspelt is one mistake, not two.
fn drop_echoes(found: &mut Vec<Diagnostic>) {
    let meant: Vec<(Pointer, String)> = found
        .iter()
        .filter(|finding| finding.code == "unknown-key")
        .filter_map(|finding| {
            let key = finding.help.first()?.strip_prefix("did you mean `")?.strip_suffix("`?")?;
            Some((finding.labels.first()?.pointer.parent(), key.to_owned()))
        })
        .collect();
    found.retain(|finding| {
        let place = finding.labels.first().map(|label| &label.pointer);
        finding.code != "missing-key"
            || !meant.iter().any(|(table, key)| {
                place == Some(table) && finding.message.contains(&format!("`{key}`"))
            })
    });
}

/// Texts with control characters: no form can print them, and terminals obey them.
fn controls(tree: &Tree<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let entries = tree.root.iter().map(|(key, value)| (Pointer::root().key(key.get_ref()), value));
    let mut open: Vec<(Pointer, &toml::Spanned<DeValue<'_>>)> = entries.collect();
    while let Some((place, value)) = open.pop().filter(|_| found.len() <= MOST_FINDINGS) {
        match value.get_ref() {
            DeValue::String(text) => found.extend(control(text, place)),
            DeValue::Array(list) => {
                open.extend(list.iter().enumerate().map(|(i, value)| (place.index(i), value)));
            }
            DeValue::Table(table) => {
                open.extend(table.iter().map(|(key, value)| (place.key(key.get_ref()), value)));
            }
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => {}
        }
    }
    found
}

fn control(text: &str, place: Pointer) -> Option<Diagnostic> {
    let found = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r'))?;
    let message =
        format!("{} holds the control character {}", name_of(&place), found.escape_unicode());
    Some(Diagnostic::error("control-character", message).at(place, "").help("remove it"))
}

/// The schema let something pass that the types refuse. That is a defect of this program.
fn disagreement(said: &str) -> Diagnostic {
    let said = said.lines().next().unwrap_or_default();
    Diagnostic::error("internal", format!("schema and reader disagree: {said}"))
        .at(Pointer::root(), "")
        .help("this is a defect of scalewright, not of your file: please report it with the file")
}

struct Compiled {
    schema: Value,
    validator: Validator<Toml>,
}

fn compiled(kind: SchemaKind) -> &'static Compiled {
    static COMPILED: [OnceLock<Compiled>; 3] = [OnceLock::new(), OnceLock::new(), OnceLock::new()];
    let slot = match kind {
        SchemaKind::Instrument => &COMPILED[0],
        SchemaKind::Wording => &COMPILED[1],
        SchemaKind::Cases => &COMPILED[2],
    };
    slot.get_or_init(|| {
        let schema = schema(kind);
        // What our schemas use means the same in draft 7, whose own schema, which the validator builds
        // first to check ours, is much smaller: it is what most of a run would be spent on.
        let validator = jsonschema::options_for::<Toml>()
            .with_draft(jsonschema::Draft::Draft7)
            .build(&schema)
            .expect("internal: a schema derived from our own types compiles");
        Compiled { schema, validator }
    })
}

fn pointer(location: &Location) -> Pointer {
    location.into_iter().fold(Pointer::root(), |pointer, segment| match segment {
        LocationSegment::Property(name) => pointer.join(Segment::Key(name.into_owned())),
        LocationSegment::Index(index) => pointer.index(index),
    })
}

fn explain(
    error: &ValidationError<'_>,
    tree: &Tree<'_>,
    schema: &Value,
    found: &mut Vec<Diagnostic>,
) {
    use ValidationErrorKind as Kind;
    let place = pointer(error.instance_path());
    let name = name_of(&place);
    let finding = match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            let known = known_keys(schema, error.schema_path());
            for key in unexpected.iter().take(MOST_FINDINGS + 1) {
                found.push(unknown_key(key, &known, &place));
            }
            return;
        }
        Kind::Required { property } => {
            missing_key(property.as_str().unwrap_or_default(), &place, schema, error.schema_path())
        }
        Kind::Type { kind } => wrong_type(&name, kind, tree.value(&place), place),
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
        Kind::Minimum { .. } | Kind::Maximum { .. } if name == "`format`" => Diagnostic::error(
            "unknown-format",
            "this format is not known to this version of scalewright",
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
                .help("no instrument needs as many: split it")
        }
        other => unforeseen(&name, other, place),
    };
    found.push(finding);
}

/// Kinds that our schemas do not use. A test fails when one of them ever comes here.
fn unforeseen(name: &str, kind: &ValidationErrorKind, place: Pointer) -> Diagnostic {
    let keyword = kind.keyword();
    Diagnostic::error("internal", format!("{name} breaks the rule `{keyword}` of the schema"))
        .at(place, "")
        .help("this message should be better: please report it with the file")
}

/// What a place is called in a sentence: its key in backticks, or "this entry".
fn name_of(place: &Pointer) -> String {
    match place.segments().last() {
        Some(Segment::Key(key)) => format!("`{key}`"),
        Some(Segment::Index(_)) => "this entry".to_owned(),
        None => "the file".to_owned(),
    }
}

fn unknown_key(key: &str, known: &[String], place: &Pointer) -> Diagnostic {
    let help = match closest(key, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("the keys here are {}", names.join(", "))
        }
    };
    Diagnostic::error("unknown-key", format!("unknown key `{key}`"))
        .at_key(place.key(key), "not a key of the format")
        .help(help)
}

/// The keys of the table whose `additionalProperties` was broken, in the order of the schema.
fn known_keys(schema: &Value, path: &Location) -> Vec<String> {
    let table = table_schema(schema, path);
    let keys = table.and_then(|table| table.get("properties")?.as_object());
    keys.map(|keys| keys.keys().cloned().collect()).unwrap_or_default()
}

/// The part of the schema that holds the keyword at the end of `path`.
fn table_schema<'a>(schema: &'a Value, path: &Location) -> Option<&'a Value> {
    let text = path.as_str();
    let parent = &text[..text.rfind('/')?];
    schema.pointer(parent)
}

fn missing_key(key: &str, place: &Pointer, schema: &Value, path: &Location) -> Diagnostic {
    let about = table_schema(schema, path)
        .and_then(|table| table.get("properties")?.get(key)?.get("description")?.as_str())
        .and_then(|text| text.split(". ").next())
        .map(|text| text.trim_end_matches('.').replace('\n', " "));
    let finding = Diagnostic::error("missing-key", format!("the key `{key}` is missing"));
    let finding = match place.segments().is_empty() {
        true => finding.at(place.clone(), ""),
        false => finding.at_key(place.clone(), "in this table"),
    };
    match about {
        Some(about) => finding.help(format!("`{key}`: {about}")),
        None => finding.help(format!("add `{key} = …`")),
    }
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
    let finding = Diagnostic::error("wrong-type", message).at(place, "");
    match (wanted, value) {
        (JsonType::String, Some(DeValue::Datetime(date))) => {
            finding.help(format!("put it in quotes: `\"{date}\"`"))
        }
        (JsonType::String, Some(value)) if num(value).is_some() => finding.help("put it in quotes"),
        (JsonType::Integer, Some(DeValue::Float(_))) => {
            finding.help("write a number without decimals")
        }
        (JsonType::Integer | JsonType::Number, Some(DeValue::String(_))) => {
            finding.help("write it without quotes")
        }
        (JsonType::Array, Some(DeValue::String(_))) => {
            finding.help("put it in brackets: `[\"…\"]`")
        }
        (JsonType::Array, Some(DeValue::Table(_))) => {
            finding.help("for a list of tables, write its name in double brackets: `[[…]]`")
        }
        (JsonType::Object, Some(DeValue::Array(_))) => {
            finding.help("for one table, write its name in single brackets: `[…]`")
        }
        _ => finding.help(format!("give {}", wanted_type(wanted))),
    }
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
        DeValue::Integer(_) if num(value).is_none() => "a number that immense",
        DeValue::Float(_) if num(value).is_none() => "an infinite or undefined number",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with decimals",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The values that the branches of a failed choice would take.
fn choices(context: &[Vec<ValidationError<'static>>]) -> Vec<String> {
    let errors = context.iter().flatten();
    let values = errors.flat_map(|error| match error.kind() {
        ValidationErrorKind::Constant { expected_value } => vec![plain(expected_value)],
        ValidationErrorKind::Enum { options } => {
            options.as_array().into_iter().flatten().map(plain).collect()
        }
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

/// The rules of form in our schemas, by their patterns, in words.
const FORMS: [(&str, &str); 9] = [
    (
        r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        "lower-case words and digits joined by single hyphens, as `wai-sr`",
    ),
    (
        r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
        "lower-case letters and digits joined by single underscores, beginning with a letter, as `wai_1`",
    ),
    (
        r"^[a-z][a-z0-9_-]*$",
        "lower-case letters, digits, hyphens and underscores, beginning with a letter",
    ),
    (r"^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$", "year, month and day, as `2026-01-31`"),
    (
        r"^[0-9]+[.][0-9]+[.][0-9]+(-[0-9A-Za-z.-]+)?$",
        "three numbers joined by points, as `1.0.0`",
    ),
    (
        r"^[A-Za-z][A-Za-z]+(-[A-Za-z0-9]+)*$",
        "a BCP 47 language tag, as `en`, `pt-BR` or `zh-Hant`",
    ),
    (
        r"^[A-Za-z][A-Za-z0-9+.-]*:[!$-{}~]+$",
        "an absolute address without `|` or `#`, as `https://example.org/scales/x`",
    ),
    (r"^10[.][0-9]+/[!-~]+$", "a DOI without its resolver, as `10.1080/10503300500352500`"),
    (
        r"^([0-9]+([.][0-9]+)?%|[0-9]+/[0-9]+)$",
        "a share written exactly, as `\"80%\"` or `\"2/3\"`",
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
    let form = form.map_or("as the documentation says", |(_, form)| form);
    Diagnostic::error("wrong-form", format!("{name} cannot be `{}`", short(given)))
        .at(place, "")
        .help(format!("write {form}"))
}

fn out_of_range(name: &str, word: &str, limit: &Value, place: Pointer) -> Diagnostic {
    Diagnostic::error("out-of-range", format!("{name} cannot be {word} {limit}"))
        .at(place, "")
        .help(format!("{limit} is the limit"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every rule of form in the schemas has its words here.
    #[test]
    fn every_pattern_has_its_words() {
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
        for kind in [SchemaKind::Instrument, SchemaKind::Wording, SchemaKind::Cases] {
            patterns(&schema(kind), &mut found);
        }
        for pattern in found {
            assert!(FORMS.iter().any(|(known, _)| *known == pattern), "no words for {pattern}");
        }
    }
}
