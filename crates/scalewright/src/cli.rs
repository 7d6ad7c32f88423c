//! What can be asked for, with the help that teaches it.

mod choice;
mod given;
mod levels;
mod reading;
mod targets;

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use scalewright_model::{Layout, Paper, UseContext};
use scalewright_tables::{AnswersFormat, ScoreColumns, ScoresFormat};

use choice::choice;
pub(crate) use given::Given;
pub(crate) use levels::LevelArgs;
pub(crate) use reading::{KeepArgs, ReadingArgs};
pub(crate) use targets::{FormerArgs, TargetsArgs, TargetsFormat, completing};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_CODES: &str = "\
Exit codes:
  0  all is well (warnings may have been printed)
  1  a definition, its cases or the responses are wrong; nothing was written
  2  wrong usage, or something could not be read or written";

/// Write a psychometric instrument once, as data; check it, score it, publish it.
///
/// An instrument is a folder with `instrument.toml` (structure, keys, rights, words), a wording file
/// for each translation (`de.toml`) and `cases.toml` (responses with published scores). Commands
/// take a file, a folder, or the id of an instrument in the library, which is the nearest folder
/// called `instruments`, here or above.
#[derive(Debug, Parser)]
#[command(name = "scalewright", version, styles = STYLES, after_help = EXIT_CODES, max_term_width = 100)]
#[command(propagate_version = true, subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// The folder that holds the instruments, instead of the nearest `instruments`.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "SCALEWRIGHT_LIBRARY",
        display_order = 900
    )]
    pub(crate) library: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(CheckArgs),
    Diff(DiffArgs),
    Fmt(FmtArgs),
    Score(ScoreArgs),
    Export(ExportArgs),
    Targets(TargetsArgs),
    Read(ReadArgs),
    Report(ReportArgs),
    New(NewArgs),
    Wording(WordingArgs),
    List(ListArgs),
    Explain(ExplainArgs),
    ExplainScore(ExplainScoreArgs),
    Schema(SchemaArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Check definitions: syntax, keys and types, references, cases, and what psychometrics knows.
///
/// Everything that is wrong is reported in one run, each finding with file, line, column, and what
/// to do. Without a path, the whole library is checked. How bad a lint is taken to be is set by
/// --deny, --warn and --allow, of which the last holds, after the nearest `scalewright.toml`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright check                       every instrument of the library
  scalewright check wai-sr                one instrument, by its id
  scalewright check my/instrument.toml    a file
  scalewright check --wording my/en.toml wai-sr
                                          with the wording that the definition withholds
  scalewright check --fix wai-sr          mend what can be mended safely; --diff shows it only
  scalewright check --mutants wai-sr      whether its cases would notice a slip
  scalewright check --use research,electronic
                                          whether the rights that are known allow that
  scalewright check --deny warnings --allow unused-section
                                          every warning fails the check but one
  scalewright check --format sarif --out results.sarif
                                          for code scanning; a file, written whole or not at all

Lints are listed by `scalewright explain`, and each explained by `scalewright explain LINT`. Only
lints can be set; an error of syntax, keys or references stays one.

Exit codes: 0 no error, 1 errors found (or warnings, with --deny-warnings), 2 nothing to check")]
pub(crate) struct CheckArgs {
    /// Files, folders or instrument ids. The whole library when left out.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Wording supplied from outside the library: a file, or a folder of them.
    #[arg(long, value_name = "PATH")]
    pub(crate) wording: Vec<PathBuf>,
    /// What the instruments are to be used for: one that does not allow it fails the check. Several with commas.
    #[arg(long = "use", value_parser = choice::<UseContext>(), value_name = "CONTEXT", value_delimiter = ',')]
    pub(crate) uses: Vec<UseContext>,
    /// The day on which evidence of rights is to be recent, as 2026-01-05.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) date: Option<String>,
    #[command(flatten)]
    pub(crate) levels: LevelArgs,
    /// Fail on warnings too; they are still shown as warnings.
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    /// Try whether the cases would notice a slip: the definition is changed in one place after another, and
    /// every change that no case notices is reported.
    #[arg(long)]
    pub(crate) mutants: bool,
    /// Mend what can be mended safely: no word that a respondent reads and no score changes.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Show what `--fix` would change, as a unified diff. Nothing is written.
    #[arg(long)]
    pub(crate) diff: bool,
    /// How findings are printed. By the ending of --out (.txt, .json, .sarif or .xml), else text.
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    /// Where to write the findings. Standard output when left out.
    #[arg(long, short, value_name = "FILE", visible_alias = "output")]
    pub(crate) out: Option<PathBuf>,
}

/// Whether a text is made as ids of instruments are: lower-case words and digits, joined by single hyphens.
pub(crate) fn is_slug(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('-').all(word)
}

/// A name that files and programs can have.
fn slug(text: &str) -> Result<String, String> {
    match text.len() <= 64 && is_slug(text) {
        true => Ok(text.to_owned()),
        false => Err("write lower-case letters, digits and hyphens, as `my-trial`".to_owned()),
    }
}

/// A day of the calendar, as `2026-01-05`.
fn day(text: &str) -> Result<String, String> {
    match scalewright_model::is_date(text) {
        true => Ok(text.to_owned()),
        false => Err("write year, month and day, as `2026-01-31`".to_owned()),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the source lines, marked.
    Text,
    /// A line a finding.
    Concise,
    /// JSON: one object, whose form `scalewright schema report` describes.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions: remarks beside the lines of a change.
    Github,
    /// GitLab's code quality.
    Gitlab,
    /// JUnit's XML: a test case an instrument.
    Junit,
}

/// Compare two versions of instruments: what changed, whether old scores stay comparable, and which version that
/// demands.
///
/// Instruments are compared, not texts: layout, comments, and another way to write the same score are no change. The
/// two versions are files, folders or ids; or, in a git repository, revisions. Folders of several instruments are
/// compared id by id.
#[derive(Debug, Args)]
#[command(override_usage = "\
scalewright diff [OPTIONS] <OLD> <NEW>
       scalewright diff [OPTIONS] <REV> [PATH]...
       scalewright diff [OPTIONS] <REV>..<REV> [PATH]...
       scalewright diff [OPTIONS] --git <REV[..REV]> [PATH]...")]
#[command(after_help = "\
Examples:
  scalewright diff old/wai-sr instruments/wai-sr    two folders
  scalewright diff HEAD~1 wai-sr                    the files as they are, beside the last commit but one
  scalewright diff v1.0.0..v1.1.0                   the whole library, at two tags
  scalewright diff --git main . --format markdown   everything below this folder, for a pull request

Exit codes: 0 nothing changed, or the version agrees with the change; 1 the version does not agree, or a definition
is wrong; 2 usage")]
pub(crate) struct DiffArgs {
    /// Two files, folders or ids, old and new; or a revision (or two, with `..` between them) and paths. The whole
    /// library when no path is given.
    #[arg(value_name = "OLD NEW", required_unless_present = "git")]
    pub(crate) what: Vec<PathBuf>,
    /// The revision to compare with, or two: `v1.0.0..v1.1.0`. For names that are those of files too.
    #[arg(long, value_name = "REV[..REV]", allow_hyphen_values = true)]
    pub(crate) git: Option<String>,
    /// How changes are printed.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// To read.
    Text,
    /// JSON: an object, with a list of instruments.
    Json,
    /// Markdown, for pull requests and lists of changes.
    Markdown,
}

/// Lay out files in the one canonical way: definitions, wording files, cases.
///
/// What a file means stays the same, and so do its comments. Keys and tables come in the order of the
/// reference, lists are broken where they are too long for a line, and spaces and blank lines are put
/// right. Files are written whole, and only when they change; one with a syntax error is left alone.
/// Without a path, the whole library is laid out.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright fmt                         every file of the library
  scalewright fmt wai-sr                  the files of one instrument, by its id
  scalewright fmt --check                 name the files that would change, and write nothing
  scalewright fmt --diff my/de.toml       show what would change in a file
  scalewright fmt - < instrument.toml     from standard input to standard output, for editors

Exit codes: 0 laid out, 1 a file has a syntax error (or would change, with --check), 2 usage")]
pub(crate) struct FmtArgs {
    /// Files, folders or instrument ids; `-` is standard input. The whole library when left out.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Name the files that would change and fail if there are any. Nothing is written.
    #[arg(long)]
    pub(crate) check: bool,
    /// Show what would change, as a unified diff. Nothing is written.
    #[arg(long)]
    pub(crate) diff: bool,
}

/// Score responses: one row in, one row out, for every scale the score, the number of answered items,
/// whether it was prorated, and the band.
///
/// RESPONSES is a table with a column for each item id: CSV, JSON (a list of objects), JSON lines,
/// Parquet or Arrow, by the file's ending. An empty cell, NA or null is a missing answer. Every answer
/// must be one that the definition allows: if any is not, such places are named by row and column, and
/// nothing is written. Columns that are no items are written beside the scores. Tables of any length are scored in little memory; only a JSON list is read whole.
/// QuestionnaireResponses of FHIR are read with `--from fhir`.
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

Exit codes: 0 scored, 1 the definition or an answer is wrong (nothing written), 2 usage")]
pub(crate) struct ScoreArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// The responses: CSV, JSON, JSON Lines, Parquet or Arrow; `-` is standard input.
    #[arg(value_name = "RESPONSES")]
    pub(crate) responses: PathBuf,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// Where to write the scores: .csv, .tsv, .json, .jsonl, .ndjson, .parquet, .parq, .arrow, .feather, .ipc or
    /// .arrows. Standard output when left out.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The form of the scores. By the ending of --out, and CSV on standard output.
    #[arg(long, value_parser = choice::<ScoresFormat>(), value_name = "FORMAT")]
    pub(crate) format: Option<ScoresFormat>,
    /// How much to write of each score.
    #[arg(long, value_parser = choice::<ScoreColumns>(), value_name = "WHICH", default_value = "all")]
    pub(crate) columns: ScoreColumns,
    #[command(flatten)]
    pub(crate) keep: KeepArgs,
    /// Put an apostrophe before each cell of CSV and TSV that a spreadsheet would run as a formula. Such cells are no
    /// longer the data they were.
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,
    /// What to do about answers that the definition does not allow.
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = OnError::Stop)]
    pub(crate) on_error: OnError,
    /// A CSV file, or TSV by its ending, of what was wrong in the rows left out with `--on-error skip`, and of derived
    /// scores that are blank.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Show how the scores of one row come about, by its number, from 1.
    #[arg(long, value_name = "ROW", conflicts_with_all = ["out", "format", "report", "columns", "on_error", "keep", "drop", "drop_all", "spreadsheet_safe", "explain_id"])]
    pub(crate) explain: Option<u64>,
    /// Show how the scores of one respondent come about.
    #[arg(long, value_name = "RESPONDENT", conflicts_with_all = ["out", "format", "report", "columns", "on_error", "keep", "drop", "drop_all", "spreadsheet_safe"])]
    pub(crate) explain_id: Option<String>,
    /// Score keys that are only recalled, not read in a source.
    #[arg(long)]
    pub(crate) accept_recalled_keys: bool,
}

/// What becomes of a row that cannot be scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnError {
    /// Name what is wrong and write nothing.
    Stop,
    /// Name what is wrong, leave the row out and score the others.
    Skip,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Table {
    /// Comma-separated values.
    Csv,
    /// JSON: a list of objects.
    Json,
}

/// Publish instruments to platforms.
///
/// Files are written whole or not at all. What a platform has no place for is reported as
/// `lossy-export`; a score that would not come out equal is refused.
#[derive(Debug, Args)]
#[command(after_help = targets::export_help())]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) given: Given,
    #[command(flatten)]
    pub(crate) former: FormerArgs,
    /// The instruments: files, folders or ids.
    #[arg(value_name = "ID", required = true)]
    pub(crate) instruments: Vec<PathBuf>,
    /// The targets, separated by commas.
    #[arg(long, value_name = "TARGETS", required = true, value_delimiter = ',')]
    pub(crate) to: Vec<String>,
    /// An option of a target, as `redcap.project=yes`. May be given more than once.
    #[arg(long, value_name = "TARGET.OPTION=VALUE")]
    pub(crate) set: Vec<String>,
    /// The folder to write to; made when it is not there.
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The languages, separated by commas, or `all`. The source language when left out.
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    pub(crate) language: Vec<String>,
    /// Wording supplied from outside the library: a file, or a folder of them.
    #[arg(long, value_name = "PATH")]
    pub(crate) wording: Vec<PathBuf>,
    /// The size of the sheet. That of the settings when left out, else A4.
    #[arg(long, value_parser = choice::<Paper>())]
    pub(crate) paper: Option<Paper>,
    /// How large and how close a printed form is. As the settings say when left out, else comfortable.
    #[arg(long, value_parser = choice::<Layout>())]
    pub(crate) layout: Option<Layout>,
    /// Fonts for letters that the embedded ones lack: a folder of OpenType and TrueType files.
    #[arg(long, value_name = "DIR")]
    pub(crate) fonts: Option<PathBuf>,
    /// Publish the instruments together, as a study of this name: for REDCap as the forms of one project. Lower-case
    /// letters, digits and hyphens.
    #[arg(long, value_name = "NAME", value_parser = slug)]
    pub(crate) study: Option<String>,
    /// What people call the study. As the settings say when left out, else its name.
    #[arg(long, value_name = "TEXT", requires = "study", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) title: Option<String>,
    /// Publish scores whose keys are only recalled, not read in a source.
    #[arg(long)]
    pub(crate) accept_recalled_keys: bool,
    /// Leave out scores that a platform cannot compute, with a warning, instead of refusing the export.
    #[arg(long)]
    pub(crate) leave_out_scores: bool,
    /// Fail, and write nothing, when something is not carried over.
    #[arg(long)]
    pub(crate) deny_loss: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Read the answers out of filled forms: one form in, one row out, ready for `scalewright score`.
///
/// FORM is a PDF made with `scalewright export --to pdf --set pdf.fillable=yes` and
/// filled in with any program, or a folder of
/// them. Every form must be one of the instrument as it is defined, whole and unaltered, and every answer one that the
/// definition allows: if any is not, it is named with the reason, and nothing is written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright read returned/*.pdf --out answers.csv
  scalewright read --instrument side-by-side returned --on-error skip --report report.csv --out answers.csv
  scalewright read --instrument wai-sr --wording licensed/en.toml returned --out answers.jsonl

Exit codes: 0 read (with --on-error skip, some may be left out); 1 the definition, a form or an answer is wrong, \
nothing written; 2 usage")]
pub(crate) struct ReadArgs {
    /// Filled forms, or folders of them.
    #[arg(value_name = "FORM", required = true)]
    pub(crate) forms: Vec<PathBuf>,
    /// The instrument that they are forms of: a file, a folder or an id. The one of the library that the first form names when
    /// left out.
    #[arg(long, short, value_name = "ID")]
    pub(crate) instrument: Option<PathBuf>,
    /// Wording that the definition withholds, to compare with that of the forms: a file, or a folder of them.
    #[arg(long, value_name = "PATH")]
    pub(crate) wording: Vec<PathBuf>,
    /// Where to write the responses: .csv, .tsv, .json, .jsonl or .ndjson. Standard output when left out.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The form of the responses. By the ending of --out, and CSV on standard output.
    #[arg(long, value_parser = choice::<AnswersFormat>(), value_name = "FORMAT")]
    pub(crate) format: Option<AnswersFormat>,
    /// Put an apostrophe before each cell of CSV and TSV that a spreadsheet would run as a formula. Such cells are no
    /// longer the data they were.
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,
    /// What to do about forms that cannot be read.
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = OnError::Stop)]
    pub(crate) on_error: OnError,
    /// A CSV file, or TSV by its ending, of what became of each form: what was read, what was not answered, what was refused. It is written
    /// also when nothing else is.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Report the scores of respondents, a PDF each: a profile against range, bands and norms, scores, answers, notes.
///
/// RESPONSES is a table as `scalewright score` takes it. The reports are in the language of the wording: English,
/// German, Spanish, French, Italian, Dutch or Portuguese; in others their own words are in English. Where the definition
/// withholds the wording, items go by their ids.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright report side-by-side answers.csv --out reports
  scalewright report side-by-side answers.csv --id r01 --language de --out reports
  scalewright report wai-sr answers.csv --row 3 --wording licensed/en.toml --out reports

Exit codes: 0 written, 1 the definition or an answer is wrong (nothing written), 2 usage")]
pub(crate) struct ReportArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// The responses: CSV, JSON, JSON Lines, Parquet or Arrow; `-` is standard input.
    #[arg(value_name = "RESPONSES")]
    pub(crate) responses: PathBuf,
    /// The folder to write to; made when it is not there.
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Only this respondent.
    #[arg(long, value_name = "RESPONDENT", conflicts_with = "row")]
    pub(crate) id: Option<String>,
    /// Only this row, from 1.
    #[arg(long, value_name = "ROW")]
    pub(crate) row: Option<u64>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// The language of the report. The source language when left out.
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// Wording supplied from outside the library: a file, or a folder of them.
    #[arg(long, value_name = "PATH")]
    pub(crate) wording: Vec<PathBuf>,
    /// The size of the sheet. That of the settings when left out, else A4.
    #[arg(long, value_parser = choice::<Paper>())]
    pub(crate) paper: Option<Paper>,
    /// Fonts for letters that the embedded ones lack: a folder of OpenType and TrueType files.
    #[arg(long, value_name = "DIR")]
    pub(crate) fonts: Option<PathBuf>,
    /// Score keys that are only recalled, not read in a source.
    #[arg(long)]
    pub(crate) accept_recalled_keys: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Write a new definition to start from: commented, and checking clean.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  scalewright new my-scale        writes instruments/my-scale/instrument.toml and cases.toml
  scalewright check my-scale")]
pub(crate) struct NewArgs {
    /// The id: lower-case words joined by hyphens.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Its title.
    #[arg(long)]
    pub(crate) title: Option<String>,
}

/// Print a wording file to fill in: for a translation, or for words that a definition withholds.
///
/// Every place for words is there, empty; an empty one is reported as missing until it is filled.
/// For a translation, the source words stand beside as comments.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright wording wai-sr --language en > en.toml
  scalewright wording wai-sr --language en --wording private/en.toml --digest
  scalewright export wai-sr --to pdf --wording en.toml --out out")]
pub(crate) struct WordingArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// The language, a BCP 47 tag.
    #[arg(long, value_name = "TAG")]
    pub(crate) language: String,
    /// Print the digest of the words that are there, by which changed ones are noticed: it is stated under
    /// `[rights]` as `digests`.
    #[arg(long, conflicts_with = "out")]
    pub(crate) digest: bool,
    /// Wording supplied from outside the library, for `--digest`: a file, or a folder of them.
    #[arg(long, value_name = "PATH", requires = "digest")]
    pub(crate) wording: Vec<PathBuf>,
    /// Where to write it. Standard output when left out. An existing file is never overwritten.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// List the instruments of the library.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The form of the list.
    #[arg(long, value_enum)]
    pub(crate) format: Option<Table>,
    /// Put an apostrophe before each cell of CSV that a spreadsheet would run as a formula.
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,
}

/// Explain how an instrument is scored: every scale, flag and derived score, in words and in symbols.
///
/// For each the keyed items, weights, rounding, the rule for missing answers, what the score can be, its
/// bands, and the sources that the definition names. The wording is not needed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright explain-score wai-sr
  scalewright explain-score side-by-side --scale sbs_total
  scalewright explain-score side-by-side --format json

To see how one respondent's scores came about: `scalewright score ID RESPONSES --explain ROW`")]
pub(crate) struct ExplainScoreArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// Only this scale, flag or derived score. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub(crate) scale: Vec<String>,
    /// The form of the explanation.
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub(crate) format: ExplainFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// To read.
    Text,
    /// JSON: an object, with a list of scores.
    Json,
}

/// Explain a lint: what it finds, why it matters, how to mend it, when to allow it.
///
/// Without a name, all lints are listed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright explain                     every lint, by what it is about
  scalewright explain band-gap            one, with an example")]
pub(crate) struct ExplainArgs {
    /// The lint, as it stands in brackets in a finding: band-gap.
    #[arg(value_name = "LINT")]
    pub(crate) lint: Option<String>,
    /// The form of the page.
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    pub(crate) format: PageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    /// To read in a terminal.
    Text,
    /// As a page of the documentation.
    Markdown,
}

/// Print the keys of a kind of file: as a JSON Schema for editors, or as a page to read.
#[derive(Debug, Args)]
#[command(after_help = "\
In an editor with TOML support, put this on the first line of a definition:
  #:schema ../../schemas/instrument.schema.json")]
pub(crate) struct SchemaArgs {
    /// Which kind of file.
    #[arg(value_enum, default_value_t = SchemaArg::Instrument)]
    pub(crate) kind: SchemaArg,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t = SchemaFormat::Json)]
    pub(crate) format: SchemaFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaFormat {
    /// A JSON Schema.
    Json,
    /// A page to read: every key, what it takes and what it means.
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
    /// `scalewright.toml`
    Config,
    /// What `scalewright check --format json` prints
    Report,
    /// Where a FHIR Questionnaire has the keys of `instrument.toml`: no schema, but a list
    Fhir,
}

/// Print completions for a shell.
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
  scalewright man --out ~/.local/share/man/man1    then `man scalewright-check`")]
pub(crate) struct ManArgs {
    /// The folder to write the pages into, which is made if it does not exist.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}
