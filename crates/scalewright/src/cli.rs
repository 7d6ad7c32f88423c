//! The commands and options of the command line, with their help texts.

mod audit;
mod check;
mod choice;
mod course;
mod data;
mod explicit;
mod import;
mod keys;
mod levels;
mod map;
mod meaning;
mod names;
mod pack;
mod plugin;
mod preview;
mod reading;
mod reliability;
mod targets;
mod together;
mod wording;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use scalewright_export::ReportFormat;
use scalewright_model::{Layout, Paper};
use scalewright_tables::{AnswersFormat, ScoreColumns, ScoresFormat};

pub(crate) use audit::AuditArgs;
pub(crate) use check::{CheckArgs, FindingsFormat};
use choice::choice;
pub(crate) use course::CourseArgs;
pub(crate) use data::{CompareArgs, DataCheckArgs, FailOn};
pub(crate) use explicit::ExplicitOptions;
pub(crate) use import::{ImportArgs, ImportReport, ImportScore};
pub(crate) use keys::{KeyArgs, SuppliedKeys};
pub(crate) use map::{MapArgs, MapFormat};
pub(crate) use names::is_slug;
use names::slug;
pub(crate) use pack::{PackArgs, PackCheckArgs, PackCommand, PackNewArgs};
pub(crate) use plugin::{
    PluginAction, PluginArgs, PluginCheckArgs, PluginCommand, PluginKind, PluginLanguage,
    PluginListArgs, PluginListFormat, PluginNewArgs, PluginTrustArgs,
};
pub(crate) use preview::PreviewArgs;
pub(crate) use reading::{KeepArgs, OnError, ReadingArgs};
pub(crate) use reliability::ReliabilityArgs;
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

/// Compare two versions of instruments: what changed, whether old scores stay comparable, and the version number that
/// the change requires.
///
/// Use it before a release, and for pull requests. Instruments are compared by meaning, not by text: layout, comments,
/// and another way to write the same score do not count as changes. The two versions are files, folders or ids; or, in
/// a git repository, revisions. Folders of several instruments are compared id by id.
#[derive(Debug, Args)]
#[command(override_usage = "\
scalewright diff [OPTIONS] <OLD> <NEW>
       scalewright diff [OPTIONS] <REV> [PATH]...
       scalewright diff [OPTIONS] <REV>..<REV> [PATH]...
       scalewright diff [OPTIONS] --git <REV[..REV]> [PATH]...
       scalewright diff [OPTIONS] <KEY> <KEY> --for <ID>")]
#[command(after_help = "\
Examples:
  scalewright diff old/wai-sr instruments/wai-sr    two folders
  scalewright diff HEAD~1 wai-sr                    the files on disk with the last commit but one
  scalewright diff v1.0.0..v1.1.0                   the whole library, at two tags
  scalewright diff --git main . --format markdown   all instruments here, for a pull request
  scalewright diff one.toml other.toml --for calpas-p    two keys of one instrument

Exit codes: 0 nothing changed, or the version number agrees with the change; 1 it does not agree,
or a definition is wrong; 2 usage")]
pub(crate) struct DiffArgs {
    /// Two files, folders or ids, old and new; or a revision (or two, with `..` between them) and paths. The whole
    /// library when no path is given.
    #[arg(value_name = "OLD NEW", required_unless_present = "git")]
    pub(crate) what: Vec<PathBuf>,
    /// The revision to compare with, or two: `v1.0.0..v1.1.0`. Needed if the revision has the same name as a file.
    #[arg(long, value_name = "REV[..REV]", allow_hyphen_values = true)]
    pub(crate) git: Option<String>,
    /// Compare two key files, which two people filled in for this instrument. The command fails if they differ in any
    /// score.
    #[arg(long = "for", value_name = "ID", conflicts_with = "git")]
    pub(crate) instrument: Option<PathBuf>,
    /// The format of the changes.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// Fail on warnings too: removed instruments, one form of a family changed alone, changed settings.
    #[arg(long)]
    pub(crate) deny_warnings: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// Text for a terminal.
    Text,
    /// JSON: an object with a list of instruments.
    Json,
    /// Markdown, for pull requests and changelogs.
    Markdown,
    /// Workflow commands of GitHub Actions: annotations on the lines of a pull request.
    Github,
}

/// Format files in the canonical layout: definitions, wording files, cases.
///
/// The meaning and the comments of a file do not change. Keys and tables are sorted in the order of the
/// reference, lists that are too long for a line are broken, and spaces and blank lines are corrected.
/// Files are written completely, and only if they change; a file with a syntax error is not changed.
/// Without a path, the whole library is formatted.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright fmt                         every file of the library
  scalewright fmt wai-sr                  the files of one instrument, by its id
  scalewright fmt --check                 list the files that would change, and write nothing
  scalewright fmt --diff my/de.toml       show what would change in a file
  scalewright fmt - < instrument.toml     from standard input to standard output, for editors

Exit codes: 0 formatted, 1 a file has a syntax error (or would change, with --check), 2 usage")]
pub(crate) struct FmtArgs {
    /// Files, folders or instrument ids; `-` is standard input. The whole library when left out.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// List the files that would change, and fail if there are any. Nothing is written.
    #[arg(long)]
    pub(crate) check: bool,
    /// Show what would change, as a unified diff. Nothing is written.
    #[arg(long)]
    pub(crate) diff: bool,
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
    #[arg(value_name = "RESPONSES", required_unless_present = "study")]
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
    /// With several instruments, each has its own file, with its id before the ending: FILE.ID.html.
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Comma-separated values.
    Csv,
    /// JSON: a list of objects.
    Json,
}

/// Publish instruments to platforms.
///
/// Either all files are written, or none. Content that a platform cannot represent is reported as
/// `lossy-export`. A score that the platform would compute differently is refused.
#[derive(Debug, Args)]
#[command(after_help = targets::export_help())]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) given: ExplicitOptions,
    #[command(flatten)]
    pub(crate) former: FormerArgs,
    /// The instruments: files, folders or ids.
    #[arg(value_name = "ID", required = true)]
    pub(crate) instruments: Vec<PathBuf>,
    /// The targets, separated by commas.
    #[arg(long, value_name = "TARGETS", required = true, value_delimiter = ',')]
    pub(crate) to: Vec<String>,
    /// An option of a target, such as `redcap.project=yes`. May be given more than once.
    #[arg(long, value_name = "TARGET.OPTION=VALUE")]
    pub(crate) set: Vec<String>,
    /// The folder to write to. It is created if it does not exist.
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The languages, separated by commas, or `all`. The source language when left out.
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    pub(crate) language: Vec<String>,
    /// Wording supplied from outside the library: a file, or a folder of files.
    #[arg(long, value_name = "PATH")]
    pub(crate) wording: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) keys: SuppliedKeys,
    #[command(flatten)]
    pub(crate) plugins: PluginArgs,
    /// The paper size. When left out, that of the settings, else A4.
    #[arg(long, value_parser = choice::<Paper>())]
    pub(crate) paper: Option<Paper>,
    /// The text size and spacing of printed forms. When left out, that of the settings, else comfortable.
    #[arg(long, value_parser = choice::<Layout>())]
    pub(crate) layout: Option<Layout>,
    /// A folder of OpenType and TrueType fonts, for letters that the embedded fonts lack.
    #[arg(long, value_name = "DIR")]
    pub(crate) fonts: Option<PathBuf>,
    /// Publish the instruments together, as a study with this name. For REDCap they become the forms of one project.
    /// The name consists of lower-case letters, digits and hyphens.
    #[arg(long, value_name = "NAME", value_parser = slug)]
    pub(crate) study: Option<String>,
    /// The title of the study. When left out, that of the settings, else the name of the study.
    #[arg(long, value_name = "TEXT", requires = "study", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) title: Option<String>,
    /// Also publish scores whose keys are only recalled from memory, not read in a source.
    #[arg(long)]
    pub(crate) accept_recalled_keys: bool,
    /// Leave out scores that a platform cannot compute, with a warning, instead of refusing the export.
    #[arg(long)]
    pub(crate) leave_out_scores: bool,
    /// Fail, and write nothing, if any content of the instrument would be lost.
    #[arg(long)]
    pub(crate) deny_loss: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

impl ExportArgs {
    /// The export of one instrument to one target, with the defaults of all options.
    pub(crate) fn of(instrument: PathBuf, target: &str, out: PathBuf) -> Self {
        Self {
            given: ExplicitOptions::default(),
            former: FormerArgs::default(),
            instruments: vec![instrument],
            to: vec![target.to_owned()],
            set: Vec::new(),
            out,
            language: Vec::new(),
            wording: Vec::new(),
            keys: SuppliedKeys::default(),
            plugins: PluginArgs::default(),
            paper: None,
            layout: None,
            fonts: None,
            study: None,
            title: None,
            accept_recalled_keys: false,
            leave_out_scores: false,
            deny_loss: false,
            quiet: false,
        }
    }
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

/// List the instruments of the library: id, version, status, items, scales, key, languages, title.
///
/// If there are packs, their instruments follow, and a column names the pack. An id that exists in more than one place
/// is listed as `pack:id` or `library:id`: that is how commands take it.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The format of the list. When left out, aligned columns to read in a terminal.
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
    #[command(flatten)]
    pub(crate) keys: SuppliedKeys,
    /// Also show the family and the form of each instrument, and the forms that are parallel to it.
    #[arg(long)]
    pub(crate) families: bool,
    /// Put an apostrophe before each CSV cell that a spreadsheet would run as a formula. This changes the data.
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,
}

/// Explain how an instrument is scored: every scale, flag and derived score, in words and in symbols.
///
/// For each, it prints the keyed items, weights, rounding, the rule for missing answers, the possible scores, the
/// bands, and the sources that the definition names. The wording is not needed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright explain-score wai-sr
  scalewright explain-score side-by-side --scale sbs_total
  scalewright explain-score side-by-side --format json

To see how one respondent's scores are computed: `scalewright score ID RESPONSES --explain ROW`")]
pub(crate) struct ExplainScoreArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// Explain only this scale, flag or derived score. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub(crate) scale: Vec<String>,
    #[command(flatten)]
    pub(crate) keys: SuppliedKeys,
    /// The format of the explanation.
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub(crate) format: ExplainFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// Text for a terminal.
    Text,
    /// JSON: an object with a list of scores.
    Json,
}

/// Explain a finding: what it means, why it matters, how to fix it, when to allow it.
///
/// A lint and a check of data have a page, any other finding a sentence. Without a name, all lints are listed, and with
/// `data-checks` the checks of data.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright explain                     list the lints by subject
  scalewright explain band-gap            explain one, with an example
  scalewright explain unknown-key         explain another kind of finding")]
pub(crate) struct ExplainArgs {
    /// The kind of finding, as it appears in brackets: band-gap.
    #[arg(value_name = "LINT")]
    pub(crate) lint: Option<String>,
    /// The format of the page.
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    pub(crate) format: PageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    /// Text for a terminal.
    Text,
    /// Markdown, a page of the documentation.
    Markdown,
}

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
