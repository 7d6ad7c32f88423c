//! `scalewright plugin`, and the options of commands that run plug-ins.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::names::slug;

/// The options of commands that run plug-ins.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct PluginArgs {
    /// Run the commands that the settings name without `scalewright plugin trust`, as in CI. Only for settings that you
    /// have read.
    #[arg(long)]
    pub(crate) trust_plugins: bool,
}

/// List, check, create and trust plug-ins: exporters, lints and importers that other programs provide.
///
/// A plug-in is a program called `scalewright-export-NAME`, `scalewright-lint-NAME` or `scalewright-import-NAME` on the
/// PATH, a command under `[plugins]` in `scalewright.toml`, or a folder of templates with a `target.toml`.
#[derive(Debug, Args)]
pub(crate) struct PluginCommand {
    #[command(subcommand)]
    pub(crate) what: PluginAction,
}

/// What `scalewright plugin` does.
#[derive(Debug, Subcommand)]
pub(crate) enum PluginAction {
    List(PluginListArgs),
    Check(PluginCheckArgs),
    New(PluginNewArgs),
    Trust(PluginTrustArgs),
}

/// The kinds of plug-ins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PluginKind {
    /// Publishes instruments: `export --to NAME`.
    Export,
    /// Checks definitions: `check --lints NAME`.
    Lint,
    /// Reads definitions from other formats: `import --from NAME`.
    Import,
}

/// List the plug-ins: name, kind, version, where each was found, whether it is trusted.
///
/// To state its version, each plug-in is run, except those that are not trusted.
#[derive(Debug, Args)]
pub(crate) struct PluginListArgs {
    #[command(flatten)]
    pub(crate) plugins: PluginArgs,
    /// The format of the list. When left out, aligned columns to read in a terminal.
    #[arg(long, value_enum, default_value_t = PluginListFormat::Text)]
    pub(crate) format: PluginListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PluginListFormat {
    /// Text for a terminal.
    Text,
    /// JSON: a list of objects.
    Json,
}

/// Check a plug-in with requests that use every feature of the format, and report what is wrong with its answers.
///
/// Every answer must be valid, the same each time, escaped for its kind of file, and follow the rules that the plug-in
/// itself declares. If the plug-in offers `evaluate`, its scores must equal ours on generated answers.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright plugin check itemlist               the plug-in of that name
  scalewright plugin check plugins/page           a folder of templates
  scalewright plugin check house --kind lint

Exit codes: 0 the plug-in passes, 1 it does not, 2 it cannot be found or is not trusted")]
pub(crate) struct PluginCheckArgs {
    /// The plug-in: its name, or a folder of templates.
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// The kind, if plug-ins of several kinds have the name.
    #[arg(long, value_enum)]
    pub(crate) kind: Option<PluginKind>,
    #[command(flatten)]
    pub(crate) plugins: PluginArgs,
    /// The format of the report.
    #[arg(long, value_enum, default_value_t = PluginListFormat::Text)]
    pub(crate) format: PluginListFormat,
    /// The folder to save the requests to that show the problems. Each is a line of JSON for the standard input of the
    /// plug-in.
    #[arg(long, value_name = "DIR")]
    pub(crate) save: Option<PathBuf>,
}

/// Write a new plug-in to start from, with a test and a CI file. It passes `scalewright plugin check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright plugin new itemlist --language python
  scalewright plugin new house --kind lint --language python
  scalewright plugin new page --language template

It writes a folder with the name of the plug-in. Nothing is overwritten.")]
pub(crate) struct PluginNewArgs {
    /// The name: lower-case words joined by hyphens.
    #[arg(value_name = "NAME", value_parser = slug)]
    pub(crate) name: String,
    /// The language to write it in.
    #[arg(long, value_enum)]
    pub(crate) language: PluginLanguage,
    /// What the plug-in does.
    #[arg(long, value_enum, default_value_t = PluginKind::Export)]
    pub(crate) kind: PluginKind,
    /// The folder to write to, instead of one with the name of the plug-in.
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// The languages of `scalewright plugin new`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PluginLanguage {
    /// A program in Python 3, without packages.
    Python,
    /// A shell script that uses jq.
    Shell,
    /// A folder of templates, without a program.
    Template,
    /// A program in Rust.
    Rust,
}

/// Trust the commands that `scalewright.toml` names, so that they may be run.
///
/// The trust is recorded outside of the repository, by the path of the settings and a hash of the command and of the
/// files that it names below the folder of the settings. If one of them changes, the command has to be trusted again.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright plugin trust                 show the commands of the settings, and trust all of them
  scalewright plugin trust itemlist        trust one
  scalewright plugin trust --remove        withdraw the trust")]
pub(crate) struct PluginTrustArgs {
    /// The plug-ins. All that the settings name when left out.
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// Withdraw the trust.
    #[arg(long)]
    pub(crate) remove: bool,
}
