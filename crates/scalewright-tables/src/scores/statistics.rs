//! Writes tables for statistics programs, SPSS and Stata: numbers and texts with names, labels and labels of values.
//!
//! Both formats state the number of rows and the width of texts before the rows, so the rows are kept in an unnamed
//! temporary file until the last of them is known.

mod cells;
mod dta;
mod names;
#[cfg(test)]
mod round_trip;
mod sav;
mod spool;
mod zsav;

use std::io::Result;

pub(super) use self::cells::{Cell, Column, Kind, Program};
use self::spool::Spool;
use super::sink::Out;

/// A table being written.
pub(super) struct Table {
    program: Program,
    columns: Vec<Column>,
    /// The names that the program accepts.
    names: Vec<String>,
    spool: Spool,
    out: Out,
}

impl Table {
    pub(super) fn new(program: Program, columns: Vec<Column>, out: Out) -> Result<Self> {
        let names = names::valid(program, columns.iter().map(|column| column.name.as_str()));
        let spool = Spool::new(columns.len())?;
        Ok(Self { program, columns, names, spool, out })
    }

    /// Adds a cell. Rows are added cell by cell.
    pub(super) fn add(&mut self, cell: Cell<'_>) -> Result<()> {
        self.spool.add(cell)
    }

    /// A note on the columns that have another name in the table.
    pub(super) fn note(&self) -> Option<String> {
        let pairs = self.columns.iter().zip(&self.names);
        let renamed: Vec<String> = pairs
            .filter(|(column, name)| column.name != **name)
            .map(|(column, name)| format!("`{}` is `{name}`", column.name))
            .collect();
        let program = match self.program {
            Program::Spss | Program::SpssCompressed => "SPSS",
            Program::Stata => "Stata",
        };
        let more = match renamed.len().saturating_sub(8) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let shown = &renamed[..renamed.len().min(8)];
        (!renamed.is_empty()).then(|| {
            format!(
                "renamed columns, because of the rules of {program}: {}{more}",
                shown.join(", ")
            )
        })
    }

    /// Writes the table.
    pub(super) fn finish(self) -> Result<()> {
        match self.program {
            Program::Spss | Program::SpssCompressed => {
                let is_compressed = self.program == Program::SpssCompressed;
                sav::write((&self.columns, &self.names), self.spool, self.out, is_compressed)
            }
            Program::Stata => dta::write(&self.columns, &self.names, self.spool, self.out),
        }
    }
}
