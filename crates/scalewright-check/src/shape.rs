//! The second gate: checks keys and types against the JSON Schema, and reports errors in our own words, at the key.
//!
//! This is the only user of the schema validator. None of the validator's messages reaches users: every kind of error
//! that our schemas can cause has its own message here.

mod context;
mod habits;
mod misplaced;
mod patterns;
mod types;

use std::sync::OnceLock;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::{Location, LocationSegment};
use jsonschema::{JsonType, ValidationError, Validator};
use scalewright_model::{Diagnostic, MOST_FINDINGS, Pointer, Segment, closest};
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::de::{DeTable, DeValue};

use crate::document::Tree;
use crate::instance::{Instance, Toml};
use crate::{SchemaKind, schema};
use context::short;
use habits::Advice;

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
    let mut found = Found::default();
    // One more than is shown, so that `shorten` notes that some are left out.
    for error in compiled.validator.iter_errors(Instance::Table(&tree.root)).take(MOST_FINDINGS + 1)
    {
        explain(&error, tree, &compiled.schema, &mut found);
    }
    found.list.extend(controls(tree));
    let found = found.without_echoes();
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

/// What was found, and which missing keys are only misspelt.
#[derive(Default)]
struct Found {
    list: Vec<Diagnostic>,
    /// The tables and the keys that were meant by unknown keys.
    meant: Vec<(Pointer, String)>,
}

impl Found {
    /// Returns the findings without those about missing keys that are only misspelt: that is one mistake, not two.
    fn without_echoes(mut self) -> Vec<Diagnostic> {
        self.list.retain(|finding| {
            let place = finding.labels.first().map(|label| &label.pointer);
            finding.code != "missing-key"
                || !self.meant.iter().any(|(table, key)| {
                    place == Some(table) && finding.message.contains(&format!("`{key}`"))
                })
        });
        self.list
    }
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

fn explain(error: &ValidationError<'_>, tree: &Tree<'_>, schema: &Value, found: &mut Found) {
    use ValidationErrorKind as Kind;
    let place = pointer(error.instance_path(), tree);
    let name = name_of(&place);
    let finding = match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            let known = known_keys(schema, error.schema_path());
            for key in unexpected.iter().take(MOST_FINDINGS + 1) {
                let (finding, meant) = unknown_key(key, &known, &place, (tree, schema));
                let meant = meant.map(|meant| (place.clone(), meant));
                // Several keys that mean the same one are one mistake, such as the answers of a recoding.
                if !meant.as_ref().is_some_and(|meant| found.meant.contains(meant)) {
                    found.list.push(finding);
                }
                found.meant.extend(meant);
            }
            return;
        }
        Kind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            let finding = missing_key(key, &place, schema, error.schema_path());
            let computed = key == "score" && tree.value(&place.key("formula")).is_some();
            let help = "for a formula, write `score = \"formula\"` and `missing = \"in-formula\"`";
            finding.maybe_help(computed.then(|| help.to_owned()))
        }
        // Entries of a list that are all of the same wrong type are one mistake.
        Kind::Type { .. } if types::repeats(&place, tree) => return,
        Kind::Type { kind } => {
            let property = table_schema(schema, error.schema_path());
            types::wrong(&name, kind, place, (tree, property))
        }
        // Choices whose values have descriptions are a list of constants in the schema; others are an `enum`.
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => {
            unknown_choice(&name, &choices(context), tree, place)
        }
        Kind::Enum { options } => {
            let options: Vec<String> =
                options.as_array().into_iter().flatten().map(plain).collect();
            unknown_choice(&name, &options, tree, place)
        }
        Kind::Constant { expected_value } => {
            let only = [plain(expected_value)];
            unknown_choice(&name, &only, tree, place)
        }
        Kind::Pattern { pattern } => patterns::wrong(&name, pattern, tree.value(&place), place),
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
            .at(place.clone(), "")
            .help(match context::of(&place).as_str() {
                "response-scales.*.options[].label" => {
                    "for an option without words, write `unlabelled = true` instead"
                }
                _ => "write the text, or remove the key",
            }),
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
    found.list.push(finding);
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

/// Reports a key that its table does not have. Returns our key for it, if the table has one.
fn unknown_key(
    key: &str,
    known: &[String],
    place: &Pointer,
    (tree, schema): (&Tree<'_>, &Value),
) -> (Diagnostic, Option<String>) {
    let finding = Diagnostic::error("unknown-key", format!("unknown key `{}`", short(key)))
        .at_key(place.key(key), "not a key of this table");
    if let Some(help) = misplaced::around(key, place, tree, schema) {
        return (finding.help(help), None);
    }
    if let Some(Advice { instead, help }) = habits::of_key(key, place, tree) {
        let finding = help.into_iter().fold(finding, Diagnostic::help);
        return (finding, instead.map(str::to_owned));
    }
    if let Some(near) = closest(key, known.iter().map(String::as_str)) {
        return (finding.help(format!("did you mean `{near}`?")), Some(near.to_owned()));
    }
    let elsewhere = misplaced::elsewhere(key, schema);
    let help = elsewhere.unwrap_or_else(|| {
        let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        format!("the keys here are {}", names.join(", "))
    });
    (finding.help(help), None)
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

fn unknown_choice(name: &str, choices: &[String], tree: &Tree<'_>, place: Pointer) -> Diagnostic {
    let Some(given) = tree.value(&place).and_then(DeValue::as_str) else {
        return types::wrong(name, &TypeKind::Single(JsonType::String), place, (tree, None));
    };
    let names: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
    let finding =
        Diagnostic::error("unknown-value", format!("{name} cannot be `{}`", short(given)))
            .at(place, "");
    let mut help = habits::of_word(name, given, choices);
    if help.is_empty() {
        let near = closest(given, choices.iter().map(String::as_str));
        help.extend(near.map(|near| format!("did you mean `{near}`?")));
    }
    let finding = help.into_iter().fold(finding, Diagnostic::help);
    finding.help(format!("it can be {}", names.join(", ")))
}

fn out_of_range(name: &str, word: &str, limit: &Value, place: Pointer) -> Diagnostic {
    let other = if word == "less than" { "more" } else { "less" };
    Diagnostic::error("out-of-range", format!("{name} cannot be {word} {limit}"))
        .at(place, "")
        .help(format!("give {limit} or {other}"))
}
