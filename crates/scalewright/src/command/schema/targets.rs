//! The options of targets in the schema of `scalewright.toml`. Only the targets know their options.

use scalewright_export::{Exporter, OptionKind, OptionSpec, ValueSpec, listed};
use scalewright_model::text::capital;
use serde_json::{Map, Value, json};

/// Returns the schema with a table for each target under `[export]`.
pub(super) fn with_targets(mut schema: Value) -> Value {
    let targets: Map<String, Value> =
        listed().map(|(_, target)| (target.name.to_owned(), table(target))).collect();
    let export = &mut schema["properties"]["export"];
    export["properties"] = Value::Object(targets);
    export["additionalProperties"] = json!(false);
    schema
}

fn table(target: &Exporter) -> Value {
    let options: Map<String, Value> =
        target.options.iter().map(|spec| (spec.name.to_string(), option(spec))).collect();
    json!({
        "description": format!("The options of `{}`: {}.", target.name, target.summary),
        "type": "object",
        "properties": options,
        "additionalProperties": false,
    })
}

fn option(spec: &OptionSpec) -> Value {
    let default = match (&spec.kind, &*spec.default) {
        (OptionKind::Switch, "yes") => "`true` when left out".to_owned(),
        (OptionKind::Switch, _) => "`false` when left out".to_owned(),
        (OptionKind::Choice(_), default) => format!("`\"{default}\"` when left out"),
        (OptionKind::List(_), _) => "none when left out".to_owned(),
        (OptionKind::Names, default) => format!("`[\"{default}\"]` when left out"),
    };
    let description = format!("{}: {default}.", capital(&spec.summary));
    match &spec.kind {
        OptionKind::Switch => json!({ "description": description, "type": "boolean" }),
        OptionKind::Choice(values) => {
            json!({ "description": description, "oneOf": choices(values) })
        }
        OptionKind::Names => json!({
            "description": description,
            "type": "array",
            "items": { "type": "string" },
            "minItems": 1,
        }),
        OptionKind::List(values) => json!({
            "description": description,
            "type": "array",
            "items": { "oneOf": choices(values) },
        }),
    }
}

fn choices(values: &[ValueSpec]) -> Vec<Value> {
    let choice = |ValueSpec { value, meaning }: &ValueSpec| json!({ "const": value, "description": format!("{}.", capital(meaning)), "type": "string" });
    values.iter().map(choice).collect()
}
