//! Options that every command shares which takes a table of responses.

use std::path::PathBuf;

use clap::Args;
use scalewright_tables::{Keep, Reading, ResponsesFormat};

use super::choice::choice;

/// How a table of responses is read.
#[derive(Debug, Args)]
pub(crate) struct ReadingArgs {
    /// The format of the responses. By the first bytes when left out, and by the file's ending as far as it is text.
    #[arg(long, value_parser = choice::<ResponsesFormat>(), value_name = "FORMAT")]
    pub(crate) from: Option<ResponsesFormat>,
    /// The column that names the respondent. `respondent`, `id` or `record_id` when left out, if there is one.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id_column: Option<String>,
    /// A TOML file that says which column answers which item: `[columns]`, then `item_id = "column"`.
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// The table of names that `scalewright export --study` wrote, for what REDCap exports of that study.
    #[arg(long, value_name = "FILE")]
    pub(crate) names: Option<PathBuf>,
    /// What marks a missing answer in the table, such as -99: a cell that holds it counts as empty. May be given more
    /// than once.
    #[arg(long, value_name = "CODE", allow_hyphen_values = true)]
    pub(crate) missing_code: Vec<String>,
    /// The FHIR Questionnaire that the answers came from, where it is not ours and not in the same file.
    #[arg(long, value_name = "FILE")]
    pub(crate) questionnaire: Option<PathBuf>,
}

impl ReadingArgs {
    /// The same, as tables are read.
    pub(crate) fn reading(&self) -> Reading {
        let Self { from, id_column, map, names, missing_code, questionnaire } = self;
        Reading {
            from: *from,
            id_column: id_column.clone(),
            map: map.clone(),
            names: names.clone(),
            missing_codes: missing_code.clone(),
            questionnaire: questionnaire.clone(),
        }
    }
}

/// Which columns beside the items go out with the scores.
#[derive(Debug, Args)]
pub(crate) struct KeepArgs {
    /// Of the columns that are no items, write only this one beside the scores. May be given more than once. All of them
    /// are written when left out.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) keep: Vec<String>,
    /// Write all columns that are no items beside the scores but this one. May be given more than once.
    #[arg(long, value_name = "COLUMN", conflicts_with = "keep")]
    pub(crate) drop: Vec<String>,
    /// Write no column beside the scores but the one that names the respondent.
    #[arg(long, conflicts_with_all = ["keep", "drop"])]
    pub(crate) drop_all: bool,
}

impl KeepArgs {
    /// The same, as tables are written.
    pub(crate) fn keep(&self) -> Keep {
        let Self { keep, drop, drop_all } = self;
        Keep { keep: keep.clone(), drop: drop.clone(), drop_all: *drop_all }
    }
}
