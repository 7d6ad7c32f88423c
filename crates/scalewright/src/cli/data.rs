//! `scalewright data-check` and `scalewright compare`: their options.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{FindingsFormat, ReadingArgs, SuppliedKeys};

/// Check answers against a definition: what do the data say about the key, the codes and the file?
///
/// ANSWERS are tables as `scalewright score` reads them; several files are compared like sites. No row is left out:
/// answers that the definition does not accept are counted and reported together. The checks find items that run
/// against their scale, codes that are one too high, values reversed in one file or site, exchanged columns, answers
/// that nobody gives, copied rows, straight lines, times out of order, lost pages and norms far from the sample. Each
/// finding has the numbers behind it; a check is quiet if the sample is too small for it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright data-check side-by-side answers.csv
  scalewright data-check side-by-side site-a.csv site-b.csv         files are compared like sites
  scalewright data-check side-by-side answers.csv --by site --occasion visit
  scalewright data-check side-by-side answers.csv --html report.html
  scalewright data-check side-by-side answers.csv --allow straight-lining --fail-on warning
  scalewright data-check side-by-side answers.csv --format sarif --out data.sarif

`scalewright explain CHECK` explains a check, such as reversed-item: what it computes, its limits and
their sources.

Exit codes: 0 nothing found at the level of --fail-on, 1 something found, or the definition is wrong;
2 usage, or a table cannot be read")]
pub(crate) struct DataCheckArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// The answers: files, folders or patterns; `-` is standard input.
    #[arg(value_name = "ANSWERS", required = true)]
    pub(crate) answers: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) keys: SuppliedKeys,
    /// A column whose values divide the rows into groups to compare, such as a site. May be given more than once.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) by: Vec<String>,
    /// A column that tells occasions of a respondent from each other. May be given more than once. When left out,
    /// `session`, `date`, `form` and `rater`, as far as the table has them.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) occasion: Vec<String>,
    /// The column with the time at which a row begins. When left out, a column with a usual name, such as `start` or
    /// `StartDate`.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) start: Option<String>,
    /// The column with the time at which a row ends. When left out, a column with a usual name, such as `end` or
    /// `submitdate`.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) end: Option<String>,
    /// Leave out this check. Separate several with commas.
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    pub(crate) allow: Vec<String>,
    /// The least level of findings that makes the command fail.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = FailOn::Error)]
    pub(crate) fail_on: FailOn,
    /// The format of the findings. When left out, chosen by the ending of --out (.txt, .json, .sarif or .xml), else
    /// text.
    #[arg(long, value_enum)]
    pub(crate) format: Option<FindingsFormat>,
    /// Where to write the findings. Standard output when left out.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Write a page with pictures: the answers to each item, the correlations, and where answers are missing.
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
}

/// The least level of findings that makes a command fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Errors.
    Error,
    /// Errors and warnings.
    Warning,
    /// All findings.
    Hint,
    /// None: findings are only reported.
    Never,
}

/// Compare two files with the same answers, entered twice: cell by cell, in the words of the instrument.
///
/// Rows are matched by the respondent, and by the columns that tell occasions from each other. The command lists every
/// cell that differs, with the labels of both answers, and the agreement of each item: percent, kappa and weighted
/// kappa. Columns that are no items are compared as texts. With `--out`, the differences are written to a table with an
/// empty column `decision`; once all are decided, `--decisions` and `--merged` write the merged file.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright compare first.csv second.csv --instrument side-by-side
  scalewright compare first.csv second.csv --instrument side-by-side --out differences.csv
  scalewright compare first.csv second.csv --instrument side-by-side --decisions differences.csv --merged merged.csv

A decision is `first`, `second`, `empty`, or the right answer, such as 3.
For a row that only one file has, it is `keep` or `drop`.

Exit codes: 0 no difference, or the merged file was written; 1 the files differ, or a difference is not
decided; 2 usage, or a file cannot be read")]
pub(crate) struct CompareArgs {
    /// The first file.
    #[arg(value_name = "FIRST")]
    pub(crate) first: PathBuf,
    /// The second file.
    #[arg(value_name = "SECOND")]
    pub(crate) second: PathBuf,
    /// The instrument: a file, a folder or an id.
    #[arg(long, short, value_name = "ID")]
    pub(crate) instrument: PathBuf,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// A column that tells occasions of a respondent from each other. May be given more than once. When left out,
    /// `session`, `date`, `form` and `rater`, as far as both tables have them.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) occasion: Vec<String>,
    /// Write the differences to a CSV file, with a column `decision` to be filled in.
    #[arg(long, short, value_name = "FILE", conflicts_with = "decisions")]
    pub(crate) out: Option<PathBuf>,
    /// The file of `--out` with all decisions.
    #[arg(long, value_name = "FILE", requires = "merged")]
    pub(crate) decisions: Option<PathBuf>,
    /// Write the merged answers to a CSV file.
    #[arg(long, value_name = "FILE", requires = "decisions")]
    pub(crate) merged: Option<PathBuf>,
    /// Put an apostrophe before each CSV cell that a spreadsheet would run as a formula. This changes the data.
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,
}
