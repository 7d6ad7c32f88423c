//! The checked constructor for columns from outside. The evaluator itself indexes columns without checking them.

use std::error::Error;
use std::fmt;

use scalewright_model::ItemIx;

use crate::Program;

use super::{Column, Responses};

/// Why columns cannot be the responses to an instrument.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum InvalidResponses {
    /// The number of columns differs from the number of items.
    Columns {
        /// The number of items of the instrument.
        items: usize,
        /// The number of columns.
        columns: usize,
    },
    /// A column has more or fewer rows than the first.
    Rows {
        /// The item whose column it is.
        item: ItemIx,
        /// The number of rows of the first column.
        expected: usize,
        /// The number of rows of this column.
        found: usize,
    },
    /// A number is not an accepted answer to its item.
    Answer {
        /// The item.
        item: ItemIx,
        /// The row, from 0.
        row: usize,
        /// The number.
        value: f64,
    },
}

impl fmt::Display for InvalidResponses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Columns { items, columns } => {
                write!(f, "there are {columns} columns for {items} items")
            }
            Self::Rows { item, expected, found } => {
                write!(f, "column {} has {found} rows, but the first has {expected}", item.0)
            }
            Self::Answer { item, row, value } => {
                write!(f, "column {}, row {row}: {value} is not an accepted answer", item.0)
            }
        }
    }
}

impl Error for InvalidResponses {}

impl Responses {
    /// Checks columns from any source, and makes them the responses to the instrument that `program` scores.
    ///
    /// There must be one column for each item, in the instrument's order, and one row for each respondent in every
    /// column. Each number must be an accepted answer to its item; columns of items that cannot be scored may contain
    /// any number. A missing answer is marked as missing, never coded as a number.
    ///
    /// [`evaluate`](crate::evaluate()) relies on the shape. It treats a number that is not accepted as missing; only this
    /// constructor reports one.
    ///
    /// # Errors
    ///
    /// The first violation of these rules: see [`InvalidResponses`].
    pub fn new(program: &Program, items: Vec<Column>) -> Result<Self, InvalidResponses> {
        let (expected, columns) = (program.answers.len(), items.len());
        if columns != expected {
            return Err(InvalidResponses::Columns { items: expected, columns });
        }
        let rows = items.first().map_or(0, Column::len);
        for (index, column) in items.iter().enumerate() {
            let (item, found) = (ItemIx(index), column.len());
            if found != rows {
                return Err(InvalidResponses::Rows { item, expected: rows, found });
            }
            let Some(answer) = program.answer(item) else { continue };
            let numbers = (0..rows).filter_map(|row| Some((row, column.get(row)?)));
            let unfit = |(_, value): &(usize, f64)| !answer.accepted.contains(*value);
            if let Some((row, value)) = numbers.into_iter().find(unfit) {
                return Err(InvalidResponses::Answer { item, row, value });
            }
        }
        Ok(Self { rows, items })
    }
}
