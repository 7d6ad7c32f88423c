//! What every format of responses does: name its columns, and read some rows at a time.

use std::path::PathBuf;

use scalewright_model::Instrument;

use crate::Stop;

use super::batch::Batch;
use super::map_file::Map;
use super::plan::Plan;

/// A table that is read some rows at a time.
pub(crate) trait RowReader {
    /// The names of its columns, as far as they are known before the rows are read.
    fn columns(&self) -> &[String];

    /// Whether rows may bring columns that are not known yet.
    fn may_grow(&self) -> bool {
        false
    }

    /// Reads the next rows into a batch that is empty; `false` when there are no more behind them.
    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop>;

    /// What can only be told when all rows have been read: whether every item had a column.
    fn end(&self, _: &mut Plan<'_>) -> Result<(), Stop> {
        Ok(())
    }

    /// What the source of itself keeps of each row, such as the event. It stands before what [`Plan::kept`] asks for.
    fn kept(&self) -> &[String] {
        &[]
    }

    /// Which of these tell one occasion of a respondent from another.
    fn occasion(&self) -> &[usize] {
        &[]
    }

    /// The places of columns that hold scores, to be compared with those that the answers come to.
    fn stated(&self) -> Vec<usize> {
        Vec::new()
    }

    /// Whether a column belongs to an item without being called after it, as those of a checkbox's choices do.
    fn is_of_item(&self, _column: usize) -> bool {
        false
    }

    /// Whether the cells of a column can be written as text.
    fn has_text(&self, _column: usize) -> bool {
        true
    }

    /// What is to be said when all rows have been read.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// How much has been read, in bytes.
    fn progress(&self) -> u64;
}

/// More columns are no table of answers.
pub(super) const MOST_COLUMNS: usize = 100_000;

/// The refusal of such a table.
pub(super) fn too_many_columns(name: &str) -> Stop {
    Stop::wrong(format!("{name}: there are more than {MOST_COLUMNS} columns"))
        .help("give a table with a row a respondent and a column an item")
}

/// What a table is about.
pub(crate) struct About<'a> {
    /// Whose answers it holds.
    pub(crate) instrument: &'a Instrument,
    /// Which column answers which item.
    pub(crate) map: &'a Map,
    /// What marks a missing answer, besides an empty cell.
    pub(crate) missing: &'a [String],
    /// The FHIR Questionnaire that the answers came from: what messages call it, and where it is.
    pub(crate) form: Option<(String, PathBuf)>,
}
