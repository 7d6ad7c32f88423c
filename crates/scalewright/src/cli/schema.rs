//! The options of `scalewright schema`.

use clap::{Args, ValueEnum};

/// Print the keys of one kind of file: as a JSON Schema for editors, or as a page to read.
#[derive(Debug, Args)]
#[command(after_help = "\
In an editor with TOML support, put this on the first line of a definition:
  #:schema ../../schemas/instrument.schema.json")]
pub(crate) struct SchemaArgs {
    /// The kind of file.
    #[arg(value_enum, default_value_t = SchemaArg::Instrument)]
    pub(crate) kind: SchemaArg,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t = SchemaFormat::Json)]
    pub(crate) format: SchemaFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaFormat {
    /// A JSON Schema.
    Json,
    /// A page to read: every key, its values and its meaning.
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaArg {
    /// `instrument.toml`
    Instrument,
    /// `<language>.toml`
    Wording,
    /// `cases.toml`
    Cases,
    /// A key file
    Key,
    /// `scalewright.toml`
    Config,
    /// `pack.toml`
    Pack,
    /// `target.toml`
    Target,
    /// A map of columns and cells, as `--map` reads it
    Map,
    /// The file of `scalewright check --write-baseline`
    Baseline,
    /// The output of `scalewright check --format json`
    Report,
    /// What a plug-in reads: one request
    PluginRequest,
    /// What a plug-in answers: one response
    PluginResponse,
    /// Where a FHIR Questionnaire stores the keys of `instrument.toml`: a list, not a schema
    Fhir,
}
