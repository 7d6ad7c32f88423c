//! `scalewright schema`.

mod targets;

use scalewright_check::baseline::BaselineFile;
use scalewright_check::report::Report;
use scalewright_check::{SchemaKind, schema, schema_of, schema_page};
use scalewright_export::Mapping;
use scalewright_export::fhir_mapping::{self, MAPPING};
use scalewright_plugins::templates::TargetFile;
use scalewright_tables::MapFile;
use scalewright_wire::{request_schema, response_schema};
use serde_json::json;

use crate::cli::{SchemaArg, SchemaArgs, SchemaFormat};
use crate::exit_code::OK;
use crate::terminal::Terminal;

/// Prints the JSON Schema of a kind of file, or the page that explains its keys.
pub(crate) fn run(args: &SchemaArgs, terminal: &mut Terminal<'_>) -> u8 {
    let (schema, file) = match args.kind {
        SchemaArg::Instrument => (schema(SchemaKind::Instrument), "instrument.toml"),
        SchemaArg::Wording => (schema(SchemaKind::Wording), "<language>.toml"),
        SchemaArg::Cases => (schema(SchemaKind::Cases), "cases.toml"),
        SchemaArg::Key => (schema(SchemaKind::Key), "a key file"),
        SchemaArg::Config => {
            (targets::with_targets(schema(SchemaKind::Config)), "scalewright.toml")
        }
        SchemaArg::Pack => (schema(SchemaKind::Pack), "pack.toml"),
        SchemaArg::Target => (schema_of::<TargetFile>(), "target.toml"),
        SchemaArg::Map => (schema_of::<MapFile>(), "a map"),
        SchemaArg::Baseline => (schema_of::<BaselineFile>(), "a baseline"),
        SchemaArg::Report => (schema_of::<Report>(), "scalewright check --format json"),
        SchemaArg::PluginRequest => (request_schema(), "the request to a plug-in"),
        SchemaArg::PluginResponse => (response_schema(), "the response of a plug-in"),
        SchemaArg::Fhir => return fhir(args.format, terminal),
    };
    let text = match args.format {
        SchemaFormat::Json => {
            format!("{}\n", serde_json::to_string_pretty(&schema).unwrap_or_default())
        }
        SchemaFormat::Markdown => schema_page(&schema, file),
    };
    terminal.write(text.as_bytes());
    OK
}

/// Prints where a FHIR Questionnaire stores the keys of a definition.
fn fhir(format: SchemaFormat, terminal: &mut Terminal<'_>) -> u8 {
    let entry = |mapping: &Mapping| {
        let Mapping { keys, elements, how } = mapping;
        json!({ "keys": keys, "elements": elements, "how": how })
    };
    let text = match format {
        SchemaFormat::Json => {
            let list: Vec<_> = MAPPING.iter().map(entry).collect();
            format!("{}\n", serde_json::to_string_pretty(&list).unwrap_or_default())
        }
        SchemaFormat::Markdown => fhir_mapping::page(),
    };
    terminal.write(text.as_bytes());
    OK
}
