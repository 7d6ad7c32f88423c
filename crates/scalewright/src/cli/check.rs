//! `scalewright check`: its options.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use scalewright_model::UseContext;

use super::SuppliedKeys;
use super::choice::choice;
use super::levels::LevelArgs;
use super::names::day;
use super::plugin::PluginArgs;

/// Check definitions: syntax, keys and types, references, cases, and rules of good psychometrics.
///
/// Run it after every edit, and in CI. One run reports every problem, each with file, line, column and
/// what to do. Without a path, the whole library is checked, without packs. --deny, --warn and --allow set the level of
/// a lint: they override the nearest `scalewright.toml`, and the last one given applies.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright check                       every instrument of the library
  scalewright check wai-sr                one instrument, by its id
  scalewright check my/instrument.toml    a file
  scalewright check --wording my/en.toml wai-sr
                                          with the wording that the definition withholds
  scalewright check --fix wai-sr          apply safe fixes; --diff only shows them
  scalewright check --mutants wai-sr      test whether its cases notice mistakes in the definition
  scalewright check --use research,electronic
                                          check whether the known rights allow these uses
  scalewright check --deny warnings --allow unused-section
                                          fail on every warning, and ignore one lint
  scalewright check --write-baseline known.toml
                                          write down the findings of today, to report only new
                                          ones from now on: --baseline known.toml
  scalewright check --format sarif --out results.sarif
                                          a file for code scanning, written completely or not at all

`scalewright explain` lists the lints, and `scalewright explain LINT` explains one. Only lints have
a level that can be set: an error of syntax, keys or references is always an error.

Exit codes: 0 no error, 1 errors found (or warnings, with --deny-warnings), 2 nothing to check")]
pub(crate) struct CheckArgs {
    /// Files, folders or instrument ids. The whole library when left out.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Wording supplied from outside the library: a file, or a folder of files.
    #[arg(long, value_name = "PATH")]
    pub(crate) wording: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) keys: SuppliedKeys,
    /// The intended use: an instrument that does not allow it fails the check. Separate several with commas.
    #[arg(long = "use", value_parser = choice::<UseContext>(), value_name = "CONTEXT", value_delimiter = ',')]
    pub(crate) uses: Vec<UseContext>,
    /// The day of use, such as 2026-01-05. Evidence of rights that is older than five years on that day is reported.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) date: Option<String>,
    #[command(flatten)]
    pub(crate) levels: LevelArgs,
    /// Run lint plug-ins too, by name, besides those with a table `[lints.NAME]` in `scalewright.toml`. Separate several
    /// with commas.
    #[arg(long, value_name = "PLUGIN", value_delimiter = ',')]
    pub(crate) lints: Vec<String>,
    #[command(flatten)]
    pub(crate) plugins: PluginArgs,
    /// Fail on warnings too; they are still shown as warnings.
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    /// Report only findings that this file does not know, and its entries that are no longer found.
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write the findings of today to this file, for `--baseline`. Errors that are not lints cannot be written.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "diff"])]
    pub(crate) write_baseline: Option<PathBuf>,
    /// Test whether the cases notice mistakes: change the definition in one place at a time, and report every change
    /// that no case notices.
    #[arg(long)]
    pub(crate) mutants: bool,
    /// Apply safe fixes: they change neither the words that respondents read nor any score.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Show what `--fix` would change, as a unified diff. Nothing is written.
    #[arg(long)]
    pub(crate) diff: bool,
    /// The format of the findings. When left out, chosen by the ending of --out (.txt, .json, .sarif or .xml), else
    /// text.
    #[arg(long, value_enum)]
    pub(crate) format: Option<FindingsFormat>,
    /// Where to write the findings. Standard output when left out.
    #[arg(long, short, value_name = "FILE", visible_alias = "output")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingsFormat {
    /// Text with the marked source lines.
    Text,
    /// One line per finding.
    Concise,
    /// JSON: one object, described by `scalewright schema report`.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions: annotations on the lines of a pull request.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit XML: one test case per instrument.
    Junit,
}
