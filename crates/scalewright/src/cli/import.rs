//! The arguments of `scalewright import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use scalewright_model::Respondent;

use super::names::slug;
use super::plugin::PluginArgs;

/// Turn questionnaires of other programs into definitions, and prove that their scores are equal.
///
/// FILE is recognised by its content. Every part of it is imported, or reported with its place. Scores are computed
/// by the source's own rules and by the definition, on thousands of sets of answers with and without blanks: each is
/// equal, differs (with the smallest set of answers that shows it), or was not understood and is left out. What the
/// source does not say is marked TODO. Words are included in the definition only if the source or --licence states an
/// open licence; otherwise they are in a file of their own, in the folder `private`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright import scale.osd
  scalewright import scale.osd --dry-run                  show the report, and write nothing
  scalewright import scale.osd --licence CC-BY-4.0 --out instruments
  scalewright import dictionary.csv --language en --non-response 99
  scalewright import scale.osd --report report.sarif --strict
  scalewright import diary.txt --from diary               read by a plug-in: `scalewright plugin list`

Exit codes: 0 imported, 1 the file or a definition made from it is wrong (or, with --strict, something
was not understood, differs or is not proved), 2 usage")]
pub(crate) struct ImportArgs {
    /// The files, or folders that contain a source of several files.
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reader: ReaderArgs,
    /// The folder in which each instrument gets a folder of its own. When left out, the library, else this folder.
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// The id of the instrument. When left out, made from the name in the source.
    #[arg(long, value_name = "ID", value_parser = slug)]
    pub(crate) id: Option<String>,
    /// The language of the words, if the source does not state it: `en`, `pt-BR`.
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// The licence of the words, as an SPDX identifier. The definition then includes the words.
    #[arg(long, value_name = "SPDX")]
    pub(crate) licence: Option<String>,
    /// The owner of the words.
    #[arg(long, value_name = "NAME")]
    pub(crate) holder: Option<String>,
    /// Who answers.
    #[arg(long, value_name = "WHO", value_parser = super::choice::<Respondent>())]
    pub(crate) respondent: Option<Respondent>,
    /// The stored value of an option that means no answer, such as `99`. It is then missing: this changes scores. May
    /// be given more than once.
    #[arg(long, value_name = "CODE", allow_hyphen_values = true)]
    pub(crate) non_response: Vec<String>,
    /// The lowest answer, for sources that do not state it, such as a list of keys.
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, requires = "max")]
    pub(crate) min: Option<f64>,
    /// The highest answer.
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, requires = "min")]
    pub(crate) max: Option<f64>,
    /// How scores are computed, for sources that only list the items of each, such as a codebook.
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) score: Option<ImportScore>,
    /// What a column of a table contains: `text=Wortlaut`. May be given more than once.
    #[arg(long, value_name = "WHAT=HEADER")]
    pub(crate) column: Vec<String>,
    /// A language of a REDCap project, as its multi-language management exports it (JSON). May be given more than once.
    #[arg(long, value_name = "FILE")]
    pub(crate) translation: Vec<PathBuf>,
    /// Make a scale of each group of formr items whose names say so: `x_1`, `x_2R`.
    #[arg(long)]
    pub(crate) formr_scales: bool,
    /// The format of the report on standard output.
    #[arg(long, value_enum, default_value_t = ImportReport::Text)]
    pub(crate) format: ImportReport,
    /// Also write the report to a file: .txt, .json or .sarif.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Print the report, and write no definition.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Fail, and write no definition, if anything was not understood, or a score differs or is not proved.
    #[arg(long)]
    pub(crate) strict: bool,
}

/// Which format a form has, and what its reader needs.
#[derive(Debug, Args)]
pub(crate) struct ReaderArgs {
    /// The format of the file, or the name of a plug-in that reads it. When left out, recognised by the content.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: Option<String>,
    /// An option of the plug-in that reads the file. May be given more than once.
    #[arg(long, value_name = "NAME.OPTION=VALUE")]
    pub(crate) set: Vec<String>,
    #[command(flatten)]
    pub(crate) plugins: PluginArgs,
}

/// How a score is computed from its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportScore {
    /// The sum of the answers.
    Sum,
    /// The mean of the answers.
    Mean,
}

/// The formats of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportReport {
    /// Text for a terminal.
    Text,
    /// JSON: one object for each file.
    Json,
    /// SARIF, for continuous integration.
    Sarif,
}
