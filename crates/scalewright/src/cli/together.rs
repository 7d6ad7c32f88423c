//! Options of `score` for several instruments at once, and for what its table contains.

use std::path::{Path, PathBuf};

use clap::Args;
use scalewright_tables::{BackgroundFrom, Carry, TableShape, WithColumns};

use super::choice::choice;

/// Which further instruments are scored, and what the table of scores contains.
#[derive(Debug, Args)]
pub(crate) struct TogetherArgs {
    /// Also score this instrument, from the same rows into the same table: a file, a folder or an id. May be given more
    /// than once. The ids can also be written before RESPONSES.
    #[arg(long, value_name = "ID")]
    pub(crate) also: Vec<PathBuf>,
    /// Score all instruments that this study file lists under `instruments`. Its other keys are those of --map. No ID is
    /// named before RESPONSES then.
    #[arg(long, value_name = "FILE", conflicts_with = "map")]
    pub(crate) study: Option<PathBuf>,
    /// Take facts about the respondent, which norms may need, from other rows of the same respondent: `"baseline: age, sex"`
    /// names an event of REDCap and the items, `"visit=1: age, sex"` also the column.
    #[arg(long, value_name = "ROWS: ITEMS", value_parser = Carry::parse, conflicts_with = "join")]
    pub(crate) carry_from: Option<Carry>,
    /// Take facts about the respondent from this table, which has a row for each respondent, and a column for each item with
    /// `background = true`.
    #[arg(long, value_name = "FILE")]
    pub(crate) join: Option<PathBuf>,
    /// The column of --join that names the respondents. When left out, as in RESPONSES.
    #[arg(long, value_name = "COLUMN", requires = "join")]
    pub(crate) join_by: Option<String>,
    /// What to write besides the scores and the columns of the table. Several are separated by commas, or the option is given
    /// more than once.
    #[arg(long, value_parser = choice::<WithColumns>(), value_name = "WHAT", value_delimiter = ',')]
    pub(crate) with: Vec<WithColumns>,
    /// The shape of the table of scores.
    #[arg(long, value_parser = choice::<TableShape>(), value_name = "SHAPE", default_value = "wide")]
    pub(crate) shape: TableShape,
}

impl TogetherArgs {
    /// Where the facts about respondents are that the rows do not state.
    pub(crate) fn background(&self, cwd: &Path) -> Option<BackgroundFrom> {
        let rows = self.carry_from.clone().map(BackgroundFrom::Rows);
        let table = self.join.as_ref().map(|shown| BackgroundFrom::Table {
            shown: shown.clone(),
            path: cwd.join(shown),
            by: self.join_by.clone(),
        });
        rows.or(table)
    }
}
