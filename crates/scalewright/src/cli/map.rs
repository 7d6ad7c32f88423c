//! `scalewright map`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use scalewright_tables::{Reading, ResponsesFormat};

use super::choice::choice;

/// Propose a map of the items of an instrument to the columns of a table, for `scalewright score --map`.
///
/// For each item, the table shows the column and the evidence for it: equal id; equal but for case, punctuation or leading
/// zeros; equal wording, of the column's name or its label; equal but for a prefix. It also shows whether the cells are
/// answers to the item, in the first 10,000 rows. Nothing is guessed: where two columns fit an item, or only their order
/// speaks for them, or cells are no answers, the map has an open question, and `score` refuses it until the question is
/// decided and removed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright map side-by-side answers.csv
  scalewright map side-by-side answers.csv --out map.toml
  scalewright score side-by-side answers.csv --map map.toml

Exit codes: 0 a map was proposed, also if it has open questions; 1 the definition or the table is wrong; 2 usage")]
pub(crate) struct MapArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// The responses, in any format with columns that `scalewright score` reads; `-` is standard input.
    #[arg(value_name = "RESPONSES")]
    pub(crate) responses: PathBuf,
    /// The format of the responses. When left out, recognised by the first bytes, and for text by the file's ending.
    #[arg(long, value_parser = choice::<ResponsesFormat>(), value_name = "FORMAT")]
    pub(crate) from: Option<ResponsesFormat>,
    /// Where to write the map. An existing file is not overwritten.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The format in which the proposal is printed.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = MapFormat::Text)]
    pub(crate) format: MapFormat,
}

impl MapArgs {
    /// Returns the options of reading as a request to the tables crate.
    pub(crate) fn reading(&self) -> Reading {
        Reading { from: self.from, ..Reading::default() }
    }
}

/// How a proposal is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MapFormat {
    /// A table for people.
    Text,
    /// JSON: an object with the items, the open questions and the unused columns.
    Json,
}
