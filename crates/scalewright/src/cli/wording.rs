//! The arguments of `scalewright wording`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::import::{ImportReport, ReaderArgs};

/// Print a wording file to fill in, for a translation or for words that a definition withholds; or take the words of a form.
///
/// The file contains every key that takes words, with an empty text. An empty text is reported as missing until it
/// is filled in. For a translation, the source words are beside them as comments. `scalewright wording from` fills in
/// the words of a form that you hold.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "\
Examples:
  scalewright wording wai-sr --language en > en.toml
  scalewright wording wai-sr --language en --wording private/en.toml --digest
  scalewright wording from dictionary.csv --for wai-sr --out en.toml
  scalewright export wai-sr --to pdf --wording en.toml --out out")]
pub(crate) struct WordingCommand {
    #[command(flatten)]
    pub(crate) args: Option<WordingArgs>,
    #[command(subcommand)]
    pub(crate) action: Option<WordingAction>,
}

/// What `scalewright wording` prints.
#[derive(Debug, Args)]
pub(crate) struct WordingArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// The language, as a BCP 47 tag.
    #[arg(long, value_name = "TAG")]
    pub(crate) language: String,
    /// Print the digest of the existing words instead. State it under `[rights]` as `digests`, and `scalewright check`
    /// notices when the words change.
    #[arg(long, conflicts_with = "out")]
    pub(crate) digest: bool,
    /// Wording supplied from outside the library, for `--digest`: a file, or a folder of files.
    #[arg(long, value_name = "PATH", requires = "digest")]
    pub(crate) wording: Vec<PathBuf>,
    /// Where to write the file. Standard output when left out. An existing file is never overwritten.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// What else `scalewright wording` does.
#[derive(Debug, Subcommand)]
pub(crate) enum WordingAction {
    From(WordingFromArgs),
}

/// Take the words of a form that you hold into a wording file for a definition.
///
/// FILE is a form in any format that `scalewright import` reads. Items are matched by their codes in terminologies, then by
/// their names, then by their order, if all answers agree; options by their codes, then by their values. If anything is not
/// certain, it is listed with the reason, and nothing is written. Other commands read the file with --wording.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright wording from dictionary.csv --for wai-sr --language en --out private/en.toml
  scalewright wording from form.json --for phq-9 > en.toml
  scalewright check wai-sr --wording private/en.toml

Exit codes: 0 written; 1 the definition or the form is wrong, or something is not certain (or, with --strict, words
are lacking or altered): nothing written; 2 usage")]
pub(crate) struct WordingFromArgs {
    /// The form, as a platform exports it.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The definition: a file, a folder or an id.
    #[arg(long = "for", value_name = "ID")]
    pub(crate) instrument: PathBuf,
    #[command(flatten)]
    pub(crate) reader: ReaderArgs,
    /// The language of the words. When left out, that of the form.
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// A table of names that an export wrote: CSV with the columns `id` and `field_name`.
    #[arg(long, value_name = "FILE")]
    pub(crate) names: Option<PathBuf>,
    /// What a column of a table contains: `text=Wortlaut`. May be given more than once.
    #[arg(long, value_name = "WHAT=HEADER")]
    pub(crate) column: Vec<String>,
    /// Where to write the file. Standard output when left out. An existing file is never overwritten.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The format of the report, which is printed to standard error if the file is printed to standard output.
    #[arg(long, value_enum, default_value_t = ImportReport::Text)]
    pub(crate) format: ImportReport,
    /// Also write the report to a file: .txt, .json or .sarif.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Fail, and write no wording, if words are lacking, or altered as their digest shows.
    #[arg(long)]
    pub(crate) strict: bool,
}
