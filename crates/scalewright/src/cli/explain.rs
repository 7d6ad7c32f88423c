//! The options of `scalewright explain` and `scalewright explain-score`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::keys::SuppliedKeys;

/// Explain how an instrument is scored: every scale, flag and derived score, in words and in symbols.
///
/// For each, it prints the keyed items, weights, rounding, the rule for missing answers, the possible scores, the
/// bands, and the sources that the definition names. The wording is not needed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright explain-score wai-sr
  scalewright explain-score side-by-side --scale sbs_total
  scalewright explain-score side-by-side --format json

To see how one respondent's scores are computed: `scalewright score ID RESPONSES --explain ROW`")]
pub(crate) struct ExplainScoreArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// Explain only this scale, flag or derived score. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub(crate) scale: Vec<String>,
    #[command(flatten)]
    pub(crate) keys: SuppliedKeys,
    /// The format of the explanation.
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub(crate) format: ExplainFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// Text for a terminal.
    Text,
    /// JSON: an object with a list of scores.
    Json,
}

/// Explain a finding: what it means, why it matters, how to fix it, when to allow it.
///
/// A lint and a check of data have a page, any other finding a sentence. Without a name, all lints are listed, and with
/// `data-checks` the checks of data.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright explain                     list the lints by subject
  scalewright explain band-gap            explain one, with an example
  scalewright explain unknown-key         explain another kind of finding")]
pub(crate) struct ExplainArgs {
    /// The kind of finding, as it appears in brackets: band-gap.
    #[arg(value_name = "LINT")]
    pub(crate) lint: Option<String>,
    /// The format of the page.
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    pub(crate) format: PageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    /// Text for a terminal.
    Text,
    /// Markdown, a page of the documentation.
    Markdown,
}
