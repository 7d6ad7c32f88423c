//! The options of `scalewright diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

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
