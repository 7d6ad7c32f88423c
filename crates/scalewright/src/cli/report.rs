//! The options of `scalewright report`.

use std::path::PathBuf;

use clap::Args;
use scalewright_export::ReportFormat;
use scalewright_model::Paper;

use super::choice::choice;
use super::keys::SuppliedKeys;
use super::reading::ReadingArgs;

/// Report the scores of respondents, as PDF or HTML: a profile against range, bands and norms, scores, answers, notes.
///
/// RESPONSES is a table of the kind that `scalewright score` reads. Each row makes a report; with `--occasions`, the
/// rows of a respondent make one report of the course of the scores; with `--group`, all rows make one report of means
/// and distributions. Reports are in the language of the wording if that is one of the twelve that the forms have words in. In other languages, the headings and notes of the
/// report itself are in English. If the definition withholds the wording, items are shown by their ids.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright report side-by-side answers.csv --out reports
  scalewright report side-by-side answers.csv --id r01 --language de --out reports
  scalewright report wai-sr answers.csv --row 3 --wording licensed/en.toml --out reports
  scalewright report side-by-side sessions.csv --occasions --format html --out reports
  scalewright report side-by-side answers.csv --group --out reports

Exit codes: 0 written, 1 the definition or an answer is wrong (nothing written), 2 usage")]
pub(crate) struct ReportArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// The responses: CSV, JSON, JSON Lines, Parquet, Arrow, SPSS or Stata; `-` is standard input.
    #[arg(value_name = "RESPONSES")]
    pub(crate) responses: PathBuf,
    /// The folder to write to. It is created if it does not exist.
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The format of the reports.
    #[arg(long, value_parser = choice::<ReportFormat>(), default_value = "pdf")]
    pub(crate) format: ReportFormat,
    /// Report all rows of a respondent in one file: a picture of the course of each score, and tables with the changes.
    /// Rows of different forms or raters are reported apart.
    #[arg(long, conflicts_with_all = ["group", "row"])]
    pub(crate) occasions: bool,
    /// Report all rows together in one file: means, standard deviations, distributions against bands, norms.
    #[arg(long, conflicts_with_all = ["id", "row"])]
    pub(crate) group: bool,
    /// In the report of a group, leave out a score that fewer respondents have.
    #[arg(long, value_name = "COUNT", default_value_t = 10, requires = "group")]
    pub(crate) min_group: usize,
    /// Report only this respondent.
    #[arg(long, value_name = "RESPONDENT", conflicts_with = "row")]
    pub(crate) id: Option<String>,
    /// Show this column in the report, beside the respondent. May be given more than once. When left out, `session`,
    /// `date`, `form` and `rater`, as far as the table has them.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) carry: Vec<String>,
    /// Report only this row. Rows are counted from 1.
    #[arg(long, value_name = "ROW")]
    pub(crate) row: Option<u64>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// The language of the reports. The source language when left out.
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// Wording supplied from outside the library: a file, or a folder of files.
    #[arg(long, value_name = "PATH")]
    pub(crate) wording: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) keys: SuppliedKeys,
    /// The paper size. When left out, that of the settings, else A4.
    #[arg(long, value_parser = choice::<Paper>())]
    pub(crate) paper: Option<Paper>,
    /// A folder of OpenType and TrueType fonts, for letters that the embedded fonts lack.
    #[arg(long, value_name = "DIR")]
    pub(crate) fonts: Option<PathBuf>,
    /// Also score keys that are only recalled from memory, not read in a source.
    #[arg(long)]
    pub(crate) accept_recalled_keys: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}
