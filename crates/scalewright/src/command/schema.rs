//! `scalewright schema`.

use scalewright_check::{SchemaKind, schema};

use crate::cli::{SchemaArg, SchemaArgs};
use crate::{OK, Terminal};

/// Prints the JSON Schema of a kind of file.
pub(crate) fn run(args: &SchemaArgs, terminal: &mut Terminal<'_>) -> u8 {
    let kind = match args.kind {
        SchemaArg::Instrument => SchemaKind::Instrument,
        SchemaArg::Wording => SchemaKind::Wording,
        SchemaArg::Cases => SchemaKind::Cases,
    };
    let text = serde_json::to_string_pretty(&schema(kind)).unwrap_or_default();
    terminal.say(&format!("{text}\n"));
    OK
}
