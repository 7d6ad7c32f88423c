//! Rows of a table column by column.

use scalewright_scoring::Column;

use crate::moments::Cells;

/// Rows of a table, column by column.
pub(crate) struct Block<'a> {
    /// The number of rows.
    pub(crate) rows: usize,
    /// The answers of each item as coded in the table.
    pub(crate) raw: &'a [Column],
    /// The answers of each item that the definition accepts and scores.
    pub(crate) valid: &'a [Cells],
    /// The cell of another column: by the row and the position of the column among the others.
    pub(crate) other: &'a dyn Fn(usize, usize) -> &'a str,
}
