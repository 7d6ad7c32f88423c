//! Options of `score` for several instruments at once, and for what its table contains.

use std::path::PathBuf;

use clap::Args;
use scalewright_tables::{TableShape, WithColumns};

use super::choice::choice;

/// Which further instruments are scored, and what the table of scores contains.
#[derive(Debug, Args)]
pub(crate) struct TogetherArgs {
    /// Also score this instrument, from the same rows into the same table: a file, a folder or an id. May be given more
    /// than once. The ids can also be written before RESPONSES.
    #[arg(long, value_name = "ID")]
    pub(crate) also: Vec<PathBuf>,
    /// What to write beside the scores, besides the columns of the table. Several are separated by commas.
    #[arg(long, value_parser = choice::<WithColumns>(), value_name = "WHAT", value_delimiter = ',')]
    pub(crate) with: Vec<WithColumns>,
    /// The shape of the table of scores.
    #[arg(long, value_parser = choice::<TableShape>(), value_name = "SHAPE", default_value = "wide")]
    pub(crate) shape: TableShape,
}
