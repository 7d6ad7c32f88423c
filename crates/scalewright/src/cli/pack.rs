//! `scalewright pack`: the options of its commands.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::SuppliedKeys;
use super::check::{CheckArgs, FindingsFormat};
use super::levels::LevelArgs;
use super::plugin::PluginArgs;

/// Check, create and list packs: collections of instruments, wordings, templates and lints.
#[derive(Debug, Args)]
pub(crate) struct PackArgs {
    #[command(subcommand)]
    pub(crate) command: PackCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PackCommand {
    Check(PackCheckArgs),
    New(PackNewArgs),
    /// List the packs that are found: name, version, folder, and the number of instruments, wordings, templates, lints,
    /// exporters and importers.
    List,
}

/// Check a pack: `pack.toml`, every instrument, every wording file, and that nothing else is in its folders.
///
/// This is what the pack's own CI runs.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 no error, 1 errors found (or warnings, with --deny-warnings), 2 nothing to check")]
pub(crate) struct PackCheckArgs {
    /// The folder of the pack. The current folder when left out.
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) levels: LevelArgs,
    /// Fail on warnings too; they are still shown as warnings.
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    /// The format of the findings. When left out, chosen by the ending of --out (.txt, .json, .sarif or .xml), else
    /// text.
    #[arg(long, value_enum)]
    pub(crate) format: Option<FindingsFormat>,
    /// Where to write the findings. Standard output when left out.
    #[arg(long, short, value_name = "FILE", visible_alias = "output")]
    pub(crate) out: Option<PathBuf>,
}

impl PackCheckArgs {
    /// Returns the arguments of `scalewright check` with the same meaning, without paths.
    pub(crate) fn as_check(&self) -> CheckArgs {
        CheckArgs {
            paths: Vec::new(),
            wording: Vec::new(),
            keys: SuppliedKeys::default(),
            uses: Vec::new(),
            date: None,
            levels: self.levels.clone(),
            lints: Vec::new(),
            plugins: PluginArgs::default(),
            deny_warnings: self.deny_warnings,
            baseline: None,
            write_baseline: None,
            mutants: false,
            // Fixes of a pack are made by `check --fix`; without this, the summary would offer `--fix`.
            fix: false,
            diff: false,
            format: self.format,
            out: self.out.clone(),
        }
    }
}

/// Write a new pack to start from: `pack.toml`, an instrument with cases, a README and a file for CI.
#[derive(Debug, Args)]
pub(crate) struct PackNewArgs {
    /// The name: lower-case words joined by hyphens. The folder has the same name.
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
}
