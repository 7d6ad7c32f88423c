//! The options of `scalewright export`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use scalewright_model::{Layout, Paper};

use super::choice::choice;
use super::explicit::ExplicitOptions;
use super::keys::SuppliedKeys;
use super::names::slug;
use super::plugin::PluginArgs;
use super::targets::{self, FormerArgs};

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
