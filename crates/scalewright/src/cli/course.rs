//! The arguments of `scalewright course`.

use std::path::PathBuf;

use clap::Args;
use scalewright_course::chart::Gaps;
use scalewright_course::{Axis, CourseTable, Duplicates, OutcomeOf, Pattern};
use scalewright_tables::TableFormat;

use super::choice::choice;
use super::reading::{OnError, ReadingArgs};

/// Follow scores over sessions: reliable change, drops and whether they are repaired, shapes, agreement of raters.
///
/// SESSIONS is a table as for `score`, with a row for each form that somebody filled in at a session, and columns for the
/// session or the date, and for who answered. Rows may come in any order. A row that fits no series, because its session
/// is missing or comes twice with other answers, stops the command; all such rows are reported at once.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright course side-by-side sessions.csv
  scalewright course side-by-side sessions.csv --criteria course.toml --table episodes --out episodes.csv
  scalewright course side-by-side sessions.csv --date visit_date --form who --table dyads
  scalewright course side-by-side sessions.csv --parameters frozen.toml --explain a1
  scalewright course side-by-side wide.xlsx --wide '{item}_s{session}' --pdf pages
  scalewright course side-by-side sessions.csv --id a1 --pdf pages      the course of one respondent
  scalewright course side-by-side sessions.csv --outcome core-10:core10_total=core.csv --table outcome

Exit codes: 0 done, 1 the definition, an answer or a row is wrong (nothing written), 2 usage")]
pub(crate) struct CourseArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// The sessions: CSV, JSON, JSON Lines, Parquet, Arrow, SPSS or Stata; `-` is standard input.
    #[arg(value_name = "SESSIONS")]
    pub(crate) sessions: PathBuf,
    /// The column with the number or label of the session. When left out, `session`, if it exists.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) session: Option<String>,
    /// The column with the date. When left out, `date`, if it exists. Without sessions, dates are ranked.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) date: Option<String>,
    /// The column with the form: client, therapist, observer. When left out, `form`, if it exists.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) form: Option<String>,
    /// The column with the rater, where a form has several. When left out, `rater`, if it exists.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) rater: Option<String>,
    /// The column with the version of the instrument. When left out, `instrument_version`, if it exists.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) version_column: Option<String>,
    /// The sessions are columns, named by this pattern: `{item}_s{session}`. A respondent has one row.
    #[arg(long, value_name = "PATTERN")]
    pub(crate) wide: Option<Pattern>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) keys: super::SuppliedKeys,
    /// Judge only this scale. May be given more than once. When left out, all with numbers.
    #[arg(long, value_name = "SCALE")]
    pub(crate) scale: Vec<String>,
    /// A TOML file with labels of sessions, what is known about scales, and criteria.
    #[arg(long, value_name = "FILE")]
    pub(crate) criteria: Option<PathBuf>,
    /// Measure changes from the mean of this many first scores.
    #[arg(long, value_name = "COUNT", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) baseline: u16,
    /// What a missed session does, where a criterion does not state it.
    #[arg(long, value_parser = choice::<Gaps>(), value_name = "WHAT", default_value = "bridge")]
    pub(crate) gaps: Gaps,
    /// What to do if a session comes twice with other answers.
    #[arg(long, value_parser = choice::<Duplicates>(), value_name = "WHAT", default_value = "error")]
    pub(crate) duplicates: Duplicates,
    /// Add a series with the mean of several raters of one form, for the sessions that all of them scored.
    #[arg(long)]
    pub(crate) average_raters: bool,
    /// What slopes, shapes and pictures are over: the numbers of the sessions, or days.
    #[arg(long, value_parser = choice::<Axis>(), value_name = "WHAT", default_value = "sessions")]
    pub(crate) axis: Axis,
    /// The last session that was planned, to tell who left early.
    #[arg(long, value_name = "SESSION")]
    pub(crate) planned: Option<i64>,
    /// What to do with rows that cannot be scored or fit no series.
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = OnError::Stop)]
    pub(crate) on_error: OnError,
    /// Numbers of the sample, frozen: read from this file if it exists, else written to it.
    #[arg(long, value_name = "FILE")]
    pub(crate) parameters: Option<PathBuf>,
    /// Which table to write.
    #[arg(long, value_parser = choice::<CourseTable>(), value_name = "TABLE", default_value = "summary")]
    pub(crate) table: CourseTable,
    /// Where to write the table: .csv, .tsv, .json, .jsonl, .parquet or .arrow. Standard output when left out.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The format of the table. When left out, chosen by the ending of --out; CSV on standard output.
    #[arg(long, value_parser = choice::<TableFormat>(), value_name = "FORMAT")]
    pub(crate) format: Option<TableFormat>,
    /// Put an apostrophe before each cell of CSV and TSV that a spreadsheet would run as a formula.
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,
    /// Only this respondent in tables, pages and pictures. May be given more than once. The whole table is read, because some
    /// criteria need numbers of the sample.
    #[arg(long, value_name = "RESPONDENT", conflicts_with_all = ["explain", "r"])]
    pub(crate) id: Vec<String>,
    /// Show how the series of one respondent are judged, instead of a table.
    #[arg(long, value_name = "RESPONDENT", conflicts_with_all = ["out", "format", "spreadsheet_safe"])]
    pub(crate) explain: Option<String>,
    /// Also write code in R for mixed models (lme4) into this file, and its data beside it, as .csv.
    #[arg(long, value_name = "FILE")]
    pub(crate) r: Option<PathBuf>,
    /// What the course is set beside, for the tables `outcome`, `groups`, `surface` and `sample` and the mixed models: a
    /// COLUMN of the sessions, or ID:SCALE=FILE, the scores of another instrument of the same respondents.
    #[arg(long, value_name = "OUTCOME")]
    pub(crate) outcome: Option<OutcomeOf>,
    /// Also write a page for each respondent into this folder, with pictures, and one for all: HTML without other files.
    #[arg(long, value_name = "DIR")]
    pub(crate) report: Option<PathBuf>,
    /// Also write the same pages as PDF into this folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) pdf: Option<PathBuf>,
    /// Draw the interval of the measurement error around each score in the pictures.
    #[arg(long)]
    pub(crate) whiskers: bool,
    /// Also score keys that are only recalled from memory, not read in a source.
    #[arg(long)]
    pub(crate) accept_recalled_keys: bool,
}
