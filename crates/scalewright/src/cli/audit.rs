//! The arguments of `scalewright audit`.

use std::path::PathBuf;

use clap::Args;

use super::SuppliedKeys;
use super::import::{ImportReport, ReaderArgs};

/// Compare a form that is deployed somewhere with its definition: does it score as the definition says?
///
/// FILE is what a platform exports of the form. Items are matched by id, by the name of their column, or by their words;
/// options by their words, then by their values. Scores and conditions are computed for thousands of respondents by the
/// platform's own rules and by the definition. Each difference is reported at its place in the file, with a respondent
/// for whom the score goes wrong. What only the form has, another order, and markup are not reported.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright audit deployed.csv --against phq-9
  scalewright audit form.json --against my-scale --score total=PHQ_SUM
  scalewright audit project.xml --against gad-7 --format sarif --report audit.sarif
  scalewright audit deployed.csv --against phq-9 --fix     also write the corrected form beside it
  scalewright audit project.xml --catalogue                which instruments of the library does it hold?

Exit codes: 0 the form scores as its definition says, 1 it does not (or, with --strict, there are warnings),
2 usage")]
pub(crate) struct AuditArgs {
    /// The form, as the platform exports it.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The definition: a file, a folder or an id.
    #[arg(long, value_name = "ID", required_unless_present = "catalogue")]
    pub(crate) against: Option<PathBuf>,
    /// List the instruments of the library and of packs of which the file has at least half of the items.
    #[arg(long, conflicts_with_all = ["against", "score", "names", "fix"])]
    pub(crate) catalogue: bool,
    #[command(flatten)]
    pub(crate) reader: ReaderArgs,
    /// The name that an item or a score has in the form: `total=PHQ_SUM`. May be given more than once.
    #[arg(long, value_name = "ID=NAME")]
    pub(crate) score: Vec<String>,
    /// A table of names that an export wrote: CSV with the columns `id` and `field_name`.
    #[arg(long, value_name = "FILE")]
    pub(crate) names: Option<PathBuf>,
    /// The language of the words, if the form does not state it.
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// Wording supplied from outside the library: a file, or a folder of files.
    #[arg(long, value_name = "PATH")]
    pub(crate) wording: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) keys: SuppliedKeys,
    /// Write the form as the definition gives it into a new folder beside the file: FILE.corrected.
    #[arg(long)]
    pub(crate) fix: bool,
    /// The format of the report on standard output.
    #[arg(long, value_enum, default_value_t = ImportReport::Text)]
    pub(crate) format: ImportReport,
    /// Also write the report to a file: .txt, .json or .sarif.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Fail if there are warnings too.
    #[arg(long)]
    pub(crate) strict: bool,
}
