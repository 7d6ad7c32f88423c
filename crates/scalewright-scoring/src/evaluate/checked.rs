//! The checked entrance for columns that others made: the evaluator itself indexes columns without looking.

use std::error::Error;
use std::fmt;

use scalewright_model::ItemIx;

use crate::Program;

use super::{Column, Responses};

/// Why columns are not the responses to an instrument.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unfit {
    /// There is not one column for each item.
    Columns {
        /// How many items the instrument has.
        items: usize,
        /// How many columns there are.
        columns: usize,
    },
    /// A column has more or fewer rows than the first.
    Rows {
        /// The item that it answers.
        item: ItemIx,
        /// How many rows the first column has.
        expected: usize,
        /// How many rows it has.
        found: usize,
    },
    /// A number is no answer to its item.
    Answer {
        /// The item.
        item: ItemIx,
        /// The row, from 0.
        row: usize,
        /// The number.
        value: f64,
    },
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Columns { items, columns } => {
                write!(f, "there are {columns} columns for {items} items")
            }
            Self::Rows { item, expected, found } => {
                write!(f, "column {} has {found} rows, and the first has {expected}", item.0)
            }
            Self::Answer { item, row, value } => {
                write!(f, "column {}, row {row}: {value} is no answer to the item", item.0)
            }
        }
    }
}

impl Error for Unfit {}

impl Responses {
    /// Responses to the instrument that `program` scores, from columns that anybody may have made: a column for each item
    /// in the instrument's order, all with one row for each respondent, each number an answer that the item takes. Items
    /// that no score is made of may hold any number. A missing answer is marked as missing, never by a number.
    ///
    /// [`evaluate`](crate::evaluate) relies on this. It takes a number that is no answer for a missing one, which only
    /// this constructor reports.
    ///
    /// # Errors
    ///
    /// The first thing that is not so: see [`Unfit`].
    pub fn new(program: &Program, items: Vec<Column>) -> Result<Self, Unfit> {
        let (expected, columns) = (program.answers.len(), items.len());
        if columns != expected {
            return Err(Unfit::Columns { items: expected, columns });
        }
        let rows = items.first().map_or(0, Column::len);
        for (index, column) in items.iter().enumerate() {
            let (item, found) = (ItemIx(index), column.len());
            if found != rows {
                return Err(Unfit::Rows { item, expected: rows, found });
            }
            let Some(answer) = program.answer(item) else { continue };
            let numbers = (0..rows).filter_map(|row| Some((row, column.get(row)?)));
            let unfit = |(_, value): &(usize, f64)| !answer.accepted.contains(*value);
            if let Some((row, value)) = numbers.into_iter().find(unfit) {
                return Err(Unfit::Answer { item, row, value });
            }
        }
        Ok(Self { rows, items })
    }
}
