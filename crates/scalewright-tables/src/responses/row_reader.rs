//! The interface of every format of responses: its columns, and its rows in batches.

use std::path::PathBuf;

use scalewright_model::Instrument;

use crate::Stop;

use super::batch::Batch;
use super::map_file::Map;
use super::plan::Plan;

/// A reader of a table, batch by batch.
pub(crate) trait RowReader {
    /// The names of the columns, as far as known before the rows are read.
    fn columns(&self) -> &[String];

    /// Whether rows may add columns that are not known yet.
    fn may_grow(&self) -> bool {
        false
    }

    /// Reads the next rows into an empty batch. Returns `false` after the last rows.
    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop>;

    /// Runs the checks that need all rows: whether every item had a column.
    fn end(&self, _: &mut Plan<'_>) -> Result<(), Stop> {
        Ok(())
    }

    /// The columns that the reader keeps of every row, such as the event. They precede the columns of [`Plan::kept`].
    fn kept(&self) -> &[String] {
        &[]
    }

    /// The kept columns that distinguish the occasions of a respondent, as indices in [`kept`](Self::kept).
    fn occasion(&self) -> &[usize] {
        &[]
    }

    /// The indices of columns with stated scores, which are compared with the computed ones.
    fn stated(&self) -> Vec<usize> {
        Vec::new()
    }

    /// Whether a column belongs to an item under another name, such as a choice of a checkbox.
    fn is_of_item(&self, _column: usize) -> bool {
        false
    }

    /// Whether the cells of a column have a text form.
    fn has_text(&self, _column: usize) -> bool {
        true
    }

    /// What a column is about, if the table states it.
    fn label(&self, _column: usize) -> Option<&str> {
        None
    }

    /// What the text of a cell means by what the table declares: the label of its value, or an empty text for a value that is
    /// declared as missing. `None` if nothing is declared about it.
    fn meant(&self, _column: usize, _text: &str) -> Option<&str> {
        None
    }

    /// Whether commas do not separate the cells of a text table, so that they can be decimal marks.
    fn has_commas(&self) -> bool {
        false
    }

    /// Whether the table may give reasons for missing answers by itself, without declared codes.
    fn has_reasons(&self) -> bool {
        false
    }

    /// The notes on the whole table, after the last row was read.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// The number of bytes read so far.
    fn progress(&self) -> u64;
}

/// The maximum number of columns.
pub(super) const MOST_COLUMNS: usize = 100_000;

/// The error for a table with too many columns.
pub(super) fn too_many_columns(name: &str) -> Stop {
    Stop::wrong(format!("{name}: the table has more than {MOST_COLUMNS} columns"))
        .help("give a table with one row per respondent and one column per item")
}

/// What readers need to know to open a table.
pub(crate) struct About<'a> {
    /// The instrument that the table contains answers to.
    pub(crate) instrument: &'a Instrument,
    /// The map of items to columns.
    pub(crate) map: &'a Map,
    /// The FHIR Questionnaire that the answers came from: its name in messages, and its path.
    pub(crate) form: Option<(String, PathBuf)>,
}
