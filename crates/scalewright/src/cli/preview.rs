//! The options of `scalewright preview`.

use std::path::PathBuf;

use clap::Args;

use super::{ExportArgs, SuppliedKeys};

/// Show an instrument in the browser, as its respondents would see it.
///
/// The form is an HTML file in a new temporary folder. It shows the scores, needs no network, and sends nothing. To keep
/// or publish it, use `scalewright export --to html`, which takes more options.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright preview side-by-side
  scalewright preview side-by-side --language de
  scalewright preview wai-sr --wording licensed/en.toml
  scalewright preview side-by-side --no-open      print the name of the file, and open nothing

Exit codes: 0 shown; 1 the instrument is wrong or refused; 2 usage")]
pub(crate) struct PreviewArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// The language. The source language when left out.
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// An option of the target `html`, such as `html.scores=hide`. May be given more than once.
    #[arg(long, value_name = "html.OPTION=VALUE")]
    pub(crate) set: Vec<String>,
    /// Wording supplied from outside the library: a file, or a folder of files.
    #[arg(long, value_name = "PATH")]
    pub(crate) wording: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) keys: SuppliedKeys,
    /// Also show scores whose keys are only recalled from memory, not read in a source.
    #[arg(long)]
    pub(crate) accept_recalled_keys: bool,
    /// Leave out scores that a form cannot compute, with a warning.
    #[arg(long)]
    pub(crate) leave_out_scores: bool,
    /// Open nothing: the printed file can be opened with any browser.
    #[arg(long)]
    pub(crate) no_open: bool,
}

impl PreviewArgs {
    /// The export to `folder` that makes the form.
    pub(crate) fn export(&self, folder: PathBuf) -> ExportArgs {
        ExportArgs {
            set: self.set.clone(),
            language: self.language.iter().cloned().collect(),
            wording: self.wording.clone(),
            accept_recalled_keys: self.accept_recalled_keys,
            leave_out_scores: self.leave_out_scores,
            ..ExportArgs::of(self.instrument.clone(), "html", folder)
        }
    }
}
