//! `scalewright schema`.

mod page;

use scalewright_check::{SchemaKind, schema};

use crate::cli::{SchemaArg, SchemaArgs, SchemaFormat};
use crate::{OK, Terminal};

/// Prints the JSON Schema of a kind of file, or the page that explains its keys.
pub(crate) fn run(args: &SchemaArgs, terminal: &mut Terminal<'_>) -> u8 {
    let (kind, file) = match args.kind {
        SchemaArg::Instrument => (SchemaKind::Instrument, "instrument.toml"),
        SchemaArg::Wording => (SchemaKind::Wording, "<language>.toml"),
        SchemaArg::Cases => (SchemaKind::Cases, "cases.toml"),
    };
    let schema = schema(kind);
    let text = match args.format {
        SchemaFormat::Json => {
            format!("{}\n", serde_json::to_string_pretty(&schema).unwrap_or_default())
        }
        SchemaFormat::Markdown => page::page(&schema, file),
    };
    terminal.say(&text);
    OK
}
