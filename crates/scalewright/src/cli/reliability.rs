//! The arguments of `scalewright reliability`.

use std::path::PathBuf;

use clap::Args;
use scalewright_data::reliability::{AnalysisFormat, AnalysisTable, MissingAnswers};

use super::choice::choice;
use super::reading::{OnError, ReadingArgs};

/// Analyse the items of scales and the reliability of their scores in a sample: alpha and omega with intervals, item-rest
/// correlations, floor and ceiling, measurement error.
///
/// RESPONSES are tables as for `score`, which together are the sample. Items are keyed, recoded and weighted as the
/// definition scores them. By default a scale uses the respondents who answered all its items; the report states how many
/// these are. Tables of any length are analysed in little memory.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright reliability side-by-side answers.csv
  scalewright reliability side-by-side answers.csv --by site --out reliability.html
  scalewright reliability side-by-side answers.csv --table items --out items.csv
  scalewright reliability side-by-side 'answers/**/*.parquet' --format json
  scalewright reliability side-by-side answers.csv --occasion visit --scale bond
  scalewright reliability side-by-side answers.csv --write-entry entry.toml \\
      --sample 'clients of three clinics' --date 2026-11-29

Exit codes: 0 analysed, 1 the definition or an answer is wrong (nothing written), 2 usage")]
pub(crate) struct ReliabilityArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// The responses: CSV, JSON, JSON Lines, Parquet or Arrow; `-` is standard input. Several files, a folder, or a
    /// pattern such as `answers/**/*.parquet` are one sample.
    #[arg(value_name = "RESPONSES", required = true)]
    pub(crate) responses: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) keys: super::SuppliedKeys,
    /// Analyse only this scale. May be given more than once. When left out, all that are sums or means of items.
    #[arg(long, value_name = "SCALE")]
    pub(crate) scale: Vec<String>,
    /// Which respondents count when answers are missing.
    #[arg(long, value_parser = choice::<MissingAnswers>(), value_name = "WHICH", default_value = "complete")]
    pub(crate) missing: MissingAnswers,
    /// Analyse each group of respondents by itself: those with the same value in this column.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) by: Option<String>,
    /// The column that distinguishes the occasions of a respondent: also compare each occasion with the next.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) occasion: Option<String>,
    /// What to do with answers that the definition does not allow.
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = OnError::Stop)]
    pub(crate) on_error: OnError,
    /// Where to write the analysis: .txt, .json, .html, .csv, .tsv, .jsonl, .parquet or .arrow. Standard output when
    /// left out.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The format of the analysis. When left out, chosen by the ending of --out; text on standard output.
    #[arg(long, value_parser = choice::<AnalysisFormat>(), value_name = "FORMAT")]
    pub(crate) format: Option<AnalysisFormat>,
    /// Which table to write, in formats of tables. `scales` when left out.
    #[arg(long, value_parser = choice::<AnalysisTable>(), value_name = "TABLE")]
    pub(crate) table: Option<AnalysisTable>,
    /// Put an apostrophe before each cell of CSV and TSV that a spreadsheet would run as a formula.
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,
    /// Also write a `reliability` entry for each scale into this TOML file, to be pasted into the definition.
    #[arg(long, value_name = "FILE", requires_all = ["sample", "date"])]
    pub(crate) write_entry: Option<PathBuf>,
    /// Who answered, for the entry.
    #[arg(long, value_name = "TEXT", requires = "write_entry")]
    pub(crate) sample: Option<String>,
    /// The day of the data, for the entry: YYYY-MM-DD.
    #[arg(long, value_name = "DATE", requires = "write_entry")]
    pub(crate) date: Option<String>,
    /// Also analyse keys that are only recalled from memory, not read in a source.
    #[arg(long)]
    pub(crate) accept_recalled_keys: bool,
}
