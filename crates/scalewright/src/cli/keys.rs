//! Options about keys that are supplied from outside the library, and those of `scalewright key`.

use std::path::PathBuf;

use clap::Args;

/// Keys that definitions lack.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct SuppliedKeys {
    /// A key that the definition lacks, supplied by somebody who has the manual: a file, or a folder of files.
    /// `scalewright key ID` writes one to fill in.
    #[arg(long, value_name = "PATH")]
    pub(crate) key: Vec<PathBuf>,
}

/// Print a key file to fill in, for an instrument whose key is not verified.
///
/// Somebody who has the manual states in it which items belong to which scale, which are reverse keyed, and what happens
/// when answers are missing. Every command that checks, scores, explains or publishes takes the file as `--key`. The
/// file states which outputs may contain the key.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright key calpas-p --out private/calpas-p.toml
  scalewright check calpas-p --key private/calpas-p.toml
  scalewright score calpas-p answers.csv --key private/calpas-p.toml
  scalewright diff private/one.toml private/other.toml --for calpas-p")]
pub(crate) struct KeyArgs {
    /// The instrument: a file, a folder or an id.
    #[arg(value_name = "ID")]
    pub(crate) instrument: PathBuf,
    /// Where to write the file. Standard output when left out. An existing file is never overwritten.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}
