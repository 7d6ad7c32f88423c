//! The interface of every format of scores: tables are written batch by batch.

use std::io::Write;

use scalewright_scoring::Scored;

use crate::responses::Batch;

/// The output that a table is written to.
pub type Out = Box<dyn Write + Send>;

/// A table being written.
pub trait Sink {
    /// Writes the rows of a batch. `scored` is in the order of the scores of the program.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()>;

    /// A note on the written rows, to be called after the last row. `_table` is the name of the table in the note.
    fn note(&self, _table: &str) -> Option<String> {
        None
    }

    /// Writes the end of the table.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    fn finish(self: Box<Self>) -> std::io::Result<()>;
}
