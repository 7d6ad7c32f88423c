//! What every format of scores does: write some rows at a time.

use std::io::Write;

use scalewright_scoring::Scored;

use crate::responses::Batch;

/// Where a table is written to.
pub type Out = Box<dyn Write + Send>;

/// A table being written.
pub trait Sink {
    /// Writes the rows of a batch, whose scores are parallel to those of the program.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()>;

    /// What is to be said of what was written, when all rows have been.
    fn note(&self, _table: &str) -> Option<String> {
        None
    }

    /// Writes what belongs behind the last row.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn finish(self: Box<Self>) -> std::io::Result<()>;
}
