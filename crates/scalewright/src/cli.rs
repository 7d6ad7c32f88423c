//! The commands and options of the command line, with their help texts.

mod audit;
mod check;
mod choice;
mod course;
mod data;
mod diff;
mod explain;
mod explicit;
mod export;
mod fmt;
mod import;
mod keys;
mod levels;
mod list;
mod map;
mod meaning;
mod names;
mod pack;
mod plugin;
mod preview;
mod reading;
mod reliability;
mod report;
mod schema;
mod targets;
mod together;
mod wording;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use scalewright_tables::{AnswersFormat, ScoreColumns, ScoresFormat};

pub(crate) use audit::AuditArgs;
pub(crate) use check::{CheckArgs, FindingsFormat};
use choice::choice;
pub(crate) use course::CourseArgs;
pub(crate) use data::{CompareArgs, DataCheckArgs, FailOn};
pub(crate) use diff::{DiffArgs, DiffFormat};
pub(crate) use explain::{ExplainArgs, ExplainFormat, ExplainScoreArgs, PageFormat};
pub(crate) use explicit::ExplicitOptions;
pub(crate) use export::ExportArgs;
pub(crate) use fmt::FmtArgs;
pub(crate) use import::{ImportArgs, ImportReport, ImportScore};
pub(crate) use keys::{KeyArgs, SuppliedKeys};
pub(crate) use list::{ListArgs, ListFormat};
pub(crate) use map::{MapArgs, MapFormat};
pub(crate) use names::is_slug;
pub(crate) use pack::{PackArgs, PackCheckArgs, PackCommand, PackNewArgs};
pub(crate) use plugin::{
    PluginAction, PluginArgs, PluginCheckArgs, PluginCommand, PluginKind, PluginLanguage,
    PluginListArgs, PluginListFormat, PluginNewArgs, PluginTrustArgs,
};
pub(crate) use preview::PreviewArgs;
pub(crate) use reading::{KeepArgs, OnError, ReadingArgs};
pub(crate) use reliability::ReliabilityArgs;
pub(crate) use report::ReportArgs;
pub(crate) use schema::{SchemaArg, SchemaArgs, SchemaFormat};
pub(crate) use targets::{FormerArgs, TargetsArgs, TargetsFormat, completing};
use together::TogetherArgs;
pub(crate) use wording::{WordingAction, WordingArgs, WordingCommand, WordingFromArgs};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_CODES: &str = "\
Exit codes:
  0  success (warnings may have been printed)
  1  a definition, its cases or the responses are wrong; nothing was written
  2  wrong usage, or something could not be read or written";

/// Write a psychometric instrument once, as data; check it, score it, publish it.
///
/// An instrument is a folder with `instrument.toml` (structure, keys, rights, words), a wording file
/// for each translation (`de.toml`) and `cases.toml` (responses with published scores). Commands
/// take a file, a folder, or the id of an instrument in the library. The library is the nearest folder
/// called `instruments`, in the current folder or above it. Packs with further instruments are named by
/// the environment variable SCALEWRIGHT_PATH, or in `scalewright.toml`.
#[derive(Debug, Parser)]
#[command(name = "scalewright", version, styles = STYLES, after_help = EXIT_CODES, max_term_width = 100)]
#[command(propagate_version = true, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// The folder that contains the instruments, instead of the nearest `instruments`.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "SCALEWRIGHT_LIBRARY",
        display_order = 900
    )]
    pub(crate) library: Option<PathBuf>,
    /// The user's own folder of settings, which has the record of trusted plug-ins.
    #[arg(long, global = true, value_name = "DIR", env = "SCALEWRIGHT_CONFIG_DIR", hide = true)]
    pub(crate) config_dir: Option<PathBuf>,
    /// Packs and folders of packs, separated as in `PATH`.
    #[arg(long, global = true, hide = true, value_name = "PATH", env = "SCALEWRIGHT_PATH")]
    pub(crate) packs: Option<OsString>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(CheckArgs),
    Diff(DiffArgs),
    Fmt(FmtArgs),
    Score(Box<ScoreArgs>),
    Map(MapArgs),
    DataCheck(Box<DataCheckArgs>),
    Compare(CompareArgs),
    Course(Box<CourseArgs>),
    Reliability(Box<ReliabilityArgs>),
    Export(ExportArgs),
    Preview(PreviewArgs),
    Import(ImportArgs),
    Audit(AuditArgs),
    Targets(TargetsArgs),
    Read(ReadArgs),
    Report(ReportArgs),
    New(NewArgs),
    Wording(WordingCommand),
    Key(KeyArgs),
    List(ListArgs),
    Pack(PackArgs),
    Explain(ExplainArgs),
    ExplainScore(ExplainScoreArgs),
    Schema(SchemaArgs),
    Plugin(PluginCommand),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Score responses: for every row and scale, write the score, the number of answered items, whether it was prorated,
/// and the band.
///
/// RESPONSES is a table with a column for each item id: CSV, JSON (a list of objects), JSON Lines, Parquet, Arrow, SPSS
/// or Stata, recognised by its content and by the file's ending. An empty cell, NA or null is a missing answer. The
/// definition must allow every answer: if it does not, the command lists those answers by row and column, and writes
/// nothing.
/// Columns that are not items are written beside the scores. Tables of any length are scored in little memory; only a
/// JSON list is read as a whole. FHIR QuestionnaireResponses are read with `--from fhir`. Several instruments, named one
/// after the other, are scored from the same rows into one table.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright score side-by-side answers.csv
  scalewright score side-by-side answers.csv --out scores.csv
  scalewright score side-by-side answers.parquet --out scores.parquet --columns scores
  scalewright score side-by-side answers.csv --keep visit --out scores.arrow
  scalewright score side-by-side answers.csv --on-error skip --report left-out.csv --out scores.csv
  scalewright score side-by-side export.csv --from redcap --missing-code -99
  scalewright score side-by-side export.csv --from redcap --names my-trial.en.redcap-names.csv
  scalewright score side-by-side bundle.json --from fhir --format fhir --out observations.json
  scalewright score side-by-side - --from jsonl --format jsonl < answers.jsonl
  scalewright score side-by-side 'answers/**/*.parquet' --out scores/
  scalewright score side-by-side core-10 answers.csv --out all.parquet    two instruments, one table
  scalewright score side-by-side answers.csv --with answers --out both.csv
  scalewright score side-by-side core-10 answers.csv --shape long --out long.csv

Exit codes: 0 scored, 1 the definition or an answer is wrong (nothing written), 2 usage")]
pub(crate) struct ScoreArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// The responses: CSV, JSON, JSON Lines, Parquet, Arrow, SPSS or Stata; `-` is standard input. Several files, a
    /// folder, or a pattern such as `answers/**/*.parquet` are scored into the folder of --out.
    #[arg(value_name = "RESPONSES", required = true)]
    pub(crate) responses: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) together: TogetherArgs,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) keys: SuppliedKeys,
    /// Where to write the scores: .csv, .tsv, .json, .jsonl, .ndjson, .parquet, .parq, .arrow, .feather, .ipc or
    /// .arrows. Standard output when left out. For several tables, a new folder, in which each table has its scores
    /// at its own path.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The format of the scores. When left out, chosen by the ending of --out; CSV on standard output. For several
    /// tables, chosen by the ending of each table, else CSV.
    #[arg(long, value_parser = choice::<ScoresFormat>(), value_name = "FORMAT")]
    pub(crate) format: Option<ScoresFormat>,
    /// Which columns to write for each score.
    #[arg(long, value_parser = choice::<ScoreColumns>(), value_name = "WHICH", default_value = "all")]
    pub(crate) columns: ScoreColumns,
    #[command(flatten)]
    pub(crate) keep: KeepArgs,
    /// Put an apostrophe before each cell of CSV and TSV that a spreadsheet would run as a formula. This changes the
    /// data.
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,
    /// What to do with answers that the definition does not allow.
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = OnError::Stop)]
    pub(crate) on_error: OnError,
    /// Write a CSV file (or TSV, by its ending) that lists the errors in the rows left out with `--on-error skip`, and
    /// the derived scores that are blank.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Also write the item analysis of the scales into this file, as `scalewright reliability` does: .txt, .json, .html, .csv.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["join", "carry_from"])]
    pub(crate) reliability: Option<PathBuf>,
    /// Show how the scores of one row are computed. Rows are counted from 1.
    #[arg(long, value_name = "ROW", conflicts_with_all = ["out", "format", "report", "reliability", "columns", "on_error", "keep", "drop", "drop_all", "spreadsheet_safe", "with", "shape", "join", "carry_from", "explain_id"])]
    pub(crate) explain: Option<u64>,
    /// Show how the scores of one respondent are computed.
    #[arg(long, value_name = "RESPONDENT", conflicts_with_all = ["out", "format", "report", "reliability", "columns", "on_error", "keep", "drop", "drop_all", "spreadsheet_safe", "with", "shape", "join", "carry_from"])]
    pub(crate) explain_id: Option<String>,
    /// Also score keys that are only recalled from memory, not read in a source.
    #[arg(long)]
    pub(crate) accept_recalled_keys: bool,
}

/// Read the answers from filled-in PDF forms: one row per form, ready for `scalewright score`.
///
/// FORM is a PDF made with `scalewright export --to pdf --set pdf.fillable=yes` and filled in with any program, or a
/// folder of such files. Every form must be a complete, unaltered form of the current definition, and the definition
/// must allow every answer. Otherwise the command reports the form with the reason, and writes nothing.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright read returned/*.pdf --out answers.csv
  scalewright read --instrument side-by-side returned --on-error skip --report report.csv --out answers.csv
  scalewright read --instrument wai-sr --wording licensed/en.toml returned --out answers.jsonl
  scalewright read returned --out tables      forms of several instruments, a table for each

Exit codes: 0 read (with --on-error skip, some may be left out); 1 the definition, a form or an answer is wrong, \
nothing written; 2 usage")]
pub(crate) struct ReadArgs {
    /// Filled forms, or folders of them.
    #[arg(value_name = "FORM", required = true)]
    pub(crate) forms: Vec<PathBuf>,
    /// The instrument of the forms: a file, a folder or an id. When left out, each form names its instrument, which is
    /// taken from the library.
    #[arg(long, short, value_name = "ID")]
    pub(crate) instrument: Option<PathBuf>,
    /// Wording that the definition withholds, to compare with the words of the forms: a file, or a folder of files.
    #[arg(long, value_name = "PATH")]
    pub(crate) wording: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) keys: SuppliedKeys,
    /// Where to write the responses: .csv, .tsv, .json, .jsonl or .ndjson. Standard output when left out. If the forms
    /// are of several instruments, a folder, in which each instrument has a table named by its id.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The format of the responses. When left out, chosen by the ending of --out; CSV on standard output.
    #[arg(long, value_parser = choice::<AnswersFormat>(), value_name = "FORMAT")]
    pub(crate) format: Option<AnswersFormat>,
    /// Put an apostrophe before each cell of CSV and TSV that a spreadsheet would run as a formula. This changes the
    /// data.
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,
    /// What to do with forms that cannot be read.
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = OnError::Stop)]
    pub(crate) on_error: OnError,
    /// Write a CSV file (or TSV, by its ending) that lists for each form what was read, what was not answered and what
    /// was refused. It is written even if there is no other output.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Write a new definition to start from, with comments. It passes the check without findings.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  scalewright new my-scale        writes instruments/my-scale/instrument.toml and cases.toml
  scalewright check my-scale")]
pub(crate) struct NewArgs {
    /// The id: lower-case words joined by hyphens.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// The title of the instrument. Made from the id when left out.
    #[arg(long)]
    pub(crate) title: Option<String>,
}

/// Print the completion script for a shell.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright completions bash > ~/.local/share/bash-completion/completions/scalewright
  scalewright completions zsh > ~/.zfunc/_scalewright
  scalewright completions fish > ~/.config/fish/completions/scalewright.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// Write the manual pages, one for each command.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright man --out ~/.local/share/man/man1    then read one: `man scalewright-check`")]
pub(crate) struct ManArgs {
    /// The folder to write the pages into. It is created if it does not exist.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}
